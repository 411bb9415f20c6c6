import { purgeRequests } from "@/server/api/index";
import { inngest } from "../../client";

const MOST_BATCHES = 200;

/** Every hour: forgets the answers of idempotent requests whose time is over. */
export const purgeRequestsFunction = inngest.createFunction(
  { id: "api-purge-requests", name: "Forget old idempotency keys", retries: 1, concurrency: [{ limit: 1 }], triggers: [{ cron: "17 * * * *" }] },
  async ({ step }) => {
    let deleted = 0;
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      const outcome = await step.run(`batch ${batch}`, () => purgeRequests());
      deleted += outcome.deleted;
      if (outcome.done) break;
    }
    return { deleted };
  },
);
