import { addMessage, PIXEL, setStatus, storeFile } from "./happenings";
import { fillChats, pastChat } from "./past";
import { createMarket, EVERY_SECTION, type Market, type RozetkaState } from "./state";
import { fillOrders, makeGoods, someOrder } from "./trade";

/** The shop every scenario has; the values are made up and work nowhere else. */
export const DEFAULT_LOGIN = "shop@karavan.example";
export const DEFAULT_PASSWORD = "Пароль-1086";
export const DEFAULT_MARKET_ID = 1086;
/** A token made for a role that may do everything. */
export const DEFAULT_ROLE_TOKEN = "rt0sandboxsandboxsandboxsandbox1086";
/** A second shop, so that tenants can be told apart. */
const SECOND_LOGIN = "second@karavan.example";

export const ROZETKA_SCENARIOS = ["demo", "small", "bulk", "key-expiring", "no-premium"] as const;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Fills the state with the shops of the host's scenario. Nothing expires and nothing is paid for here: but for `demo` all are `small`. */
export function fillScenario(state: RozetkaState): void {
  const { scenario, parameters } = state.host;
  const size = (name: string, fallback: number) => parameters[name] ?? fallback;
  const first = createMarket({ id: DEFAULT_MARKET_ID, title: "Затишний дім", login: DEFAULT_LOGIN, password: DEFAULT_PASSWORD });
  const second = createMarket({ id: 2044, title: "ФОП Соколова", login: SECOND_LOGIN, password: "second-2044" });
  for (const market of [first, second]) state.markets.set(market.id, market);
  state.tokens.set(DEFAULT_ROLE_TOKEN, {
    value: DEFAULT_ROLE_TOKEN,
    marketId: first.id,
    kind: "role",
    expiresMs: null,
    sections: [...EVERY_SECTION],
    revoked: false,
  });
  second.goods = makeGoods(4, 500);
  fillOrders(state, second, { days: 4, perDay: 1 });
  if (scenario === "demo") {
    first.goods = makeGoods(24);
    fillOrders(state, first, { days: size("days", 35), perDay: Math.max(1, Math.round(size("ordersPerDay", 7) / 2)) });
    fillChats(state, first, Math.round(size("chats", 60) / 2));
    return;
  }
  first.goods = makeGoods(12);
  fillOrders(state, first, { days: 12, perDay: 3 });
  fillSmall(state, first);
}

/** The fixed things of the quiet scenarios, one per rule; times are relative to the start. */
function fillSmall(state: RozetkaState, market: Market): void {
  const nowMs = state.host.clock.nowMs();
  const [order, other] = [...market.orders.values()];
  const item = market.goods[0]?.rzItemId ?? undefined;
  pastChat(state, market, { order }, [
    [3, 9 * DAY_MS, "Де моє замовлення?"],
    [2, 9 * DAY_MS - HOUR_MS, "Вже в дорозі."],
    [3, 8 * DAY_MS, "Отримала, дякую."],
  ]);
  pastChat(
    state,
    market,
    { order: other },
    Array.from({ length: 40 }, (_, index) => [index % 2 === 0 ? 3 : 2, (50 - index) * 300_000, `Повідомлення ${index + 1}`] as const),
  );
  const picture = pastChat(state, market, { rzItemId: item }, [[3, 20 * HOUR_MS, "Це такий самий відтінок?"]]);
  const file = storeFile(state, picture.id, "відтінок.png", "image/png", PIXEL);
  addMessage(state, picture, { body: "", sender: 3, via: "scenario", atMs: nowMs - 19 * HOUR_MS, files: [file] });
  pastChat(state, market, {}, [[3, 600_000, "Добрий день! Ви працюєте в суботу?"]]);
  // Received in part: one of the two things was left behind.
  const partly = someOrder(state, market, nowMs - 4 * DAY_MS, {
    goods: market.goods.slice(1, 3).map((good) => ({ good, quantity: 1 })),
  });
  for (const [status, agoMs] of [
    [26, 3.9],
    [3, 3],
    [68, 1],
  ] as const)
    setStatus(partly, status, nowMs - agoMs * DAY_MS);
  const [, left] = partly.purchases;
  if (left !== undefined) left.status = 2;
}

/** Who is alive in the scenario: only the demo's first shop. */
export function livePlan(state: RozetkaState): { readonly market: Market; readonly mostChats: number } | null {
  const market = state.markets.get(DEFAULT_MARKET_ID);
  if (state.host.scenario !== "demo" || market === undefined) return null;
  return { market, mostChats: Math.round((state.host.parameters["maxOpenChats"] ?? 90) / 2) };
}
