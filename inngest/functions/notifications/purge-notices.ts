import { purgeNotices } from "@/server/notifications/index";
import { inngest } from "../../client";

const MOST_BATCHES = 200;

/** Notices and the delivery log are kept 90 days. */
export const purgeNoticesFunction = inngest.createFunction(
  { id: "notifications-purge-notices", name: "Forget old notices", triggers: [{ cron: "17 4 * * *" }], retries: 2, concurrency: 1 },
  async ({ step }) => {
    let deleted = 0;
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      const result = await step.run(`batch ${batch}`, () => purgeNotices());
      deleted += result.deleted;
      if (result.done) break;
    }
    return { deleted };
  },
);
