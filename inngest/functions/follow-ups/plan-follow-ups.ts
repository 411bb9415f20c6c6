import { planFollowUps } from "@/server/follow-ups/index";
import { conversationResolved } from "@/server/inbox/events";
import { inngest } from "../../client";

/** A conversation was settled: the rules that count from there plan what they will say. */
export const planFollowUpsFunction = inngest.createFunction(
  { id: "follow-ups-plan", name: "Plan follow-ups", retries: 4, triggers: [conversationResolved] },
  async ({ event, step }) => step.run("plan", () => planFollowUps({ ...event.data, trigger: "resolved", at: new Date(event.data.at) })),
);
