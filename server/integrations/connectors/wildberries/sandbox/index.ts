import { z } from "zod";
import { defineSimulator, type RunningSimulator, type SimulatorHost } from "@/sandbox/kit";
import { Random, seedOf } from "@/sandbox/kit/random";
import { accountDesk } from "./desk-account";
import { answerDesk } from "./desk-answers";
import { chatDesk } from "./desk-chats";
import { tradeDesk } from "./desk-trade";
import { gateway } from "./errors";
import { LiveBuyers } from "./live";
import { wildberriesRoutes } from "./routes";
import { fillScenario, liveSeller, WB_SCENARIOS } from "./scenarios";
import { newState, type Seller, type WbState } from "./state";

export { SECOND_SID, sandboxToken } from "./scenarios";
export { SMALL } from "./small";

/** Every command the control desk has for this simulator. */
export type WildberriesDesk = ReturnType<typeof chatDesk> & ReturnType<typeof answerDesk> & ReturnType<typeof accountDesk> & ReturnType<typeof tradeDesk>;

/** The Wildberries API in miniature: strict, stateful, made from the documents alone. */
export const wildberriesSimulator = defineSimulator({
  id: "wildberries",
  title: "Wildberries API",
  scenarios: WB_SCENARIOS,
  start: startWildberries,
});

const savedSchema = z.object({
  version: z.literal(2),
  sellers: z.record(
    z.string(),
    z.custom<Seller>((value) => typeof value === "object" && value !== null),
  ),
});

function startWildberries(host: SimulatorHost): RunningSimulator {
  const state: WbState = newState(host, new Random(seedOf(`wildberries ${host.scenario}`)));
  const restored = savedSchema.safeParse(host.restored);
  if (restored.success) {
    state.sellers = structuredClone(restored.data.sellers);
    // What happens from now on must not repeat what happened before the restart.
    state.random = new Random(seedOf(`${host.scenario} ${host.clock.nowMs()}`));
  } else fillScenario(state);
  const live = liveSeller(state);
  if (live) {
    const buyers = new LiveBuyers(state, live, Math.round((host.parameters["maxOpenChats"] ?? 90) / 3));
    state.onApiUse = () => buyers.wake();
    state.onSellerMessage = (seller, chatId) => {
      if (seller === live) buyers.answerTo(chatId);
    };
  }
  const desk: WildberriesDesk = { ...chatDesk(state), ...answerDesk(state), ...accountDesk(state), ...tradeDesk(state) };
  return {
    routes: wildberriesRoutes(state),
    desk,
    enumKeys: ["eventType", "source", "state", "orderStatus", "matchingSize", "priceCurrency", "supplierStatus", "wbStatus"],
    // Reading and writing share a path here: the body tells them apart.
    callName: (path, body) => (/"stocks"|"name"/.test(body) && /\/api\/v3\/(stocks\/\d+|supplies)$/.test(path) ? `${path} (write)` : path),
    faultAnswer: ({ status, retryAfterSeconds }) => {
      if (status !== 429) return { body: { title: "internal server error", status, detail: "internal", requestId: "0", origin: "gateway" }, headers: {} };
      const retry = retryAfterSeconds === null ? {} : { "X-Ratelimit-Retry": String(retryAfterSeconds ?? 1) };
      const refusal = gateway(429, "limited by global limiter", host.clock.now().toISOString());
      return { body: refusal.body, headers: { ...retry, "X-Ratelimit-Limit": "10", "X-Ratelimit-Reset": String((retryAfterSeconds ?? 1) + 9) } };
    },
    snapshot: () => ({ version: 2, sellers: state.sellers }),
    stop: () => {
      state.sellers = {};
    },
  };
}
