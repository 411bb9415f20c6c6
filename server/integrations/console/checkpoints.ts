import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { conflict, notFound } from "@/server/platform/errors";
import { Prisma } from "@/server/platform/generated/client";
import { publish } from "@/server/platform/live";
import { inWorkspace } from "@/server/platform/transaction";
import { type Actor, by } from "../connections/credentials";
import { requireConnection } from "../connections/save-connection";
import { streamIdSchema } from "../schema";
import { listStreamRows, lockStream, positionOf, updateStream } from "../sync/stream.repository";
import type { Checkpoint, RewindInput } from "./schema";

/** Where every stream of a connection stands. @throws AppError `connection.not_found`. */
export async function listCheckpoints(workspaceId: string, connectionId: string): Promise<Checkpoint[]> {
  return inWorkspace(workspaceId, async (scope) => {
    await requireConnection(scope, connectionId);
    const rows = await listStreamRows(scope, connectionId);
    return rows.map((row) => {
      const { committed } = positionOf(row);
      return {
        stream: streamIdSchema.parse(row.stream),
        checkpoint: committed === undefined ? null : JSON.stringify(committed, null, 2),
        checkpointAt: row.checkpointAt,
      };
    });
  });
}

/**
 * Forgets where a stream stands: its next run, due at once, reads from the beginning, and what is known already counts as
 * duplicate. Not while a run is on its way, which would write its own position over it.
 * @throws AppError `connection.not_found` | `connection.unknown_stream` | `sync.rewind_while_running`.
 */
export async function rewindCheckpoint(workspaceId: string, { connectionId, stream }: RewindInput, actor: Actor, clock: Clock = systemClock): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    await requireConnection(scope, connectionId);
    const row = await lockStream(scope, connectionId, stream);
    if (row === null) throw notFound("connection.unknown_stream", { stream });
    if (positionOf(row).run !== undefined) throw conflict("sync.rewind_while_running");
    await updateStream(scope, row.id, { checkpoint: Prisma.DbNull, checkpointAt: null, nextDueAt: clock.now() });
    await writeAudit(scope, { ...by(actor), action: "connection.checkpoint_rewound", subject: { type: "connection", id: connectionId }, details: { stream } });
    await publish(scope.db, { workspaceId, topic: "connections", id: connectionId });
  });
}
