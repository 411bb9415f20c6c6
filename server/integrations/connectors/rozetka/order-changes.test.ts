import { describe, expect, it } from "vitest";
import type { ExternalOrder, OrderChange, OrderFacts } from "../../contract/orders";
import sample from "./fixtures/order.json";
import { toOrder } from "./mapper";
import { hasTaken, orderTransitions, toStatusChange } from "./order-changes";
import { orderSchema } from "./schemas-orders";

const facts = (next: string, remoteState = "26", history = "1,26"): OrderFacts => ({
  externalId: "1",
  remoteState,
  fulfilment: "fbs",
  remoteContext: { next, history },
  lines: [],
  now: new Date(0),
});
const change = (transitionId: string, fields: Readonly<Record<string, string>>, order = facts("2,3,18,26,42,49,61")): OrderChange => ({
  order,
  transitionId,
  fields,
  requestId: "r",
});

describe("what may be done with an order", () => {
  it("is what the service lists, with the words of buttons and fields", () => {
    const offered = orderTransitions(facts("26,2,61,3,6,47,18,42,49", "1"), { statuses: { "42": "Немає на складі" } });
    expect(offered.map(({ id, action, to, fields }) => [id, action, to, fields.filter((field) => field.required).map((field) => field.name)])).toEqual([
      ["status:26", "confirm", "confirmed", []],
      ["status:2", "set_state", "confirmed", []],
      ["status:61", "set_tracking", "packed", ["trackingNumber"]],
      ["status:3", "ship", "shipped", ["trackingNumber"]],
      ["status:6", "deliver", "delivered", []],
      ["status:47", "set_state", "confirmed", []],
      ["cancel", "cancel", "cancelled", ["reason"]],
    ]);
    expect(offered.at(-1)?.fields[0]?.options).toEqual([
      { value: "18", label: "Не вдалося зв’язатися з покупцем" },
      { value: "42", label: "Немає на складі" },
    ]);
  });

  it("is nothing where the service lists nothing, and leads nowhere we know where it lists the unknown", () => {
    expect(orderTransitions(facts(""), {})).toEqual([]);
    expect(orderTransitions({ ...facts(""), remoteContext: {} }, {})).toEqual([]);
    const [only] = orderTransitions(facts("412"), {});
    expect(only).toMatchObject({ id: "status:412", action: "set_state", label: "412" });
    expect(only).not.toHaveProperty("to");
  });
});

describe("a change as it is sent", () => {
  it("carries waybill and comment", () => {
    expect(toStatusChange(change("status:3", { trackingNumber: " 20450123456789 ", comment: " Відправлено " }))).toEqual({
      status: "3",
      ttn: "20450123456789",
      seller_comment: "Відправлено",
    });
    expect(toStatusChange(change("cancel", { reason: "42" }))).toEqual({ status: "42" });
  });

  it.each([
    ["status:3", {}, "rozetka.waybill_missing"],
    ["status:61", { trackingNumber: "  " }, "rozetka.waybill_missing"],
    ["status:2", { trackingNumber: "12" }, "rozetka.waybill_form"],
    ["status:2", { trackingNumber: "2045 0123/45" }, "rozetka.waybill_form"],
    ["status:26", { comment: "я".repeat(1_001) }, "rozetka.comment_too_long"],
    ["status:6", {}, "rozetka.not_allowed"],
    ["status:49", {}, "rozetka.not_allowed"],
    ["status:", {}, "rozetka.not_allowed"],
    ["cancel", {}, "rozetka.not_allowed"],
    ["cancel", { reason: "45" }, "rozetka.not_allowed"],
    ["explode", {}, "rozetka.not_allowed"],
  ])("%s with %j is refused before a call", (id, fields, code) => {
    expect(() => toStatusChange(change(id, fields))).toThrowError(expect.objectContaining({ kind: "invalid", code }));
  });
});

describe("whether a change has been carried out", () => {
  const found = (status: number, ttn: string, history: readonly number[]): ExternalOrder =>
    toOrder(
      orderSchema.parse({
        ...sample,
        status,
        ttn,
        order_status_history: history.map((status_id, index) => ({ status_id, created: `2026-11-0${index + 1} 10:00:00` })),
      }),
    );

  it("is seen by the status, also when the order has gone on since", () => {
    const taken = change("status:2", {});
    expect(hasTaken(found(26, "", [1, 26]), taken)).toBe(false);
    expect(hasTaken(found(2, "", [1, 26, 2]), taken)).toBe(true);
    expect(hasTaken(found(47, "", [1, 26, 2, 47]), taken)).toBe(true);
    expect(hasTaken(found(45, "", [1, 26, 45]), taken)).toBe(false);
  });

  it("is not seen in a status the order had before", () => {
    const again = change("status:26", {}, facts("26,61", "2", "1,26,2"));
    expect(hasTaken(found(2, "", [1, 26, 2]), again)).toBe(false);
    expect(hasTaken(found(26, "", [1, 26, 2, 26]), again)).toBe(true);
  });

  it("wants the waybill that was sent, wherever the service has moved the order since", () => {
    const shipped = change("status:2", { trackingNumber: "20450123456789" });
    expect(hasTaken(found(61, "20450123456789", [1, 26, 2, 61]), shipped)).toBe(true);
    expect(hasTaken(found(4, "20450123456789", [1, 26, 2, 61, 3, 4]), shipped)).toBe(true);
    expect(hasTaken(found(61, "20459999999999", [1, 26, 61]), shipped)).toBe(false);
    expect(hasTaken(found(26, "20450123456789", [1, 26]), shipped)).toBe(false);
  });

  it("is not proven by a waybill the order had before", () => {
    const again = change("status:3", { trackingNumber: "20450123456789" }, { ...facts("3,42", "61", "1,26,61"), trackingNumber: "20450123456789" });
    expect(hasTaken(found(45, "20450123456789", [1, 26, 61, 45]), again)).toBe(false);
    expect(hasTaken(found(4, "20450123456789", [1, 26, 61, 3, 4]), again)).toBe(true);
  });
});
