import { isPermitted, type Viewer } from "@/server/access/index";
import { notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { kindOfChannel } from "../rules";
import { findContext, findProduct, listEarlier, listOrderLines } from "./context.repository";
import type { ConversationContext } from "./schema";

const MOST_EARLIER = 20;
const MOST_LINES = 50;

/** What stands beside a thread: the buyer's other conversations, the order, the product, and the money for those who may see it. */
export async function describeContext(scope: Scope, viewer: Viewer, conversationId: string): Promise<ConversationContext> {
  const row = await findContext(scope, viewer, conversationId);
  if (row === null) throw notFound("inbox.conversation_not_found");
  const { id, connectionId, buyerRef, sku, orderNumber } = row;
  const product = sku === null ? null : await findProduct(scope, connectionId, sku);
  const earlier = buyerRef === null ? [] : await listEarlier(scope, viewer, { id, connectionId, buyerRef }, MOST_EARLIER);
  const maySales = isPermitted(viewer.role, "sales.read");
  return {
    buyer: { name: row.buyerName, ref: buyerRef },
    orderNumber,
    product: product ?? (sku === null && row.productName === null ? null : { sku, name: row.productName, offerId: null, imageUrl: null }),
    earlier: earlier.map((entry) => ({ ...entry, kind: kindOfChannel(entry.channel) })),
    sales: maySales ? (orderNumber === null ? [] : await listOrderLines(scope, orderNumber, MOST_LINES)) : null,
  };
}
