import { z } from "zod";
import type { Viewer } from "@/server/access/index";
import type { Scope } from "@/server/platform/transaction";
import { listHistoryRows } from "./history.repository";
import type { HistoryInput, HistoryPage } from "./schema";
import { threadIds } from "./thread-ids";

const dataSchema = z.record(z.string(), z.json());
const actorKind = z.enum(["user", "rule", "service", "system"]).catch("system");

/** Who did what with a thread, newest first. @throws AppError `inbox.conversation_not_found`. */
export async function listHistory(scope: Scope, viewer: Viewer, input: HistoryInput): Promise<HistoryPage> {
  const rows = await listHistoryRows(scope, await threadIds(scope, viewer, input.conversationId), input.cursor, input.limit);
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    events: page.map(({ actorId, actorName, data, ...row }) => ({
      ...row,
      actorKind: actorKind.parse(row.actorKind),
      actor: actorId === null || actorName === null ? null : { id: actorId, name: actorName },
      data: dataSchema.parse(data),
    })),
    nextCursor: last === undefined ? null : { at: last.at, id: last.id },
  };
}
