import { createHmac } from "node:crypto";
import { z } from "zod";
import { parseJson } from "@/lib/json";
import { constantTimeEqual } from "@/server/platform/crypto";
import type { RejectedRecord } from "../../contract/records";
import type { HttpAnswer, PushEvent, RawDelivery, Reception, StoredDelivery, WebhookAccount, WebhookPort } from "../../contract/webhook";
import { signingSecrets } from "./credentials";
import { API_VERSION } from "./endpoints";

/** A product with a hundred variants is a few hundred kilobytes. */
const MAX_BYTES = 5 * 1024 * 1024;
const ID = "x-shopify-webhook-id";
const TOPIC = "x-shopify-topic";
const SIGNATURE = "x-shopify-hmac-sha256";
const SHOP = "x-shopify-shop-domain";

function answer(status: number, message: string): HttpAnswer {
  return { status, body: message, contentType: "text/plain; charset=utf-8" };
}

function refuse(status: number, code: string, message: string): Reception {
  return { action: "refuse", code, answer: answer(status, message) };
}

const signatureOf = (body: Uint8Array, secret: string) => createHmac("sha256", secret).update(body).digest("base64");

/** Over the bytes as they came, before anything is parsed. After a rotation both secrets are good for an hour. */
function isSigned(delivery: RawDelivery, account: WebhookAccount): boolean {
  const told = delivery.headers[SIGNATURE] ?? "";
  if (told === "" || delivery.body.byteLength === 0) return false;
  // Every secret is tried, also after one fits: how long it takes tells nothing.
  return signingSecrets(account.credentials).reduce((fits, secret) => constantTimeEqual(signatureOf(delivery.body, secret), told) || fits, false);
}

function receive(delivery: RawDelivery, account: WebhookAccount): Reception {
  if (delivery.body.byteLength > MAX_BYTES) return refuse(413, "too_large", "too large");
  if (!isSigned(delivery, account)) return refuse(401, "bad_signature", "signature does not fit");
  const id = delivery.headers[ID] ?? "";
  const topic = delivery.headers[TOPIC] ?? "";
  const shop = delivery.headers[SHOP] ?? "";
  // One app in several shops signs with one secret: the shop's name is what tells them apart.
  if (id === "" || id.length > 200 || shop === "" || !/^[a-z_]+\/[a-z_]+$/.test(topic)) return refuse(400, "malformed", "not a webhook");
  return { action: "accept", accountRef: shop.toLowerCase(), eventType: topic, dedupeKey: id, answer: answer(200, "") };
}

const orderId = (number: string) => `gid://shopify/Order/${number}`;
/** Ids are numbers beyond what JavaScript holds in Shopify's own samples; the lossless parser gives those as digits. */
const digits = z.union([z.number().int().positive(), z.string().regex(/^\d{1,20}$/)]).transform(String);
const orderSchema = z.object({ admin_graphql_api_id: z.string().regex(/^gid:\/\/shopify\/Order\/\d+$/) });
const ofOrderSchema = z.object({ order_id: digits });
const editedSchema = z.object({ order_edit: ofOrderSchema });
const dataRequestSchema = z.object({ customer: z.object({ id: digits }), orders_requested: z.array(digits).default([]) });
const redactSchema = z.object({ customer: z.object({ id: digits }), orders_to_redact: z.array(digits).default([]) });
const buyerId = (number: string) => `gid://shopify/Customer/${number}`;

