import { sweepChanges } from "@/server/orders/index";
import { inngest } from "../../client";

/** Every minute: wakes changes that lie longer than they should, whatever became of their runs. */
export const settleUnknownChangesFunction = inngest.createFunction(
  { id: "orders-settle-unknown", name: "Wake changes of orders left behind", retries: 1, triggers: [{ cron: "* * * * *" }] },
  async ({ step }) => step.run("sweep", () => sweepChanges()),
);
