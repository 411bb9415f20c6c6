import { z } from "zod";
import type { ExternalOrder } from "../../../contract/orders";
import type { RejectedRecord } from "../../../contract/records";
import type { ShopifyClient } from "../client";
import { toOrder } from "../mapper";
import { orderLinesSchema, orderSchema, type RemoteOrderHead, type RemoteOrderLine } from "../schemas";
import { everyNode } from "./every-node";

/** One order of a page, with the lines that did not fit read after it; what cannot be understood is set aside alone. */
export async function readRecord(client: ShopifyClient, raw: unknown): Promise<ExternalOrder | RejectedRecord> {
  const parsed = orderSchema.safeParse(raw);
  if (!parsed.success) return setAside(raw, z.prettifyError(parsed.error));
  const { lineItems, ...head } = parsed.data;
  const lines = await everyNode(lineItems, async (after) => (await client.query("OrderLines", { id: head.id, after }, orderLinesSchema)).data.order?.lineItems);
  return mapRecord(head, lines, raw);
}

export function mapRecord(head: RemoteOrderHead, lines: readonly RemoteOrderLine[], raw: unknown): ExternalOrder | RejectedRecord {
  try {
    return toOrder(head, lines);
  } catch (error) {
    if (error instanceof RangeError) return setAside(raw, error.message, head.id);
    throw error;
  }
}

export function setAside(payload: unknown, errorText: string, externalId?: string): RejectedRecord {
  return { kind: "order", externalId, payload, errorCode: "shopify.order_shape", errorText: errorText.slice(0, 500) };
}

export const isRejected = (entry: ExternalOrder | RejectedRecord): entry is RejectedRecord => "errorCode" in entry;
