import type { Scope } from "@/server/platform/transaction";

export async function findConnectionNames({ workspaceId, db }: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.connection.findMany({ where: { workspaceId, id: { in: [...new Set(ids)] } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Members' names; row-level security shows no others. */
export async function findUserNames({ db }: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.user.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
