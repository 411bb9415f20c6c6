import { type Clock, systemClock } from "@/server/platform/clock";
import { db } from "@/server/platform/db";
import { processDeliveries } from "../index";

/** What the durable function does with every push that waits, and with those that are handed on to a run of their own. */
export async function workOff({ workspaceId, connectionId }: { workspaceId: string; connectionId: string }, clock: Clock = systemClock): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) {
    const rows = await db.delivery.findMany({ where: { connectionId, status: { in: ["stored", "failed"] } } });
    for (const { id, burstId } of rows)
      await processDeliveries({ workspaceId, connectionId, deliveryIds: [id], ...(burstId === null ? {} : { burstId }) }, clock);
  }
}
