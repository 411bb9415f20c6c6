import { readRequested } from "@/server/inbox/events";
import { markReadRemotely } from "@/server/inbox/index";
import { inngest } from "../../client";

/** Tells the service that a buyer's messages were read. Of several people reading in a row only the last word is passed on. */
export const markReadFunction = inngest.createFunction(
  {
    id: "inbox-mark-read",
    name: "Mark a conversation read",
    retries: 2,
    debounce: { key: "event.data.conversationId", period: "5s" },
    triggers: [readRequested],
  },
  async ({ event, step }) => step.run("tell", () => markReadRemotely(event.data)),
);
