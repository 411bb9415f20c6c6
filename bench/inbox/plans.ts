import { pool } from "@/server/platform/db";
import { captureQueries } from "@/server/platform/testing/capture";
import type { NamedWork } from "./works";

// Tables that are large in the fill; a page or two of mentions is rightly read as a whole.
const BIG = /Seq Scan on (conversation|message|note|conversation_label|conversation_read|product)\b/;

/** The writing-down database answers every query with no rows, which a use case may not expect. */
function ignoreEmptyAnswer(error: unknown): void {
  if (!(error instanceof Error)) throw error;
}

/**
 * Which of the works read a whole table: the plans PostgreSQL really ran, those inside of functions included (auto_explain), asked as
 * the role the queries run as.
 */
export async function sequentialScans(workspaceId: string, works: readonly NamedWork[]): Promise<string[]> {
  const found: string[] = [];
  const client = await pool.connect();
  const plans: string[] = [];
  const listen = (notice: { message?: string | undefined }) => plans.push(notice.message ?? "");
  client.on("notice", listen);
  try {
    await client.query("LOAD 'auto_explain'");
    await client.query("SET auto_explain.log_min_duration = 0; SET auto_explain.log_nested_statements = on; SET client_min_messages = log");
    for (const { kind, name, work } of works) {
      plans.length = 0;
      const queries = await captureQueries(workspaceId, (scope) => work(scope, 0).catch(ignoreEmptyAnswer));
      await client.query("BEGIN");
      await client.query("SELECT set_config('karavan.workspace_id', $1, true), set_config('role', 'karavan_app', true)", [workspaceId]);
      for (const query of queries) await client.query(query.text, [...query.values]);
      await client.query("ROLLBACK");
      if (!plans.some((plan) => plan.includes("Query Text"))) throw new Error(`no plan was seen for ${kind}: ${name}`);
      const scan = plans.map((plan) => BIG.exec(plan)?.[0]).find((line) => line !== undefined);
      if (scan !== undefined) found.push(`${kind}: ${name} (${scan})`);
    }
    await client.query("RESET ALL");
  } finally {
    client.off("notice", listen);
    client.release(true);
  }
  return found;
}
