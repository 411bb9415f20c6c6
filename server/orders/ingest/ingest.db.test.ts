import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExternalOrder, OrderState } from "@/server/integrations/contract/orders";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { describeStateMapping, saveStateMapping } from "../mapping/state-mapping";
import { eventsOf, ingest, makeOrders, orderOf, type TestOrders } from "../testing/make-orders";

const NONE = { applied: 0, duplicate: 0, rejected: [] };

async function emitted(test: TestOrders) {
  return db.$queryRaw<{ before: string | null; after: string }[]>`
    SELECT data ->> 'before' AS before, data ->> 'after' AS after FROM engine_event WHERE name = 'orders/order.changed' AND data ->> 'workspaceId' = ${test.workspaceId} ORDER BY id`;
}

describe("receiving orders", () => {
  it("stores an order whole, once; an unchanged repeat is a duplicate", async () => {
    const test = await makeOrders();
    expect(await ingest(test)).toEqual({ ...NONE, applied: 1 });
    expect(await ingest(test)).toEqual({ ...NONE, duplicate: 1 });
    const order = await orderOf(test);
    expect(order).toMatchObject({ number: "37045342-0001", state: "new", pieces: 3, totalMinor: 250_000n, buyerName: "Ганна Коваленко" });
    expect(order.lines.map(({ externalId, quantity, priceMinor }) => [externalId, quantity, priceMinor])).toEqual([
      ["1", 2, 100_000n],
      ["2", 1, 50_000n],
    ]);
    expect((await eventsOf(test)).map(({ type }) => type)).toEqual(["placed"]);
    expect(await emitted(test)).toEqual([{ before: null, after: "new" }]);
  });

  it("tells in the timeline what changed, and only that", async () => {
    const test = await makeOrders();
    await ingest(test);
    await ingest(test, [
      test.service.becomes({ state: "shipped", remoteState: "delivering", remoteStateName: "On its way", trackingNumber: "20450000", carrier: "Nova" }),
    ]);
    await ingest(test, [test.service.becomes({ payment: "paid" })]);
    await ingest(test, [test.service.becomes({ lines: test.service.order.lines.slice(0, 1) })]);
    await ingest(test, [test.service.becomes({ comment: "call before" })]);
    expect((await eventsOf(test)).map(({ type, data }) => [type, data])).toEqual([
      ["placed", { number: "37045342-0001" }],
      ["state", { from: "new", to: "shipped", remote: "On its way", reason: null }],
      ["shipment", { carrier: "Nova", tracking: "20450000" }],
      ["payment", { from: null, to: "paid" }],
      ["lines", { from: 3, to: 2 }],
    ]);
    expect((await orderOf(test)).lines).toHaveLength(1);
    expect(await emitted(test)).toEqual([
      { before: null, after: "new" },
      { before: "new", after: "shipped" },
    ]);
  });

  it("keeps who the buyer was when the service no longer tells", async () => {
    const test = await makeOrders();
    await ingest(test);
    await ingest(test, [test.service.becomes({ buyerName: undefined, state: "delivered", remoteState: "delivered" })]);
    expect(await orderOf(test)).toMatchObject({ buyerName: "Ганна Коваленко", state: "delivered" });
  });

  it("does not tell of a shop's past as news", async () => {
    const test = await makeOrders();
    const old = { ...test.service.order, placedAt: new Date("2025-01-01T00:00:00Z"), state: "delivered" as const, remoteState: "delivered" };
    await ingest(test, [old]);
    expect(await emitted(test)).toEqual([]);
    expect((await eventsOf(test)).map(({ type }) => type)).toEqual(["placed", "state"]);
  });

  it("sets aside what cannot be stored, and takes the rest", async () => {
    const test = await makeOrders();
    const bad = { ...test.service.order, externalId: "bad", currency: "rubles" };
    const twice = { ...test.service.order, externalId: "twice", lines: [...test.service.order.lines, ...test.service.order.lines] };
    const result = await ingest(test, [bad, test.service.order, twice]);
    expect(result).toMatchObject({
      applied: 1,
      duplicate: 0,
      rejected: [{ kind: "order", errorCode: "orders.order_currency" }, { errorCode: "orders.order_lines_repeat" }],
    });
  });

  it("dates what is known by news that says nothing new: older news after it counts for nothing", async () => {
    const test = await makeOrders();
    await ingest(test);
    const late: ExternalOrder = { ...test.service.becomes({}), state: "cancelled", remoteState: "cancelled" };
    const same = { ...test.service.order, versionAt: new Date(late.versionAt.getTime() + 1_000) };
    expect(await ingest(test, [same])).toEqual({ ...NONE, duplicate: 1 });
    expect(await ingest(test, [late])).toEqual({ ...NONE, duplicate: 1 });
    expect((await orderOf(test)).state).toBe("new");
  });

  it("takes a page of thousands", async () => {
    const test = await makeOrders();
    const page = Array.from({ length: 4_500 }, (_, index) => ({ ...test.service.order, externalId: `o-${index}`, number: `N-${index}` }));
    expect(await ingest(test, page)).toEqual({ ...NONE, applied: 4_500 });
    expect(await ingest(test, page.toReversed())).toEqual({ ...NONE, duplicate: 4_500 });
    expect(await db.orderLine.count({ where: { workspaceId: test.workspaceId } })).toBe(9_000);
  });

  it("lets any number of ingests of the same orders run at once", async () => {
    const test = await makeOrders();
    const page = Array.from({ length: 60 }, (_, index) => ({
      ...test.service.order,
      externalId: `o-${index % 40}`,
      versionAt: new Date(test.clock.now().getTime() + index),
    }));
    const results = await Promise.all([page, page.toReversed(), page.slice(10), page.slice(0, 30).toReversed(), page].map((orders) => ingest(test, orders)));
    expect(results.reduce((sum, { applied }) => sum + applied, 0)).toBe(40);
    expect(await db.order.count({ where: { connectionId: test.connection.id } })).toBe(40);
    expect(await db.orderEvent.count({ where: { workspaceId: test.workspaceId, type: "placed" } })).toBe(40);
  });
});

