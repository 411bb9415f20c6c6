import { NonRetriableError, RetryAfterError } from "inngest";
import { ConnectorError } from "@/server/integrations/contract/errors";
import { deliveriesStored } from "@/server/integrations/events";
import { retryPauseMs } from "@/server/integrations/index";
import { RETRY_SCHEDULE_SECONDS } from "@/server/integrations/schema";
import { AppError } from "@/server/platform/errors";
import { buryDeliveries, type DeliveriesRef, processDeliveries } from "@/server/sync/index";
import { inngest } from "../../client";

/** How often a push waits for its turn under a limit before that counts as a failure. */
const MOST_TURNS = 60;
const SHORTEST_WAIT_MS = 1_000;

/** Works off the pushes of a connection that wait, on the published schedule of retries; then they wait for a person, and can be replayed. */
export const processDeliveriesFunction = inngest.createFunction(
  {
    id: "intake-process-deliveries",
    triggers: [deliveriesStored],
    concurrency: [{ key: "event.data.connectionId", limit: 4 }],
    retries: RETRY_SCHEDULE_SECONDS.length,
    onFailure: async ({ event, error, step }) => {
      const ref = deliveriesStored.schema.parse(event.data.event.data);
      await step.run("give up", () => buryDeliveries(ref, error));
    },
  },
  async ({ event, step, attempt }) => {
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const outcome = await step.run(turn === 0 ? "process" : `process ${turn}`, () => tryOnce(event.data, attempt));
      if (!("waitMs" in outcome)) return outcome;
      await step.sleep(`limit ${turn}`, outcome.waitMs);
    }
    throw new Error("the limit of the service left no turn");
  },
);

/** Having to wait for a limit is no failure of the push: it is told as a wait, and costs no retry. */
async function tryOnce(ref: DeliveriesRef, attempt: number): Promise<{ status: string } | { waitMs: number }> {
  try {
    return await processDeliveries(ref);
  } catch (error) {
    // Nothing brings a removed connection back.
    if (error instanceof AppError && error.code === "connection.not_found") throw new NonRetriableError(error.code, { cause: error });
    const wantedMs = error instanceof ConnectorError ? error.retryAfterMs : undefined;
    if (error instanceof ConnectorError && error.kind === "rate-limited" && wantedMs !== undefined) return { waitMs: Math.max(SHORTEST_WAIT_MS, wantedMs) };
    throw new RetryAfterError(error instanceof Error ? error.message : String(error), retryPauseMs(attempt, wantedMs), { cause: error });
  }
}
