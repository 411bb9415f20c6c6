import { topicsOf } from "./payloads";
import { nextId, type Order, type Shop, type ShopifyState, type Tracking, type Variant, variantNamed } from "./state";

/** What can happen to orders and stock, whoever does it. Every change moves `updatedAt` and is told to webhooks. */
export interface Wanted {
  readonly variant: Variant;
  readonly quantity: number;
}

export function placeOrder(state: ShopifyState, shop: Shop, wanted: readonly Wanted[], paid: boolean, atMs = state.host.clock.nowMs()): Order {
  const id = nextId(state);
  const number = 1001 + shop.orders.length;
  const lines = wanted.map(({ variant, quantity }, index) => {
    const product = shop.products.find((candidate) => candidate.id === variant.productId);
    return {
      id: nextId(state),
      variantId: variant.id,
      title: product?.title ?? variant.title,
      variantTitle: variant.title === "Default Title" ? null : variant.title,
      sku: variant.sku,
      quantity,
      gone: 0,
      priceMinor: variant.priceMinor,
      // Every fifth order comes with a voucher on its first line.
      discountMinor: index === 0 && number % 5 === 0 ? Math.floor((variant.priceMinor * quantity) / 10) : 0,
    };
  });
  const order: Order = {
    id,
    number,
    createdAtMs: atMs,
    updatedAtMs: atMs,
    cancelledAtMs: null,
    cancelReason: null,
    note: number % 4 === 0 ? "Lütfen hediye paketi yapın" : null,
    staffNote: null,
    buyer: buyerOf(state),
    shipping: { title: "Standart teslimat", priceMinor: 4_990 },
    lines,
    fulfilmentOrders: [],
    fulfilments: [],
    transactions: [],
    refunds: [],
    test: false,
    changes: 0,
  };
  for (const [locationId, own] of byLocation(shop, order)) {
    order.fulfilmentOrders.push({
      id: nextId(state),
      locationId,
      status: "OPEN",
      lines: own.map((line) => ({ id: nextId(state), lineId: line.id, total: line.quantity, remaining: line.quantity })),
    });
  }
  shop.orders.push(order);
  for (const { variant, quantity } of wanted) reserve(variant, quantity);
  if (paid) takeMoney(state, order, atMs);
  tell(state, shop, order, "orders/create");
  return order;
}

const NAMES = ["Elif Yıldız", "Mert Kaya", "Zeynep Demir", "Can Aydın", "Deniz Arslan", "Ece Şahin", "Kerem Öztürk", "Selin Çelik"] as const;
const PLACES = [
  ["İstanbul", "Bağdat Caddesi 212", "34728"],
  ["Ankara", "Tunalı Hilmi Caddesi 48", "06680"],
  ["İzmir", "Kıbrıs Şehitleri Caddesi 91", "35220"],
  ["Bursa", "Fevzi Çakmak Caddesi 17", "16050"],
] as const;

function buyerOf(state: ShopifyState): Order["buyer"] {
  const [firstName = "", lastName = ""] = state.random.pick(NAMES).split(" ");
  const [city, street, zip] = state.random.pick(PLACES);
  const id = nextId(state);
  return { id, firstName, lastName, email: `buyer${id}@example.com`, phone: `+90532${String(1_000_000 + (id % 9_000_000))}`, city, street, zip };
}

/** Everything ships from the first location that stocks it. */
function byLocation(shop: Shop, order: Order): Map<number, Order["lines"]> {
  const groups = new Map<number, Order["lines"]>();
  for (const line of order.lines) {
    const locationId = variantNamed(shop, line.variantId).levels[0]?.locationId ?? shop.locations[0]?.id ?? 0;
    groups.set(locationId, [...(groups.get(locationId) ?? []), line]);
  }
  return groups;
}

function reserve(variant: Variant, quantity: number): void {
  const [level] = variant.levels;
  if (!variant.tracked || level === undefined) return;
  level.available -= quantity;
  level.committed += quantity;
}

