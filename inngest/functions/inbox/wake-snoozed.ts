import { giveOutQueues, wakeSnoozed } from "@/server/inbox/index";
import { inngest } from "../../client";

/** Every minute: opens what was put away until now, and gives out what was left lying in a team's queue. */
export const wakeSnoozedFunction = inngest.createFunction(
  { id: "inbox-wake-snoozed", name: "Wake snoozed conversations", retries: 1, triggers: [{ cron: "* * * * *" }] },
  async ({ step }) => {
    const { woken } = await step.run("wake", () => wakeSnoozed());
    const { given } = await step.run("give-out", () => giveOutQueues());
    return { woken, given };
  },
);
