import { priceWanted, stockWanted } from "@/server/catalog/events";
import { pushOffers } from "@/server/catalog/index";
import { inngest } from "../../client";

/** An engine keeps every step of a run; what is left goes on in a fresh one. */
const MOST_STEPS = 60;
/** What has to wait longer is woken by the sweep. */
const LONGEST_WAIT_MS = 600_000;

/**
 * Carries the wishes of one connection to its service, batch by batch. Wishes of one moment travel together: the run starts when a second
 * has passed without another, after two at the latest. That nothing overtakes does not depend on one run at a time but on the outbox.
 */
function pushFunction(id: string, name: string, kind: "stock" | "price", wanted: typeof stockWanted | typeof priceWanted) {
  return inngest.createFunction(
    {
      id,
      name,
      retries: 5,
      debounce: { key: "event.data.connectionId", period: "1s", timeout: "2s" },
      concurrency: [{ key: "event.data.connectionId", limit: 1 }],
      triggers: [wanted],
    },
    async ({ event, step }) => {
      const { workspaceId, connectionId } = event.data;
      for (let turn = 0; turn < MOST_STEPS; turn += 1) {
        const done = await step.run(`push-${turn}`, async () => {
          const result = await pushOffers({ workspaceId, connectionId, kind });
          return result.kind === "later" ? { kind: result.kind, at: result.at.toISOString(), waitMs: result.at.getTime() - Date.now() } : { kind: result.kind };
        });
        if (done.kind === "idle" || ("at" in done && done.waitMs > LONGEST_WAIT_MS)) return { turns: turn };
        if ("at" in done) await step.sleepUntil(`wait-${turn}`, new Date(done.at));
      }
      await step.sendEvent("go on", wanted.create({ workspaceId, connectionId }));
      return { turns: MOST_STEPS };
    },
  );
}

export const pushStockFunction = pushFunction("catalog-push-stock", "Push stock", "stock", stockWanted);
export const pushPricesFunction = pushFunction("catalog-push-prices", "Push prices", "price", priceWanted);
