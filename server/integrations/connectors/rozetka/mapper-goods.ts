import { parseMinor } from "@/lib/money";
import type { ExternalProduct } from "../../contract/records";
import { CURRENCY } from "./mapper";
import type { RemoteGood } from "./schemas-goods";

/** Stock that the shop's price feed writes: what goes there through the API is overwritten [I]. */
export const STOCK_BY_FEED = "3";

/** Item status: 1 active, 5 rejected, 7 archived. Sell status: 3 limited, 4 available, 5 archive. */
function statusOf(good: RemoteGood): ExternalProduct["status"] {
  if (good.rz_status === "7" || good.rz_sell_status === "5") return "archived";
  if (good.rz_status === "5") return "rejected";
  if (good.rz_status === undefined && good.rz_sell_status === undefined) return undefined;
  return good.rz_status === "1" && (good.rz_sell_status === "3" || good.rz_sell_status === "4") ? "active" : "inactive";
}

/** @throws RangeError when a price is no decimal. */
export function toProduct(good: RemoteGood): ExternalProduct {
  const price = good.price === undefined ? undefined : parseMinor(good.price, CURRENCY);
  const old = good.price_old === undefined ? undefined : parseMinor(good.price_old, CURRENCY);
  const picture = good.photo_preview.find((entry): entry is string => typeof entry === "string" && URL.canParse(entry));
  const isOurs = good.is_ff !== true;
  return {
    externalId: good.item_id,
    sku: good.rz_item_id,
    offerId: good.price_offer_id,
    name: good.name_ua ?? good.name ?? good.price_offer_id ?? good.item_id,
    imageUrl: picture,
    groupRef: good.rz_group_id,
    status: statusOf(good),
    url: good.url,
    ...(good.stock_quantity === undefined ? {} : isOurs ? { stock: { available: good.stock_quantity } } : { marketplaceStock: good.stock_quantity }),
    ...(price === undefined ? {} : { price: { amountMinor: price, ...(old === undefined || old <= price ? {} : { oldMinor: old }), currency: CURRENCY } }),
    remoteContext: {
      ...(good.rz_item_id === undefined ? {} : { rzItemId: good.rz_item_id }),
      ...(isOurs ? {} : { fulfilment: "rozetka" }),
      ...(good.sync_source?.availability === STOCK_BY_FEED ? { stockBy: "feed" } : {}),
    },
  };
}
