import { healthChanged } from "@/server/integrations/events";
import { inngest } from "../../client";
import { recomputeInBatches } from "./batches";

/** A connection does better or worse: an outage may have begun or ended, and reply deadlines with it stand still or run on. */
export const heedOutageFunction = inngest.createFunction(
  {
    id: "deadlines-heed-outage",
    name: "Let reply deadlines heed an outage",
    retries: 5,
    concurrency: [{ key: "event.data.connectionId", limit: 1 }],
    debounce: { key: "event.data.connectionId", period: "2s" },
    triggers: [healthChanged],
  },
  async ({ event, step }) => recomputeInBatches(step, { workspaceId: event.data.workspaceId, connectionId: event.data.connectionId }),
);
