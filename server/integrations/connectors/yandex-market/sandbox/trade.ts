import type { Random } from "@/sandbox/kit/random";
import type { Business, Campaign, Good, Order, OrderStatus } from "./state";

const DAY_MS = 86_400_000;

const NAMES: readonly string[] = [
  "Плед вязаный «Север», 150×200 см",
  "Набор кухонных полотенец, 4 шт.",
  "Кружка керамическая «Маки», 350 мл",
  "Подушка декоративная бархатная, 45×45 см",
  "Светильник настольный «Гриб»",
  "Корзина для белья плетёная",
  "Скатерть льняная, 140×220 см",
  "Ваза стеклянная рифлёная, 25 см",
  "Органайзер для косметики, 3 яруса",
  "Коврик для ванной противоскользящий",
  "Штора блэкаут, 140×260 см",
  "Доска разделочная из дуба",
];

/** The first `count` goods; always the same ones. */
export function makeGoods(count: number): Good[] {
  return Array.from({ length: count }, (_, index) => ({
    offerId: `YM-${1_001 + index}`,
    marketSku: 102_000_000_000 + index * 17,
    name: `${NAMES[index % NAMES.length] ?? "Товар"}${index < NAMES.length ? "" : `, вариант ${Math.floor(index / NAMES.length) + 1}`}`,
    priceMinor: 49_000 + ((index * 37_700) % 450_000),
    archived: index % 9 === 8,
  }));
}

/** Commissions of a delivered order as the statistics tell them, in kopecks, positive = charged. */
export function feesOf(order: Order): readonly { readonly type: string; readonly minor: number }[] {
  const total = order.items.reduce((sum, item) => sum + item.unitMinor * item.count, 0);
  return [
    { type: "FEE", minor: Math.round(total * 0.15) },
    { type: "DELIVERY_TO_CUSTOMER", minor: 8_900 + (order.orderId % 40) * 100 },
    { type: "PAYMENT_TRANSFER", minor: Math.round(total * 0.013) },
  ];
}

/** A paid order; deterministic for the same `random`. */
export function makeOrder(random: Random, goods: readonly Good[], campaign: Campaign, serial: number, createdAtMs: number): Order {
  const chosen = new Set<Good>();
  const lines = random.chance(0.2) ? 2 : 1;
  while (chosen.size < Math.min(lines, goods.length)) chosen.add(random.pick(goods));
  const orderId = 48_000_000_000 + serial * 101;
  return {
    orderId,
    campaignId: campaign.id,
    status: "PROCESSING",
    createdAtMs,
    updatedAtMs: createdAtMs,
    deliveredAtMs: null,
    returnedAtMs: null,
    returnId: null,
    items: [...chosen].map((good, index) => ({
      id: orderId * 10 + index,
      offerId: good.offerId,
      name: good.name,
      count: random.chance(0.15) ? 2 : 1,
      returned: 0,
      unitMinor: good.priceMinor,
    })),
    fake: false,
  };
}

/** The stage or reason a status comes with when nobody says more. */
const USUAL: Readonly<Record<OrderStatus, string>> = {
  PROCESSING: "STARTED",
  DELIVERY: "DELIVERY_SERVICE_RECEIVED",
  PICKUP: "PICKUP_SERVICE_RECEIVED",
  DELIVERED: "DELIVERY_SERVICE_DELIVERED",
  CANCELLED: "USER_CHANGED_MIND",
  PARTIALLY_RETURNED: "DELIVERY_SERVICE_DELIVERED",
  RETURNED: "DELIVERY_SERVICE_DELIVERED",
};

export function substatusOf(order: Order): string {
  return order.substatus ?? USUAL[order.status];
}

/** Moves an order on. */
export function setStatus(order: Order, status: OrderStatus, atMs: number, substatus = USUAL[status]): void {
  order.status = status;
  order.substatus = substatus;
  order.updatedAtMs = atMs;
  if (status === "DELIVERED") order.deliveredAtMs ??= atMs;
  if (status === "RETURNED" || status === "PARTIALLY_RETURNED") {
    order.deliveredAtMs ??= atMs;
    order.returnedAtMs = atMs;
    for (const [index, item] of order.items.entries()) item.returned = status === "RETURNED" || index === 0 ? item.count : 0;
  }
}

/** Brings an order to the status it would have by now. */
function age(order: Order, random: Random, nowMs: number): void {
  const sentAtMs = order.createdAtMs + DAY_MS;
  const deliveredAtMs = order.createdAtMs + random.int(2, 5) * DAY_MS;
  const returnedAtMs = deliveredAtMs + random.int(2, 6) * DAY_MS;
  if (sentAtMs > nowMs) return;
  setStatus(order, random.chance(0.06) ? "CANCELLED" : "DELIVERY", sentAtMs);
  if (order.status === "CANCELLED" || deliveredAtMs > nowMs) return;
  setStatus(order, "DELIVERED", deliveredAtMs);
  if (returnedAtMs > nowMs || !random.chance(0.08)) return;
  order.returnId = order.orderId + 7;
  setStatus(order, order.items.length > 1 ? "PARTIALLY_RETURNED" : "RETURNED", returnedAtMs);
}

/** Fills a cabinet's past: orders of the last `days` days. */
export function fillOrders(business: Business, random: Random, nowMs: number, size: { readonly days: number; readonly perDay: number }): void {
  let serial = business.orders.size + (Number(business.businessId) % 900);
  for (let day = size.days; day >= 0; day -= 1) {
    for (let index = 0; index < size.perDay; index += 1) {
      const createdAtMs = Math.min(nowMs - day * DAY_MS - random.int(0, DAY_MS - 1), nowMs - 60_000);
      const order = makeOrder(random, business.goods, random.pick(business.campaigns), serial, createdAtMs);
      serial += 1;
      age(order, random, nowMs);
      business.orders.set(order.orderId, order);
    }
  }
}
