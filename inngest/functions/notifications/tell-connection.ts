import { healthChanged } from "@/server/integrations/events";
import { tellConnection } from "@/server/notifications/index";
import { inngest } from "../../client";

/** What an outage may last before somebody is told; a bad key is told at once, it does not pass. */
const PATIENCE = "10m";

/** A connection turned bad: admins are told, of what may pass by itself only when it has not. */
export const tellConnectionFunction = inngest.createFunction(
  { id: "notifications-tell-connection", name: "Tell of a connection that needs somebody", retries: 5, triggers: [healthChanged] },
  async ({ event, step }) => {
    const { workspaceId, connectionId, state, code } = event.data;
    if (state === "ok" || state === "unknown" || state === "disabled" || state === "throttled") return { told: 0 };
    if (state !== "auth_failed" && state !== "missing_permission") await step.sleep("patience", PATIENCE);
    return step.run("tell", () => tellConnection({ workspaceId, connectionId, state, code }));
  },
);
