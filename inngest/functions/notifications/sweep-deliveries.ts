import { sweepDeliveries } from "@/server/notifications/index";
import { inngest } from "../../client";

/** Every minute: quiet hours that ended, digests, later tries, and what a dead process left. */
export const sweepDeliveriesFunction = inngest.createFunction(
  { id: "notifications-sweep-deliveries", name: "Find notices that are due", triggers: [{ cron: "* * * * *" }], retries: 0, concurrency: 1 },
  ({ step }) => step.run("sweep", () => sweepDeliveries()),
);
