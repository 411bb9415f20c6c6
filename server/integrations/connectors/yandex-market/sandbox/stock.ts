import type { Business, Campaign, Good, Order } from "./state";

/** What can be ordered of a good in a shop. A shop begins with some of everything it does not say otherwise of. */
export function stockOf(good: Good, campaignId: string): number {
  return good.stock?.[campaignId] ?? (good.marketSku % 23) + 2;
}

export function setStock(good: Good, campaignId: string, count: number): void {
  good.stock = { ...good.stock, [campaignId]: Math.max(0, count) };
}

/** Ordered and not yet handed over. */
export function reservedOf(business: Business, good: Good, campaignId: string): number {
  return [...business.orders.values()]
    .filter((order) => order.campaignId === campaignId && order.status === "PROCESSING")
    .flatMap((order) => order.items)
    .reduce((sum, item) => sum + (item.offerId === good.offerId ? item.count : 0), 0);
}

/** What is ordered cannot be ordered again; what is cancelled can. */
export function moveStock(business: Business, order: Order, direction: 1 | -1): void {
  for (const item of order.items) {
    const good = business.goods.find(({ offerId }) => offerId === item.offerId);
    if (good !== undefined) setStock(good, order.campaignId, stockOf(good, order.campaignId) + direction * item.count);
  }
}

export function warehouseOf({ id }: Pick<Campaign, "id">): number {
  return Number(id) + 5_000_000;
}
