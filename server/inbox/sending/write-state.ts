import type { ChannelRules, ConversationRef, MessagingPort, ReadConversationInput, WriteState, WriteStateInput } from "@/server/integrations/contract/ports";
import { type Clock, systemClock } from "@/server/platform/clock";
import { AppError, notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { type ConversationFacts, findConversation } from "../repository";
import type { WriteStateView } from "../schema";
import { integrationsGateway, type MessagingGateway } from "./gateway";

const SCHEMAS = ["fbo", "fbs", "rfbs"] as const;

/** How a connector is told which conversation a call is about. */
export function conversationRef(conversation: ConversationFacts): ConversationRef {
  return { conversationExternalId: conversation.externalId, channel: conversation.channel, remoteContext: conversation.remoteContext };
}

/** The same, for reading. */
export function readRef(conversation: ConversationFacts): Pick<ReadConversationInput, "externalId" | "channel" | "remoteContext"> {
  return { externalId: conversation.externalId, channel: conversation.channel, remoteContext: conversation.remoteContext };
}

/** What a channel's rule needs to know about the conversation. */
export function writeStateInput(conversation: ConversationFacts, now: Date): WriteStateInput {
  const { remoteStatus, orderSchema, orderPaidAt, orderDeliveredAt, lastBuyerMessageAt } = conversation;
  const order =
    orderSchema === null
      ? undefined
      : {
          schema: SCHEMAS.find((schema) => schema === orderSchema) ?? ("other" as const),
          paidAt: orderPaidAt ?? undefined,
          deliveredAt: orderDeliveredAt ?? undefined,
        };
  return {
    channel: conversation.channel,
    answers: conversation.answers,
    lastAnswerAt: conversation.lastAnswerAt ?? undefined,
    createdAt: conversation.createdAt,
    remoteStatus: conversation.status === "closed" || remoteStatus === "closed" ? "closed" : remoteStatus === "open" ? "open" : "unknown",
    lastBuyerMessageAt: lastBuyerMessageAt ?? undefined,
    order,
    now,
  };
}

/** @throws AppError `inbox.channel_unknown` when the connector does not know the channel any more. */
export function rulesOf(port: MessagingPort, channel: string): ChannelRules {
  const rules = port.channels.find((entry) => entry.channel === channel);
  if (rules === undefined) throw new AppError("inbox.channel_unknown", { status: 409, params: { channel } });
  return rules;
}

/**
 * Whether the channel lets us write now. A channel that takes one answer is closed by it: replacing a published answer changes
 * what the whole world reads, and is left to the marketplace's own cabinet.
 * @throws AppError `inbox.channel_unknown`.
 */
export function stateOf(port: MessagingPort, facts: Readonly<Record<string, unknown>>, conversation: ConversationFacts, now: Date): WriteState {
  const { maxAnswers } = rulesOf(port, conversation.channel);
  if (maxAnswers !== undefined && conversation.answers >= maxAnswers) return { open: false, code: "answer_given" };
  return port.writeState(facts, writeStateInput(conversation, now));
}

/**
 * Whether the channel lets us write now, why not, until when, and whether a message would have to wait for the connection.
 * @throws AppError `inbox.conversation_not_found`, `inbox.channel_unknown`.
 */
export async function getWriteState(
  scope: Scope,
  conversationId: string,
  gateway: MessagingGateway = integrationsGateway,
  clock: Clock = systemClock,
): Promise<WriteStateView> {
  const conversation = await findConversation(scope, conversationId, "look");
  if (conversation === null) throw notFound("inbox.conversation_not_found");
  const { port, facts, delayCode } = await gateway.describe(scope, conversation.connectionId);
  const { maxTextLength, files, source } = rulesOf(port, conversation.channel);
  const state = stateOf(port, facts, conversation, clock.now());
  return {
    open: state.open,
    code: state.open ? null : state.code,
    params: state.open ? {} : { ...state.params },
    until: state.open ? (state.until ?? null) : null,
    delayCode,
    rules: { maxTextLength, files: { allowed: files.allowed, maxBytes: files.maxBytes, types: [...files.types] }, source },
  };
}
