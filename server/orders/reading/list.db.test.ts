import { beforeAll, describe, expect, it } from "vitest";
import type { ExternalOrder, OrderState } from "@/server/integrations/contract/orders";
import { db, pool } from "@/server/platform/db";
import { captureQueries } from "@/server/platform/testing/capture";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { listStandingStates } from "../mapping/mapping.repository";
import { COUNTED_MOST, listOrdersInput, type OrderState as State } from "../schema";
import { ingest, makeOrders, orderOf, type TestOrders } from "../testing/make-orders";
import { exportOrders } from "./export-orders";
import { getOrder } from "./get-order";
import { countOrders, listOrderRows } from "./list.repository";
import { countByState, countToShip, listOrders } from "./list-orders";
import { pickList } from "./pick-list";

const HOUR = 3_600_000;

function order(test: TestOrders, index: number, state: OrderState, change: Partial<ExternalOrder> = {}): ExternalOrder {
  const placedAt = new Date(test.clock.now().getTime() - index * HOUR);
  return { ...test.service.order, externalId: `o-${index}`, number: `N-${1000 + index}`, placedAt, state, remoteState: state, shipBy: undefined, ...change };
}

async function list(test: TestOrders, input: object) {
  return inWorkspace(test.workspaceId, (scope) => listOrders(scope, listOrdersInput.parse(input), test.clock));
}

const numbers = async (test: TestOrders, input: object) => (await list(test, input)).orders.map(({ number }) => number);

