import { pool } from "@/server/platform/db";
import { captureQueries } from "@/server/platform/testing/capture";
import type { NamedWork } from "./works";

const BIG = /Seq Scan on (sales_order|order_line)\b/;

/** The writing-down database answers every query with no rows, which a use case may not expect. */
function ignoreEmptyAnswer(error: unknown): void {
  if (!(error instanceof Error)) throw error;
}

/** Which of the works read a whole table: asked as the role the queries run as. */
export async function sequentialScans(workspaceId: string, works: readonly NamedWork[]): Promise<string[]> {
  const found: string[] = [];
  const client = await pool.connect();
  try {
    for (const { name, work } of works) {
      const queries = await captureQueries(workspaceId, (scope) => work(scope, 0).catch(ignoreEmptyAnswer));
      await client.query("BEGIN");
      await client.query(
        "SELECT set_config('karavan.workspace_id', $1, true), set_config('role', 'karavan_app', true), set_config('max_parallel_workers_per_gather', '0', true)",
        [workspaceId],
      );
      for (const query of queries) {
        const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN ${query.text}`, [...query.values]);
        const scan = BIG.exec(rows.map((row) => row["QUERY PLAN"]).join("\n"))?.[0];
        if (scan !== undefined) found.push(`${name} (${scan})`);
      }
      await client.query("ROLLBACK");
    }
  } finally {
    client.release(true);
  }
  return found;
}
