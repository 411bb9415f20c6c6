import { makeGoods } from "./goods";
import { fillPast } from "./past";
import { fillPastOrders } from "./past-orders";
import { fillSales } from "./sales";
import { fillSmall } from "./small";
import { createSeller, type Seller, type WbState } from "./state";
import { ALL_CATEGORIES, makeToken } from "./token";
import { furnishTrade } from "./trade-happenings";

/** The shop every scenario has; made up, and works nowhere else. */
export const DEFAULT_SID = "e8923014-e233-4708-898e-3cc86d67ea61";
/** A second shop, so that tenants can be told apart. */
export const SECOND_SID = "b1f00c22-5a0e-4c55-9f3a-0d6a5a2f7c02";

export const WB_SCENARIOS = ["demo", "small", "bulk", "key-expiring", "no-premium"] as const;

/** A token of a scenario's seller with all rights; the simulator accepts whatever it has signed. */
export function sandboxToken(nowMs: number, sid: string = DEFAULT_SID, days = 170): string {
  return makeToken({
    sid,
    kind: "personal",
    categories: ALL_CATEGORIES,
    readOnly: false,
    expiresAtMs: nowMs + days * 86_400_000,
    id: `0a000000-0000-4000-8000-${sid.slice(-12)}`,
  });
}

/** Fills the state with the sellers of the host's scenario. */
export function fillScenario(state: WbState): void {
  const nowMs = state.host.clock.nowMs();
  const first = createSeller({ sid: DEFAULT_SID, name: "ООО «Уютный дом»", tradeMark: "Уютная кухня", tin: "7701234567" });
  const second = createSeller({ sid: SECOND_SID, name: "ИП Соколова А. В.", tradeMark: "Льняная сказка", tin: "502901234567" });
  for (const seller of [first, second]) state.sellers[seller.sid] = seller;
  second.products = makeGoods(4, nowMs);
  furnishTrade(state, second);
  fillPast(state, second, { chats: 4, questions: 3, reviews: 5, days: 5 });
  if (state.host.scenario === "demo") {
    first.products = makeGoods(12, nowMs);
    furnishTrade(state, first);
    fillPastOrders(state, first, { days: state.host.parameters["days"] ?? 35, perDay: state.host.parameters["ordersPerDay"] ?? 7 });
    const chats = Math.round((state.host.parameters["chats"] ?? 60) / 2);
    fillSales(state, first, { days: state.host.parameters["days"] ?? 35, perDay: 6 });
    fillPast(state, first, { chats, questions: 14, reviews: 26, days: state.host.parameters["days"] ?? 35 });
    return;
  }
  first.products = makeGoods(5, nowMs);
  furnishTrade(state, first);
  fillSales(state, first, { days: 12, perDay: 3 });
  fillSmall(state, first);
}

/** Only the demo's first seller has live buyers. */
export function liveSeller(state: WbState): Seller | undefined {
  return state.host.scenario === "demo" ? state.sellers[DEFAULT_SID] : undefined;
}
