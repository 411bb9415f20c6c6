import { z } from "zod";
import { inWorkspace } from "@/server/platform/transaction";
import type { AuditListInput } from "../schema";
import { listAuditRows, listMemberNames } from "./repository";

const detailsSchema = z.record(z.string(), z.json()).catch({});
const userIdSchema = z.uuid();

/** One page of the workspace's audit, newest first; `nextCursor` is null on the last one. */
export async function listAudit(workspaceId: string, filter: AuditListInput) {
  return inWorkspace(workspaceId, async (scope) => {
    const rows = await listAuditRows(scope, filter);
    const page = rows.slice(0, filter.limit);
    const people = page.flatMap(({ actorId }) => (userIdSchema.safeParse(actorId).success && actorId !== null ? [actorId] : []));
    const names = await listMemberNames(scope, people);
    const entries = page.map(({ id, details, ...row }) => ({
      ...row,
      entryId: id,
      details: detailsSchema.parse(details),
      actorName: row.actorId === null ? null : (names.get(row.actorId) ?? null),
    }));
    return { entries, nextCursor: rows.length > filter.limit ? (page.at(-1)?.id ?? null) : null };
  });
}
