import { z } from "zod";
import type { OrderChange, OrderFacts } from "@/server/integrations/contract/orders";

const line = z.object({
  externalId: z.string(),
  sku: z.string().optional(),
  offerId: z.string().optional(),
  quantity: z.number(),
  cancelledQuantity: z.number(),
});
const texts = z.record(z.string(), z.string());
/** How facts lie stored beside a change. */
const storedFacts = z.object({
  externalId: z.string(),
  remoteState: z.string(),
  fulfilment: z.enum(["fbs", "dbs", "fbo", "own", "other"]),
  remoteContext: texts,
  trackingNumber: z.string().optional(),
  lines: z.array(line),
});

export interface StoredChange {
  readonly id: string;
  readonly transitionId: string;
  readonly fields: unknown;
  readonly facts: unknown;
}

/** A stored change as its connector takes it; null: it has never been sent, so there is nothing to recognise it by. */
export function sentChange({ id, transitionId, fields, facts }: StoredChange, now: Date): OrderChange | null {
  const order = storedFacts.safeParse(facts);
  return order.success ? { order: { ...order.data, now }, transitionId, fields: texts.catch({}).parse(fields), requestId: id } : null;
}

/** What of the facts is stored: the moment is the reader's own. */
export function storableFacts({ now: _now, ...facts }: OrderFacts): Omit<OrderFacts, "now"> {
  return facts;
}
