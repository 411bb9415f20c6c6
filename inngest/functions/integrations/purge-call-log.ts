import { purgeCallLog } from "@/server/integrations/index";
import { inngest } from "../../client";

const MOST_BATCHES = 200;

/** Recorded calls are kept 30 days. */
export const purgeCallLogFunction = inngest.createFunction(
  { id: "integrations-purge-call-log", triggers: [{ cron: "41 3 * * *" }], retries: 2, concurrency: 1 },
  async ({ step }) => {
    let deleted = 0;
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      const result = await step.run(`batch ${batch}`, () => purgeCallLog());
      deleted += result.deleted;
      if (result.done) break;
    }
    return { deleted };
  },
);
