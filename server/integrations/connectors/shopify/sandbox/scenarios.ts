import { fillGoods } from "./goods";
import { type Shop, type ShopifyState, shopNamed, type Variant } from "./state";
import { cancelOrder, deliverOrder, payOrder, placeOrder, refundOrder, shipOrder } from "./trade";

/** The shop every scenario has; made up, and works nowhere else. */
export const DEFAULT_SHOP = "karavan-demo.myshopify.com";
/** A second one, so that tenants can be told apart. */
export const SECOND_SHOP = "karavan-second.myshopify.com";
export const DEFAULT_CLIENT = { clientId: "5a0d0b0c000000000000000000000001", clientSecret: "shpss_sandbox00000000000000000000001" } as const;
export const SECOND_CLIENT = { clientId: "5a0d0b0c000000000000000000000002", clientSecret: "shpss_sandbox00000000000000000000002" } as const;
export const LEGACY_TOKEN = "shpat_sandboxlegacy000000000000000001";

export const SHOPIFY_SCENARIOS = ["demo", "small", "bulk", "key-expiring", "no-premium"] as const;

const ALL_SCOPES = [
  "read_orders",
  "write_orders",
  "read_products",
  "write_products",
  "read_inventory",
  "write_inventory",
  "read_locations",
  "read_customers",
  "read_merchant_managed_fulfillment_orders",
  "write_merchant_managed_fulfillment_orders",
];

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

function makeShop(input: Pick<Shop, "id" | "domain" | "name" | "clientId" | "clientSecret" | "accessToken">): Shop {
  return {
    ...input,
    currency: "TRY",
    timeZone: "Europe/Istanbul",
    plan: "Shopify Plus",
    restoreRate: 1_000,
    scopes: [...ALL_SCOPES],
    installed: true,
    tokens: {},
    locations: [
      { id: input.id * 10 + 1, name: "Depo Tuzla" },
      { id: input.id * 10 + 2, name: "Mağaza Kadıköy" },
    ],
    products: [],
    variants: [],
    orders: [],
    subscriptions: [],
    operations: [],
    idempotent: {},
  };
}

/** Fills the state with the shops of the host's scenario. */
export function fillScenario(state: ShopifyState): void {
  const { scenario, parameters } = state.host;
  const first = makeShop({ id: 71, domain: DEFAULT_SHOP, name: "Karavan Ev & Bahçe", ...DEFAULT_CLIENT, accessToken: LEGACY_TOKEN });
  const second = makeShop({ id: 82, domain: SECOND_SHOP, name: "Second Shop", ...SECOND_CLIENT, accessToken: "shpat_sandboxlegacy000000000000000002" });
  for (const shop of [first, second]) state.shops[shop.domain] = shop;
  fillGoods(state, second, 3);
  fillPast(state, second, { days: 4, perDay: 1 });
  fillGoods(state, first, scenario === "demo" ? 24 : 8);
  if (scenario === "demo") fillPast(state, first, { days: parameters["days"] ?? 35, perDay: Math.max(2, Math.round((parameters["ordersPerDay"] ?? 7) / 2)) });
  else fillPast(state, first, { days: 12, perDay: 2 });
}

/** Who is alive: only the demo's first shop has live buyers. */
export function liveShop(state: ShopifyState): Shop | undefined {
  return state.host.scenario === "demo" ? shopNamed(state, DEFAULT_SHOP) : undefined;
}

/** Orders of the last days: old ones delivered, some refunded, a few cancelled or unpaid, the newest still to be shipped. */
function fillPast(state: ShopifyState, shop: Shop, { days, perDay }: { days: number; perDay: number }): void {
  const nowMs = state.host.clock.nowMs();
  // Tracked goods of the first location: orders move their stock.
  const goods = shop.variants.filter((variant) => variant.levels.length > 0);
  for (let day = days; day >= 1; day -= 1) {
    for (let index = 0; index < perDay; index += 1) {
      const atMs = nowMs - day * DAY_MS + (index + 1) * HOUR_MS;
      past(state, shop, goods, atMs, day);
    }
  }
}

function past(state: ShopifyState, shop: Shop, goods: readonly Variant[], atMs: number, day: number): void {
  const count = state.random.int(1, 2);
  const wanted = Array.from({ length: count }, () => state.random.pick(goods));
  const lines = [...new Set(wanted)].map((variant) => ({ variant, quantity: state.random.int(1, 2) }));
  const order = placeOrder(state, shop, lines, false, atMs);
  for (const { variant, quantity } of lines) if (variant.tracked && variant.levels[0] !== undefined) variant.levels[0].available += quantity;
  const fate = order.number % 11;
  if (fate === 3) cancelOrder(state, shop, order, { reason: "CUSTOMER", restock: false, refund: false });
  else if (fate !== 7 || day > 3) payOrder(state, shop, order);
  if (day > 2 && fate !== 3) {
    shipOrder(state, shop, order, new Map(order.fulfilmentOrders.map(({ id }) => [id, null])), {
      company: "Yurtiçi Kargo",
      number: `YK${order.id}`,
      url: null,
    });
    if (day > 4) deliverOrder(state, shop, order);
    if (fate === 5) refundOrder(state, shop, order, [{ lineId: order.lines[0]?.id ?? 0, quantity: 1 }], 0);
    if (fate === 9) refundOrder(state, shop, order, [], 1_500);
  }
  backdate(order, atMs);
}

/** What was made just now happened then. */
function backdate(order: Shop["orders"][number], atMs: number): void {
  const later = (hours: number) => atMs + hours * HOUR_MS;
  order.updatedAtMs = later(6);
  if (order.cancelledAtMs !== null) order.cancelledAtMs = later(2);
  for (const fulfilment of order.fulfilments) {
    fulfilment.createdAtMs = later(3);
    if (fulfilment.deliveredAtMs !== null) fulfilment.deliveredAtMs = later(5);
  }
  for (const transaction of order.transactions) transaction.atMs = later(transaction.kind === "SALE" ? 0 : 6);
  for (const refund of order.refunds) refund.atMs = later(6);
}
