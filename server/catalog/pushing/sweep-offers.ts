import { type Clock, systemClock } from "@/server/platform/clock";
import { emit } from "@/server/platform/events";
import { inSystem, inWorkspace } from "@/server/platform/transaction";
import { priceWanted, stockWanted } from "../events";
import { groupBy } from "../group-by";
import { lockVariants, shareCatalog } from "../lock.repository";
import { recomputeWanted } from "../stock/recompute-wanted";
import { listHoldBacksOver, listLeftBehind } from "./push.repository";
import { PUSH_TIMINGS } from "./push-rules";

/**
 * Every minute: wakes the pushing of wishes whose runs were lost, and ends the hold-backs of the turnover guard that are over, however
 * long nobody looked. Both are safe to ask for twice.
 */
export async function sweepOffers(clock: Clock = systemClock): Promise<{ woken: number; released: number }> {
  const now = clock.now();
  const left = await listLeftBehind(now, new Date(now.getTime() - PUSH_TIMINGS.leaseMs));
  await inSystem((tx) =>
    emit(
      tx,
      left.map(({ workspaceId, connectionId, kind }) => (kind === "stock" ? stockWanted : priceWanted).create({ workspaceId, connectionId })),
    ),
  );
  const over = await listHoldBacksOver(now);
  for (const [workspaceId, rows] of groupBy(over, (row) => row.workspaceId)) {
    await inWorkspace(workspaceId, async (scope) => {
      await shareCatalog(scope);
      const variants = await lockVariants(
        scope,
        rows.map((row) => row.variantId),
      );
      await recomputeWanted(scope, variants, now);
    });
  }
  return { woken: left.length, released: over.length };
}
