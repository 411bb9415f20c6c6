import { runRequested } from "@/server/integrations/events";
import { abandonRun } from "@/server/integrations/index";
import { runPages } from "@/server/sync/index";
import { inngest } from "../../client";

const STEP_BUDGET_MS = 15_000;
/** An engine keeps every step of a run; a longer synchronisation goes on in a fresh one. */
const MOST_STEPS = 200;

/** Carries one sync run page by page. A crash repeats at most one page, and a repeated page changes nothing. */
export const runStream = inngest.createFunction(
  {
    id: "sync-run-stream",
    triggers: [runRequested],
    concurrency: [{ key: "event.data.connectionId + '/' + event.data.stream", limit: 1 }],
    retries: 6,
    onFailure: async ({ event, error, step }) => {
      const ref = runRequested.schema.parse(event.data.event.data);
      await step.run("close the run", () => abandonRun(ref, error));
    },
  },
  async ({ event, step }) => {
    for (let turn = 0; turn < MOST_STEPS; turn += 1) {
      const outcome = await step.run(`pages ${turn}`, () => runPages(event.data, STEP_BUDGET_MS));
      if (outcome.done) return outcome;
      if (outcome.waitMs > 0) await step.sleep(`wait ${turn}`, outcome.waitMs);
    }
    await step.sendEvent("go on", runRequested.create(event.data));
    return { done: false };
  },
);
