import { newId } from "@/lib/ids";
import { type BenchOptions, type BenchResult, describeMachine } from "../contract";

const WORKSPACES = 50;
const PER_WORKSPACE = 2_000;
const ROUNDS = 1_500;

/** Milliseconds per call, median and 95th percentile, of `work` run one after another. */
async function time(work: (round: number) => Promise<unknown>): Promise<{ p50: number; p95: number }> {
  for (let round = 0; round < 100; round += 1) await work(round);
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = performance.now();
    await work(round);
    samples.push(performance.now() - from);
  }
  samples.sort((a, b) => a - b);
  return { p50: samples[Math.floor(ROUNDS * 0.5)] ?? 0, p95: samples[Math.floor(ROUNDS * 0.95)] ?? 0 };
}

/**
 * What row-level security costs: the newest 50 conversations of a workspace, read as we read them (transaction, role, policy)
 * and as bare statements with the same filter. The filter by workspace stands in the query either way.
 */
export async function run(_options: BenchOptions): Promise<BenchResult> {
  const { db, pool } = await import("@/server/platform/db");
  const { inWorkspace } = await import("@/server/platform/transaction");
  const ids = Array.from({ length: WORKSPACES }, newId);
  for (const id of ids) {
    await db.workspace.create({ data: { id, name: "bench" } });
    await pool.query(
      `INSERT INTO conversation (id, workspace_id, organization_id, connection_id, channel, external_id, last_message_at, created_at, updated_at)
       SELECT gen_random_uuid(), $1, $1, $1, 'bench', n::text, now() - n * interval '1 minute', now(), now() FROM generate_series(1, $2::integer) n`,
      [id, PER_WORKSPACE],
    );
  }
  await pool.query("ANALYZE conversation");
  const workspace = (round: number) => ids[round % WORKSPACES] ?? "";
  const page = (workspaceId: string) => ({ where: { workspaceId }, orderBy: [{ lastMessageAt: "desc" as const }, { id: "desc" as const }], take: 50 });

  const bare = await time((round) => db.conversation.findMany(page(workspace(round))));
  const transaction = await time((round) => db.$transaction((tx) => tx.conversation.findMany(page(workspace(round)))));
  const isolated = await time((round) => inWorkspace(workspace(round), (scope) => scope.db.conversation.findMany(page(scope.workspaceId))));
  return {
    bench: "isolation",
    machine: describeMachine(),
    results: {
      isolatedP50Ms: isolated.p50,
      isolatedP95Ms: isolated.p95,
      addedByRoleAndPolicyP50Ms: isolated.p50 - transaction.p50,
      rows: WORKSPACES * PER_WORKSPACE,
    },
    baseline: { bareP50Ms: bare.p50, bareP95Ms: bare.p95, transactionP50Ms: transaction.p50, transactionP95Ms: transaction.p95 },
    ratio: bare.p50 / isolated.p50,
  };
}
