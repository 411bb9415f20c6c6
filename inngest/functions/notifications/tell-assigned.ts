import { conversationAssigned } from "@/server/inbox/events";
import { tellAssigned } from "@/server/notifications/index";
import { inngest } from "../../client";

/** A conversation was given to somebody: that person is told. */
export const tellAssignedFunction = inngest.createFunction(
  { id: "notifications-tell-assigned", name: "Tell of an assignment", retries: 5, triggers: [conversationAssigned] },
  ({ event, step, runId }) => step.run("tell", () => tellAssigned({ ...event.data, key: runId })),
);
