import { RetryAfterError } from "inngest";
import { ConnectorError } from "@/server/integrations/contract/errors";
import { deliveryStored } from "@/server/integrations/events";
import { buryDelivery, processDelivery } from "@/server/sync/index";
import { inngest } from "../../client";

/** Works off one stored push. It keeps trying for about a day; then the delivery waits for a person, and can be replayed. */
export const processDeliveryFunction = inngest.createFunction(
  {
    id: "intake-process-delivery",
    triggers: [deliveryStored],
    concurrency: [{ key: "event.data.connectionId", limit: 4 }],
    retries: 15,
    onFailure: async ({ event, error, step }) => {
      const ref = deliveryStored.schema.parse(event.data.event.data);
      await step.run("give up", () => buryDelivery(ref, error));
    },
  },
  ({ event, step }) =>
    step.run("process", async () => {
      try {
        return await processDelivery(event.data);
      } catch (error) {
        if (error instanceof ConnectorError && error.retryAfterMs !== undefined) throw new RetryAfterError(error.code, error.retryAfterMs, { cause: error });
        throw error;
      }
    }),
);
