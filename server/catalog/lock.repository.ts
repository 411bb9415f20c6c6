import type { Scope } from "@/server/platform/transaction";

/**
 * The order of locks in this room: first the workspace's catalog, then variants by id, then listings. Settling orders, counting and pushing
 * share the catalog; whatever changes which listing stands for which variant has it alone, so that no line is matched by what is
 * about to change. Both are held to the end of the transaction.
 */
const LOCK_CLASS = 74_101;

export async function shareCatalog(scope: Scope): Promise<void> {
  await scope.db.$queryRaw`SELECT pg_advisory_xact_lock_shared(${LOCK_CLASS}::int, hashtext(${scope.workspaceId}))::text`;
}

export async function holdCatalog(scope: Scope): Promise<void> {
  await scope.db.$queryRaw`SELECT pg_advisory_xact_lock(${LOCK_CLASS}::int, hashtext(${scope.workspaceId}))::text`;
}

export interface LockedVariant {
  readonly id: string;
  readonly onHand: number | null;
  readonly reserved: number;
  readonly countedAt: Date | null;
}

/** Locks and reads, always in the order of ids: whoever waits for one holds only smaller ones. */
export async function lockVariants(scope: Scope, ids: readonly string[]): Promise<LockedVariant[]> {
  if (ids.length === 0) return [];
  return scope.db.$queryRaw<LockedVariant[]>`
    SELECT id, on_hand AS "onHand", reserved, counted_at AS "countedAt" FROM variant
    WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ANY(${[...new Set(ids)]}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
}
