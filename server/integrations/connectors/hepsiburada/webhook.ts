import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { parseJson } from "@/lib/json";
import type { RejectedRecord } from "../../contract/records";
import type { HttpAnswer, PushEvent, RawDelivery, Reception, StoredDelivery, WebhookAccount, WebhookPort } from "../../contract/webhook";

/** An order with hundreds of lines stays far below. */
const MAX_BYTES = 1024 * 1024;

/** What the service calls below our address (the "reverse contract") [D], [T]: fixed paths, two methods, no signature. */
const ROUTES = [
  ["POST", /^\/orders$/, "order-created"],
  ["POST", /^\/packages$/, "package-created"],
  ["PUT", /^\/packages\/[^/]+\/intransit$/, "package-intransit"],
  ["PUT", /^\/packages\/[^/]+\/deliver$/, "package-delivered"],
  ["PUT", /^\/packages\/[^/]+\/undeliver$/, "package-undelivered"],
  ["PUT", /^\/packages\/[^/]+\/unpack$/, "package-unpacked"],
  ["PUT", /^\/lineitems\/[^/]+\/cancel$/, "line-cancelled"],
  ["PUT", /^\/orders\/[^/]+\/shippingaddress$/, "address-changed"],
  ["PUT", /^\/claims\/awaitingaction$/, "claim-awaiting"],
  ["PUT", /^\/claims\/accept$/, "claim-accepted"],
  ["PUT", /^\/claims\/reject$/, "claim-rejected"],
  ["POST", /^\/claims\/packages$/, "claim-package"],
] as const;

const text = (status: number, body: string): HttpAnswer => ({ status, body, contentType: "text/plain; charset=utf-8" });

/** Hashed first, so that neither length nor content can be timed. */
function isEqual(given: string, wanted: string): boolean {
  const digest = (value: string) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

function isAllowed({ headers }: RawDelivery, { credentials }: WebhookAccount): boolean {
  const { webhookUser: user = "", webhookPassword: password = "" } = credentials as Readonly<Record<"webhookUser" | "webhookPassword", string | undefined>>;
  // Nobody may come in where no password was agreed.
  if (user === "" || password === "") return false;
  return isEqual(headers["authorization"] ?? "", basicOf(user, password));
}

const basicOf = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

const wordOrNumber = z.union([z.string().min(1), z.number().transform(String)]);
const bodySchema = z.looseObject({
  merchantId: z.string().optional(),
  orderNumber: wordOrNumber.optional(),
  orderNumbers: z.array(wordOrNumber).nullish(),
  items: z.array(z.looseObject({ orderNumber: wordOrNumber.nullish(), merchantId: z.string().nullish() })).nullish(),
  line: z.looseObject({ merchantId: z.string().nullish() }).nullish(),
});
type Body = z.output<typeof bodySchema>;

function read(bytes: Uint8Array): { readonly body: Body } | { readonly failed: string } {
  try {
    const parsed = bodySchema.safeParse(parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
    return parsed.success ? { body: parsed.data } : { failed: z.prettifyError(parsed.error) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return { failed: error.message };
    throw error;
  }
}

function receive(delivery: RawDelivery, account: WebhookAccount): Reception {
  if (!isAllowed(delivery, account)) return { action: "refuse", code: "unauthorized", answer: text(401, "wrong user or password") };
  if (delivery.body.byteLength > MAX_BYTES) return { action: "refuse", code: "too_large", answer: text(413, "body is too large") };
  const subPath = delivery.subPath.replace(/\/+$/, "");
  const route = ROUTES.find(([method, path]) => method === delivery.method && path.test(subPath.toLowerCase()));
  if (route === undefined) return { action: "refuse", code: "unknown_path", answer: text(404, "unknown path") };
  const result = read(delivery.body);
  if ("failed" in result) return { action: "refuse", code: "malformed", answer: text(400, "not a message of the reverse contract") };
  const { body } = result;
  const hash = createHash("sha256").update(`${delivery.method} ${subPath}\n`).update(delivery.body).digest("hex");
  return {
    action: "accept",
    accountRef: (body.merchantId ?? body.items?.[0]?.merchantId ?? body.line?.merchantId ?? undefined)?.toLowerCase(),
    eventType: route[2],
    dedupeKey: `sha256:${hash}`,
    // 201 to what is made, 204 to what is changed [D].
    answer: delivery.method === "POST" ? text(201, "") : text(204, ""),
  };
}

/**
 * Unsigned, so no amount and no state is believed: the named orders are read again. Where only a package is named, nothing tells its
 * orders, and the stream is read.
 */
function parse({ body: bytes, eventType, subPath }: StoredDelivery): ReturnType<WebhookPort["parse"]> {
  const result = read(bytes);
  if ("failed" in result) {
    const payload = new TextDecoder().decode(bytes.subarray(0, 4_000));
    const rejected: RejectedRecord = { kind: "push", payload, errorCode: "hepsiburada.push_shape", errorText: result.failed.slice(0, 500) };
    return { events: [], rejected: [rejected] };
  }
  const { body } = result;
  const fromPath = /^\/orders\/([^/]+)\/shippingaddress$/i.exec(subPath)?.[1];
  const numbers = new Set(
    [body.orderNumber, ...(body.orderNumbers ?? []), ...(body.items ?? []).map((item) => item.orderNumber), fromPath].filter((number) => number != null),
  );
  const events: PushEvent[] = [...numbers].map((orderExternalId) => ({ type: "order-changed", orderExternalId }));
  // Whether a claim ended with the goods coming back is told by the lists of claims, not by the order.
  if (eventType === "claim-accepted") events.push({ type: "stream-changed", stream: "orders" });
  if (events.length > 0) return { events, rejected: [] };
  return { events: [isEmptySample(body) ? { type: "ignored", reason: "sample" } : { type: "stream-changed", stream: "orders" }], rejected: [] };
}

const isEmptySample = (body: Body) => body.items?.length === 0;

const REFUSALS: Readonly<Record<Parameters<WebhookPort["refusal"]>[0], HttpAnswer>> = {
  not_found: text(404, "unknown address"),
  forbidden_source: text(403, "source address is not allowed"),
  foreign_account: text(403, "merchantId does not belong to this address"),
  too_large: text(413, "body is too large"),
  unavailable: text(503, "temporarily unavailable"),
};

/** Address, user and password are told to the service's support by ticket: there is no API for it. */
export const hepsiburadaWebhook: WebhookPort = {
  sourceRanges: [],
  maxBytes: MAX_BYTES,
  needsCredentials: true,
  methods: ["PUT"],
  receive,
  /** An order without lines: nothing comes of it. The moment makes it a new one each time. */
  sample({ credentials }, now) {
    const authorization = basicOf(credentials["webhookUser"] ?? "", credentials["webhookPassword"] ?? "");
    const body = new TextEncoder().encode(JSON.stringify({ items: [], sentAt: now.toISOString() }));
    return { subPath: "/orders", method: "POST", body, headers: { authorization, "content-type": "application/json" } };
  },
  refusal: (code) => REFUSALS[code],
  parse,
};
