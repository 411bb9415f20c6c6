import { createHash } from "node:crypto";
import { z } from "zod";
import { parseJson, RawInteger, stringifyJson } from "@/lib/json";
import type { RejectedRecord } from "../../contract/records";
import type { HttpAnswer, PushEvent, RawDelivery, Reception, StoredDelivery, WebhookPort } from "../../contract/webhook";
import { readFacts } from "./facts";
import { questionRef, reviewRef } from "./mapper-feedback";
import { remoteId } from "./schemas";

const MAX_BYTES = 256 * 1024;
/** Published for notifications (docs, 2025–2026). */
const SOURCE_RANGES = ["5.45.207.0/25", "141.8.142.0/25", "5.255.253.0/25"] as const;
/** What every good answer carries besides the moment. */
const IDENTITY = { version: "1.0.0", name: "Karavan" } as const;

const envelopeSchema = z.looseObject({ notificationType: z.string().min(1), businessId: remoteId.optional() });
type Envelope = z.output<typeof envelopeSchema>;

/** The fields that make a notification the same one when it comes again: its ids and the moment of its event. */
const IDS = [
  "orderId",
  "campaignId",
  "returnId",
  "feedbackId",
  "commentId",
  "chatId",
  "messageId",
  "questionId",
  "answerId",
  "status",
  "substatus",
  "updateType",
];
const MOMENTS = ["createdAt", "updatedAt", "cancelledAt", "requestedAt", "sentAt", "startedAt", "finishedAt"];

function answer(status: number, body: unknown): HttpAnswer {
  return { status, body: JSON.stringify(body), contentType: "application/json" };
}

function accepted(receivedAt: Date): HttpAnswer {
  return answer(200, { ...IDENTITY, time: receivedAt.toISOString() });
}

type RefusalType = "WRONG_EVENT_FORMAT" | "DUPLICATED_EVENT" | "UNKNOWN";
/** 400 ends it; every other status is tried again for two weeks. */
function refusal(status: number, type: RefusalType, message: string): HttpAnswer {
  return answer(status, { error: { type, message } });
}

const REFUSALS: Readonly<Record<Parameters<WebhookPort["refusal"]>[0], readonly [number, string]>> = {
  not_found: [400, "unknown address"],
  forbidden_source: [400, "source address is not allowed"],
  foreign_account: [400, "businessId does not belong to this address"],
  too_large: [400, "body is too large"],
  unavailable: [500, "temporarily unavailable"],
};

