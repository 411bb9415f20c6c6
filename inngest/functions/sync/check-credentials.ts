import { checkCredentials, connectionsToCheck } from "@/server/integrations/index";
import { logger } from "@/server/platform/logger";
import { inngest } from "../../client";

/** Once a day: does every key still work, what may it do, when does it expire. One connection that cannot be asked does not stop the others. */
export const checkCredentialsFunction = inngest.createFunction(
  { id: "sync-check-credentials", triggers: [{ cron: "17 4 * * *", jitter: "5m" }], retries: 3, concurrency: 1 },
  async ({ step }) => {
    const connections = await step.run("list", () => connectionsToCheck());
    let failed = 0;
    for (const connection of connections) {
      try {
        await step.run(`check ${connection.connectionId}`, () => checkCredentials(connection));
      } catch (error) {
        failed += 1;
        logger.error({ err: error, connectionId: connection.connectionId }, "a connection could not be checked");
      }
    }
    return { checked: connections.length, failed };
  },
);
