import { healthChanged } from "@/server/integrations/events";
import { watchConnections } from "@/server/integrations/index";
import { inngest } from "../../client";

/** Every minute, and at once when a connection's health changes: opens, raises and closes alerts. */
export const watchConnectionsFunction = inngest.createFunction(
  {
    id: "integrations-watch-connections",
    name: "Watch connections",
    retries: 1,
    concurrency: [{ limit: 1 }],
    triggers: [{ cron: "* * * * *" }, healthChanged],
  },
  ({ step }) => step.run("watch", () => watchConnections()),
);
