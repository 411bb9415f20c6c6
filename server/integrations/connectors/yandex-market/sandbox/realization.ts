import { strToU8, zipSync } from "fflate";
import { type Business, moscowDay, type Order } from "./state";

/** The sheets of the realization report, in the columns of the vendor's page that matter here. */
type Item = Order["items"][number];
type Row = Readonly<Record<string, string | number>>;

const DAY_MS = 86_400_000;
const rub = (minor: number) => minor / 100;
/** Days stand as people write them. */
const written = (ms: number) => moscowDay(ms).split("-").reverse().join(".");

/** Of what the Market pays of the price: a tenth, as in the statistics. */
const withDiscounts = (minor: number) => Math.round(minor * 0.9);

function head(order: Order, item: Item): Row {
  return {
    orderId: order.orderId,
    yourOrderId: "",
    orderType: "Обычный",
    offerName: item.name,
    yourSku: item.offerId,
    shopSku: item.offerId,
    orderCreationDate: written(order.createdAtMs),
    transferredToDeliveryDate: written(order.createdAtMs + DAY_MS),
    deliveryDate: order.deliveredAtMs === null ? "" : written(order.deliveredAtMs),
    paymentType: "Предоплата",
    vat: "Без НДС",
    priceWithVatAndNoDiscount: rub(item.unitMinor),
    shopMarketplaceDiscount: rub(item.unitMinor - withDiscounts(item.unitMinor)),
    spasiboDiscount: 0,
    yandexPlusDiscount: 0,
    priceWithVatAndAllDiscounts: rub(withDiscounts(item.unitMinor)),
  };
}

function sums(name: "delivered" | "return", minor: number): Row {
  return {
    [`${name}PriceSumWithVatAndNoDiscounts`]: rub(minor),
    [`${name}DiscountSum`]: rub(minor - withDiscounts(minor)),
    [`${name}PriceSumWithVatAndDiscounts`]: rub(withDiscounts(minor)),
  };
}

/** What was delivered and what came back in a month of Moscow's calendar, of one shop. */
export function realized(business: Business, campaignId: string, month: string): { readonly delivered: readonly Row[]; readonly returned: readonly Row[] } {
  const orders = [...business.orders.values()].filter((order) => order.campaignId === campaignId && !order.fake);
  const within = (ms: number | null): ms is number => ms !== null && moscowDay(ms).startsWith(month);
  return {
    delivered: orders
      .filter(({ deliveredAtMs }) => within(deliveredAtMs))
      .flatMap((order) =>
        order.items.map((item) => ({
          ...head(order, item),
          transferredToDeliveryCount: item.count,
          deliveredCount: item.count,
          ...sums("delivered", item.unitMinor * item.count),
        })),
      ),
    returned: orders
      .filter(({ returnedAtMs }) => within(returnedAtMs))
      .flatMap((order) =>
        order.items
          .filter(({ returned }) => returned > 0)
          .map((item) => ({
            ...head(order, item),
            deliveredCount: item.count,
            returnedCount: item.returned,
            returnWarehouseOrScAcceptDate: written(order.returnedAtMs ?? 0),
            ...sums("return", item.unitMinor * item.returned),
          })),
      ),
  };
}

/** One file a sheet; sheets nobody fills here are there and empty. */
export function archiveOf(business: Business, campaignId: string, month: string): Uint8Array {
  const { delivered, returned } = realized(business, campaignId, month);
  const sheets = { transferred_to_delivery: [], delivered, unredeemed: [], returned, lost_items: [] };
  return zipSync(Object.fromEntries(Object.entries(sheets).map(([name, rows]) => [`${name}.json`, strToU8(JSON.stringify(rows))])));
}
