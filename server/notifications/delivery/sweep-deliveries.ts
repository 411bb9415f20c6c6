import { type Clock, systemClock } from "@/server/platform/clock";
import { emit } from "@/server/platform/events";
import { inWorkspace } from "@/server/platform/transaction";
import { queued } from "../notify/notify";
import { findDueTargets } from "./delivery.repository";

const MOST_TARGETS = 1_000;

/** Starts deliveries whose moment has come: after quiet hours, digests, later tries, and what a dead process left behind. */
export async function sweepDeliveries(clock: Clock = systemClock): Promise<{ started: number }> {
  const now = clock.now();
  const targets = await findDueTargets(now, MOST_TARGETS);
  for (const { workspaceId, userId, channel } of targets) {
    await inWorkspace(workspaceId, (scope) => emit(scope.db, [queued(workspaceId, userId, channel, now)]));
  }
  return { started: targets.length };
}
