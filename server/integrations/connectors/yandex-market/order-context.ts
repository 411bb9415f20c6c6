import { ConnectorError } from "../../contract/errors";
import type { ConnectorContext, PullWarning } from "../../contract/ports";
import type { ExternalConversation } from "../../contract/records";
import type { MarketClient } from "./client";
import { OPERATIONS } from "./endpoints";
import { mayReadOrders, schemaOf } from "./facts";
import type { RemoteOrder } from "./schemas";

const BATCH = 50;

/**
 * Delivery model and product of the orders behind chats, one call for fifty. Orders are context: a key that may not read them
 * gets the chats without it, and a warning.
 */
export async function withOrders(
  context: Pick<ConnectorContext, "facts">,
  client: MarketClient,
  conversations: readonly ExternalConversation[],
): Promise<{ readonly conversations: readonly ExternalConversation[]; readonly warnings: readonly PullWarning[] }> {
  const numbers = [...new Set(conversations.flatMap((conversation) => conversation.orderNumber ?? []))];
  if (numbers.length === 0 || !mayReadOrders(context.facts)) return { conversations, warnings: [] };
  const orders = new Map<string, RemoteOrder>();
  const warnings: PullWarning[] = [];
  for (let start = 0; start < numbers.length; start += BATCH) {
    try {
      const found = await client.orders(numbers.slice(start, start + BATCH));
      for (const order of found.orders) orders.set(order.orderId, order);
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.retryable || error.kind === "auth") throw error;
      warnings.push({ code: error.code, params: { method: OPERATIONS.orders.path, permission: OPERATIONS.orders.path } });
    }
  }
  return { conversations: conversations.map((conversation) => enrich(conversation, orders.get(conversation.orderNumber ?? ""))), warnings };
}

/** Several products of one order: the chat is about the order, its first product stands for it. */
function enrich(conversation: ExternalConversation, order: RemoteOrder | undefined): ExternalConversation {
  if (order === undefined) return conversation;
  const [first] = order.items;
  return {
    ...conversation,
    sku: conversation.sku ?? first?.offerId,
    productName: first?.offerName,
    order: { schema: order.programType === undefined ? (conversation.order?.schema ?? "other") : schemaOf(order.programType) },
  };
}
