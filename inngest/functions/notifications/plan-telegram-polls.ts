import { planTelegramPolls } from "@/server/notifications/index";
import { inngest } from "../../client";

/** Every minute: bots that Telegram cannot call are asked for news. */
export const planTelegramPollsFunction = inngest.createFunction(
  { id: "notifications-plan-telegram-polls", name: "Ask Telegram for news", triggers: [{ cron: "* * * * *" }], retries: 0, concurrency: 1 },
  ({ step }) => step.run("plan", () => planTelegramPolls()),
);
