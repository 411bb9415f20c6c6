import { describe, expect, it } from "vitest";
import type { OrderChange, OrderFacts } from "../../contract/orders";
import { ORDER_STATES, toOrder } from "./order-mapper";
import { postingSchema } from "./order-schemas";
import { hasTaken, transitions } from "./order-transitions";

const readAt = new Date("2026-11-21T12:00:00Z");
/** The official sample of the list (sheet 2.5.1), shortened. */
const LISTED = {
  posting_number: "41517061-0214-1",
  order_id: 34953320005,
  order_number: "41517061-0214",
  status: "awaiting_deliver",
  substatus: "posting_in_carriage",
  delivery_schema: "fbs",
  tpl_integration_type: "ozon",
  in_process_at: "2026-05-04T06:44:37Z",
  shipment_date: "2026-05-05T06:44:37Z",
  products: [{ offer_id: "S5200657-28", name: "Кроссовки", sku: 4116250392, quantity: 2, price: { amount: "300.50", currency: "RUB" } }],
  available_actions: ["add_additional_info", "cancel", "label_download"],
};
const order = (change: object = {}) => toOrder(postingSchema.parse({ ...LISTED, ...change }), "fbs", readAt);
const factsOf = (change: object = {}): OrderFacts => {
  const made = order(change);
  return { ...made, remoteContext: made.remoteContext ?? {}, now: readAt };
};

describe("a posting", () => {
  it("becomes an order with its deadline, its lines and what it is worth", () => {
    expect(order()).toMatchObject({
      externalId: "41517061-0214-1",
      number: "41517061-0214-1",
      groupNumber: "41517061-0214",
      fulfilment: "fbs",
      remoteState: "awaiting_deliver",
      remoteStateName: "Ожидает отгрузки",
      state: "packed",
      placedAt: new Date("2026-05-04T06:44:37Z"),
      versionAt: readAt,
      shipBy: new Date("2026-05-05T06:44:37Z"),
      currency: "RUB",
      totalMinor: 60_100n,
      lines: [{ externalId: "4116250392", sku: "4116250392", offerId: "S5200657-28", quantity: 2, cancelledQuantity: 0, priceMinor: 30_050n }],
    });
  });

  it("is read the same from the single reading, whose prices are texts with four decimals", () => {
    const products = [{ ...LISTED.products[0], price: "300.5000", currency_code: "RUB" }];
    expect(order({ products })).toEqual(order());
  });

  it("tells two lines of one sku apart, and counts everything cancelled of what is cancelled", () => {
    const [line] = LISTED.products;
    const made = order({ status: "cancelled", cancellation: { cancel_reason: "Покупатель передумал" }, products: [line, line] });
    expect(made.lines.map(({ externalId, cancelledQuantity }) => [externalId, cancelledQuantity])).toEqual([
      ["4116250392", 2],
      ["4116250392:2", 2],
    ]);
    expect(made).toMatchObject({ state: "cancelled", cancelReason: "Покупатель передумал" });
  });

  it("of rFBS is the seller's to deliver, with the buyer's name and address", () => {
    const customer = { customer_id: 7, name: "Мария", phone: "+7900", address: { address_tail: "Садовая, 5", city: "Казань", comment: "домофон 12" } };
    expect(order({ tpl_integration_type: "non_integrated", customer, tracking_number: "RB1" })).toMatchObject({
      fulfilment: "dbs",
      buyerRef: "7",
      buyerName: "Мария",
      buyerPhone: "+7900",
      city: "Казань",
      address: "Садовая, 5",
      comment: "домофон 12",
      trackingNumber: "RB1",
    });
  });

  it("with empty or missing dates, nulls and no products is still read", () => {
    const made = order({
      in_process_at: "",
      shipment_date: null,
      delivering_date: null,
      customer: null,
      addressee: null,
      products: [],
      available_actions: null,
    });
    expect(made).toMatchObject({ placedAt: readAt, lines: [], totalMinor: 0n, remoteContext: { scheme: "fbs", actions: "" } });
    expect(made.shipBy).toBeUndefined();
  });

  it("in two currencies is refused whole", () => {
    const [line] = LISTED.products;
    expect(() => order({ products: [line, { ...line, price: { amount: "1", currency: "KZT" } }] })).toThrow(RangeError);
    expect(() => order({ products: [{ ...line, price: { amount: "дорого", currency: "RUB" } }] })).toThrow(RangeError);
  });

  it("in a state nobody has heard of keeps the word", () => {
    expect(order({ status: "on_the_moon" })).toMatchObject({ state: "unknown", remoteState: "on_the_moon", remoteStateName: undefined });
    expect(new Set(ORDER_STATES.map(({ remote }) => remote)).size).toBe(ORDER_STATES.length);
  });
});

describe("what can be done", () => {
  it("is what the service names, in the state it names it for", () => {
    expect(transitions(factsOf(), {}).map(({ id }) => id)).toEqual(["cancel"]);
    expect(transitions(factsOf({ available_actions: ["ship", "cancel"] }), {}).map(({ id }) => id)).toEqual(["ship", "cancel"]);
    expect(transitions(factsOf({ status: "on_the_moon", available_actions: ["ship", "cancel"] }), {})).toEqual([]);
    expect(transitions(factsOf({ available_actions: [] }), {})).toEqual([]);
  });

  it("leaves out what the key may not call, and takes the reasons the test has learnt", () => {
    expect(transitions(factsOf(), { methods: ["/v4/posting/fbs/ship"] })).toEqual([]);
    const [cancel] = transitions(factsOf(), { cancelReasons: [{ value: "400", label: "Брак" }] });
    expect(cancel?.fields[0]).toEqual({ name: "reason", required: true, options: [{ value: "400", label: "Брак" }] });
  });

  const change = (transitionId: string, fields: Record<string, string> = {}): OrderChange => ({ order: factsOf(), transitionId, fields, requestId: "r" });

  it("has taken when the order shows it, whoever did it; a failed assembly has not", () => {
    expect(hasTaken(order(), change("ship"))).toBe(true);
    expect(hasTaken(order({ substatus: "ship_failed" }), change("ship"))).toBe(false);
    expect(hasTaken(order({ status: "awaiting_packaging" }), change("ship"))).toBe(false);
    expect(hasTaken(order({ status: "cancelled" }), change("ship"))).toBe(false);
    expect(hasTaken(order({ status: "cancelled" }), change("cancel", { reason: "352" }))).toBe(true);
    expect(hasTaken(order({ tracking_number: "RB1" }), change("track", { trackingNumber: " RB1 " }))).toBe(true);
    expect(hasTaken(order({ tracking_number: "RB1" }), change("track", { trackingNumber: "RB2" }))).toBe(false);
    expect(hasTaken(order({ status: "delivering", available_actions: ["non_int_last_mile"] }), change("last-mile"))).toBe(false);
    expect(hasTaken(order({ status: "delivering", available_actions: ["non_int_delivered"] }), change("last-mile"))).toBe(true);
    expect(hasTaken(order({ status: "delivered" }), change("delivered"))).toBe(true);
    expect(hasTaken(order(), change("of-tomorrow"))).toBe(false);
  });
});
