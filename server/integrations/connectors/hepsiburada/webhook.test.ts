import { describe, expect, it } from "vitest";
import type { RawDelivery, WebhookAccount } from "../../contract/webhook";
import pushes from "./fixtures/pushes.json";
import { hepsiburadaWebhook } from "./webhook";

const ACCOUNT: WebhookAccount = { credentials: { webhookUser: "karavan", webhookPassword: "a-long-password" }, facts: {} };
const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

function delivery(method: string, subPath: string, body: unknown, authorization = basic("karavan", "a-long-password")): RawDelivery {
  return { method, subPath, body: bytes(body), headers: { authorization }, receivedAt: new Date("2026-11-21T12:00:00Z") };
}

const receive = (given: RawDelivery, account = ACCOUNT) => hepsiburadaWebhook.receive(given, account);
const parse = (subPath: string, eventType: string, body: unknown) => hepsiburadaWebhook.parse({ subPath, eventType, body: bytes(body) });

describe("who may come in", () => {
  it.each([
    ["no header", ""],
    ["another password", basic("karavan", "another-password")],
    ["another user", basic("someone", "a-long-password")],
    ["a longer password", basic("karavan", "a-long-passwordX")],
    ["another scheme", "Bearer a-long-password"],
  ])("refuses %s", (_, authorization) => {
    expect(receive(delivery("POST", "/orders", pushes.order, authorization))).toMatchObject({
      action: "refuse",
      code: "unauthorized",
      answer: { status: 401 },
    });
  });

  it("lets nobody in where no password was agreed, not even with an empty one", () => {
    const open: WebhookAccount = { credentials: { webhookUser: "", webhookPassword: "" }, facts: {} };
    expect(receive(delivery("POST", "/orders", pushes.order, basic("", "")), open)).toMatchObject({ action: "refuse", answer: { status: 401 } });
  });
});

describe("the reverse contract", () => {
  it.each([
    ["POST", "/orders", "order-created", 201],
    ["POST", "/packages", "package-created", 201],
    ["PUT", "/packages/0012345/intransit", "package-intransit", 204],
    ["PUT", "/packages/0012345/deliver", "package-delivered", 204],
    ["PUT", "/packages/0012345/undeliver", "package-undelivered", 204],
    ["PUT", "/packages/0012345/unpack", "package-unpacked", 204],
    ["PUT", "/lineitems/5ef25338/cancel", "line-cancelled", 204],
    ["PUT", "/orders/869304129/shippingaddress", "address-changed", 204],
    ["PUT", "/claims/awaitingaction", "claim-awaiting", 204],
    ["PUT", "/claims/accept", "claim-accepted", 204],
    ["PUT", "/claims/reject/", "claim-rejected", 204],
    ["POST", "/claims/packages", "claim-package", 201],
  ])("%s %s is %s and answered %i", (method, path, eventType, status) => {
    expect(receive(delivery(method, path, {}))).toMatchObject({ action: "accept", eventType, answer: { status } });
  });

  it.each([
    ["PUT", "/orders"],
    ["POST", "/packages/1/deliver"],
    ["POST", ""],
    ["POST", "/orders/../claims"],
  ])("%s %s is none of it", (method, path) => {
    expect(receive(delivery(method, path, {}))).toMatchObject({ action: "refuse", code: "unknown_path", answer: { status: 404 } });
  });

  it("refuses what is no JSON object", () => {
    const broken = { ...delivery("POST", "/orders", {}), body: new TextEncoder().encode('{"items":[') };
    expect(receive(broken)).toMatchObject({ action: "refuse", code: "malformed", answer: { status: 400 } });
    expect(receive(delivery("POST", "/orders", "text"))).toMatchObject({ action: "refuse", code: "malformed" });
  });

  it("knows the merchant where a body names one, and the same push by method, path and bytes", () => {
    const first = receive(delivery("POST", "/orders", pushes.order));
    expect(first).toMatchObject({ accountRef: "ab28300e-c126-4e70-a483-9f3fe0e5f297" });
    expect(receive(delivery("POST", "/orders", pushes.order))).toEqual(first);
    const keys = [first, receive(delivery("POST", "/packages", pushes.order)), receive(delivery("POST", "/orders", { ...pushes.order, x: 1 }))];
    expect(new Set(keys.map((reception) => (reception.action === "accept" ? reception.dedupeKey : ""))).size).toBe(3);
  });
});

describe("what a push means", () => {
  it.each([
    ["an order", "/orders", "order-created", { items: [{ orderNumber: 869304129 }, { orderNumber: "869304129" }, { orderNumber: "5" }] }, ["869304129", "5"]],
    ["a cancelled line", "/lineitems/1/cancel", "line-cancelled", { orderNumber: "7" }, ["7"]],
    ["an unpacked package", "/packages/1/unpack", "package-unpacked", { orderNumbers: ["8", "9"] }, ["8", "9"]],
    ["an address", "/orders/869304129/shippingaddress", "address-changed", { addressId: "x" }, ["869304129"]],
    ["the official address", "/orders/869304129/shippingaddress", "address-changed", pushes.address, ["869304129"]],
  ])("%s: its orders are read again", (_, path, eventType, body, numbers) => {
    expect(parse(path, eventType, body)).toEqual({
      events: numbers.map((orderExternalId) => ({ type: "order-changed", orderExternalId })),
      rejected: [],
    });
  });

  it("a package alone names no order, so the stream is read; an accepted claim is on the lists of claims", () => {
    const stream = { type: "stream-changed", stream: "orders" };
    expect(parse("/packages/12/deliver", "package-delivered", { packageNumber: "12" }).events).toEqual([stream]);
    // The official literal of an order carries no order number on the part of the page that is stored.
    expect(parse("/orders", "order-created", pushes.order).events).toEqual([stream]);
    const claim = parse("/claims/accept", "claim-accepted", { claimNumber: "C", orderNumber: "4" });
    expect(claim.events).toEqual([{ type: "order-changed", orderExternalId: "4" }, stream]);
  });

  it("keeps what it cannot read", () => {
    const { events, rejected } = hepsiburadaWebhook.parse({ subPath: "/orders", eventType: "order-created", body: new TextEncoder().encode("[") });
    expect(events).toEqual([]);
    expect(rejected).toMatchObject([{ kind: "push", errorCode: "hepsiburada.push_shape", payload: "[" }]);
  });
});

describe("the sample of the test button", () => {
  it("passes its own door, is a new one each time and changes nothing", () => {
    const [first, second] = [new Date("2026-11-21T12:00:00Z"), new Date("2026-11-21T12:00:01Z")].map((now) => {
      const sample = hepsiburadaWebhook.sample?.(ACCOUNT, now);
      if (sample === undefined) throw new Error("no sample");
      return { sample, reception: receive({ ...sample, receivedAt: now }) };
    });
    expect(first?.reception).toMatchObject({ action: "accept", eventType: "order-created", answer: { status: 201 } });
    expect(second?.reception).not.toEqual(first?.reception);
    const { subPath = "", body = new Uint8Array() } = first?.sample ?? {};
    expect(hepsiburadaWebhook.parse({ subPath, eventType: "order-created", body })).toEqual({ events: [{ type: "ignored", reason: "sample" }], rejected: [] });
  });
});
