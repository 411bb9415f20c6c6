import { tellOrderChangeFailed } from "@/server/notifications/index";
import { changeFailed } from "@/server/orders/events";
import { inngest } from "../../client";

/** A change of an order was not carried out, or may not have been: whoever can act is told. */
export const tellOrderChangeFailedFunction = inngest.createFunction(
  { id: "notifications-tell-order-change-failed", name: "Tell of a failed change of an order", retries: 5, triggers: [changeFailed] },
  ({ event, step, runId }) => step.run("tell", () => tellOrderChangeFailed({ ...event.data, key: runId })),
);
