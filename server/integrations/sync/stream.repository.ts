import { z } from "zod";
import type { Prisma } from "@/server/platform/generated/client";
import type { Scope, Tx } from "@/server/platform/transaction";
import type { StreamId } from "../contract/connector";
import type { StreamPosition } from "./rules";

export type StreamRow = Prisma.SyncStreamGetPayload<object>;

const cursorSchema = z.record(z.string(), z.unknown());
const positionSchema = z.object({
  committed: cursorSchema.optional(),
  run: z
    .object({
      id: z.string(),
      chunk: z.number().int(),
      cursor: cursorSchema.optional(),
      checkpoint: cursorSchema.optional(),
      window: z.object({ from: z.string(), to: z.string() }).optional(),
      failures: z.number().int(),
      commits: z.boolean(),
    })
    .optional(),
});

/** All queries on sync streams. */
export function positionOf(stream: StreamRow): StreamPosition {
  return stream.checkpoint === null ? {} : positionSchema.parse(stream.checkpoint);
}

/** Serialises everything that moves one stream. */
export async function lockStream({ workspaceId, db }: Scope, connectionId: string, stream: string): Promise<StreamRow | null> {
  await db.$queryRaw`SELECT id FROM sync_stream WHERE connection_id = ${connectionId}::uuid AND workspace_id = ${workspaceId}::uuid AND stream = ${stream} FOR UPDATE`;
  return db.syncStream.findFirst({ where: { workspaceId, connectionId, stream } });
}

export async function updateStream({ workspaceId, db }: Scope, id: string, data: Prisma.SyncStreamUncheckedUpdateManyInput): Promise<void> {
  await db.syncStream.updateMany({ where: { id, workspaceId }, data });
}

/** Writes the position; called in the transaction that writes the rows it stands for. */
export async function writePosition(scope: Scope, id: string, position: StreamPosition, at: Date): Promise<void> {
  // Through JSON once: it drops undefined fields and makes of the cursor exactly what a later run will read.
  await updateStream(scope, id, { checkpoint: JSON.parse(JSON.stringify(position)), checkpointAt: at });
}

export async function setStream(
  { workspaceId, db }: Scope,
  connectionId: string,
  stream: StreamId,
  data: Prisma.SyncStreamUncheckedUpdateManyInput,
): Promise<boolean> {
  const { count } = await db.syncStream.updateMany({ where: { workspaceId, connectionId, stream }, data });
  return count === 1;
}

/** Brings the streams of a connection forward, e.g. after its key was replaced. */
export async function hurryStreams({ workspaceId, db }: Scope, connectionId: string, at: Date): Promise<void> {
  await db.syncStream.updateMany({ where: { workspaceId, connectionId, isEnabled: true, nextDueAt: { gt: at } }, data: { nextDueAt: at, failures: 0 } });
}

export interface DueStream {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly stream: string;
}

/**
 * Streams whose time has come, over all workspaces, oldest first. A connection with a definitely bad key is left out until
 * a test or a new key clears it: a service may answer repeated bad calls by revoking access.
 */
export async function dueStreams(tx: Tx, now: Date, take: number): Promise<DueStream[]> {
  return tx.syncStream.findMany({
    where: { isEnabled: true, nextDueAt: { lte: now }, connection: { isActive: true, autoSync: true, removedAt: null, health: { not: "auth_failed" } } },
    select: { workspaceId: true, connectionId: true, stream: true },
    orderBy: { nextDueAt: "asc" },
    take,
  });
}

export interface StalledRun {
  readonly workspaceId: string;
  readonly runId: string;
}

/** Open runs nobody has moved for a long time: their durable function is gone (cancelled by hand, engine data lost). */
export async function stalledRuns(tx: Tx, before: Date): Promise<StalledRun[]> {
  return tx.$queryRaw<StalledRun[]>`
    SELECT r.workspace_id AS "workspaceId", r.id AS "runId" FROM sync_run r
    JOIN sync_stream s ON s.connection_id = r.connection_id AND s.stream = r.stream
    WHERE r.status IN ('queued', 'running') AND greatest(r.queued_at, coalesce(r.started_at, r.queued_at)) < ${before}
      AND (s.last_run_id IS DISTINCT FROM r.id OR s.checkpoint_at IS NULL OR s.checkpoint_at < ${before})
    LIMIT 100`;
}

export async function listStreamRows({ workspaceId, db }: Scope, connectionId: string): Promise<StreamRow[]> {
  return db.syncStream.findMany({ where: { workspaceId, connectionId }, orderBy: { stream: "asc" } });
}
