import type { Random } from "@/sandbox/kit/random";
import { type NewOrder, placeOrder, setStatus } from "./happenings";
import type { Buyer, Good, Market, Order, RozetkaState } from "./state";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const NAMES: readonly string[] = [
  "Плед в’язаний «Карпати», 150×200 см",
  "Набір кухонних рушників, 4 шт.",
  "Чашка керамічна «Мак», 350 мл",
  "Подушка декоративна оксамитова, 45×45 см",
  "Світильник настільний «Гриб»",
  "Кошик для білизни плетений",
  "Скатертина лляна, 140×220 см",
  "Ваза скляна рифлена, 25 см",
  "Органайзер для косметики, 3 яруси",
  "Килимок для ванної протиковзний",
  "Штора блекаут, 140×260 см",
  "Дошка обробна з дуба",
];
const CITIES = ["Київ", "Львів", "Одеса", "Харків", "Дніпро", "Вінниця"];
const BUYERS = ["Шевченко Юлія", "Бондаренко Олег", "Кравчук Ірина", "Ткаченко Андрій", "Мороз Наталія", "Гнатюк Василь", "Савчук Оксана", "Лисенко Дмитро"];

/** The first `count` goods; always the same ones. The seventh stands in Rozetka's own warehouse. */
export function makeGoods(count: number, from = 0): Good[] {
  return Array.from({ length: count }, (_, at) => {
    const index = from + at;
    return {
      rzItemId: 344_560_000 + index * 13,
      itemId: 114_000 + index,
      offerId: `RZ-${1_001 + index}`,
      name: `${NAMES[index % NAMES.length] ?? "Товар"}${index < NAMES.length ? "" : `, варіант ${Math.floor(index / NAMES.length) + 1}`}`,
      price: 290 + ((index * 377) % 4_500),
      priceOld: index % 4 === 3 ? 6_000 : null,
      pricePromo: null,
      waitingPrice: null,
      stock: 3 + ((index * 7) % 40),
      isFf: index === 6,
      availability: 4,
      status: 1,
      sellStatus: 4,
      locked: false,
    } satisfies Good;
  });
}

export function makeBuyer(random: Random): Buyer {
  const id = 10_600_000 + random.int(1, 90_000);
  return { id, name: random.pick(BUYERS), phone: `38050${String(1_000_000 + (id % 9_000_000)).slice(0, 7)}` };
}

/** An order of one or two things by somebody; deterministic for the same `random`. */
export function someOrder(state: RozetkaState, market: Market, atMs: number, more: Partial<NewOrder> = {}): Order {
  const { random } = state;
  const sellable = market.goods.filter((good) => good.rzItemId !== null && !good.isFf && good.status === 1);
  const chosen = new Set<Good>([random.pick(sellable)]);
  if (random.chance(0.2)) chosen.add(random.pick(sellable));
  return placeOrder(state, market, {
    buyer: makeBuyer(random),
    goods: [...chosen].map((good) => ({
      good,
      quantity: random.chance(0.15) ? 2 : 1,
      discountedMinor: random.chance(0.2) ? good.price * 90 : undefined,
    })),
    atMs,
    delivery: 0,
    city: random.pick(CITIES),
    branch: random.int(1, 400),
    paid: random.chance(0.5),
    ...more,
  });
}

/** Brings an order to where it would be by now. */
function age(order: Order, random: Random, nowMs: number): void {
  const path: [status: number, afterMs: number][] = [
    [26, HOUR_MS],
    [61, 5 * HOUR_MS],
    [3, 20 * HOUR_MS],
    [4, DAY_MS],
    [5, 2 * DAY_MS],
    [6, 3 * DAY_MS],
  ];
  const isRefused = random.chance(0.06);
  const comesBack = random.chance(0.1);
  const offsetMs = random.int(0, 6 * HOUR_MS);
  for (const [status, afterMs] of path) {
    const atMs = order.createdMs + afterMs + offsetMs;
    if (atMs > nowMs) return;
    if (status === 61) order.ttn = `2045${String(order.id).padStart(10, "0")}`;
    if (status === 61 && isRefused) {
      setStatus(order, 45, atMs);
      return;
    }
    setStatus(order, status, atMs);
  }
  order.paymentStatus = 2;
  const backMs = order.createdMs + 5 * DAY_MS + offsetMs;
  if (comesBack && backMs <= nowMs) setStatus(order, 85, backMs);
}

/** The shop's past: orders of the last `days` days. */
export function fillOrders(state: RozetkaState, market: Market, size: { readonly days: number; readonly perDay: number }): void {
  const nowMs = state.host.clock.nowMs();
  const { random } = state;
  for (let day = size.days; day >= 0; day -= 1) {
    for (let index = 0; index < size.perDay; index += 1) {
      const order = someOrder(state, market, Math.min(nowMs - day * DAY_MS - random.int(0, DAY_MS - 1), nowMs - 60_000));
      age(order, random, nowMs);
    }
  }
}
