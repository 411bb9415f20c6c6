import type { Scope } from "@/server/platform/transaction";

/** What a recount finds by the service's own ids, whichever room keeps it. Read only, and only ids. */
export type VerifiedKind = "message" | "conversation" | "sale" | "product" | "order";

const QUERIES: Readonly<Record<VerifiedKind, (scope: Scope, connectionId: string, ids: string[]) => Promise<{ id: string }[]>>> = {
  message: ({ workspaceId, db }, connectionId, ids) => db.$queryRaw`
    SELECT external_id AS id FROM message WHERE workspace_id = ${workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND external_id = ANY(${ids})`,
  conversation: ({ workspaceId, db }, connectionId, ids) => db.$queryRaw`
    SELECT external_id AS id FROM conversation WHERE workspace_id = ${workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND external_id = ANY(${ids})`,
  sale: ({ workspaceId, db }, connectionId, ids) => db.$queryRaw`
    SELECT external_id AS id FROM sale_line WHERE workspace_id = ${workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND external_id = ANY(${ids})`,
  product: ({ workspaceId, db }, connectionId, ids) => db.$queryRaw`
    SELECT external_id AS id FROM product WHERE workspace_id = ${workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND external_id = ANY(${ids})`,
  order: ({ workspaceId, db }, connectionId, ids) => db.$queryRaw`
    SELECT external_id AS id FROM sales_order WHERE workspace_id = ${workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND external_id = ANY(${ids})`,
};

/** Those of the ids that are held. */
export async function findHeld(scope: Scope, kind: VerifiedKind, connectionId: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  return new Set((await QUERIES[kind](scope, connectionId, [...ids])).map(({ id }) => id));
}

/** Those of the ids that wait among the records set aside: accounted for, though not applied. */
export async function findSetAside({ workspaceId, db }: Scope, kind: VerifiedKind, connectionId: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.deadLetter.findMany({
    where: { workspaceId, connectionId, kind, resolvedAt: null, externalId: { in: [...ids] } },
    select: { externalId: true },
  });
  return new Set(rows.flatMap(({ externalId }) => (externalId === null ? [] : [externalId])));
}
