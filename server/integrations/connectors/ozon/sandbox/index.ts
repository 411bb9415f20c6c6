import { defineSimulator, type RunningSimulator, type SimulatorHost } from "@/sandbox/kit";
import { Random, seedOf } from "@/sandbox/kit/random";
import { accountDesk } from "./desk-account";
import { chatDesk } from "./desk-chats";
import { feedbackDesk } from "./desk-feedback";
import { salesDesk } from "./desk-sales";
import { tradeDesk } from "./desk-trade";
import { Events } from "./events";
import { LiveBuyers } from "./live";
import { LiveReviewers } from "./live-feedback";
import { PushService } from "./push";
import { ozonRoutes } from "./routes";
import { fillScenario, livePlan, OZON_SCENARIOS } from "./scenarios";
import { restoreState, saveState } from "./snapshot";
import { messageIdAt, type OzonState } from "./state";

export { DEFAULT_API_KEY, DEFAULT_CLIENT_ID, SECOND_API_KEY, SECOND_CLIENT_ID } from "./scenarios";
export { SMALL } from "./small";

/** Every command the control desk has for this simulator. */
export type OzonDesk = ReturnType<typeof chatDesk> &
  ReturnType<typeof accountDesk> &
  ReturnType<typeof salesDesk> &
  ReturnType<typeof tradeDesk> &
  ReturnType<typeof feedbackDesk>;

/** The Ozon Seller API in miniature: strict, stateful, made from the documents alone. */
export const ozonSimulator = defineSimulator({
  id: "ozon",
  title: "Ozon Seller API",
  scenarios: OZON_SCENARIOS,
  start: startOzon,
});

function startOzon(host: SimulatorHost): RunningSimulator {
  const state: OzonState = {
    host,
    random: new Random(seedOf(host.scenario)),
    sellers: new Map(),
    files: new Map(),
    onSellerMessage: () => undefined,
    onSellerReply: () => undefined,
    onApiUse: () => undefined,
    nextEndpointId: 1,
    lastMessageId: messageIdAt(0),
  };
  const isRestored = host.restored !== undefined && restoreState(state, host.restored);
  // What happens from now on must not repeat what happened before the restart.
  if (isRestored) state.random = new Random(seedOf(`${host.scenario} ${host.clock.nowMs()}`));
  const { live } = isRestored ? livePlan(state) : fillScenario(state);
  const push = new PushService(state);
  const events = new Events(state, push);
  if (live) {
    const buyers = new LiveBuyers(state, events, live.seller, live.maxOpenChats);
    const reviewers = new LiveReviewers(state, live.seller);
    state.onApiUse = () => {
      buyers.wake();
      reviewers.wake();
    };
    state.onSellerReply = (seller, entryId) => {
      if (seller === live.seller) reviewers.answerTo(entryId);
    };
    state.onSellerMessage = (seller, chatId) => {
      if (seller === live.seller) buyers.answerTo(chatId);
    };
  }
  const desk: OzonDesk = {
    ...chatDesk(state, events),
    ...accountDesk(state, push),
    ...salesDesk(state, events),
    ...tradeDesk(state, events),
    ...feedbackDesk(state),
  };
  return {
    routes: ozonRoutes(state, push, events),
    desk,
    enumKeys: [
      "chat_type",
      "chat_status",
      "status",
      "substatus",
      "accrued_category",
      "moderate_image_status",
      "delivery_schema",
      "status_publication",
      "order_status",
    ],
    faultAnswer: ({ status, retryAfterSeconds }) => {
      if (status !== 429) return { body: { code: 13, message: "Internal error", details: [] }, headers: {} };
      const retryAfter: Record<string, string> = retryAfterSeconds === null ? {} : { "Retry-After": String(retryAfterSeconds ?? 1) };
      return {
        body: { code: 8, message: "You have reached request rate limit per second", details: [] },
        headers: { "Ratelimit-Remaining": "0", ...retryAfter },
      };
    },
    snapshot: () => (host.scenario === "bulk" ? undefined : saveState(state)),
    stop: () => state.sellers.clear(),
  };
}
