import { sendFailed } from "@/server/inbox/events";
import { tellSendFailed } from "@/server/notifications/index";
import { inngest } from "../../client";

/** A reply did not arrive: its author is told. */
export const tellSendFailedFunction = inngest.createFunction(
  { id: "notifications-tell-send-failed", name: "Tell of a failed reply", retries: 5, triggers: [sendFailed] },
  ({ event, step, runId }) => step.run("tell", () => tellSendFailed({ ...event.data, key: runId })),
);
