import { defineSimulator, type RunningSimulator, type SimulatorHost } from "@/sandbox/kit";
import { Random, seedOf } from "@/sandbox/kit/random";
import { accountDesk } from "./desk-account";
import { chatDesk } from "./desk-chats";
import { feedbackDesk } from "./desk-feedback";
import { Events } from "./events";
import { LiveBuyers } from "./live";
import { NotificationService } from "./notify";
import { yandexRoutes } from "./routes";
import { fillScenario, livePlan, YANDEX_SCENARIOS } from "./scenarios";
import { restoreState, saveState } from "./snapshot";
import { messageIdAt, type YandexState } from "./state";

export { DEFAULT_API_KEY, DEFAULT_BUSINESS_ID, SECOND_API_KEY, SECOND_BUSINESS_ID } from "./scenarios";

/** Every command the control desk has for this simulator. */
export type YandexDesk = ReturnType<typeof chatDesk> & ReturnType<typeof feedbackDesk> & ReturnType<typeof accountDesk>;

/** The Yandex Market Partner API in miniature: strict, stateful, made from the documents alone. */
export const yandexSimulator = defineSimulator({
  id: "yandex-market",
  title: "Yandex Market Partner API",
  scenarios: YANDEX_SCENARIOS,
  start: startYandex,
});

function startYandex(host: SimulatorHost): RunningSimulator {
  const state: YandexState = {
    host,
    random: new Random(seedOf(`yandex-market ${host.scenario}`)),
    businesses: new Map(),
    keys: new Map(),
    files: new Map(),
    reports: new Map(),
    lastId: 5_100_000,
    lastMessageId: messageIdAt(0),
    onPartnerMessage: () => undefined,
    onPartnerComment: () => undefined,
    onApiUse: () => undefined,
  };
  const isRestored = host.restored !== undefined && restoreState(state, host.restored);
  // What happens from now on must not repeat what happened before the restart.
  if (isRestored) state.random = new Random(seedOf(`yandex-market ${host.scenario} ${host.clock.nowMs()}`));
  else fillScenario(state);
  const notifications = new NotificationService(state);
  const events = new Events(state, notifications);
  const live = livePlan(state);
  if (live !== null) {
    const buyers = new LiveBuyers(state, events, live.business, live.mostOpenChats);
    state.onApiUse = () => buyers.wake();
    state.onPartnerMessage = (business, chat) => {
      if (business === live.business) buyers.answerTo(chat);
    };
    state.onPartnerComment = (business, feedback) => {
      if (business === live.business) buyers.answerReview(feedback);
    };
  }
  const desk: YandexDesk = { ...chatDesk(state, events), ...feedbackDesk(state, events), ...accountDesk(state, events, notifications) };
  return {
    routes: yandexRoutes(state, events),
    desk,
    enumKeys: ["status", "type", "sender", "placementType", "programType", "subscriptionLevel"],
    faultAnswer: ({ status, retryAfterSeconds }) => faultAnswer(host.clock.nowMs(), status, retryAfterSeconds),
    snapshot: () => (host.scenario === "bulk" ? undefined : saveState(state)),
    stop: () => state.businesses.clear(),
  };
}

/** Limits are 420 here, with the moment of their end as a date in whole seconds. */
function faultAnswer(nowMs: number, status: number, retryAfterSeconds: number | null | undefined): ReturnType<RunningSimulator["faultAnswer"]> {
  const error = (code: string, message: string) => ({ status: "ERROR", errors: [{ code, message }] });
  if (status !== 429) return { body: error("INTERNAL_ERROR", "Internal server error"), headers: {} };
  const until: Record<string, string> =
    retryAfterSeconds === null ? {} : { "X-RateLimit-Resource-Until": new Date(nowMs + (retryAfterSeconds ?? 1) * 1_000).toUTCString() };
  return {
    status: 420,
    body: error("ENHANCE_YOUR_CALM", "Hit rate limit of 1000 requests per hour for resource"),
    headers: { Date: new Date(nowMs).toUTCString(), "X-RateLimit-Resource-Limit": "1000", "X-RateLimit-Resource-Remaining": "0", ...until },
  };
}
