import { knownClosed, knownHeads } from "@/server/inbox/index";
import { type ConversationStream, isConversationStream } from "@/server/integrations/contract/connector";
import type { ExternalOrder } from "@/server/integrations/contract/orders";
import type { PullPage } from "@/server/integrations/contract/ports";
import type { ExternalConversation, ExternalProduct, ExternalSaleLine } from "@/server/integrations/contract/records";
import type { OpenConnection, PageTicket } from "@/server/integrations/index";
import { invalid } from "@/server/platform/errors";
import { inWorkspace } from "@/server/platform/transaction";

export type PulledPage =
  | { readonly stream: ConversationStream; readonly page: PullPage<ExternalConversation> }
  | { readonly stream: "sales"; readonly page: PullPage<ExternalSaleLine> }
  | { readonly stream: "products"; readonly page: PullPage<ExternalProduct> }
  | { readonly stream: "orders"; readonly page: PullPage<ExternalOrder> };

/**
 * Asks the connector for the next page. Outside any transaction: a slow service must not hold rows.
 * @throws ConnectorError; AppError `connection.unknown_stream` when the connector has no port for the stream.
 */
export async function pullPage(workspaceId: string, open: OpenConnection, ticket: PageTicket): Promise<PulledPage> {
  const { connector, context, connection } = open;
  const cursor = ticket.cursor === undefined ? {} : { cursor: ticket.cursor };
  if (isConversationStream(ticket.stream) && connector.messaging !== undefined) {
    const page = await connector.messaging.pull(context, {
      stream: ticket.stream,
      ...cursor,
      ...(ticket.checkpoint === undefined ? {} : { checkpoint: ticket.checkpoint }),
      ...(ticket.window === undefined ? {} : { window: ticket.window }),
      knownHeads: (ids) => inWorkspace(workspaceId, (scope) => knownHeads(scope, connection.id, ids)),
      knownClosed: (ids) => inWorkspace(workspaceId, (scope) => knownClosed(scope, connection.id, ids)),
    });
    return { stream: ticket.stream, page };
  }
  if (ticket.stream === "sales" && connector.sales !== undefined && ticket.window !== undefined) {
    return { stream: "sales", page: await connector.sales.pull(context, { window: ticket.window, ...cursor }) };
  }
  if (ticket.stream === "products" && connector.catalog !== undefined) return { stream: "products", page: await connector.catalog.pull(context, cursor) };
  if (ticket.stream === "orders" && connector.orders !== undefined) {
    const page = await connector.orders.pull(context, {
      ...cursor,
      ...(ticket.checkpoint === undefined ? {} : { checkpoint: ticket.checkpoint }),
      ...(ticket.window === undefined ? {} : { window: ticket.window }),
    });
    return { stream: "orders", page };
  }
  throw invalid("connection.unknown_stream", { stream: ticket.stream });
}
