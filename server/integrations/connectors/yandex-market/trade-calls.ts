import { allCampaigns, type Call, type PageRequest, paged, raw } from "./caller";
import { buyerSchema, changedOrderSchema } from "./order-schemas";
import { offersSchema, okSchema, orderStatsSchema, ordersSchema, rawOrdersSchema, stocksSchema } from "./schemas";

/** What is written to the orders, stocks and prices of one shop or cabinet; one method per remote operation, never maps. */
export interface OrderTarget {
  readonly campaignId: string;
  readonly orderId: string;
}

export interface PriceLine {
  readonly offerId: string;
  /** Decimals with a dot. */
  readonly value: string;
  readonly currencyId: string;
  /** The crossed-out price, whole; absent takes it away. */
  readonly discountBase?: string | undefined;
}

export function tradeCalls(call: Call, businessId: string) {
  return {
    /** At most 50 orders; old and test ones too, since they are named. */
    orders: (orderIds: readonly string[]) => call.json("orders", { businessId, query: { limit: 50 }, body: { orderIds: orderIds.map(raw) } }, ordersSchema),
    /** At most 200 a page; days of change as YYYY-MM-DD, both included. */
    orderStats: (input: PageRequest & { readonly campaignId: string; readonly from: string; readonly to: string }) =>
      call.json("orderStats", { campaignId: input.campaignId, query: paged(input), body: { updateFrom: input.from, updateTo: input.to } }, orderStatsSchema),
    /** At most 100 a page. */
    offers: (input: PageRequest & { readonly archived: boolean }) =>
      call.json("offers", { businessId, query: paged(input), body: { archived: input.archived } }, offersSchema),
    /** At most 500 articles; named ones come back whole, in one page. */
    stocks: (campaignId: string, offerIds: readonly string[]) => call.json("stocks", { campaignId, body: { offerIds } }, stocksSchema),
    /** At most 2000 articles, each once. */
    setStocks: (campaignId: string, lines: readonly { readonly sku: string; readonly count: number }[]) =>
      call.json("setStocks", { campaignId, body: { skus: lines.map(({ sku, count }) => ({ sku, items: [{ count }] })) } }, okSchema, "write"),
    /** At most 500 articles, each once; for all shops of the cabinet. */
    setPrices: (lines: readonly PriceLine[]) =>
      call.json(
        "setPrices",
        {
          businessId,
          body: {
            offers: lines.map(({ offerId, value, currencyId, discountBase }) => ({
              offerId,
              price: { value: Number(value), currencyId, ...(discountBase === undefined ? {} : { discountBase: Number(discountBase) }) },
            })),
          },
        },
        okSchema,
        "write",
      ),
    campaigns: () => allCampaigns(call),
  };
}

export function orderCalls(call: Call, businessId: string) {
  return {
    /** At most 50 a page, and 30 days between the dates. */
    ordersChanged: (input: PageRequest & { readonly dates: Readonly<Record<string, string>> }) =>
      call.json("orders", { businessId, query: paged(input), body: { dates: input.dates } }, rawOrdersSchema),
    ordersByIds: (orderIds: readonly string[]) =>
      call.json("orders", { businessId, query: { limit: 50 }, body: { orderIds: orderIds.map(raw) } }, rawOrdersSchema),
    /** Only while an order is being processed or delivered; the phone is a stand-in number. */
    buyer: (target: OrderTarget) => call.json("buyer", { ...target }, buyerSchema),
    setStatus: (target: OrderTarget, order: { readonly status: string; readonly substatus: string }, realDeliveryDate?: string) =>
      call.json(
        "orderStatus",
        { ...target, body: { order: { ...order, ...(realDeliveryDate === undefined ? {} : { delivery: { dates: { realDeliveryDate } } }) } } },
        changedOrderSchema,
        "write",
      ),
    /** Giving the same number again changes nothing. */
    setTrack: (target: OrderTarget, trackCode: string, deliveryServiceId: string) =>
      call.json("orderTrack", { ...target, body: { trackCode, deliveryServiceId: raw(deliveryServiceId) } }, okSchema, "idempotent"),
    answerCancellation: (target: OrderTarget, answer: { readonly accepted: boolean; readonly reason?: "ORDER_DELIVERED" | "ORDER_IN_DELIVERY" }) =>
      call.json("cancellation", { ...target, body: answer }, okSchema, "write"),
  };
}
