import { createHash } from "node:crypto";
import { z } from "zod";
import { parseJson } from "@/lib/json";
import type { RejectedRecord } from "../../contract/records";
import type { HttpAnswer, PushEvent, RawDelivery, Reception, StoredDelivery, WebhookPort } from "../../contract/webhook";
import { author, isBuyerChat } from "./mapper";
import { remoteId } from "./schemas";
import { checkPushes, subscribe } from "./subscribe";

const MAX_BYTES = 256 * 1024;
/** Published for pushes (docs, "push_start", June 2026). */
const SOURCE_RANGES = ["195.34.21.0/24", "185.73.192.0/22", "91.223.93.0/24"] as const;
/** What the handshake answers as our version and name. */
const IDENTITY = { version: "1.0", name: "Karavan" } as const;

const text = z.union([z.string(), z.number().transform(String)]);
/** Chat pushes carry seller_id as a string, posting pushes as a number. */
const envelopeSchema = z.looseObject({ message_type: z.string().min(1), seller_id: text.optional() });
type Envelope = z.output<typeof envelopeSchema>;

const chatSchema = z.object({ chat_id: z.string().min(1), chat_type: z.string().default(""), user: z.object({ type: z.string().default("") }).optional() });
const messageSchema = chatSchema.extend({ message_id: remoteId });
const readSchema = chatSchema.extend({ message_id: remoteId.optional(), last_read_message_id: remoteId.optional() });

const postingSchema = z.object({ posting_number: z.string().min(1) });
const stocksSchema = z.object({ items: z.array(z.object({ product_id: remoteId })) });

/** Types that say nothing of their own: an order's postings have pushes themselves, the rest is no stream's. */
const OF_NO_INTEREST = /^TYPE_(ORDER_|PRICE_INDEX_|DESCRIPTION_CATEGORY_)/;

function answer(status: number, body: unknown): HttpAnswer {
  return { status, body: JSON.stringify(body), contentType: "application/json" };
}

function refusal(status: number, message: string, code: "ERROR_UNKNOWN" | "ERROR_PARAMETER_VALUE_MISSED" = "ERROR_UNKNOWN"): HttpAnswer {
  return answer(status, { error: { code, message, details: null } });
}

const REFUSALS: Readonly<Record<Parameters<WebhookPort["refusal"]>[0], readonly [number, string]>> = {
  not_found: [404, "unknown address"],
  forbidden_source: [403, "source address is not allowed"],
  foreign_account: [403, "seller_id does not belong to this address"],
  too_large: [413, "body is too large"],
  unavailable: [503, "temporarily unavailable"],
};

