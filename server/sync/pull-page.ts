import { knownClosed, knownHeads } from "@/server/inbox/index";
import { type ConversationStream, isConversationStream } from "@/server/integrations/contract/connector";
import type { ExternalOrder } from "@/server/integrations/contract/orders";
import type { Cursor, MessagingPullInput, PullPage } from "@/server/integrations/contract/ports";
import type { ExternalConversation, ExternalProduct, ExternalSaleLine } from "@/server/integrations/contract/records";
import type { OpenConnection, PageTicket } from "@/server/integrations/index";
import { invalid } from "@/server/platform/errors";
import { inWorkspace } from "@/server/platform/transaction";
import { type Enough, type Gathered, gatherPages } from "./gather-pages";

export type PulledPage =
  | { readonly stream: ConversationStream; readonly page: PullPage<ExternalConversation> }
  | { readonly stream: "sales"; readonly page: PullPage<ExternalSaleLine> }
  | { readonly stream: "products"; readonly page: PullPage<ExternalProduct> }
  | { readonly stream: "orders"; readonly page: PullPage<ExternalOrder> };

/** Pages of a run, pulled one after the other and stored as one. */
export type PulledPages = PulledPage & Pick<Gathered<unknown>, "pages" | "failed">;

/**
 * Asks the connector for the next pages, one at least. Outside any transaction: a slow service must not hold rows.
 * @throws ConnectorError; AppError `connection.unknown_stream` when the connector has no port for the stream.
 */
export async function pullPages(workspaceId: string, open: OpenConnection, ticket: PageTicket, enough: Enough): Promise<PulledPages> {
  const { connector, context, connection } = open;
  const { messaging, sales, catalog, orders } = connector;
  const { stream, window } = ticket;
  const at = (cursor: Cursor | undefined) => (cursor === undefined ? {} : { cursor });
  const since = {
    ...(ticket.checkpoint === undefined ? {} : { checkpoint: ticket.checkpoint }),
    ...(window === undefined ? {} : { window }),
  };
  if (isConversationStream(stream) && messaging !== undefined) {
    const known: Pick<MessagingPullInput, "knownHeads" | "knownClosed"> = {
      knownHeads: (ids) => inWorkspace(workspaceId, (scope) => knownHeads(scope, connection.id, ids)),
      knownClosed: (ids) => inWorkspace(workspaceId, (scope) => knownClosed(scope, connection.id, ids)),
    };
    return { stream, ...(await gatherPages(ticket.cursor, enough, (cursor) => messaging.pull(context, { stream, ...at(cursor), ...since, ...known }))) };
  }
  if (stream === "sales" && sales !== undefined && window !== undefined) {
    return { stream, ...(await gatherPages(ticket.cursor, enough, (cursor) => sales.pull(context, { window, ...at(cursor) }))) };
  }
  if (stream === "products" && catalog !== undefined) {
    return { stream, ...(await gatherPages(ticket.cursor, enough, (cursor) => catalog.pull(context, at(cursor)))) };
  }
  if (stream === "orders" && orders !== undefined) {
    return { stream, ...(await gatherPages(ticket.cursor, enough, (cursor) => orders.pull(context, { ...at(cursor), ...since }))) };
  }
  throw invalid("connection.unknown_stream", { stream });
}
