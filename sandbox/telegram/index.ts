import { defineSimulator, type RunningSimulator, type SimulatorHost } from "../kit";
import { scenarios } from "../scenarios/catalog";
import { tooMany } from "./answers";
import { telegramDesk } from "./desk";
import { Listeners } from "./listeners";
import { telegramRoutes } from "./routes";
import { restoreState, saveState } from "./snapshot";
import { DEFAULT_BOT_TOKEN, newBot, SECOND_BOT_TOKEN, type TelegramState } from "./state";
import { WebhookPusher } from "./webhook-pusher";

export { DEFAULT_BOT_TOKEN } from "./state";

/** Every command the control desk has for this simulator. */
export type TelegramDesk = ReturnType<typeof telegramDesk>;

/** Telegram's Bot API in miniature: two bots, people who press Start or block them, its limits and its refusals. */
export const telegramSimulator = defineSimulator({
  id: "telegram",
  title: "Telegram Bot API",
  scenarios: scenarios.map((scenario) => scenario.name),
  start: startTelegram,
});

function startTelegram(host: SimulatorHost): RunningSimulator {
  const stopping = new AbortController();
  const listeners = new Listeners(stopping.signal);
  const state: TelegramState = { host, bots: new Map(), people: new Map(), isLocalServer: false, onUpdate: () => undefined };
  if (host.restored === undefined || !restoreState(state, host.restored)) fill(state);
  const pusher = new WebhookPusher(state);
  state.onUpdate = (bot) => {
    listeners.wake(bot);
    pusher.push(bot);
  };
  return {
    routes: telegramRoutes(state, listeners),
    desk: telegramDesk(state, listeners),
    enumKeys: ["type", "status"],
    faultAnswer: ({ status, retryAfterSeconds }) => {
      if (status === 429) return { body: tooMany(retryAfterSeconds ?? 5).body(), headers: {} };
      return { body: { ok: false, error_code: status, description: status === 502 ? "Bad Gateway" : "Internal Server Error" }, headers: {} };
    },
    snapshot: () => saveState(state),
    stop: () => stopping.abort(),
  };
}

function fill(state: TelegramState): void {
  for (const bot of [newBot(DEFAULT_BOT_TOKEN, "karavan_demo_bot", "Karavan"), newBot(SECOND_BOT_TOKEN, "karavan_other_bot", "Other")])
    state.bots.set(bot.token, bot);
  const people = [
    { id: 5_100_000_001, firstName: "Olga", username: "olga_sells", languageCode: "ru" },
    { id: 5_100_000_002, firstName: "Mehmet", username: null, languageCode: "tr" },
  ];
  for (const person of people) state.people.set(person.id, { ...person, isDeactivated: false });
}
