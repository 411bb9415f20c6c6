import { describe, expect, it } from "vitest";
import { NOBODY, pushOf, storedPush } from "../../contract/testing/push";
import pushes from "./fixtures/pushes.json";
import { ozonWebhook } from "./webhook";

const receivedAt = new Date("2026-11-21T12:00:00.123Z");
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const receive = (value: unknown, at = receivedAt) => ozonWebhook.receive(pushOf(bytes(value), at), NOBODY);
const keyOf = (value: unknown, at = receivedAt) => {
  const reception = receive(value, at);
  return reception.action === "accept" ? reception.dedupeKey : reception.action;
};
const sample = (type: string): Record<string, unknown> => {
  const found = pushes.payloads.find((payload) => payload.message_type === type);
  if (found === undefined) throw new Error(`no sample of ${type}`);
  return found;
};

describe("handshake", () => {
  it("answers the documented ping with version, name and the moment processing began", () => {
    const reception = receive({ message_type: "TYPE_PING", time: "2019-08-24T14:15:22Z" });
    if (reception.action !== "handshake") throw new Error(reception.action);
    expect(reception.answer).toMatchObject({ status: 200, contentType: "application/json" });
    expect(JSON.parse(reception.answer.body)).toEqual({ version: "1.0", name: "Karavan", time: "2026-11-21T12:00:00.123Z" });
  });
});

describe("literal payloads of the docs", () => {
  it.each(pushes.payloads.map((payload) => [payload.message_type, payload] as const))("%s is accepted once and understood", (type, payload) => {
    const reception = receive(payload);
    expect(reception).toMatchObject({ action: "accept", eventType: type, answer: { status: 200, body: '{"result":true}', contentType: "application/json" } });
    expect(keyOf(payload)).toBe(keyOf({ ...payload }));
    const { events, rejected } = ozonWebhook.parse(storedPush(bytes(payload)));
    expect(rejected).toEqual([]);
    expect(events).not.toContainEqual({ type: "ignored", reason: "unknown_type" });
  });

  it("gives every sample a key of its own", () => {
    expect(new Set(pushes.payloads.map((payload) => keyOf(payload))).size).toBe(pushes.payloads.length);
  });

  it("reads seller_id as text whether it comes as a string or a number", () => {
    expect(receive(sample("TYPE_NEW_MESSAGE"))).toMatchObject({ accountRef: "7" });
    expect(receive(sample("TYPE_NEW_POSTING"))).toMatchObject({ accountRef: "1" });
    expect(receive(sample("TYPE_DESCRIPTION_CATEGORY_TREE_CHANGED"))).toMatchObject({ accountRef: undefined });
  });

  it("says what changed", () => {
    const events = (type: string, change: Record<string, unknown> = {}) => ozonWebhook.parse(storedPush(bytes({ ...sample(type), ...change }))).events;
    const chat = "b646d975-0c9c-4872-9f41-8b1e57181063";
    const message = "3000000000817031942";
    expect(events("TYPE_NEW_MESSAGE")).toEqual([{ type: "conversation-changed", conversationExternalId: chat, messageIds: [message] }]);
    expect(events("TYPE_UPDATE_MESSAGE")).toEqual([{ type: "conversation-changed", conversationExternalId: chat, messageIds: [message] }]);
    expect(events("TYPE_MESSAGE_READ")).toEqual([{ type: "conversation-read", conversationExternalId: chat, upToMessageId: message }]);
    expect(events("TYPE_MESSAGE_READ", { user: { id: "7", type: "Seller" } })).toEqual([{ type: "ignored", reason: "read_by_ourselves" }]);
    expect(events("TYPE_CHAT_CLOSED")).toEqual([{ type: "conversation-closed", conversationExternalId: chat }]);
    expect(events("TYPE_NEW_MESSAGE", { chat_type: "Seller_Support" })).toEqual([{ type: "ignored", reason: "not_a_buyer_chat" }]);
    expect(events("TYPE_CREATE_OR_UPDATE_ITEM")).toEqual([{ type: "stream-changed", stream: "products" }]);
    expect(events("TYPE_NEW_POSTING")).toEqual([{ type: "order-changed", orderExternalId: "24319409-0021-1" }]);
    expect(events("TYPE_FBO_POSTING_STATE_CHANGED")).toEqual([{ type: "order-changed", orderExternalId: "68498622-0815-1" }]);
    expect(events("TYPE_STOCKS_CHANGED", { items: [{ product_id: 5 }, { product_id: 6 }, { product_id: 5 }] })).toEqual([
      { type: "product-changed", productExternalId: "5" },
      { type: "product-changed", productExternalId: "6" },
    ]);
    expect(events("TYPE_FBO_STOCKS_CHANGED")).toEqual([{ type: "stream-changed", stream: "products" }]);
    expect(events("TYPE_ORDER_NEW")).toEqual([{ type: "ignored", reason: "no_stream" }]);
    expect(events("TYPE_NEW_MESSAGE", { message_type: "TYPE_OF_TOMORROW" })).toEqual([{ type: "ignored", reason: "unknown_type" }]);
  });

  it("keeps the digits of an id that comes as a bare number", () => {
    const body = JSON.stringify(sample("TYPE_NEW_MESSAGE")).replace('"3000000000817031942"', "3000000000817031942");
    expect(ozonWebhook.parse(storedPush(bytes(body))).events).toEqual([expect.objectContaining({ messageIds: ["3000000000817031942"] })]);
    expect(keyOf(body)).toBe(keyOf(sample("TYPE_NEW_MESSAGE")));
  });
});

