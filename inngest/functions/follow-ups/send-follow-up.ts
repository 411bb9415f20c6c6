import { followUpCancelled, followUpScheduled } from "@/server/follow-ups/events";
import { sendFollowUp } from "@/server/follow-ups/index";
import { inngest } from "../../client";

/** Quiet hours may put it off more than once; what lasts longer is woken by the sweep. */
const MOST_TURNS = 10;

/** Waits for the moment of a planned message and decides about it then. */
export const sendFollowUpFunction = inngest.createFunction(
  {
    id: "follow-ups-send",
    name: "Send a follow-up",
    retries: 4,
    cancelOn: [{ event: followUpCancelled.name, if: "async.data.followUpId == event.data.followUpId" }],
    triggers: [followUpScheduled],
  },
  async ({ event, step }) => {
    const { workspaceId, followUpId } = event.data;
    let at = new Date(event.data.dueAt);
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      await step.sleepUntil(`until its moment ${turn}`, at);
      const outcome = await step.run(`decide ${turn}`, () => sendFollowUp({ workspaceId, followUpId }));
      if (outcome.kind === "settled") return { status: outcome.status };
      at = new Date(outcome.until);
    }
    return { status: "left to the sweep" };
  },
);
