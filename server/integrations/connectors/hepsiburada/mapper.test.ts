import { describe, expect, it } from "vitest";
import pushes from "./fixtures/pushes.json";
import { mergeReturned, toOrder, toReturned } from "./mapper";
import { readContext } from "./order-context";
import { claimSchema, lineSchema, orderSchema, type RemoteLine } from "./schemas";

const NOW = new Date("2026-11-21T12:00:00Z");
const PLAIN = { returned: [], ownCarrier: false, now: NOW };
let nextId = 0;

function line(status: string, given: Partial<Record<keyof RemoteLine, unknown>> = {}) {
  nextId += 1;
  return {
    status,
    sku: `HBV${nextId}`,
    merchantSKU: `art-${nextId}`,
    name: "Tencere",
    quantity: 2,
    unitPrice: { amount: 14.95, currency: "TRY" },
    totalPrice: { amount: 29.9, currency: "TRY" },
    lastStatusUpdateDate: "2026-11-20T10:00:00",
    ...given,
    id: `line-${nextId}`,
  };
}

const order = (...items: unknown[]) => orderSchema.parse({ orderNumber: 869304129, orderDate: "2026-11-19T15:30:00", items });
const claim = (number: string, lineItemId: string, quantity: number) =>
  toReturned(
    claimSchema.parse({
      number,
      status: "Refunded",
      quantity,
      orderNumber: "869304129",
      lineItemId,
      claimDate: "2026-11-20T12:00:00",
      refundDate: "2026-11-21T09:00:00",
    }),
  );

describe("an order as its lines tell it", () => {
  it.each([
    [["Open"], "Open", "new"],
    [["Unpacked", "Packaged"], "Unpacked", "confirmed"],
    [["Delivered", "InTransit"], "InTransit", "shipped"],
    [["Delivered", "CancelledByCustomer"], "Delivered", "delivered"],
    [["CancelledBySap", "CancelledByMerchant"], "CancelledBySap", "cancelled"],
    [["Delivered", "Teleported"], "Teleported", "unknown"],
    [["Undelivered"], "Undelivered", "shipped"],
    [["ClaimCreated"], "ClaimCreated", "delivered"],
  ])("%j is %s: %s", (words, remoteState, state) => {
    expect(toOrder(order(...words.map((word) => line(word))), PLAIN)).toMatchObject({ remoteState, state });
  });

  it("counts what is still wanted, in minor units, and names the cancelled pieces", () => {
    const mapped = toOrder(order(line("Packaged", { packageNumber: "77", barcode: "HB77" }), line("CancelledByCustomer")), PLAIN);
    expect(mapped).toMatchObject({ totalMinor: 2_990n, currency: "TRY", trackingNumber: "HB77", payment: "paid", fulfilment: "fbs" });
    expect(mapped.lines.map(({ quantity, cancelledQuantity, priceMinor }) => [quantity, cancelledQuantity, priceMinor])).toEqual([
      [2, 0, 1_495n],
      [2, 2, 1_495n],
    ]);
    expect(mapped.lines[0]).toMatchObject({ offerId: expect.stringMatching(/^art-/), productExternalId: expect.stringMatching(/^ART-/) });
  });

  it("takes bare moments for Turkish ones, and the newest of its lines for its version", () => {
    const mapped = toOrder(order(line("Open", { dueDate: "2026-11-22T15:00:00" }), line("Open", { lastStatusUpdateDate: "2026-11-20T11:00:00.5" })), PLAIN);
    expect(mapped.placedAt.toISOString()).toBe("2026-11-19T12:30:00.000Z");
    expect(mapped.shipBy?.toISOString()).toBe("2026-11-22T12:00:00.000Z");
    expect(mapped.versionAt.toISOString()).toBe("2026-11-20T08:00:00.500Z");
  });

  it("reads the official literal of a line, whose tax is money where the lists have a number", () => {
    const parsed = lineSchema.parse(pushes.order.items[0]);
    expect(parsed).toMatchObject({ sku: "HBV00000NE0YY", totalPrice: { amount: "14.95", currency: "TRY" }, quantity: 1 });
  });

  it("does without prices and dates, and refuses what has no lines", () => {
    const bare = toOrder(order(line("Open", { unitPrice: null, totalPrice: null, lastStatusUpdateDate: "0001-01-01T00:00:00" })), PLAIN);
    expect(bare).toMatchObject({ totalMinor: 0n, versionAt: NOW });
    expect(orderSchema.safeParse({ orderNumber: "1", items: [] }).success).toBe(false);
  });
});

describe("claims", () => {
  it("make an order returned once all of its pieces are back, and are newer than what the order says of itself", () => {
    const [first, second] = [line("ClaimCreated"), line("ClaimCreated")];
    const before = toOrder(order(first, second), PLAIN);
    const half = toOrder(order(first, second), { ...PLAIN, returned: [claim("C1", first.id, 2)] });
    expect(half).toMatchObject({ state: "delivered", payment: "partly_refunded" });
    const whole = toOrder(order(first, second), { ...PLAIN, returned: [claim("C1", first.id, 2), claim("C2", second.id, 2)] });
    expect(whole).toMatchObject({ state: "returned", remoteState: "Claim/Refunded", payment: "refunded" });
    expect(half.versionAt > before.versionAt && whole.versionAt > half.versionAt).toBe(true);
  });

  it("of some pieces leave the line delivered", () => {
    const only = line("Delivered");
    expect(toOrder(order(only), { ...PLAIN, returned: [claim("C1", only.id, 1)] })).toMatchObject({ state: "delivered", payment: "partly_refunded" });
  });

  it("are remembered beside the order, each once", () => {
    const only = line("Delivered");
    const returned = mergeReturned([claim("C1", only.id, 1)], [claim("C1", only.id, 1), claim("C2", only.id, 1)]);
    const { remoteContext } = toOrder(order(only), { ...PLAIN, returned });
    expect(readContext(remoteContext).returned).toEqual(returned);
    expect(returned.map((entry) => entry.claim)).toEqual(["C1", "C2"]);
  });

  it("a context nobody can read counts as none", () => {
    expect(readContext({ lines: "{", returned: '[{"claim":1}]' })).toEqual({ lines: [], returned: [] });
  });
});