export const totalOf = (order: Order) =>
  order.shipping.priceMinor + order.lines.reduce((sum, line) => sum + line.priceMinor * line.quantity - line.discountMinor, 0);
export const refundedOf = (order: Order) => order.refunds.reduce((sum, refund) => sum + refundTotal(refund), 0);
export const refundTotal = (refund: Order["refunds"][number]) => refund.extraMinor + refund.lines.reduce((sum, line) => sum + line.subtotalMinor, 0);
const isPaid = (order: Order) => order.transactions.some((entry) => entry.kind === "SALE" && entry.status === "SUCCESS");

function takeMoney(state: ShopifyState, order: Order, atMs: number): void {
  const amountMinor = totalOf(order);
  order.transactions.push({
    id: nextId(state),
    kind: "SALE",
    status: "SUCCESS",
    gateway: "shopify_payments",
    atMs,
    amountMinor,
    feeMinor: Math.round(amountMinor * 0.029) + 30,
  });
}

export function payOrder(state: ShopifyState, shop: Shop, order: Order): void {
  if (isPaid(order) || order.cancelledAtMs !== null) return;
  takeMoney(state, order, state.host.clock.nowMs());
  tell(state, shop, order, "orders/paid");
}

export function financialStatus(order: Order): string {
  if (!isPaid(order)) return order.cancelledAtMs === null ? "PENDING" : "VOIDED";
  const refunded = refundedOf(order);
  if (refunded === 0) return "PAID";
  return refunded >= totalOf(order) ? "REFUNDED" : "PARTIALLY_REFUNDED";
}

export function fulfilmentStatus(order: Order): string {
  const open = order.fulfilmentOrders.filter((entry) => entry.status !== "CLOSED" && entry.status !== "CANCELLED");
  const isShipped = order.fulfilments.some((entry) => entry.status === "SUCCESS");
  if (open.length === 0) return isShipped ? "FULFILLED" : "UNFULFILLED";
  if (isShipped) return "PARTIALLY_FULFILLED";
  return (["ON_HOLD", "SCHEDULED", "IN_PROGRESS"] as const).find((status) => open.some((entry) => entry.status === status)) ?? "UNFULFILLED";
}

/** What may be shipped now, and by which call. */
export const SHIPPABLE: readonly string[] = ["OPEN", "IN_PROGRESS"];

/** @param picked by fulfilment order id: by its line id the quantity, or everything that remains. */
export function shipOrder(
  state: ShopifyState,
  shop: Shop,
  order: Order,
  picked: ReadonlyMap<number, ReadonlyMap<number, number> | null>,
  tracking: Tracking | null,
): Order["fulfilments"][number] {
  const nowMs = state.host.clock.nowMs();
  for (const [id, quantities] of picked) {
    const entry = order.fulfilmentOrders.find((candidate) => candidate.id === id);
    for (const line of entry?.lines ?? []) {
      const quantity = quantities === null ? line.remaining : Math.min(quantities.get(line.id) ?? 0, line.remaining);
      line.remaining -= quantity;
      commit(shop, order, line.lineId, -quantity);
    }
    if (entry?.lines.every((line) => line.remaining === 0)) entry.status = "CLOSED";
    else if (entry !== undefined) entry.status = "IN_PROGRESS";
  }
  const fulfilment = { id: nextId(state), status: "SUCCESS", displayStatus: "FULFILLED", createdAtMs: nowMs, deliveredAtMs: null, tracking } as const;
  order.fulfilments.push({ ...fulfilment });
  tell(state, shop, order, "orders/updated");
  if (fulfilmentStatus(order) === "FULFILLED") tell(state, shop, order, "orders/fulfilled");
  return order.fulfilments.at(-1) ?? { ...fulfilment };
}

function commit(shop: Shop, order: Order, lineId: number, quantity: number): void {
  const line = order.lines.find((candidate) => candidate.id === lineId);
  const level = line === undefined ? undefined : variantNamed(shop, line.variantId).levels[0];
  if (level !== undefined) level.committed += quantity;
}

