import { describe, expect, it } from "vitest";
import type { ExternalOrder, OrderChange, OrderFacts } from "../../contract/orders";
import { ORDER_STATES, toOrder } from "./order-mapper";
import { orderSchema } from "./order-schemas";
import { hasTaken, transitions } from "./order-transitions";

const REMOTE = {
  orderId: 48000000101,
  campaignId: 21000101,
  programType: "FBS",
  status: "PROCESSING",
  substatus: "STARTED",
  creationDate: "2026-11-20T10:00:00+03:00",
  updateDate: "2026-11-20T10:05:00+03:00",
  paymentType: "PREPAID",
  paymentMethod: "SBP",
  fake: false,
  items: [
    {
      id: 1,
      offerId: "YM-1",
      offerName: "Плед",
      count: 3,
      prices: { payment: { value: 2700.3, currencyId: "RUR" }, subsidy: { value: 300, currencyId: "RUR" } },
    },
  ],
  prices: { payment: { value: 2700.3, currencyId: "RUR" }, delivery: { payment: { value: 99, currencyId: "RUR" } } },
  delivery: {
    type: "PICKUP",
    serviceName: "Маркет",
    deliveryServiceId: 1,
    dates: { fromDate: "2026-11-24" },
    shipment: { shipmentDate: "2026-11-21", shipmentTime: "18:30" },
  },
};
const order = (change: object = {}) => toOrder(orderSchema.parse({ ...REMOTE, ...change }));
const factsOf = (made: ExternalOrder): OrderFacts => ({ ...made, remoteContext: made.remoteContext ?? {}, now: new Date("2026-11-21T12:00:00Z") });
const offered = (change: object) => transitions(factsOf(order(change)), {}).map(({ id }) => id);

describe("an order", () => {
  it("has its moments, its deadline in Moscow's time and what the buyer pays, delivery included", () => {
    expect(order()).toMatchObject({
      externalId: "48000000101",
      number: "48000000101",
      fulfilment: "fbs",
      remoteState: "PROCESSING/STARTED",
      remoteStateName: "Можно обрабатывать",
      state: "confirmed",
      placedAt: new Date("2026-11-20T07:00:00Z"),
      versionAt: new Date("2026-11-20T07:05:00Z"),
      shipBy: new Date("2026-11-21T15:30:00Z"),
      payment: "paid",
      currency: "RUB",
      totalMinor: 279_930n,
      lines: [{ externalId: "1", offerId: "YM-1", productExternalId: "YM-1", quantity: 3, cancelledQuantity: 0, priceMinor: 90_010n }],
      remoteContext: { campaignId: "21000101", substatus: "STARTED", deliveryServiceId: "1" },
    });
  });

  it("without a time of shipment has the whole day, without a date no deadline", () => {
    const shipment = (told: object) => order({ delivery: { ...REMOTE.delivery, shipment: told } }).shipBy;
    expect(shipment({ shipmentDate: "2026-11-21" })).toEqual(new Date("2026-11-21T20:59:00Z"));
    expect(shipment({ shipmentDate: "скоро" })).toBeUndefined();
    expect(order({ delivery: null }).shipBy).toBeUndefined();
  });

  it("counts the pieces that are no longer wanted", () => {
    const [item] = REMOTE.items;
    const itemStatuses = [
      { status: "CANCELLED", count: 1 },
      { status: "REJECTED", count: 1 },
      { status: "SHIPPED", count: 1 },
    ];
    expect(order({ items: [{ ...item, itemStatuses }] }).lines[0]).toMatchObject({ quantity: 3, cancelledQuantity: 2 });
    expect(order({ status: "CANCELLED", substatus: "USER_CHANGED_MIND" })).toMatchObject({
      state: "cancelled",
      cancelReason: "USER_CHANGED_MIND",
      cancelledAt: new Date("2026-11-20T07:05:00Z"),
      lines: [{ cancelledQuantity: 3 }],
    });
  });

  it("of every model knows whose warehouse it is, and a buyer only where one was told", () => {
    const models = ["FBY", "FBS", "EXPRESS", "DBS", "LAAS", "TOMORROW"].map((programType) => order({ programType }).fulfilment);
    expect(models).toEqual(["fbo", "fbs", "fbs", "dbs", "other", "other"]);
    expect(order().buyerName).toBeUndefined();
    const buyer = { id: "b", lastName: "Иванова", firstName: "Мария", middleName: undefined, phone: "+7900" };
    expect(toOrder(orderSchema.parse(REMOTE), buyer)).toMatchObject({ buyerRef: "b", buyerName: "Иванова Мария", buyerPhone: "+7900" });
  });

  it("keeps a word nobody has heard of; a new stage of processing still waits to be packed", () => {
    expect(order({ status: "NEVER_SEEN" })).toMatchObject({ state: "unknown", remoteState: "NEVER_SEEN" });
    expect(order({ substatus: "NEVER_SEEN" })).toMatchObject({ state: "confirmed", remoteState: "PROCESSING/NEVER_SEEN" });
    expect(new Set(ORDER_STATES.map(({ remote }) => remote)).size).toBe(ORDER_STATES.length);
  });

  it("with nulls where the specification allows them is still read; in two currencies it is refused whole", () => {
    expect(order({ items: null, prices: null, delivery: null, updateDate: null, substatus: null })).toMatchObject({
      lines: [],
      totalMinor: 0n,
      currency: "RUB",
    });
    const [item] = REMOTE.items;
    expect(() => order({ items: [item, { ...item, id: 2, prices: { payment: { value: 1, currencyId: "UZS" } } }] })).toThrow(RangeError);
  });
});

