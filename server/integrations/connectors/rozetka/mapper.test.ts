import { describe, expect, it } from "vitest";
import sample from "./fixtures/order.json";
import { toOrder } from "./mapper";
import { orderSchema } from "./schemas-orders";

const read = (change: Readonly<Record<string, unknown>> = {}) => toOrder(orderSchema.parse({ ...sample, ...change }));

describe("an order of the documents", () => {
  it("comes out whole", () => {
    expect(read()).toEqual({
      externalId: "101647918",
      number: "101647918",
      fulfilment: "fbs",
      remoteState: "2",
      remoteStateName: "Комплектується. Дані підтверджені",
      state: "confirmed",
      placedAt: new Date("2017-08-15T06:20:24Z"),
      versionAt: new Date("2017-08-15T07:20:25Z"),
      payment: "unpaid",
      buyerRef: "10621442",
      buyerName: "Шевченко Юлія",
      buyerPhone: "380112141214",
      city: "Київ",
      address: "Міні-відділення",
      deliveryMethod: "Нова Пошта, № 363",
      carrier: "Нова Пошта",
      trackingNumber: "34543542352346",
      currency: "UAH",
      totalMinor: 24_900n,
      lines: [
        {
          externalId: "145735205",
          sku: "38225280",
          offerId: "2972",
          name: "Сумнів. Маніфест для тих, хто готовий вийти з натовпу",
          quantity: 1,
          cancelledQuantity: 0,
          priceMinor: 24_900n,
        },
      ],
      remoteContext: { next: "26,4", history: "2" },
    });
  });

  it("keeps a status nobody has heard of as the service's word", () => {
    expect(read({ status: 412, status_data: { name_uk: "Летить дроном" } })).toMatchObject({
      state: "unknown",
      remoteState: "412",
      remoteStateName: "Летить дроном",
    });
    expect(read({ status: 412, status_data: [] }).remoteStateName).toBeUndefined();
    expect(read({ status: 45, status_data: null }).remoteStateName).toBe("Скасовано покупцем");
  });

  it("tells from the history when things happened, in whatever order it comes", () => {
    const order_status_history = [
      { status_id: 6, created: "2026-11-05 10:00:00" },
      { status_id: 3, created: "2026-11-02 10:00:00" },
      { status_id: 4, created: "2026-11-03 10:00:00" },
      { status_id: 85, created: "2026-11-09 10:00:00" },
      { status_id: 1, created: "" },
    ];
    const order = read({ status: 85, status_data: null, order_status_history });
    expect(order).toMatchObject({
      state: "returned",
      shippedAt: new Date("2026-11-02T08:00:00Z"),
      deliveredAt: new Date("2026-11-05T08:00:00Z"),
      cancelledAt: new Date("2026-11-09T08:00:00Z"),
      cancelReason: "Повернуто продавцю",
    });
    expect(order.remoteContext?.["history"]).toBe("1,3,4,6,85");
  });

  it("counts what was removed or returned as no longer wanted", () => {
    const [purchase] = sample.purchases;
    const purchases = [0, 1, 2].map((status, index) => ({ ...purchase, id: index + 1, quantity: 2, status }));
    expect(read({ purchases }).lines.map(({ cancelledQuantity }) => cancelledQuantity)).toEqual([2, 0, 2]);
  });

  it("knows a line without a status as wanted, and one of no pieces as none", () => {
    const [purchase] = sample.purchases;
    const purchases = [
      { ...purchase, status: null },
      { ...purchase, id: 2, quantity: 0 },
      { ...purchase, id: 3, status: undefined },
    ];
    expect(read({ purchases }).lines.map(({ externalId, cancelledQuantity }) => [externalId, cancelledQuantity])).toEqual([
      ["145735205", 0],
      ["3", 0],
    ]);
    expect(orderSchema.safeParse({ ...sample, purchases: [{ ...purchase, quantity: null }] }).success).toBe(false);
  });

  it("offers nothing where the order may not be changed", () => {
    expect(read({ is_access_change_order: false }).remoteContext?.["next"]).toBe("");
  });

  it.each([
    [2, "nocash", "paid"],
    [7, "nocash", "paid"],
    [8, "nocash", "refunded"],
    [9, "nocash", "partly_refunded"],
    [3, "cash", "on_delivery"],
    [3, "nocash", "unpaid"],
  ])("payment status %i with %s is %s", (status_payment_id, payment_type, payment) => {
    expect(read({ payment_type, status_payment: { status_payment_id } }).payment).toBe(payment);
  });

  it("does without everything that is only nice to have", () => {
    const bare = { id: 1, created: "2026-11-01 10:00:00", status: 1, changed: null, ttn: "", delivery: [], user: null, purchases: null };
    expect(toOrder(orderSchema.parse(bare))).toMatchObject({
      externalId: "1",
      state: "new",
      totalMinor: 0n,
      lines: [],
      versionAt: new Date("2026-11-01T08:00:00Z"),
    });
  });

  it.each([
    { id: null },
    { created: "вчора" },
    { purchases: [{ id: 1, quantity: "two", price: "1.00" }] },
    { purchases: [{ id: 1, quantity: 1, price: "багато" }] },
  ])("is refused with %j", (broken) => {
    expect(orderSchema.safeParse({ ...sample, ...broken }).success).toBe(false);
  });
});
