import { withBenchEnvironment } from "./environment";
import { startSandboxProcess } from "./sync/sandbox-process";
import { randomUUID } from "node:crypto";
import pg from "pg";
const stats = new Map<string, { n: number; ms: number }>();
const orig = pg.Client.prototype.query as any;
(pg.Client.prototype as any).query = function (q: any, ...rest: any[]) {
  const text = (typeof q === "string" ? q : q.text ?? "").replace(/\s+/g, " ").trim().slice(0, 90);
  const t = performance.now();
  const r = orig.call(this, q, ...rest);
  const done = () => { const e = stats.get(text) ?? { n: 0, ms: 0 }; e.n++; e.ms += performance.now() - t; stats.set(text, e); };
  if (r && typeof r.then === "function") r.then(done, done);
  return r;
};
async function main() {
  const sandbox = await startSandboxProcess({ chats: 2000, messages: 100000, saleLines: 1000, days: 29 });
  await withBenchEnvironment(async () => {
    const { createConnection, openConnection, syncNow, takePage, lockPage, storePage } = await import("@/server/integrations/index");
    const { makeContext } = await import("@/server/integrations/connections/open-connection");
    const { pullPage } = await import("@/server/sync/pull-page");
    const { ingestPage } = await import("@/server/sync/ingest-page");
    const { inWorkspace } = await import("@/server/platform/transaction");
    const { db, pool } = await import("@/server/platform/db");
    const workspaceId = randomUUID(), organizationId = randomUUID();
    await db.workspace.create({ data: { id: workspaceId, name: "Bench", organizations: { create: { id: organizationId, name: "Bench" } } } });
    const baseUrl = sandbox.url + "/ozon";
    const cid = await createConnection(workspaceId, { connectorId: "ozon", organizationId, name: "B", credentials: { clientId: "1005001", apiKey: "5a1d0000-0000-4000-8000-000000001005" }, isActive: true, autoSync: true, streams: [], baseUrl }, { kind: "system" });
    for (const stream of ["chats", "sales"] as const) {
      const [run] = await syncNow(workspaceId, { id: cid, streams: [stream] }, { kind: "system" });
      const ref = { workspaceId, connectionId: cid, stream, runId: run!.id };
      let tp = 0, ti = 0, n = 0, take = 0, store = 0;
      for (;;) {
        let t = performance.now();
        const taken = await inWorkspace(workspaceId, async (s) => { const ticket = await takePage(s, ref, new Date()); return ticket && { ticket, open: await openConnection(s, cid) }; });
        take += performance.now() - t; 
        if (!taken) break;
        const { ticket, open: o } = taken;
        const connector = { ...o.connector, limits: o.connector.limits.map((l) => ({ ...l, points: 1e6 })) };
        const open = { ...o, context: makeContext({ workspaceId, connector, connectionId: cid, credentials: o.context.credentials, override: baseUrl, facts: {}, clock: o.context.clock }) };
        t = performance.now();
        const pulled = await pullPage(workspaceId, open, ticket);
        tp += performance.now() - t; t = performance.now();
        await inWorkspace(workspaceId, async (s) => {
          const lock = await lockPage(s, ticket);
          const counts = await ingestPage(s, { connection: ticket.connection, runId: ref.runId, source: "poll" }, pulled, new Date());
          const t2 = performance.now();
          await storePage(s, lock!, { counts, page: pulled.page }, new Date());
          store += performance.now() - t2;
        }, { timeoutMs: 60000 });
        const di = performance.now() - t; ti += di; n++; if (n % 8 === 0) console.log(stream, n, "pull so far", Math.round(tp), "ingest so far", Math.round(ti));
      }
      console.log([...stats.entries()].sort((a, b) => b[1].ms - a[1].ms).slice(0, 12).map(([k, v]) => `${Math.round(v.ms)}ms ${v.n}x ${k}`).join("\n")); stats.clear();
      console.log(stream, { pages: n, take, pull: tp, ingestTotal: ti, store });
    }
    const ids = (await pool.query("select id from conversation limit 34")).rows.map((r: any) => r.id);
    for (const analyzed of [false, true]) { if (analyzed) await pool.query("ANALYZE message");
    const c = await pool.connect();
    await c.query("begin"); await c.query("select set_config('karavan.workspace_id', $1, true), set_config('role','karavan_app', true)", [workspaceId]);
    console.log(analyzed, (await c.query(`EXPLAIN (ANALYZE, BUFFERS) SELECT c.id AS "conversationId", l.sent_at, b.sent_at, o.sent_at
    FROM conversation c
    LEFT JOIN LATERAL (SELECT sent_at, text, attachments, side FROM message WHERE conversation_id = c.id AND send_state IS DISTINCT FROM 'rejected' ORDER BY sent_at DESC, id DESC LIMIT 1) l ON true
    LEFT JOIN LATERAL (SELECT sent_at FROM message WHERE conversation_id = c.id AND side = 'buyer' ORDER BY sent_at DESC, id DESC LIMIT 1) b ON true
    LEFT JOIN LATERAL (SELECT sent_at FROM message WHERE conversation_id = c.id AND side = 'seller' AND (send_state IS NULL OR send_state IN ('accepted', 'confirmed')) ORDER BY sent_at DESC, id DESC LIMIT 1) s ON true
    LEFT JOIN LATERAL (SELECT sent_at FROM message WHERE conversation_id = c.id AND side = 'buyer' AND sent_at >= coalesce(s.sent_at, '-infinity')
      AND sent_at > coalesce(c.answered_until, '-infinity') ORDER BY sent_at, id LIMIT 1) o ON true
    WHERE c.workspace_id = $1::uuid AND c.id = ANY($2::uuid[])`, [workspaceId, ids])).rows.map((r: any) => r["QUERY PLAN"]).join("\n"));
    await c.query("rollback"); c.release(); }
    const { callLog } = await import("@/server/platform/http/call-log");
    await callLog.flush();
    console.log((await pool.query("select endpoint, outcome, count(*), sum(duration_ms), avg(duration_ms), sum(response_bytes)/count(*) from call_log_entry group by 1,2")).rows);
  });
  await sandbox.stop();
}
main().then(() => process.exit(0), (e) => { console.error(e); process.exit(1); });
