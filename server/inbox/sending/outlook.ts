import type { TemplateVariable } from "@/lib/reply-template";
import type { ChannelRules, WriteState } from "@/server/integrations/contract/ports";
import { findConnector } from "@/server/integrations/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import type { Scope } from "@/server/platform/transaction";
import { type ConversationFacts, findConversation, findOrganizationName } from "../repository";
import { integrationsGateway, type MessagingGateway } from "./gateway";
import { rulesOf, stateOf } from "./write-state";

/** What a rule has to know before it writes into a conversation. */
export interface SendingOutlook {
  readonly conversation: ConversationFacts;
  readonly rules: ChannelRules;
  readonly writeState: WriteState;
  /** What texts put in place of the variables of templates, but for the one who writes. */
  readonly values: Readonly<Record<Exclude<TemplateVariable, "agent_name">, string | null>>;
}

/** @returns null when the conversation is not there; @throws AppError `inbox.channel_unknown`, `connection.not_found`. */
export async function sendingOutlook(
  scope: Scope,
  conversationId: string,
  { gateway = integrationsGateway, clock = systemClock }: { readonly gateway?: MessagingGateway; readonly clock?: Clock } = {},
): Promise<SendingOutlook | null> {
  const conversation = await findConversation(scope, conversationId, "look");
  if (conversation === null) return null;
  const { port, facts } = await gateway.describe(scope, conversation.connectionId);
  return {
    conversation,
    rules: rulesOf(port, conversation.channel),
    writeState: stateOf(port, facts, conversation, clock.now()),
    values: {
      buyer_name: conversation.buyerName,
      order_number: conversation.orderNumber,
      product_name: conversation.productName,
      marketplace: findConnector(conversation.channel.split(".")[0] ?? "")?.label ?? null,
      organization: await findOrganizationName(scope, conversation.organizationId),
    },
  };
}
