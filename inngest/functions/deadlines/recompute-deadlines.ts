import { policyChanged } from "@/server/deadlines/events";
import { recomputeBatch } from "@/server/deadlines/index";
import { inngest } from "../../client";

/** A bound for a loop that ends by itself: 200 conversations a turn. */
const MOST_BATCHES = 5_000;

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
  async ({ event, step }) => {
    const { workspaceId } = event.data;
    let position: { readonly after: string | null } | null = { after: null };
    let changed = 0;
    for (let turn = 0; turn < MOST_BATCHES && position !== null; turn += 1) {
      const { after }: { readonly after: string | null } = position;
      const batch: { readonly next: string | null; readonly changed: number } = await step.run(`batch-${turn}`, () => recomputeBatch({ workspaceId, after }));
      changed += batch.changed;
      position = batch.next === null ? null : { after: batch.next };
    }
    return { changed };
  },
);
