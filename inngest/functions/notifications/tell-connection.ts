import { alertChanged } from "@/server/integrations/events";
import { tellConnection } from "@/server/notifications/index";
import { inngest } from "../../client";

/** A connection needs somebody, still needs somebody, or does well again: admins are told, once each. */
export const tellConnectionFunction = inngest.createFunction(
  { id: "notifications-tell-connection", name: "Tell of a connection that needs somebody", retries: 5, triggers: [alertChanged] },
  ({ event, step }) => step.run("tell", () => tellConnection(event.data)),
);
