import { z } from "zod";
import { count, decimal, flag, instant, listOf, maybeDecimal, maybeId, maybeInstant, maybeObject, maybeText, remoteId } from "./schemas";

const title = maybeObject(z.object({ full_name: maybeText, first_name: maybeText, last_name: maybeText }));

const purchaseSchema = z.object({
  id: remoteId,
  quantity: count,
  price: decimal,
  price_with_discount: maybeDecimal,
  cost: maybeDecimal,
  cost_with_discount: maybeDecimal,
  item_id: maybeId,
  item_name: maybeText,
  /** 0 removed, 1 actual, 2 returned. */
  status: count.catch(1),
  item: maybeObject(z.object({ id: maybeId, name: maybeText, name_ua: maybeText, price_offer_id: maybeText })),
});
export type RemotePurchase = z.output<typeof purchaseSchema>;

const deliverySchema = z.object({
  delivery_service_name: maybeText,
  /** 1 pickup, 2 courier. */
  delivery_method_id: maybeText,
  recipient_title: maybeText,
  recipient_phone: maybeText,
  place_street: maybeText,
  place_number: maybeText,
  place_house: maybeText,
  place_flat: maybeText,
  city: maybeObject(z.object({ name: maybeText, name_ua: maybeText, title: maybeText })),
});

export const orderSchema = z.object({
  id: remoteId,
  market_id: maybeId,
  created: instant,
  changed: maybeInstant,
  amount: maybeDecimal,
  amount_with_discount: maybeDecimal,
  status: z.union([z.number(), z.string()]).transform(String),
  ttn: maybeText,
  comment: maybeText,
  user_phone: maybeText,
  user_title: title,
  user: maybeObject(z.object({ id: maybeId, contact_fio: maybeText })),
  is_fulfillment: flag,
  is_access_change_order: z.unknown().optional(),
  delivery: maybeObject(deliverySchema),
  delivery_service: maybeObject(z.object({ name: maybeText })),
  purchases: listOf(purchaseSchema),
  status_data: maybeObject(z.object({ name: maybeText, name_uk: maybeText, name_ua: maybeText })),
  status_available: listOf(z.object({ child_id: remoteId })),
  order_status_history: listOf(z.object({ status_id: remoteId, created: maybeInstant })),
  payment_type: maybeText,
  status_payment: maybeObject(z.object({ status_payment_id: maybeId, name: maybeText })),
});
export type RemoteOrder = z.output<typeof orderSchema>;
