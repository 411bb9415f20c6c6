import { deliveryQueued } from "@/server/notifications/events";
import { deliverDue } from "@/server/notifications/index";
import { inngest } from "../../client";

const MOST_TURNS = 30;
/** What waits longer is left to the minute sweep. */
const PATIENCE_MS = 90_000;

/** Carries what waits to one person on one channel. One at a time a person, which keeps Telegram's one message a second a chat. */
export const deliverNoticesFunction = inngest.createFunction(
  {
    id: "notifications-deliver-notices",
    name: "Carry notices to a person",
    retries: 5,
    concurrency: [{ key: "event.data.target", limit: 1 }],
    triggers: [deliveryQueued],
  },
  async ({ event, step }) => {
    const { workspaceId, userId, channel, notBefore } = event.data;
    await step.sleepUntil("until-due", new Date(notBefore));
    let carried = 0;
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const delivered = await step.run(`deliver-${turn}`, async () => {
        const result = await deliverDue({ workspaceId, userId, channel });
        return result.kind === "later" ? { ...result, isSoon: Date.parse(result.at) - Date.now() < PATIENCE_MS } : { ...result, at: null, isSoon: false };
      });
      if (delivered.kind === "idle" || (delivered.kind === "later" && !delivered.isSoon)) break;
      if (delivered.kind === "moved") carried += 1;
      if (delivered.at !== null) await step.sleepUntil(`wait-${turn}`, new Date(delivered.at));
      // Two messages to one chat within a second are one too many.
      else if (channel === "telegram") await step.sleep(`pace-${turn}`, "1s");
    }
    return { carried };
  },
);
