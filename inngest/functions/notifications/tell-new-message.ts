import { messageReceived } from "@/server/inbox/events";
import { tellNewMessage } from "@/server/notifications/index";
import { inngest } from "../../client";

/** A buyer wrote: who has the conversation is told. One at a time a conversation, so that a burst is counted in order. */
export const tellNewMessageFunction = inngest.createFunction(
  {
    id: "notifications-tell-new-message",
    name: "Tell of a new message",
    retries: 5,
    concurrency: [{ key: "event.data.conversationId", limit: 1 }],
    triggers: [messageReceived],
  },
  ({ event, step, runId }) => step.run("tell", () => tellNewMessage({ ...event.data, key: runId })),
);