export function deliverOrder(state: ShopifyState, shop: Shop, order: Order): void {
  for (const fulfilment of order.fulfilments) {
    fulfilment.displayStatus = "DELIVERED";
    fulfilment.deliveredAtMs = state.host.clock.nowMs();
  }
  tell(state, shop, order, "orders/updated");
}

export function cancelOrder(
  state: ShopifyState,
  shop: Shop,
  order: Order,
  input: { reason: string; restock: boolean; refund: boolean; note?: string | null },
): void {
  const nowMs = state.host.clock.nowMs();
  order.cancelledAtMs = nowMs;
  order.cancelReason = input.reason;
  order.staffNote = input.note ?? null;
  for (const entry of order.fulfilmentOrders) {
    if (entry.status === "CLOSED") continue;
    entry.status = "CANCELLED";
    for (const line of entry.lines) giveBack(shop, order, line.lineId, line.remaining, input.restock);
  }
  if (input.refund && isPaid(order))
    refundOrder(
      state,
      shop,
      order,
      order.lines.map((line) => ({ lineId: line.id, quantity: line.quantity - line.gone })),
      order.shipping.priceMinor,
    );
  else for (const line of order.lines) line.gone = line.quantity;
  tell(state, shop, order, "orders/cancelled");
}

function giveBack(shop: Shop, order: Order, lineId: number, quantity: number, restock: boolean): void {
  const line = order.lines.find((candidate) => candidate.id === lineId);
  const level = line === undefined ? undefined : variantNamed(shop, line.variantId).levels[0];
  if (level === undefined) return;
  level.committed -= quantity;
  if (restock) level.available += quantity;
}

export function refundOrder(state: ShopifyState, shop: Shop, order: Order, lines: readonly { lineId: number; quantity: number }[], extraMinor: number): void {
  const refund = { id: nextId(state), atMs: state.host.clock.nowMs(), extraMinor, lines: [] as Order["refunds"][number]["lines"] };
  for (const { lineId, quantity } of lines) {
    const line = order.lines.find((candidate) => candidate.id === lineId);
    if (line === undefined || quantity <= 0) continue;
    line.gone += quantity;
    const subtotalMinor = Math.round(((line.priceMinor * line.quantity - line.discountMinor) * quantity) / line.quantity);
    refund.lines.push({ id: nextId(state), lineId, quantity, subtotalMinor });
  }
  order.refunds.push(refund);
  order.transactions.push({
    id: nextId(state),
    kind: "REFUND",
    status: "SUCCESS",
    gateway: "shopify_payments",
    atMs: refund.atMs,
    amountMinor: refundTotal(refund),
    feeMinor: 0,
  });
  tell(state, shop, order, "refunds/create");
}

export function touch(state: ShopifyState, order: Order): void {
  // Two changes in one second are still two.
  order.updatedAtMs = Math.max(state.host.clock.nowMs(), order.updatedAtMs + 1_000);
}

/** The topic itself, and that the order was updated. */
export function tell(state: ShopifyState, shop: Shop, order: Order, topic: string): void {
  if (topic !== "orders/create") touch(state, order);
  for (const [name, payload] of topicsOf(state, shop, order, topic)) state.onEvent(shop, name, payload);
}

export function setAvailable(state: ShopifyState, shop: Shop, variant: Variant, locationId: number, quantity: number): void {
  const level = variant.levels.find((candidate) => candidate.locationId === locationId);
  if (level === undefined) return;
  level.available = quantity;
  state.onEvent(shop, "inventory_levels/update", {
    inventory_item_id: variant.itemId,
    location_id: locationId,
    available: quantity,
    updated_at: state.host.clock.now().toISOString(),
    admin_graphql_api_id: `gid://shopify/InventoryLevel/${locationId}?inventory_item_id=${variant.itemId}`,
  });
}
