import { heedBuyer } from "@/server/follow-ups/index";
import { messageReceived } from "@/server/inbox/events";
import { inngest } from "../../client";

/** The buyer wrote: what was planned into the conversation is off. */
export const heedBuyerFunction = inngest.createFunction(
  { id: "follow-ups-heed-buyer", name: "Drop follow-ups the buyer made needless", retries: 4, triggers: [messageReceived] },
  async ({ event, step }) => step.run("heed", () => heedBuyer(event.data)),
);