function read(body: Uint8Array): { readonly envelope: Envelope } | { readonly failed: string } {
  try {
    const parsed = envelopeSchema.safeParse(parseJson(new TextDecoder("utf-8", { fatal: true }).decode(body)));
    return parsed.success ? { envelope: parsed.data } : { failed: z.prettifyError(parsed.error) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return { failed: error.message };
    throw error;
  }
}

function dedupeKey(envelope: Envelope, body: Uint8Array): string {
  const told = (names: readonly string[]) =>
    names.flatMap((name) => {
      const value = envelope[name];
      return typeof value === "string" || typeof value === "number" ? [String(value)] : [];
    });
  const ids = told(IDS);
  const moments = told(MOMENTS);
  if (ids.length > 0 && moments.length > 0) return [envelope.notificationType, ...ids, ...moments].join(":").slice(0, 300);
  return `${envelope.notificationType}:sha256:${createHash("sha256").update(body).digest("hex")}`;
}

function receive(delivery: RawDelivery): Reception {
  if (delivery.body.byteLength > MAX_BYTES) return { action: "refuse", code: "too_large", answer: refusal(400, "WRONG_EVENT_FORMAT", "body is too large") };
  const result = read(delivery.body);
  if ("failed" in result) return { action: "refuse", code: "malformed", answer: refusal(400, "WRONG_EVENT_FORMAT", "not a notification") };
  const { envelope } = result;
  if (envelope.notificationType === "PING") return { action: "handshake", answer: accepted(delivery.receivedAt) };
  return {
    action: "accept",
    accountRef: envelope.businessId,
    eventType: envelope.notificationType,
    dedupeKey: dedupeKey(envelope, delivery.body),
    answer: accepted(delivery.receivedAt),
  };
}

const chatSchema = z.object({ chatId: remoteId });
const messageSchema = chatSchema.extend({ messageId: remoteId });

/** @throws z.ZodError when a notification lacks its ids. */
function toEvents(envelope: Envelope): PushEvent[] {
  const changed = (conversationExternalId: string, messageIds: readonly string[] = []): PushEvent[] => [
    { type: "conversation-changed", conversationExternalId, messageIds },
  ];
  switch (envelope.notificationType) {
    case "CHAT_CREATED":
    case "CHAT_ARBITRAGE_STARTED":
    case "CHAT_ARBITRAGE_FINISHED":
      return changed(chatSchema.parse(envelope).chatId);
    case "CHAT_MESSAGE_SENT": {
      const { chatId, messageId } = messageSchema.parse(envelope);
      return changed(chatId, [messageId]);
    }
    case "GOODS_FEEDBACK_CREATED": {
      const id = reviewRef(z.object({ feedbackId: remoteId }).parse(envelope).feedbackId);
      return changed(id, [id]);
    }
    case "QUESTION_CREATED": {
      const id = questionRef(z.object({ questionId: remoteId }).parse(envelope).questionId);
      return changed(id, [id]);
    }
    // These name the comment or answer only, not what it belongs to.
    case "GOODS_FEEDBACK_COMMENT_CREATED":
      return [{ type: "stream-changed", stream: "reviews" }];
    case "QUESTION_ANSWER_CREATED":
    case "QUESTION_COMMENT_CREATED":
      return [{ type: "stream-changed", stream: "questions" }];
    // Sales are told by their own statistics up to 40 minutes later; a return is a change of its order.
    case "ORDER_CREATED":
    case "ORDER_STATUS_UPDATED":
    case "ORDER_CANCELLED":
    case "ORDER_CANCELLATION_REQUEST":
    case "ORDER_UPDATED":
    case "ORDER_RETURN_CREATED":
    case "ORDER_RETURN_STATUS_UPDATED":
      return [{ type: "order-changed", orderExternalId: z.object({ orderId: remoteId }).parse(envelope).orderId }];
    default:
      return [{ type: "ignored", reason: "unknown_type" }];
  }
}

function rejected(payload: unknown, errorText: string): { events: PushEvent[]; rejected: RejectedRecord[] } {
  return { events: [], rejected: [{ kind: "push", payload, errorCode: "yandex-market.push_shape", errorText: errorText.slice(0, 500) }] };
}

function parse({ body }: StoredDelivery): ReturnType<WebhookPort["parse"]> {
  const result = read(body);
  if ("failed" in result) return rejected(new TextDecoder().decode(body.subarray(0, 4_000)), result.failed);
  try {
    return { events: toEvents(result.envelope), rejected: [] };
  } catch (error) {
    if (error instanceof z.ZodError) return rejected(result.envelope, z.prettifyError(error));
    throw error;
  }
}

/**
 * Notifications are neither signed nor secret: they are hints. The house protects the address, checks the source range and the
 * account, and reads the facts again. They are set up by hand in the cabinet.
 */
export const yandexWebhook: WebhookPort = {
  sourceRanges: SOURCE_RANGES,
  maxBytes: MAX_BYTES,
  receive,
  /** A comment under an answer names no conversation: it makes the questions be read, which changes nothing by itself. */
  sample({ facts }, now) {
    const { businessId } = readFacts(facts);
    const ids = { answerId: now.getTime(), commentId: now.getTime() };
    const told = { notificationType: "QUESTION_COMMENT_CREATED", ...ids, businessId: new RawInteger(businessId ?? "0"), createdAt: now.toISOString() };
    return { subPath: "", method: "POST", headers: { "content-type": "application/json" }, body: new TextEncoder().encode(stringifyJson(told)) };
  },
  refusal(code) {
    const [status, message] = REFUSALS[code];
    return refusal(status, "UNKNOWN", message);
  },
  parse,
};
