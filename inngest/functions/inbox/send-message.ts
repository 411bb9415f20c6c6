import { sendRequested } from "@/server/inbox/events";
import { confirmSends, deliverNext } from "@/server/inbox/index";
import { inngest } from "../../client";

/** Enough for a long outage with the outbox's own backoff; what is left after it is woken again by the sweep. */
const MOST_STEPS = 60;

/**
 * Delivers what waits in a conversation, one message after another. One run a conversation at a time keeps the order; that
 * nothing is sent twice does not depend on it but on the outbox's leases.
 */
export const sendMessageFunction = inngest.createFunction(
  { id: "inbox-send-message", name: "Send a message", retries: 5, concurrency: [{ key: "event.data.conversationId", limit: 1 }], triggers: [sendRequested] },
  async ({ event, step }) => {
    const { workspaceId, conversationId } = event.data;
    let sent = false;
    for (let turn = 0; turn < MOST_STEPS; turn += 1) {
      const delivery = await step.run(`deliver-${turn}`, () => deliverNext({ workspaceId, conversationId }));
      if (delivery.kind === "moved") sent = true;
      if (delivery.kind === "idle" || delivery.kind === "person") break;
      if (delivery.kind === "later") await step.sleepUntil(`wait-${turn}`, new Date(delivery.at));
    }
    if (!sent) return { confirmed: false };
    await step.sleep("until-history-shows-it", "3s");
    const { read } = await step.run("confirm", () => confirmSends({ workspaceId, conversationId }));
    return { confirmed: read };
  },
);
