import { sweepOutbox } from "@/server/inbox/index";
import { inngest } from "../../client";

/** Every minute: wakes the delivery of messages that lie longer than they should, whatever became of their runs. */
export const settleUnknownFunction = inngest.createFunction(
  { id: "inbox-settle-unknown", name: "Wake messages left behind", retries: 1, triggers: [{ cron: "* * * * *" }] },
  async ({ step }) => step.run("sweep", () => sweepOutbox()),
);
