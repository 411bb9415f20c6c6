import { makeCards, makeListings } from "./goods";
import { ask, say } from "./issues-world";
import { fillPast, fillSmall } from "./small";
import { createMerchant, type HbState, type Merchant } from "./state";
import { QUESTIONS } from "./talk";

const DAY_MS = 86_400_000;

/** The shop every scenario has; made up, and works nowhere else. */
export const DEFAULT_MERCHANT = { id: "6fc6d90d-ee1d-4372-b3a6-264b12750001", name: "Mutfak Dünyası", key: "Sandbox00001", userAgent: "mutfak_dev" } as const;
/** A second shop, so that tenants can be told apart. */
export const SECOND_MERCHANT = { id: "6fc6d90d-ee1d-4372-b3a6-264b12750002", name: "Keten Evi", key: "Sandbox00002", userAgent: "keten_dev" } as const;

export const HB_SCENARIOS = ["demo", "small", "bulk", "key-expiring", "no-premium"] as const;

/** Fills the state with the merchants of the host's scenario. */
export function fillScenario(state: HbState): void {
  const isDemo = state.host.scenario === "demo";
  const first = createMerchant(DEFAULT_MERCHANT);
  const second = createMerchant(SECOND_MERCHANT);
  for (const [merchant, count] of [
    [first, isDemo ? 10 : 5],
    [second, 3],
  ] as const) {
    state.merchants[merchant.id] = merchant;
    merchant.listings = makeListings(count, () => state.random.uuid());
    merchant.cards = makeCards(count);
  }
  fillPast(state, second, { days: 2, perDay: 1 });
  if (isDemo) fillDemo(state, first);
  else fillSmall(state, first);
}

function fillDemo(state: HbState, merchant: Merchant): void {
  const nowMs = state.host.clock.nowMs();
  fillPast(state, merchant, { days: state.host.parameters["days"] ?? 35, perDay: state.host.parameters["ordersPerDay"] ?? 7 });
  for (let index = 0; index < 14; index += 1) {
    const atMs = nowMs - index * DAY_MS - state.random.int(1, 8) * 3_600_000;
    const issue = ask(state, merchant, { text: QUESTIONS[index % QUESTIONS.length] ?? "Merhaba", atMs });
    if (index > 0) say(state, issue, { text: "Merhaba, ilginiz için teşekkürler. Evet, uygundur.", from: "Merchant", atMs: atMs + 3_600_000, via: "scenario" });
  }
}

/** Only the demo's first merchant has live buyers. */
export function liveMerchant(state: HbState): Merchant | undefined {
  return state.host.scenario === "demo" ? state.merchants[DEFAULT_MERCHANT.id] : undefined;
}
