import { inSystem, inWorkspace } from "@/server/platform/transaction";

export interface RequestKey {
  readonly workspaceId: string;
  readonly tokenId: string;
  readonly key: string;
}

export interface KeptAnswer {
  readonly requestHash: string;
  /** Null while the first request is being carried out. */
  readonly status: number | null;
  readonly body: unknown;
}

/**
 * Takes the key for a request.
 * @returns null when it is ours now; otherwise what is known of the request that has it. A request that died long ago gives its key up.
 */
export async function takeKey(
  { workspaceId, tokenId, key }: RequestKey,
  requestHash: string,
  at: Date,
  diedBefore: Date,
  keptSince: Date,
): Promise<KeptAnswer | null> {
  return inWorkspace(workspaceId, async ({ db }) => {
    const taken = await db.$executeRaw`
      INSERT INTO idempotent_request (workspace_id, token_id, key, request_hash, created_at)
      VALUES (${workspaceId}::uuid, ${tokenId}::uuid, ${key}, ${requestHash}, ${at}::timestamptz)
      ON CONFLICT (token_id, key) DO UPDATE SET request_hash = EXCLUDED.request_hash, created_at = EXCLUDED.created_at, status = NULL, body = NULL
      WHERE idempotent_request.created_at < ${keptSince}::timestamptz
        OR (idempotent_request.status IS NULL AND idempotent_request.created_at < ${diedBefore}::timestamptz AND idempotent_request.request_hash = EXCLUDED.request_hash)`;
    if (taken === 1) return null;
    return db.idempotentRequest.findFirst({ where: { workspaceId, tokenId, key }, select: { requestHash: true, status: true, body: true } });
  });
}

export async function keepAnswer({ workspaceId, tokenId, key }: RequestKey, status: number, body: string): Promise<void> {
  await inWorkspace(workspaceId, ({ db }) => db.idempotentRequest.updateMany({ where: { workspaceId, tokenId, key }, data: { status, body } }));
}

/** The request failed on our side: it may be made again. */
export async function giveKeyUp({ workspaceId, tokenId, key }: RequestKey): Promise<void> {
  await inWorkspace(workspaceId, ({ db }) => db.idempotentRequest.deleteMany({ where: { workspaceId, tokenId, key, status: null } }));
}

export async function deleteRequestsBefore(before: Date, limit: number): Promise<number> {
  return inSystem(
    (tx) =>
      tx.$executeRaw`DELETE FROM idempotent_request WHERE (token_id, key) IN (SELECT token_id, key FROM idempotent_request WHERE created_at < ${before} LIMIT ${limit})`,
  );
}