const STATES: readonly OrderState[] = ["new", "confirmed", "packed", "shipped", "delivered", "cancelled"];

describe("any order of arrival, any repetition, any cutting into pages", () => {
  it("leaves the newest word of the service", async () => {
    const versions = fc.uniqueArray(
      fc.record({ at: fc.integer({ min: 1, max: 1_000 }), state: fc.constantFrom(...STATES), pieces: fc.integer({ min: 1, max: 9 }) }),
      {
        selector: ({ at }) => at,
        minLength: 1,
        maxLength: 8,
      },
    );
    const script = versions.chain((all) =>
      fc.array(fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 4 }), { maxLength: 6 }).map((pages) => [...pages, all]),
    );
    await fc.assert(
      fc.asyncProperty(script, async (pages) => {
        const test = await makeOrders();
        const told = ({ at, state, pieces }: { at: number; state: OrderState; pieces: number }): ExternalOrder => ({
          ...test.service.order,
          versionAt: new Date(test.clock.now().getTime() + at),
          state,
          remoteState: state,
          lines: [{ externalId: "1", name: "Mug", quantity: pieces, cancelledQuantity: 0, priceMinor: 1n }],
        });
        await Promise.all(pages.map((page) => ingest(test, page.map(told))));
        const newest = pages.flat().reduce((best, version) => (version.at > best.at ? version : best));
        expect(await orderOf(test)).toMatchObject({ state: newest.state, pieces: newest.pieces, lines: [{ quantity: newest.pieces }] });
      }),
      { numRuns: 30 },
    );
  }, 120_000);
});

describe("how a service's words are read", () => {
  const map = (test: TestOrders, remoteState: string, state: OrderState | null) =>
    inWorkspace(test.workspaceId, (scope) =>
      saveStateMapping(
        scope,
        { connectionId: test.connection.id, remoteState, state },
        { kind: "user", id: test.userId },
        { gateway: test.service.gateway, clock: test.clock },
      ),
    );

  it("is a person's choice before the connector's, for what stands there and for what comes", async () => {
    const test = await makeOrders();
    await ingest(test, [test.service.becomes({ state: "unknown", remoteState: "26" })]);
    expect(await map(test, "26", "packed")).toEqual({ changed: 1 });
    expect((await orderOf(test)).state).toBe("packed");
    await ingest(test, [test.service.becomes({ state: "unknown", remoteState: "26", comment: "again" })]);
    expect((await orderOf(test)).state).toBe("packed");
    expect(await map(test, "26", null)).toEqual({ changed: 1 });
    expect((await orderOf(test)).state).toBe("unknown");
    expect((await emitted(test)).map(({ after }) => after)).toEqual(["unknown", "packed", "unknown"]);
  });

  it("lists the connector's states and those that stand at orders", async () => {
    const test = await makeOrders();
    await ingest(test, [test.service.becomes({ state: "unknown", remoteState: "26", remoteStateName: "Waits" })]);
    await map(test, "26", "packed");
    const { states, hasOrders } = await inWorkspace(test.workspaceId, (scope) => describeStateMapping(scope, test.connection.id, test.service.gateway));
    expect(hasOrders).toBe(true);
    expect(states).toContainEqual({ remoteState: "26", name: "Waits", suggested: null, chosen: "packed", orders: 1 });
    expect(states).toContainEqual({ remoteState: "cancelled", name: "Cancelled", suggested: "cancelled", chosen: null, orders: 0 });
  });
});
