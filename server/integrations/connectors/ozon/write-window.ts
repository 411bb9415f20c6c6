import type { WriteState, WriteStateInput } from "../../contract/ports";
import { ENDPOINTS, type Endpoint } from "./endpoints";
import { isSubscribed, mayCall, readFacts, sendingSubscription } from "./facts";
import { QUESTION_CHANNEL, REVIEW_CHANNEL } from "./feedback-mapper";

const HOUR_MS = 3_600_000;
const REPLY_MS = 48 * HOUR_MS;
const DELIVERED_MS = 72 * HOUR_MS;

/** Whether Ozon lets the seller write now, by the rules of the channel. */
export function writeState(facts: Readonly<Record<string, unknown>>, input: WriteStateInput): WriteState {
  if (input.channel === QUESTION_CHANNEL) return answerState(facts, "questions", ENDPOINTS.answerCreate);
  if (input.channel === REVIEW_CHANNEL) return answerState(facts, "reviews", ENDPOINTS.commentCreate);
  return chatState(facts, input);
}

/** Questions and reviews take answers at any time, also after one was given or they were put away (no rule against it is published). */
function answerState(facts: Readonly<Record<string, unknown>>, stream: "questions" | "reviews", method: Endpoint): WriteState {
  if (!isSubscribed(facts, stream)) return { open: false, code: `${stream}_subscription` };
  return mayCall(facts, method) ? { open: true } : { open: false, code: "permission", params: { permission: method } };
}

/**
 * Whether Ozon lets the seller write now (texts of /v1/chat/send/message, OpenAPI of June 2026): FBO within 48 h of the
 * buyer's last message; FBS and rFBS from payment until 72 h after delivery, later only within those 48 h. Sending needs
 * Premium Plus or Premium Pro. What the key's facts do not tell is not held against it: the service has the last word.
 */
function chatState(facts: Readonly<Record<string, unknown>>, input: WriteStateInput): WriteState {
  const known = readFacts(facts);
  if (input.remoteStatus === "closed") return { open: false, code: "chat_closed" };
  if (sendingSubscription(known.subscription) === false) {
    return { open: false, code: "subscription", params: { current: known.subscription ?? "", needed: "Premium Plus, Premium Pro" } };
  }
  if (known.methods !== undefined && !known.methods.includes(ENDPOINTS.sendMessage)) {
    return { open: false, code: "permission", params: { permission: ENDPOINTS.sendMessage } };
  }

  const ends: number[] = [];
  if (input.lastBuyerMessageAt !== undefined) ends.push(input.lastBuyerMessageAt.getTime() + REPLY_MS);
  const order = input.order;
  const mayWriteFirst = order?.schema === "fbs" || order?.schema === "rfbs";
  if (mayWriteFirst && order.paidAt !== undefined) {
    if (order.deliveredAt === undefined) return { open: true };
    ends.push(order.deliveredAt.getTime() + DELIVERED_MS);
  }
  const until = Math.max(...ends);
  if (until >= input.now.getTime()) return { open: true, until: new Date(until) };
  if (mayWriteFirst && order.paidAt === undefined && ends.length === 0) return { open: false, code: "unpaid" };
  return { open: false, code: mayWriteFirst ? "window_after_delivery" : "window_reply", params: { hours: mayWriteFirst ? 72 : 48 } };
}
