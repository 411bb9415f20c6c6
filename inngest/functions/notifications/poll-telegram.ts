import { telegramPollRequested } from "@/server/notifications/events";
import { pollTelegram } from "@/server/notifications/index";
import { inngest } from "../../client";

/** Telegram holds the line so long while there is nothing new: a person who has just opened the bot is heard at once. */
const WAIT_SECONDS = 10;
/** Fifteen minutes of a waiting link, and room. */
const MOST_TURNS = 120;

/** Asks one workspace's bot for news: once, or, while a link waits for its Start, until that moment. Telegram allows one listener. */
export const pollTelegramFunction = inngest.createFunction(
  {
    id: "notifications-poll-telegram",
    name: "Listen to the Telegram bot",
    retries: 2,
    concurrency: [{ key: "event.data.workspaceId", limit: 1 }],
    triggers: [telegramPollRequested],
  },
  async ({ event, step }) => {
    const { workspaceId, until } = event.data;
    let received = 0;
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const polled = await step.run(`poll-${turn}`, async () => {
        const isWaiting = Date.parse(until) > Date.now();
        return { ...(await pollTelegram(workspaceId, isWaiting ? WAIT_SECONDS : 0)), isWaiting };
      });
      received += polled.received;
      if (!polled.isWaiting || polled.pending === 0) break;
      // Where the bot could not be asked, the next turn would come at once.
      if (polled.received === 0) await step.sleep(`breath-${turn}`, "1s");
    }
    return { received };
  },
);
