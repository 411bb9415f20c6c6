import { policyChanged } from "@/server/deadlines/events";
import { inngest } from "../../client";
import { recomputeInBatches } from "./batches";

/** After a policy, calendar or limit changed: computes anew what is due, batch by batch. Several changes in a row are one run. */
export const recomputeDeadlinesFunction = inngest.createFunction(
  {
    id: "deadlines-recompute",
    name: "Compute reply deadlines anew",
    retries: 5,
    concurrency: [{ key: "event.data.workspaceId", limit: 1 }],
    debounce: { key: "event.data.workspaceId", period: "2s" },
    triggers: [policyChanged],
  },
  async ({ event, step }) => recomputeInBatches(step, { workspaceId: event.data.workspaceId, connectionId: null }),
);
