import { describe, expect, it } from "vitest";
import type { ScriptedAnswer } from "../../../contract/testing/scripted-http";
import { NOW, scriptedContext } from "../testing/scripted-context";
import { pullOrders } from "./orders-pull";

const order = (number: string, given: object = {}) => ({
  orderNumber: number,
  orderDate: "2026-11-20T10:00:00",
  items: [{ id: `l${number}`, quantity: 1, status: "Open", totalPrice: { amount: 10, currency: "TRY" }, ...given }],
});

describe("a page of orders", () => {
  it("keeps what is good, tells what is odd without identity numbers, and passes over what is gone", async () => {
    const orders: Readonly<Record<string, ScriptedAnswer>> = {
      "1": { json: order("1") },
      "2": { json: { ...order("2", { quantity: "many" }), invoice: { turkishIdentityNumber: "11111111111", taxNumber: "22", address: { name: "A" } } } },
      "3": { status: 404, json: "Order not found" },
      "4": { json: order("4", { totalPrice: { amount: 1e300, currency: "TRY" } }) },
    };
    const { context } = scriptedContext(({ path }) => {
      const number = /\/ordernumber\/(\w+)$/.exec(path)?.[1];
      return number === undefined
        ? { json: { items: ["1", "2", "3", "4", 7].map((orderNumber) => ({ orderNumber })) } }
        : (orders[number] ?? { json: order(number) });
    });
    const page = await pullOrders(context, {});
    expect(page.records.map(({ externalId }) => externalId)).toEqual(["1", "7"]);
    expect(page.rejected.map(({ externalId, errorCode }) => [externalId, errorCode])).toEqual([
      ["2", "hepsiburada.order_shape"],
      ["4", "hepsiburada.order_amount"],
    ]);
    expect(page.received).toBe(4);
    expect(page.rejected[0]?.payload).toMatchObject({ invoice: { turkishIdentityNumber: null, taxNumber: null, address: { name: "A" } } });
  });

  it("goes through every list in one go where all are empty, each in its own words, half an hour before the last run", async () => {
    const { http, context } = scriptedContext(({ path }) => ({ json: path.includes("/claims/") || path.includes("timespan") ? [] : { items: [] } }));
    const page = await pullOrders(context, { checkpoint: { readAt: "2026-11-21T11:45:00.000Z" } });
    expect(page).toMatchObject({ records: [], rejected: [], checkpoint: { readAt: NOW.toISOString() } });
    expect(page.next).toBeUndefined();
    const dated = "begindate=2026-11-21+14%3A15&enddate=2026-11-21+15%3A02&offset=0&limit=50";
    expect(http.seen.map(({ path }) => path)).toEqual([
      "/orders/merchantid/m?offset=0&limit=100",
      "/packages/merchantid/m?timespan=1&limit=10&Offset=0",
      `/packages/merchantid/m/shipped?${dated}`,
      `/packages/merchantid/m/delivered?${dated}`,
      `/packages/merchantid/m/undelivered?${dated}`,
      `/orders/merchantid/m/cancelled?${dated}`,
      "/claims/merchantId/m/status/Accepted?offset=0&limit=100&statusBeginDate=2026-11-21+14%3A15&statusEndDate=2026-11-21+15%3A02",
      "/claims/merchantId/m/status/Refunded?offset=0&limit=100&statusBeginDate=2026-11-21+14%3A15&statusEndDate=2026-11-21+15%3A02",
    ]);
  });

  it.each([
    ["a first run", {}, "2026-10-22T12:00:30.000Z"],
    ["a window longer than the lists remember", { window: { from: new Date("2026-01-01T00:00:00Z"), to: NOW } }, "2026-10-22T12:00:30.000Z"],
    ["a shorter one", { window: { from: new Date("2026-11-11T00:00:00Z"), to: NOW } }, "2026-11-11T00:00:00.000Z"],
    ["a checkpoint nobody can read", { checkpoint: { readAt: "yesterday" } }, "2026-10-22T12:00:30.000Z"],
    ["a checkpoint from the future", { checkpoint: { readAt: "2027-01-01T00:00:00.000Z" } }, NOW.toISOString()],
  ])("%s begins where it has to", async (_, input, from) => {
    const { context } = scriptedContext(({ path }) => ({ json: path.includes("ordernumber") ? order("1") : { items: [{ orderNumber: "1" }] } }));
    expect((await pullOrders(context, input)).next).toMatchObject({ phase: "packages", from });
  });

  it("refuses a cursor that is none of ours", async () => {
    const { http, context } = scriptedContext(() => ({}));
    await expect(pullOrders(context, { cursor: { phase: "elsewhere" } })).rejects.toMatchObject({ kind: "invalid", code: "remote.cursor" });
    expect(http.seen).toEqual([]);
  });
});
