import { planDeliveries, sweepFollowUps } from "@/server/follow-ups/index";
import { inngest } from "../../client";

/** Every quarter of an hour: plans from deliveries that were learnt meanwhile, wakes what should have been decided. */
export const sweepFollowUpsFunction = inngest.createFunction(
  { id: "follow-ups-sweep", name: "Wake follow-ups left behind", retries: 1, triggers: [{ cron: "*/15 * * * *" }] },
  async ({ step }) => {
    const { planned } = await step.run("deliveries", () => planDeliveries());
    const { woken } = await step.run("left behind", () => sweepFollowUps());
    return { planned, woken };
  },
);
