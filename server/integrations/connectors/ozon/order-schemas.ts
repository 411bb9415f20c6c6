import { z } from "zod";
import { flag, listOf, maybeId, maybeInstant, maybeText } from "./schemas";

/** Postings as the lists of version 4 (FBS) and 3 (FBO) and the single reading of version 3 print them: only what we read. */
const amount = z.union([z.string(), z.number().transform(String)]);
/** Lists say `{amount, currency}`, the single reading a text with `currency_code` beside it. */
const price = z.union([z.object({ amount, currency: maybeText }), amount.transform((told) => ({ amount: told, currency: undefined }))]).nullish();

const product = z.object({
  sku: maybeId,
  offer_id: maybeText,
  name: maybeText,
  quantity: z.number().int().nonnegative(),
  price,
  currency_code: maybeText,
});

const address = z
  .object({ address_tail: maybeText, city: maybeText, region: maybeText, country: maybeText, zip_code: maybeText, comment: maybeText })
  .nullish();

export const postingSchema = z.object({
  posting_number: z.string().min(1),
  order_number: maybeText,
  status: z.string().default(""),
  substatus: maybeText,
  in_process_at: maybeInstant,
  created_at: maybeInstant,
  shipment_date: maybeInstant,
  delivering_date: maybeInstant,
  fact_delivery_date: maybeInstant,
  tpl_integration_type: maybeText,
  tracking_number: maybeText,
  available_actions: listOf(z.string()),
  delivery_method: z.object({ name: maybeText, tpl_provider: maybeText, warehouse_id: maybeId }).nullish(),
  customer: z.object({ name: maybeText, phone: maybeText, customer_email: maybeText, customer_id: maybeId, address }).nullish(),
  addressee: z.object({ name: maybeText, phone: maybeText }).nullish(),
  analytics_data: z.object({ city: maybeText }).nullish(),
  cancellation: z.object({ cancel_reason: maybeText }).nullish(),
  products: listOf(product),
});
export type RemotePosting = z.output<typeof postingSchema>;

/** Items are parsed one by one, so that one odd posting does not take its page with it. */
export const postingListSchema = z.object({ postings: listOf(z.unknown()), cursor: maybeText, has_next: flag.optional() });
export const onePostingSchema = z.object({ result: z.unknown() });

export const shipSchema = z.object({ result: listOf(z.string()) });
export const cancelSchema = z.object({ result: z.boolean().nullish() });
/** `error` is a text in one sample and an empty list in the others. */
export const eachResultSchema = z.object({
  result: listOf(z.object({ posting_number: maybeText, result: z.boolean().nullish(), error: z.union([z.string(), listOf(z.string())]).nullish() })),
});
export const cancelReasonsSchema = z.object({
  result: listOf(
    z.object({
      id: z.union([z.string(), z.number().transform(String)]),
      title: z.string().default(""),
      type_id: z.string().default(""),
      is_available_for_cancellation: z.boolean().nullish(),
    }),
  ),
});
