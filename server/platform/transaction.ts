import { db } from "./db";
import type { Prisma } from "./generated/client";

export type Tx = Prisma.TransactionClient;

/**
 * Access to one workspace's data inside one transaction. Repositories take it as their first argument and still name
 * `workspaceId` in every query; row-level security is the net under them.
 */
export interface Scope {
  readonly workspaceId: string;
  readonly db: Tx;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export interface TransactionOptions {
  readonly timeoutMs?: number;
}

/**
 * Runs `work` in a transaction as role `karavan_app`, which row-level security binds to `workspaceId`.
 * Its queries are short: starting parallel workers would cost more than it brings.
 * One extra statement a transaction (measured in docs/decisions/0003-row-level-security.md).
 */
export async function inWorkspace<T>(workspaceId: string, work: (scope: Scope) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
  if (!UUID.test(workspaceId)) throw new Error("inWorkspace needs a workspace id");
  return db.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT set_config('karavan.workspace_id', ${workspaceId}, true), set_config('role', 'karavan_app', true),
        set_config('max_parallel_workers_per_gather', '0', true)`;
      return work({ workspaceId, db: tx });
    },
    { timeout: options.timeoutMs ?? 15_000, maxWait: 10_000 },
  );
}

/** A transaction outside any workspace: sign-in, the engine, intake before the tenant is known. Not bound by row-level security. */
export async function inSystem<T>(work: (tx: Tx) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
  return db.$transaction(work, { timeout: options.timeoutMs ?? 15_000, maxWait: 10_000 });
}
