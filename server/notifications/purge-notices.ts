import { type Clock, systemClock } from "@/server/platform/clock";
import { deleteOldDeliveries, deleteOldNotices } from "./purge.repository";

const KEPT_DAYS = 90;
const BATCH = 5_000;

/** Deletes a batch of what is older than 90 days, deliveries with their notices. @returns done when nothing was left. */
export async function purgeNotices(clock: Clock = systemClock): Promise<{ deleted: number; done: boolean }> {
  const before = new Date(clock.now().getTime() - KEPT_DAYS * 86_400_000);
  const deleted = (await deleteOldDeliveries(before, BATCH)) + (await deleteOldNotices(before, BATCH));
  return { deleted, done: deleted === 0 };
}