/** @throws z.ZodError when a push lacks its ids. */
function toEvents(topic: string, body: unknown): PushEvent[] {
  const changed = (orderExternalId: string): PushEvent[] => [{ type: "order-changed", orderExternalId }];
  switch (topic) {
    case "orders/delete":
      return [{ type: "ignored", reason: "order_deleted" }];
    case "orders/edited":
      return changed(orderId(editedSchema.parse(body).order_edit.order_id));
    case "refunds/create":
      return [...changed(orderId(ofOrderSchema.parse(body).order_id)), { type: "stream-changed", stream: "sales" }];
    case "orders/paid":
      return [...changed(orderSchema.parse(body).admin_graphql_api_id), { type: "stream-changed", stream: "sales" }];
    case "fulfillments/create":
    case "fulfillments/update":
      return changed(orderId(ofOrderSchema.parse(body).order_id));
    // Levels name an inventory item, and products fire on every sale of theirs: the stream reads what is new.
    case "products/create":
    case "products/update":
    case "products/delete":
    case "inventory_levels/update":
    case "inventory_items/update":
      return [{ type: "stream-changed", stream: "products" }];
    case "app/uninstalled":
      return [{ type: "access-revoked", reason: "app/uninstalled" }];
    case "customers/data_request": {
      const { customer, orders_requested: orders } = dataRequestSchema.parse(body);
      return [{ type: "personal-data", request: "export", buyerRef: buyerId(customer.id), orders: orders.map(orderId) }];
    }
    case "customers/redact": {
      const { customer, orders_to_redact: orders } = redactSchema.parse(body);
      return [{ type: "personal-data", request: "erase-buyer", buyerRef: buyerId(customer.id), orders: orders.map(orderId) }];
    }
    case "shop/redact":
      return [{ type: "personal-data", request: "erase-shop", orders: [] }];
    default:
      return topic.startsWith("orders/") ? changed(orderSchema.parse(body).admin_graphql_api_id) : [{ type: "ignored", reason: "unknown_topic" }];
  }
}

function parse({ body, eventType }: StoredDelivery): { readonly events: readonly PushEvent[]; readonly rejected: readonly RejectedRecord[] } {
  const text = new TextDecoder().decode(body);
  const rejected = (payload: unknown, errorText: string) => ({
    events: [],
    rejected: [{ kind: "push" as const, payload, errorCode: "shopify.push_shape", errorText: errorText.slice(0, 500) }],
  });
  try {
    const json = parseJson(text);
    try {
      return { events: toEvents(eventType, json), rejected: [] };
    } catch (error) {
      if (error instanceof z.ZodError) return rejected(json, z.prettifyError(error));
      throw error;
    }
  } catch (error) {
    if (error instanceof SyntaxError) return rejected(text.slice(0, 4_000), error.message);
    throw error;
  }
}

/** A topic nobody acts on, as Shopify would send it. */
function sample(account: WebhookAccount, now: Date): Pick<RawDelivery, "subPath" | "method" | "body" | "headers"> {
  const shop = account.credentials["shop"] ?? "";
  const body = new TextEncoder().encode(JSON.stringify({ myshopify_domain: shop, updated_at: now.toISOString() }));
  const [secret = ""] = signingSecrets(account.credentials);
  return {
    subPath: "",
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      [TOPIC]: "shop/update",
      [SIGNATURE]: signatureOf(body, secret),
      [SHOP]: shop,
      [ID]: `karavan-test-${now.getTime()}`,
      "x-shopify-api-version": API_VERSION,
      "x-shopify-triggered-at": now.toISOString(),
    },
  };
}

/** Anything but 2xx is tried again eight times within four hours; 401 is what a bad signature has to get. */
const REFUSALS: Readonly<Record<Parameters<WebhookPort["refusal"]>[0], readonly [number, string]>> = {
  not_found: [404, "unknown address"],
  forbidden_source: [403, "source address is not allowed"],
  foreign_account: [403, "another shop"],
  too_large: [413, "too large"],
  unavailable: [503, "temporarily unavailable"],
};

export const shopifyWebhook: WebhookPort = {
  sourceRanges: [],
  maxBytes: MAX_BYTES,
  needsCredentials: true,
  receive,
  sample,
  refusal(code) {
    const [status, message] = REFUSALS[code];
    return answer(status, message);
  },
  parse,
};