describe("what may be done", () => {
  it("depends on the model, the stage and what the buyer asked for", () => {
    expect(offered({})).toEqual(["pack", "cancel"]);
    expect(offered({ substatus: "READY_TO_SHIP" })).toEqual(["cancel"]);
    expect(offered({ substatus: "NEVER_SEEN" })).toEqual([]);
    expect(offered({ status: "DELIVERY" })).toEqual([]);
    expect(offered({ programType: "FBY" })).toEqual([]);
    expect(offered({ programType: "DBS" })).toEqual(["ship", "track", "cancel"]);
    expect(offered({ programType: "DBS", status: "DELIVERY" })).toEqual(["pickup", "deliver", "track"]);
    expect(offered({ programType: "DBS", status: "PICKUP", cancelRequested: true })).toEqual([
      "deliver",
      "track",
      "cancellation-accept",
      "cancellation-refuse",
    ]);
    expect(offered({ programType: "DBS", cancelRequested: true })).toEqual(["ship", "track", "cancel"]);
    expect(offered({ programType: "DBS", delivery: null })).toEqual(["ship", "cancel"]);
    expect(offered({ campaignId: null })).toEqual([]);
  });

  it("is nothing for a key that may only read", () => {
    expect(transitions(factsOf(order()), { scopes: ["INVENTORY_AND_ORDER_PROCESSING_READ_ONLY"] })).toEqual([]);
    expect(transitions(factsOf(order()), { scopes: ["INVENTORY_AND_ORDER_PROCESSING"] })).toHaveLength(2);
  });

  const change = (transitionId: string, fields: Record<string, string> = {}): OrderChange => ({
    order: factsOf(order()),
    transitionId,
    fields,
    requestId: "r",
  });

  it("has taken when the order shows it, whoever did it", () => {
    const dbs = (told: object) => order({ programType: "DBS", ...told });
    expect(hasTaken(order(), change("pack"))).toBe(false);
    expect(hasTaken(order({ substatus: "SHIPPED" }), change("pack"))).toBe(true);
    expect(hasTaken(order({ status: "CANCELLED" }), change("pack"))).toBe(false);
    expect(hasTaken(order({ status: "CANCELLED" }), change("cancel"))).toBe(true);
    expect(hasTaken(dbs({ status: "PICKUP" }), change("ship"))).toBe(true);
    expect(hasTaken(dbs({ status: "DELIVERY" }), change("pickup"))).toBe(false);
    expect(hasTaken(dbs({ status: "DELIVERED" }), change("deliver"))).toBe(true);
    expect(hasTaken(dbs({ status: "DELIVERY", cancelRequested: true }), change("cancellation-refuse"))).toBe(false);
    expect(hasTaken(dbs({ status: "DELIVERY" }), change("cancellation-refuse"))).toBe(true);
    expect(hasTaken(dbs({ status: "CANCELLED" }), change("cancellation-refuse"))).toBe(false);
    const tracks = [{ trackCode: "RB1", deliveryServiceId: 99 }];
    expect(hasTaken(dbs({ delivery: { ...REMOTE.delivery, tracks } }), change("track", { trackingNumber: " RB1" }))).toBe(true);
    expect(hasTaken(dbs({}), change("track", { trackingNumber: "RB1" }))).toBe(false);
    expect(hasTaken(order(), change("of-tomorrow"))).toBe(false);
  });
});
