import { fillBulk } from "./bulk";
import { fillChats, fillFeedback } from "./past";
import { fillSmall } from "./small";
import { type Business, type Campaign, createBusiness, type Scope, type YandexState } from "./state";
import { fillOrders, makeGoods } from "./trade";

/** The cabinet every scenario has; the values are made up and work nowhere else. */
export const DEFAULT_BUSINESS_ID = "7100210";
export const DEFAULT_API_KEY = "ACMA:SandboxSandboxSandboxSandboxSandboxSandb:7100210a";
/** A second cabinet, so that tenants can be told apart. */
export const SECOND_BUSINESS_ID = "8200320";
export const SECOND_API_KEY = "ACMA:SandboxSandboxSandboxSandboxSandboxSandb:8200320b";

export const YANDEX_SCENARIOS = ["demo", "small", "bulk", "key-expiring", "no-premium"] as const;

const campaign = (id: string, domain: string, placementType: Campaign["placementType"]): Campaign => ({
  id,
  domain,
  placementType,
  apiAvailability: "AVAILABLE",
});

function addKey(state: YandexState, value: string, businessId: string, scopes: Scope[] = ["ALL_METHODS"]): void {
  state.keys.set(value, { value, name: "Karavan", scopes, revoked: false, businessIds: [businessId] });
}

/** Fills the state with the cabinets of the host's scenario. Keys never expire here, so `key-expiring` is as quiet as `small`. */
export function fillScenario(state: YandexState): void {
  const { scenario, parameters, clock } = state.host;
  const nowMs = clock.nowMs();
  const size = (name: string, fallback: number) => parameters[name] ?? fallback;
  const first = createBusiness({
    businessId: DEFAULT_BUSINESS_ID,
    name: "Уютный дом",
    campaigns: [campaign("21000101", "Уютный дом FBS", "FBS"), campaign("21000102", "Уютный дом FBY", "FBY")],
  });
  const second = createBusiness({
    businessId: SECOND_BUSINESS_ID,
    name: "ИП Соколова А. В.",
    campaigns: [campaign("22000201", "Соколова", "DBS")],
  });
  for (const business of [first, second]) state.businesses.set(business.businessId, business);
  addKey(state, DEFAULT_API_KEY, DEFAULT_BUSINESS_ID);
  addKey(state, SECOND_API_KEY, SECOND_BUSINESS_ID, ["COMMUNICATION"]);
  second.goods = makeGoods(4);
  fillOrders(second, state.random, nowMs, { days: 6, perDay: 1 });
  fillChats(state, second, 4);

  if (scenario === "demo") {
    first.subscriptionLevel = "MEDIUM";
    first.goods = makeGoods(25);
    fillOrders(first, state.random, nowMs, { days: size("days", 35), perDay: size("ordersPerDay", 7) });
    fillChats(state, first, Math.round(size("chats", 60) / 2));
    fillFeedback(state, first, { reviews: 24, questions: 14 });
    return;
  }
  if (scenario === "bulk") {
    first.goods = makeGoods(25);
    first.quirks.quotaFactor = 0;
    fillBulk(state, first, { chats: size("chats", 2_000), messages: size("messages", 100_000) });
    return;
  }
  first.goods = makeGoods(10);
  fillOrders(first, state.random, nowMs, { days: 12, perDay: 2 });
  fillSmall(state, first);
}

/** Who is alive in the scenario: only the demo's first cabinet has live buyers. */
export function livePlan(state: YandexState): { readonly business: Business; readonly mostOpenChats: number } | null {
  const business = state.businesses.get(DEFAULT_BUSINESS_ID);
  if (state.host.scenario !== "demo" || business === undefined) return null;
  return { business, mostOpenChats: Math.round((state.host.parameters["maxOpenChats"] ?? 90) / 2) };
}
