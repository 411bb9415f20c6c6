import { fillBulk } from "./bulk";
import { fillFeedback } from "./feedback-world";
import { makeGoods } from "./goods";
import { fillChats, fillServiceChats } from "./past-chats";
import { fillShop } from "./shop";
import { fillSmallChats } from "./small";
import { createSeller, type OzonState, type Seller } from "./state";

/** The shop every scenario has; the values are made up and work nowhere else. */
export const DEFAULT_CLIENT_ID = "1005001";
export const DEFAULT_API_KEY = "5a1d0000-0000-4000-8000-000000001005";
/** A second shop, so that tenants can be told apart. */
export const SECOND_CLIENT_ID = "2006002";
export const SECOND_API_KEY = "5a1d0000-0000-4000-8000-000000002006";

export const OZON_SCENARIOS = ["demo", "small", "bulk", "key-expiring", "no-premium"] as const;

interface ScenarioPlan {
  /** Live buyers write to this seller, with at most that many open chats; null for a quiet world. */
  live: { seller: Seller; maxOpenChats: number } | null;
}

/** Fills the state with the sellers of the host's scenario. */
export function fillScenario(state: OzonState): ScenarioPlan {
  const { scenario, parameters, clock } = state.host;
  const nowMs = clock.nowMs();
  const size = (name: string, fallback: number) => parameters[name] ?? fallback;
  const first = createSeller({ clientId: DEFAULT_CLIENT_ID, apiKey: DEFAULT_API_KEY, nowMs });
  const second = createSeller({ clientId: SECOND_CLIENT_ID, apiKey: SECOND_API_KEY, nowMs, companyName: "ИП Соколова А. В.", inn: "502901234567" });
  for (const seller of [first, second]) state.sellers.set(seller.clientId, seller);
  second.products = makeGoods(4);
  fillShop(state, second, { days: 5, perDay: 1 });
  fillChats(state, second, 4);
  fillFeedback(state, second, { questions: 2, reviews: 2 });

  switch (scenario) {
    case "demo":
      first.products = makeGoods(25);
      fillShop(state, first, { days: size("days", 35), perDay: size("ordersPerDay", 7) });
      fillServiceChats(state, first);
      fillChats(state, first, size("chats", 60));
      first.moderationSeconds = size("moderationSeconds", 30);
      fillFeedback(state, first, { questions: size("questions", 18), reviews: size("reviews", 30) });
      return livePlan(state);
    case "bulk":
      first.products = makeGoods(25);
      first.requestsPerSecond = size("requestsPerSecond", 0);
      first.accrualPageSize = size("accrualPageSize", 1_000);
      fillBulk(state, first, {
        chats: size("chats", 2_000),
        messages: size("messages", 100_000),
        saleLines: size("saleLines", 100_000),
        days: size("days", 30),
      });
      fillFeedback(state, first, { questions: size("questions", 0), reviews: size("reviews", 0) });
      return { live: null };
    default:
      first.products = makeGoods(5);
      first.accrualPageSize = size("accrualPageSize", 10);
      fillShop(state, first, { days: 12, perDay: 2 });
      fillSmallChats(state, first);
      fillFeedback(state, first, { questions: 4, reviews: 8 });
      if (scenario === "key-expiring") for (const key of first.keys) key.expiresAtMs = nowMs + size("keyDays", 5) * 86_400_000;
      if (scenario === "no-premium") Object.assign(first, { subscription: "PREMIUM", reviewManagement: false } satisfies Partial<Seller>);
      return { live: null };
  }
}

/** Who is alive in the scenario: only the demo's first seller has live buyers. */
export function livePlan(state: OzonState): ScenarioPlan {
  const seller = state.sellers.get(DEFAULT_CLIENT_ID);
  if (state.host.scenario !== "demo" || !seller) return { live: null };
  return { live: { seller, maxOpenChats: state.host.parameters["maxOpenChats"] ?? 90 } };
}
