import { z } from "zod";
import { flag, listOf, maybeDecimal, maybeId, maybeObject, maybeText, remoteId } from "./schemas";

export const goodSchema = z.object({
  /** The number buyers see; absent until the item is published. */
  rz_item_id: maybeId,
  item_id: remoteId,
  rz_group_id: maybeId,
  price_offer_id: maybeText,
  name: maybeText,
  name_ua: maybeText,
  url: maybeText,
  price: maybeDecimal,
  price_old: maybeDecimal,
  photo_preview: listOf(z.unknown()),
  rz_status: maybeText,
  rz_sell_status: maybeText,
  stock_quantity: z
    .unknown()
    .transform((value) => (typeof value === "number" && Number.isInteger(value) ? Math.max(0, value) : undefined))
    .optional(),
  is_ff: flag,
  /** 3 = stock by the price feed, 4 = by API. */
  sync_source: maybeObject(z.object({ availability: maybeText })),
});
export type RemoteGood = z.output<typeof goodSchema>;

/** By item: `{"<id>": {"reason": [{"id": 1, "value": ["text"]}]}}`. */
export const itemErrorsSchema = z.record(
  z.string().regex(/^\d+$/),
  z.object({ reason: listOf(z.object({ value: z.union([z.array(z.unknown()), z.unknown().transform((value) => [value])]).optional() })) }),
);
