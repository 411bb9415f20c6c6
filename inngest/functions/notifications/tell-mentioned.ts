import { noteMentioned } from "@/server/inbox/events";
import { tellMentioned } from "@/server/notifications/index";
import { inngest } from "../../client";

/** A note names people: they are told. */
export const tellMentionedFunction = inngest.createFunction(
  { id: "notifications-tell-mentioned", name: "Tell of a mention", retries: 5, triggers: [noteMentioned] },
  ({ event, step }) => step.run("tell", () => tellMentioned(event.data)),
);
