import { checkPushes, connectionsWithPushes } from "@/server/integrations/index";
import { logger } from "@/server/platform/logger";
import { inngest } from "../../client";

/** Once a day: do the services still push to our address? One that cannot be asked does not stop the others. */
export const checkPushesFunction = inngest.createFunction(
  { id: "integrations-check-pushes", name: "Check subscriptions for pushes", triggers: [{ cron: "37 4 * * *", jitter: "5m" }], retries: 3, concurrency: 1 },
  async ({ step }) => {
    const connections = await step.run("list", () => connectionsWithPushes());
    const counts = { ok: 0, mended: 0, failed: 0, skipped: 0 };
    let unreachable = 0;
    for (const connection of connections) {
      try {
        counts[await step.run(`check ${connection.connectionId}`, () => checkPushes(connection))] += 1;
      } catch (error) {
        unreachable += 1;
        logger.error({ err: error, connectionId: connection.connectionId }, "subscriptions for pushes could not be checked");
      }
    }
    return { ...counts, unreachable };
  },
);
