import { defineSimulator, type RunningSimulator, type SimulatorHost } from "@/sandbox/kit";
import { Random, seedOf } from "@/sandbox/kit/random";
import { accountDesk, tradeDesk } from "./desk";
import { Gate } from "./gate";
import { LiveShop } from "./live";
import { Pushes } from "./push";
import { shopifyRoutes } from "./routes";
import { fillScenario, liveShop, SHOPIFY_SCENARIOS } from "./scenarios";
import type { ShopifyState } from "./state";

export { DEFAULT_CLIENT, DEFAULT_SHOP, LEGACY_TOKEN, SECOND_SHOP } from "./scenarios";

/** Every command the control desk has for this simulator. */
export type ShopifyDesk = ReturnType<typeof tradeDesk> & ReturnType<typeof accountDesk>;

/** Shopify's Admin GraphQL in miniature: the published schema, cost limits, bulk operations and signed webhooks. */
export const shopifySimulator = defineSimulator({
  id: "shopify",
  title: "Shopify Admin GraphQL",
  scenarios: SHOPIFY_SCENARIOS,
  start: startShopify,
});

function startShopify(host: SimulatorHost): RunningSimulator {
  const state: ShopifyState = {
    host,
    random: new Random(seedOf(`shopify ${host.scenario}`)),
    shops: {},
    settings: { limits: 1, bulkMs: 3_000 },
    lastId: 5_400_000_000_000,
    onApiUse: () => undefined,
    onEvent: () => undefined,
  };
  // What happens from now on must not repeat what happened before the restart.
  if (restore(state, host.restored)) state.random = new Random(seedOf(`shopify ${host.scenario} ${host.clock.nowMs()}`));
  else fillScenario(state);
  const gate = new Gate(state);
  const pushes = new Pushes(state);
  state.onEvent = (shop, topic, payload) => pushes.emit(shop, topic, payload);
  const shop = liveShop(state);
  if (shop !== undefined) {
    const live = new LiveShop(state, shop);
    state.onApiUse = () => live.wake();
  }
  const desk: ShopifyDesk = { ...tradeDesk(state), ...accountDesk(state, gate, pushes) };
  return {
    routes: shopifyRoutes(state, gate),
    desk,
    callName: (path, body) => `${path}${operationIn(body)}`,
    enumKeys: ["displayFinancialStatus", "displayFulfillmentStatus", "displayStatus", "cancelReason", "type"],
    faultAnswer: ({ status, retryAfterSeconds }) => ({
      body: {
        errors: status === 429 ? "Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service." : "Internal Server Error",
      },
      headers: status === 429 && retryAfterSeconds !== null ? { "Retry-After": `${retryAfterSeconds ?? 1}.0` } : {},
    }),
    snapshot: () => ({ version: 1, shops: state.shops, settings: state.settings, lastId: state.lastId }),
    stop: () => {
      state.shops = {};
    },
  };
}

/** Every operation has the same path: they are told apart by name. */
function operationIn(body: string): string {
  const name = /"operationName"\s*:\s*"(\w+)"/.exec(body)?.[1] ?? /(?:query|mutation)\s+(\w+)/.exec(body)?.[1];
  return name === undefined ? "" : `#${name}`;
}

function restore(state: ShopifyState, saved: unknown): boolean {
  const data = structuredClone(saved) as (Pick<ShopifyState, "shops" | "settings" | "lastId"> & { version?: unknown }) | null | undefined;
  if (data?.version !== 1) return false;
  // What was under way went down with the process.
  for (const operation of Object.values(data.shops).flatMap((shop) => shop.operations)) {
    if (operation.status === "CREATED" || operation.status === "RUNNING") Object.assign(operation, { status: "FAILED", errorCode: "INTERNAL_SERVER_ERROR" });
  }
  Object.assign(state, { shops: data.shops, settings: data.settings, lastId: data.lastId });
  return true;
}
