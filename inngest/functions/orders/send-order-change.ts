import { changeRequested } from "@/server/orders/events";
import { confirmChanges, deliverNextChange } from "@/server/orders/index";
import { inngest } from "../../client";

/** Enough for a long outage with the outbox's own backoff; what is left after it is woken again by the sweep. */
const MOST_STEPS = 60;

/**
 * Carries out what waits at an order, one change after another. One run an order at a time keeps the order; that nothing is carried
 * out twice does not depend on it but on the outbox's leases.
 */
export const sendOrderChangeFunction = inngest.createFunction(
  {
    id: "orders-send-change",
    name: "Carry out a change of an order",
    retries: 5,
    concurrency: [{ key: "event.data.orderId", limit: 1 }],
    triggers: [changeRequested],
  },
  async ({ event, step }) => {
    const { workspaceId, orderId } = event.data;
    let carried = false;
    for (let turn = 0; turn < MOST_STEPS; turn += 1) {
      const delivery = await step.run(`deliver-${turn}`, () => deliverNextChange({ workspaceId, orderId }));
      if (delivery.kind === "moved") carried = true;
      if (delivery.kind === "idle" || delivery.kind === "person") break;
      if (delivery.kind === "later") await step.sleepUntil(`wait-${turn}`, new Date(delivery.at));
    }
    if (!carried) return { confirmed: false };
    await step.sleep("until-the-service-shows-it", "3s");
    const { read } = await step.run("confirm", () => confirmChanges({ workspaceId, orderId }));
    return { confirmed: read };
  },
);