describe("what the service tells about orders and stock", () => {
  it.each(["TYPE_NEW_POSTING", "TYPE_POSTING_CANCELLED", "TYPE_STATE_CHANGED", "TYPE_CUTOFF_DATE_CHANGED", "TYPE_DELIVERY_DATE_CHANGED"])(
    "%s names its posting, and without one is set aside whole",
    (type) => {
      const { posting_number: number, ...rest } = sample(type);
      expect(ozonWebhook.parse(storedPush(bytes(sample(type)))).events).toEqual([{ type: "order-changed", orderExternalId: number }]);
      expect(ozonWebhook.parse(storedPush(bytes(rest)))).toMatchObject({ events: [], rejected: [{ errorCode: "ozon.push_shape" }] });
    },
  );

  it("a sample goes through the whole door, is another one each time and changes nothing", () => {
    const made = ozonWebhook.sample?.(NOBODY, receivedAt);
    if (made === undefined) throw new Error("no sample");
    const reception = ozonWebhook.receive({ ...made, receivedAt }, NOBODY);
    expect(reception).toMatchObject({ action: "accept", accountRef: undefined, answer: { status: 200 } });
    expect(ozonWebhook.parse(storedPush(made.body)).events).toEqual([{ type: "ignored", reason: "no_stream" }]);
    const later = ozonWebhook.sample?.(NOBODY, new Date(receivedAt.getTime() + 1));
    expect(keyOf(new TextDecoder().decode(later?.body))).not.toBe(keyOf(new TextDecoder().decode(made.body)));
  });
});

describe("repeats", () => {
  it("tells an edit from the message and two edits from each other", () => {
    const edit = sample("TYPE_UPDATE_MESSAGE");
    expect(keyOf(edit)).not.toBe(keyOf(sample("TYPE_NEW_MESSAGE")));
    expect(keyOf({ ...edit, updated_at: "2022-07-18T21:00:00Z" })).not.toBe(keyOf(edit));
  });
  it("lets a chat be closed again another day", () => {
    const closed = sample("TYPE_CHAT_CLOSED");
    expect(keyOf(closed, new Date("2026-11-21T23:00:00Z"))).toBe(keyOf(closed));
    expect(keyOf(closed, new Date("2026-11-22T00:00:01Z"))).not.toBe(keyOf(closed));
  });
  it("knows FBO pushes by uuid and FBS states by posting, state and moment", () => {
    expect(keyOf({ ...sample("TYPE_FBO_POSTING_NEW"), creation_date: "2027-01-01T00:00:00Z" })).toBe(keyOf(sample("TYPE_FBO_POSTING_NEW")));
    expect(keyOf({ ...sample("TYPE_STATE_CHANGED"), warehouse_id: 5 })).toBe(keyOf(sample("TYPE_STATE_CHANGED")));
    expect(keyOf({ ...sample("TYPE_STATE_CHANGED"), new_state: "posting_received" })).not.toBe(keyOf(sample("TYPE_STATE_CHANGED")));
  });
});

describe("bad input", () => {
  it.each([
    ["not JSON", "{oops", "malformed"],
    ["broken UTF-8", undefined, "malformed"],
    ["no type", { seller_id: 7 }, "no_type"],
    ["a list", [1], "no_type"],
    ["null", "null", "no_type"],
    ["nothing", "", "malformed"],
    ["an oversized body", { message_type: "TYPE_NEW_MESSAGE", data: ["x".repeat(300_000)] }, "too_large"],
  ])("refuses %s", (_, value, code) => {
    const body = value === undefined ? new Uint8Array([0x7b, 0xff, 0xfe]) : bytes(value);
    const reception = ozonWebhook.receive(pushOf(body, receivedAt), NOBODY);
    if (reception.action !== "refuse") throw new Error(reception.action);
    expect(reception.code).toBe(code);
    expect(JSON.parse(reception.answer.body)).toMatchObject({ error: { details: null } });
    expect(reception.answer.status).toBeGreaterThanOrEqual(400);
  });
  it("sets a chat push without ids aside whole", () => {
    const { message_id: _, ...rest } = sample("TYPE_NEW_MESSAGE");
    expect(ozonWebhook.parse(storedPush(bytes(rest)))).toMatchObject({ events: [], rejected: [{ kind: "push", errorCode: "ozon.push_shape", payload: rest }] });
  });
  it.each(["not_found", "forbidden_source", "foreign_account", "too_large", "unavailable"] as const)("refuses with the service's own shape: %s", (code) => {
    const answer = ozonWebhook.refusal(code);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(JSON.parse(answer.body)).toEqual({ error: { code: "ERROR_UNKNOWN", message: expect.any(String), details: null } });
  });
});
