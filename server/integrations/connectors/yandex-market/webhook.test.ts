import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseJson, stringifyJson } from "@/lib/json";
import { NOBODY, pushOf, storedPush } from "../../contract/testing/push";
import { faults, hasSpec, loadSpec } from "./testing/spec";
import { yandexWebhook } from "./webhook";

// Read as text: JavaScript's own import would lose the digits of the long ids.
const text = readFileSync(new URL("./fixtures/notifications.json", import.meta.url), "utf8");
const { ping, payloads } = parseJson(text) as { ping: object; payloads: (Record<string, unknown> & { notificationType: string })[] };
const receivedAt = new Date("2026-11-21T12:00:00.123Z");
const ORDER = "48000000101";
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : stringifyJson(value));
const receive = (value: unknown) => yandexWebhook.receive(pushOf(bytes(value), receivedAt), NOBODY);
const keyOf = (value: unknown) => {
  const reception = receive(value);
  return reception.action === "accept" ? reception.dedupeKey : reception.action;
};
const sample = (type: string) => {
  const found = payloads.find((payload) => payload.notificationType === type);
  if (found === undefined) throw new Error(`no sample of ${type}`);
  return found;
};

describe("the check of the address", () => {
  it("answers the documented PING with version, name and the moment processing began, stored nowhere", () => {
    const reception = receive(ping);
    if (reception.action !== "handshake") throw new Error(reception.action);
    expect(reception.answer).toMatchObject({ status: 200, contentType: "application/json" });
    expect(JSON.parse(reception.answer.body)).toEqual({ version: "1.0.0", name: "Karavan", time: "2026-11-21T12:00:00.123Z" });
  });
});

describe("notifications", () => {
  it("come in sixteen kinds besides PING, and every one of the specification is known here", () => {
    expect(payloads).toHaveLength(16);
    if (!hasSpec) return;
    const spec = loadSpec("notification-openapi");
    const kinds = spec.component("NotificationType")["enum"] as readonly string[];
    expect(
      payloads
        .map((payload) => payload.notificationType)
        .concat("PING")
        .sort(),
    ).toEqual([...kinds].sort());
  });

  it.each(payloads.map((payload) => [payload.notificationType, payload] as const))("%s is accepted once and understood", (type, payload) => {
    const reception = receive(payload);
    expect(reception).toMatchObject({ action: "accept", eventType: type, answer: { status: 200, contentType: "application/json" } });
    expect(reception).toMatchObject({ accountRef: type.startsWith("ORDER_") ? undefined : "7100210" });
    expect(keyOf(payload)).toBe(keyOf({ ...payload }));
    const { events, rejected } = yandexWebhook.parse(storedPush(bytes(payload)));
    expect(rejected).toEqual([]);
    expect(events).not.toContainEqual({ type: "ignored", reason: "unknown_type" });
  });

  it("have keys of their own, and a later event of the same thing has another", () => {
    expect(new Set(payloads.map(keyOf)).size).toBe(payloads.length);
    const status = sample("ORDER_STATUS_UPDATED");
    expect(keyOf({ ...status, updatedAt: "2026-11-21T10:01:01Z" })).not.toBe(keyOf(status));
  });

  it.each([
    ["CHAT_CREATED", { type: "conversation-changed", conversationExternalId: "5100007", messageIds: [] }],
    ["CHAT_ARBITRAGE_STARTED", { type: "conversation-changed", conversationExternalId: "5100007", messageIds: [] }],
    ["CHAT_MESSAGE_SENT", { type: "conversation-changed", conversationExternalId: "5100007", messageIds: ["9118000000000000002"] }],
    ["GOODS_FEEDBACK_CREATED", { type: "conversation-changed", conversationExternalId: "r:9118000000000000001", messageIds: ["r:9118000000000000001"] }],
    ["GOODS_FEEDBACK_COMMENT_CREATED", { type: "stream-changed", stream: "reviews" }],
    ["QUESTION_CREATED", { type: "conversation-changed", conversationExternalId: "q:601", messageIds: ["q:601"] }],
    ["QUESTION_ANSWER_CREATED", { type: "stream-changed", stream: "questions" }],
    ["QUESTION_COMMENT_CREATED", { type: "stream-changed", stream: "questions" }],
    ["ORDER_CREATED", { type: "order-changed", orderExternalId: ORDER }],
    ["ORDER_CANCELLATION_REQUEST", { type: "order-changed", orderExternalId: ORDER }],
    ["ORDER_RETURN_STATUS_UPDATED", { type: "order-changed", orderExternalId: ORDER }],
  ] as const)("%s says %j", (type, event) => {
    expect(yandexWebhook.parse(storedPush(bytes(sample(type)))).events).toEqual([event]);
  });

  it("of an unknown kind are kept and do nothing; without their ids they are set aside", () => {
    const unknown = { notificationType: "SOMETHING_NEW", businessId: 7100210 };
    expect(receive(unknown)).toMatchObject({ action: "accept" });
    expect(yandexWebhook.parse(storedPush(bytes(unknown))).events).toEqual([{ type: "ignored", reason: "unknown_type" }]);
    const broken = yandexWebhook.parse(storedPush(bytes({ notificationType: "CHAT_MESSAGE_SENT", chatId: 1 })));
    expect(broken).toMatchObject({ events: [], rejected: [{ kind: "push", errorCode: "yandex-market.push_shape" }] });
  });
});

describe("refusals", () => {
  it.each(["", "not json", "[]", '{"type":"PING"}', '{"notificationType":""}'])("%j is a wrong format and is not sent again", (body) => {
    expect(receive(body)).toMatchObject({ action: "refuse", answer: { status: 400, contentType: "application/json" } });
  });

  it("end a delivery for good, except when the trouble is ours", () => {
    const statuses = (["not_found", "forbidden_source", "foreign_account", "too_large"] as const).map((code) => yandexWebhook.refusal(code).status);
    expect(statuses).toEqual([400, 400, 400, 400]);
    expect(yandexWebhook.refusal("unavailable").status).toBe(500);
    expect(receive({ notificationType: "CHAT_CREATED", filler: "x".repeat(300_000) })).toMatchObject({ action: "refuse", code: "too_large" });
  });

  it.runIf(hasSpec)("and answers have the described shape", () => {
    const described = loadSpec("notification-openapi").operation("POST", "/notification");
    const reception = receive(ping);
    if (reception.action !== "handshake") throw new Error(reception.action);
    expect(faults(described?.response(200), JSON.parse(reception.answer.body))).toBe("");
    expect(faults(described?.response(400), JSON.parse(yandexWebhook.refusal("not_found").body))).toBe("");
    expect(faults(described?.response(500), JSON.parse(yandexWebhook.refusal("unavailable").body))).toBe("");
  });
});