function read(body: Uint8Array): Envelope | { readonly failed: "json" | "shape"; readonly error: string } {
  let json: unknown;
  try {
    json = parseJson(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return { failed: "json", error: error.message };
    throw error;
  }
  const parsed = envelopeSchema.safeParse(json);
  return parsed.success ? parsed.data : { failed: "shape", error: z.prettifyError(parsed.error) };
}

function isEnvelope(value: ReturnType<typeof read>): value is Envelope {
  return "message_type" in value;
}

/** Which fields of a body make it the same push when it comes again (sheet §2.4); nothing else repeats by these. */
const IDENTIFYING: readonly { readonly types: RegExp; readonly fields: readonly string[] }[] = [
  { types: /^TYPE_(NEW|UPDATE)_MESSAGE$/, fields: ["message_id", "updated_at"] },
  { types: /^TYPE_MESSAGE_READ$/, fields: ["chat_id", "message_id", "last_read_message_id"] },
  { types: /^TYPE_(FBO_POSTING|ORDER)_/, fields: ["uuid"] },
  { types: /^TYPE_NEW_POSTING$/, fields: ["posting_number"] },
  { types: /^TYPE_(STATE_CHANGED|POSTING_CANCELLED)$/, fields: ["posting_number", "new_state", "changed_state_date"] },
  { types: /^TYPE_CUTOFF_DATE_CHANGED$/, fields: ["posting_number", "old_cutoff_date", "new_cutoff_date"] },
  { types: /^TYPE_CREATE_OR_UPDATE_ITEM$/, fields: ["product_id", "offer_id", "changed_at"] },
];

/**
 * The permanent dedupe key. A closed chat carries no moment and may be opened and closed again, so its key lives a day;
 * types without ids of their own are told apart by their bytes.
 */
function dedupeKey(envelope: Envelope, delivery: RawDelivery): string {
  const type = envelope.message_type;
  if (type === "TYPE_CHAT_CLOSED" && typeof envelope["chat_id"] === "string")
    return [type, envelope["chat_id"], delivery.receivedAt.toISOString().slice(0, 10)].join(":");
  const rule = IDENTIFYING.find(({ types }) => types.test(type));
  const values = rule?.fields.map((field) => envelope[field]).map((value) => (typeof value === "string" || typeof value === "number" ? String(value) : ""));
  if (values?.[0] !== undefined && values[0] !== "") return [type, ...values].join(":").slice(0, 300);
  return `${type}:sha256:${createHash("sha256").update(delivery.body).digest("hex")}`;
}

function receive(delivery: RawDelivery): Reception {
  if (delivery.body.byteLength > MAX_BYTES) return { action: "refuse", code: "too_large", answer: refusal(413, "body is too large") };
  const envelope = read(delivery.body);
  if (!isEnvelope(envelope)) {
    const missed = envelope.failed === "shape";
    return {
      action: "refuse",
      code: missed ? "no_type" : "malformed",
      answer: refusal(400, missed ? "message_type is missing" : "body is not JSON", missed ? "ERROR_PARAMETER_VALUE_MISSED" : "ERROR_UNKNOWN"),
    };
  }
  if (envelope.message_type === "TYPE_PING") return { action: "handshake", answer: answer(200, { ...IDENTITY, time: delivery.receivedAt.toISOString() }) };
  return {
    action: "accept",
    accountRef: envelope.seller_id,
    eventType: envelope.message_type,
    dedupeKey: dedupeKey(envelope, delivery),
    answer: answer(200, { result: true }),
  };
}

function ignored(reason: string): PushEvent[] {
  return [{ type: "ignored", reason }];
}

/** @throws z.ZodError when a push lacks its ids. */
function toEvents(envelope: Envelope): PushEvent[] {
  switch (envelope.message_type) {
    case "TYPE_NEW_MESSAGE":
    case "TYPE_UPDATE_MESSAGE": {
      const push = messageSchema.parse(envelope);
      if (!isBuyerChat(push.chat_type)) return ignored("not_a_buyer_chat");
      return [{ type: "conversation-changed", conversationExternalId: push.chat_id, messageIds: [push.message_id] }];
    }
    case "TYPE_MESSAGE_READ": {
      const push = readSchema.parse(envelope);
      const upTo = push.last_read_message_id ?? push.message_id;
      if (!isBuyerChat(push.chat_type)) return ignored("not_a_buyer_chat");
      if (upTo === undefined) return ignored("no_message");
      if (author(push.user?.type ?? "").side === "seller") return ignored("read_by_ourselves");
      return [{ type: "conversation-read", conversationExternalId: push.chat_id, upToMessageId: upTo }];
    }
    case "TYPE_CHAT_CLOSED": {
      const push = chatSchema.parse(envelope);
      return isBuyerChat(push.chat_type) ? [{ type: "conversation-closed", conversationExternalId: push.chat_id }] : ignored("not_a_buyer_chat");
    }
    case "TYPE_NEW_POSTING":
    case "TYPE_POSTING_CANCELLED":
    case "TYPE_POSTING_SHIPPED":
    case "TYPE_STATE_CHANGED":
    case "TYPE_CUTOFF_DATE_CHANGED":
    case "TYPE_DELIVERY_DATE_CHANGED":
    case "TYPE_FBO_POSTING_NEW":
    case "TYPE_FBO_POSTING_CANCELLED":
    case "TYPE_FBO_POSTING_STATE_CHANGED":
    case "TYPE_FBO_POSTING_DELIVERY_DATE_CHANGED":
      return [{ type: "order-changed", orderExternalId: postingSchema.parse(envelope).posting_number }];
    case "TYPE_STOCKS_CHANGED": {
      const products = new Set(stocksSchema.parse(envelope).items.map((item) => item.product_id));
      return [...products].map((productExternalId) => ({ type: "product-changed", productExternalId }));
    }
    // Names the sku alone, and listings are known by their product number.
    case "TYPE_FBO_STOCKS_CHANGED":
    case "TYPE_CREATE_OR_UPDATE_ITEM":
    case "TYPE_CREATE_ITEM":
    case "TYPE_UPDATE_ITEM":
      return [{ type: "stream-changed", stream: "products" }];
    default:
      return ignored(OF_NO_INTEREST.test(envelope.message_type) ? "no_stream" : "unknown_type");
  }
}

function rejected(payload: unknown, errorText: string): { events: PushEvent[]; rejected: RejectedRecord[] } {
  return { events: [], rejected: [{ kind: "push", payload, errorCode: "ozon.push_shape", errorText: errorText.slice(0, 500) }] };
}

function parse({ body }: StoredDelivery): ReturnType<WebhookPort["parse"]> {
  const envelope = read(body);
  if (!isEnvelope(envelope)) return rejected(new TextDecoder().decode(body.subarray(0, 4_000)), envelope.error);
  try {
    return { events: toEvents(envelope), rejected: [] };
  } catch (error) {
    if (error instanceof z.ZodError) return rejected(envelope, z.prettifyError(error));
    throw error;
  }
}

/**
 * Pushes are not signed and carry no secret (docs, June–October 2026): they are hints. The house protects the address, checks
 * the source range and the account, and reads the facts again.
 */
export const ozonWebhook: WebhookPort = {
  sourceRanges: SOURCE_RANGES,
  maxBytes: MAX_BYTES,
  receive,
  subscribe,
  checkPushes,
  /** The one push that belongs to no account and concerns no stream: it goes through the whole door and changes nothing. */
  sample(_, now) {
    const push = { message_type: "TYPE_DESCRIPTION_CATEGORY_TREE_CHANGED", changed_at: now.toISOString() };
    return { subPath: "", method: "POST", headers: { "content-type": "application/json" }, body: new TextEncoder().encode(JSON.stringify(push)) };
  },
  refusal(code) {
    const [status, message] = REFUSALS[code];
    return refusal(status, message);
  },
  parse,
};
