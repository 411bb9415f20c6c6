import { defineSimulator, type RunningSimulator, type SimulatorHost } from "@/sandbox/kit";
import { Random, seedOf } from "@/sandbox/kit/random";
import { accountDesk } from "./desk-account";
import { chatDesk } from "./desk-chats";
import { tradeDesk } from "./desk-orders";
import { RozetkaError, serverError } from "./envelope";
import { Gate } from "./gate";
import { LiveBuyers } from "./live";
import { rozetkaRoutes } from "./routes";
import { fillScenario, livePlan, ROZETKA_SCENARIOS } from "./scenarios";
import { restoreState, saveState } from "./snapshot";
import type { RozetkaState } from "./state";

export { DEFAULT_LOGIN, DEFAULT_PASSWORD, DEFAULT_ROLE_TOKEN } from "./scenarios";

/** Every command the control desk has for this simulator. */
export type RozetkaDesk = ReturnType<typeof accountDesk> & ReturnType<typeof chatDesk> & ReturnType<typeof tradeDesk>;

/** The Rozetka Seller API in miniature: strict, stateful, made from the documents alone. */
export const rozetkaSimulator = defineSimulator({ id: "rozetka", title: "Rozetka Seller API", scenarios: ROZETKA_SCENARIOS, start: startRozetka });

function startRozetka(host: SimulatorHost): RunningSimulator {
  const state: RozetkaState = {
    host,
    random: new Random(seedOf(`rozetka ${host.scenario}`)),
    markets: new Map(),
    tokens: new Map(),
    files: new Map(),
    lastId: 205_000,
    lastOrderId: 830_100_000,
    onSellerMessage: () => undefined,
    onApiUse: () => undefined,
  };
  const isRestored = host.restored !== undefined && restoreState(state, host.restored);
  // What happens from now on must not repeat what happened before the restart.
  if (isRestored) state.random = new Random(seedOf(`rozetka ${host.scenario} ${host.clock.nowMs()}`));
  else fillScenario(state);
  const gate = new Gate(state);
  const live = livePlan(state);
  if (live !== null) {
    const buyers = new LiveBuyers(state, live.market, live.mostChats);
    live.market.quirks.passesAtOnce = false;
    state.onApiUse = () => buyers.wake();
    state.onSellerMessage = (market, chat) => {
      if (market === live.market) buyers.answerTo(chat);
    };
  }
  const desk: RozetkaDesk = { ...accountDesk(state, gate), ...chatDesk(state), ...tradeDesk(state) };
  return {
    routes: rozetkaRoutes(state, gate),
    desk,
    // Enums are numbers here but for these.
    enumKeys: ["payment_type", "typeName", "name_logo", "business_model"],
    faultAnswer: ({ status, retryAfterSeconds }) => faultAnswer(status, retryAfterSeconds),
    snapshot: () => saveState(state),
    stop: () => state.markets.clear(),
  };
}

/** Limits are published nowhere: 429 with `Retry-After`, as gateways do [I]. Other failures are the service's own, with their HTTP status. */
function faultAnswer(status: number, retryAfterSeconds: number | null | undefined): ReturnType<RunningSimulator["faultAnswer"]> {
  if (status !== 429) return { body: serverError().body(), headers: {} };
  const headers: Record<string, string> = retryAfterSeconds === null ? {} : { "Retry-After": String(retryAfterSeconds ?? 1) };
  return { body: new RozetkaError(0, "too_many_requests").body(), headers };
}