describe("the list of orders", () => {
  it("pages through everything once, newest first, with states merged", async () => {
    const test = await makeOrders();
    const states = ["new", "shipped", "new", "packed", "delivered", "new", "packed"] as const;
    await ingest(
      test,
      states.map((state, index) => order(test, index, state)),
    );
    const seen: string[] = [];
    let cursor: object | undefined;
    do {
      const page = await list(test, { states: ["new", "packed"], limit: 2, cursor });
      seen.push(...page.orders.map(({ number }) => number));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(["N-1000", "N-1002", "N-1003", "N-1005", "N-1006"]);
    expect(await numbers(test, {})).toHaveLength(7);
  });

  it("puts the most urgent first, and says how many there are", async () => {
    const test = await makeOrders();
    const due = (hours: number) => new Date(test.clock.now().getTime() + hours * HOUR);
    await ingest(test, [
      order(test, 0, "new", { shipBy: due(5) }),
      order(test, 1, "packed", { shipBy: due(-2) }),
      order(test, 2, "confirmed", { shipBy: due(40) }),
      order(test, 3, "shipped", { shipBy: due(-9) }),
      order(test, 4, "new"),
      order(test, 5, "new", { shipBy: due(-3), fulfilment: "fbo" }),
    ]);
    expect(await numbers(test, { shipBy: "waiting" })).toEqual(["N-1001", "N-1000", "N-1002"]);
    expect(await numbers(test, { shipBy: "late" })).toEqual(["N-1001"]);
    expect(await numbers(test, { shipBy: "soon" })).toEqual(["N-1000"]);
    const counts = await inWorkspace(test.workspaceId, (scope) => countByState(scope, undefined, test.clock));
    expect(counts).toMatchObject({ late: 1, soon: 1, waiting: 3, short: 0, states: { new: 3, packed: 1, shipped: 1, cancelled: 0 } });
    expect(await inWorkspace(test.workspaceId, (scope) => countToShip(scope, test.clock))).toEqual({ late: 1, soon: 1, waiting: 3, short: 0 });
  });

  it("finds by number, group, tracking, article and the buyer's name, and nothing of another workspace", async () => {
    const [test, other] = [await makeOrders(), await makeOrders()];
    await ingest(other);
    const lines = [{ externalId: "1", sku: "4242", offerId: "KETTLE", name: "Kettle", quantity: 1, cancelledQuantity: 0, priceMinor: 1n }];
    await ingest(test, [
      order(test, 0, "new", {
        number: "88-101",
        groupNumber: "GR-7",
        recordNumber: "d.r77aa.0.0",
        trackingNumber: "2045-9",
        buyerName: "Олена Шевченко",
        lines,
      }),
      order(test, 1, "new", { number: "88-102", groupNumber: "GR-8", buyerName: "Emma Brown" }),
    ]);
    for (const search of ["88-101", "GR-7", "2045", "4242", "KETTLE", "Олену", "d.r77aa.0.0"])
      expect(await numbers(test, { search }), search).toEqual(["88-101"]);
    expect(await numbers(test, { search: "88-1" })).toEqual(["88-101", "88-102"]);
    expect(await numbers(test, { search: "d.r77aa" })).toEqual([]);
    expect(await numbers(test, { search: "37045342-0001" })).toEqual([]);
  });

  it("shows what is wanted beside what is", async () => {
    const test = await makeOrders();
    await ingest(test);
    const { ask, settle } = await import("../testing/make-orders");
    await ask(test, "to:confirmed");
    expect((await list(test, {})).orders[0]).toMatchObject({
      state: "new",
      lineCount: 2,
      firstLine: "Mug",
      wanted: { action: "confirm", toState: "confirmed", state: "queued" },
    });
    await settle(test);
    await ingest(test);
    expect((await list(test, {})).orders[0]).toMatchObject({ state: "confirmed", wanted: null });
  });

  it("opens one order with all that belongs to it", async () => {
    const test = await makeOrders();
    await ingest(test);
    const { id } = await orderOf(test);
    const view = await inWorkspace(test.workspaceId, (scope) => getOrder(scope, test.viewer, id, test.requestDeps));
    expect(view).toMatchObject({ number: "37045342-0001", sales: [], conversations: [], siblings: [], lines: [{ name: "Mug" }, { name: "Plate" }] });
    expect(view.transitions.map(({ id: transition }) => transition)).toContain("to:confirmed");
    const reader = { ...test.viewer, role: "warehouse" as const };
    expect(await inWorkspace(test.workspaceId, (scope) => getOrder(scope, reader, id, test.requestDeps))).toMatchObject({ sales: null, conversations: null });
    const stranger = await makeOrders();
    await expect(inWorkspace(stranger.workspaceId, (scope) => getOrder(scope, test.viewer, id, test.requestDeps))).rejects.toMatchObject({
      code: "orders.not_found",
    });
  });

  it("joins with sales that know it by another number than people do", async () => {
    const test = await makeOrders();
    await ingest(test, [{ ...test.service.order, number: "5632423", recordNumber: "d.r77aa.0.0" }]);
    const { id } = await orderOf(test);
    const { id: connectionId, organizationId } = test.connection;
    const line = {
      workspaceId: test.workspaceId,
      organizationId,
      connectionId,
      marketplace: "fake",
      kind: "sale" as const,
      date: new Date("2026-11-01"),
      quantity: 1,
    };
    const sold = (externalId: string, orderNumber: string) => ({ ...line, id: crypto.randomUUID(), externalId, orderNumber, sourceHash: "h" });
    const price = { revenueMinor: 12_345n, currency: "RUB", description: "Mug" };
    await db.saleLine.createMany({
      data: [
        { ...sold("s1", "d.r77aa.0.0"), ...price },
        { ...sold("s2", "d.r88bb.0.0"), ...price },
      ],
    });
    const view = await inWorkspace(test.workspaceId, (scope) => getOrder(scope, test.viewer, id, test.requestDeps));
    expect(view).toMatchObject({ number: "5632423", recordNumber: "d.r77aa.0.0", sales: [{ revenueMinor: 12_345n }] });
    expect(view.sales).toHaveLength(1);
  });

  it("lists the chosen ones alone, and what they need from the shelf", async () => {
    const [test, other] = [await makeOrders(), await makeOrders()];
    const lines = (quantity: number, cancelledQuantity = 0) => [
      { externalId: "1", offerId: "K-1", name: "Kettle", quantity, cancelledQuantity, priceMinor: 1n },
    ];
    await ingest(test, [
      order(test, 0, "new", { lines: lines(2), shipBy: new Date("2026-11-03T00:00:00Z") }),
      order(test, 1, "new", { lines: lines(3, 1), shipBy: new Date("2026-11-02T00:00:00Z") }),
      order(test, 2, "new", { lines: lines(5) }),
    ]);
    await ingest(other);
    const of = async (index: number) => (await orderOf(test, `o-${index}`)).id;
    const ids = [await of(0), await of(1), (await orderOf(other)).id];
    expect((await numbers(test, { ids })).sort()).toEqual(["N-1000", "N-1001"]);
    expect(await numbers(test, { ids, states: ["shipped"] })).toEqual([]);
    const picked = await pickList(test.workspaceId, ids);
    expect(picked.orders.map(({ order: { number }, lines: taken }) => [number, taken])).toEqual([
      ["N-1001", [{ article: "K-1", name: "Kettle", quantity: 2 }]],
      ["N-1000", [{ article: "K-1", name: "Kettle", quantity: 2 }]],
    ]);
    expect(picked.articles).toEqual([{ article: "K-1", name: "Kettle", quantity: 4 }]);
    expect(await pickList(test.workspaceId, [])).toEqual({ orders: [], articles: [] });
  });

  it("exports a row a line, harmless in a spreadsheet", async () => {
    const test = await makeOrders();
    await ingest(test, [order(test, 0, "new", { buyerName: "=cmd()" })]);
    const word = new Proxy({}, { get: (_target, name) => String(name) }) as never;
    const { body } = await exportOrders(
      test.workspaceId,
      { format: "csv", separator: "comma" },
      { columns: word, states: word, fulfilments: word, payments: word, sheet: "Orders" },
      test.clock,
    );
    const rows = (await new Response(body).text()).trim().split("\r\n");
    expect(rows).toHaveLength(3);
    expect(rows[1]).toContain("'=cmd()");
    expect(rows[1]).toContain("1000.00");
  });
});

let workspaceId = "";
let connectionId = "";

/** As the role the queries really run as, with sequential scans priced out: one that remains has no index it may use. */
async function explain(work: (scope: Scope) => Promise<unknown>): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(
      "SELECT set_config('karavan.workspace_id', $1, true), set_config('role', 'karavan_app', true), set_config('enable_seqscan', 'off', true)",
      [workspaceId],
    );
    const plans: string[] = [];
    for (const query of await captureQueries(workspaceId, work)) {
      const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN ${query.text}`, [...query.values]);
      plans.push(...rows.map((row) => row["QUERY PLAN"]));
    }
    return plans.join("\n");
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

const listWith = (input: object) => (scope: Scope) => listOrderRows(scope, listOrdersInput.parse(input), undefined, 50, new Date());

describe("plans under row-level security", () => {
  beforeAll(async () => {
    const test = await makeOrders();
    ({ workspaceId } = test);
    connectionId = test.connection.id;
    // Enough rows that an index is worth more than another: with one row any will do.
    await pool.query(
      `INSERT INTO sales_order (id, workspace_id, organization_id, connection_id, external_id, number, fulfilment, state, remote_state, placed_at, source_version_at, source_hash, ship_by, currency, total_minor, pieces, is_short, updated_at)
       SELECT gen_random_uuid(), $1, $2, CASE WHEN n % 4 = 0 THEN $3::uuid ELSE gen_random_uuid() END, 'many-' || n, 'N' || n, CASE WHEN n % 10 = 0 THEN 'fbo' ELSE 'fbs' END,
         (CASE WHEN n % 20 = 0 THEN 'new' WHEN n % 7 = 0 THEN 'cancelled' ELSE 'delivered' END)::order_state, 's' || n % 9, now() - n * interval '1 minute', now(), '', now() - n * interval '1 minute' + interval '2 days', 'RUB', 1, 1, n % 50 = 0, now()
       FROM generate_series(1, 3000) n`,
      [workspaceId, test.connection.organizationId, connectionId],
    );
    await pool.query("ANALYZE sales_order");
  });

  it.each([
    ["newest", listWith({}), /sales_order_workspace_id_placed_at/],
    ["one state", listWith({ states: ["new"] }), /sales_order_new/],
    ["several states", listWith({ states: ["new", "cancelled"] }), /sales_order_new.*sales_order_cancelled/s],
    [
      "one state of a connection",
      listWith({ states: ["delivered"], connectionIds: ["00000000-0000-4000-8000-000000000001"] }),
      /sales_order_(delivered_connection|workspace_id_connection_id)/,
    ],
    ["a connection", listWith({ connectionIds: ["00000000-0000-4000-8000-000000000001"] }), /sales_order_workspace_id_connection_id/],
    ["an organization", listWith({ organizationIds: ["00000000-0000-4000-8000-000000000001"] }), /sales_order_workspace_id_organization_id/],
    ["whose warehouse", listWith({ fulfilments: ["fbo"] }), /sales_order_workspace_id_(fulfilment|placed)/],
    ["late", listWith({ shipBy: "late" }), /sales_order_to_ship/],
    ["waiting", listWith({ shipBy: "waiting" }), /sales_order_to_ship/],
    ["short", listWith({ short: true }), /sales_order_short/],
    ["a search", listWith({ search: "N42" }), /orders_search/],
  ])("the list (%s) uses its index", async (_name, work, index) => {
    const plan = await explain(work);
    expect(plan).toMatch(index);
    expect(plan).not.toMatch(/Seq Scan on (sales_order|order_line|order_change)/);
  });

  it("counts and the states of a connection are bounded walks of indexes", async () => {
    const states: readonly State[] = ["new", "delivered"];
    const plan = await explain((scope) => countOrders(scope, states, undefined, new Date()));
    expect(plan).toMatch(/sales_order_to_ship/);
    expect(plan).not.toContain("Seq Scan on sales_order");
    expect(await explain((scope) => listStandingStates(scope, connectionId))).not.toContain("Seq Scan on sales_order");
    const counts = await inWorkspace(workspaceId, (scope) => countOrders(scope, states, undefined, new Date()));
    expect(counts.get("delivered")).toBe(COUNTED_MOST);
  });
});
