import { inSystem } from "@/server/platform/transaction";

export async function deleteOldNotices(before: Date, limit: number): Promise<number> {
  return inSystem((tx) => tx.$executeRaw`DELETE FROM notice WHERE id IN (SELECT id FROM notice WHERE created_at < ${before} LIMIT ${limit})`);
}

/** Samples belong to no notice and would stay for ever. */
export async function deleteOldDeliveries(before: Date, limit: number): Promise<number> {
  return inSystem((tx) => tx.$executeRaw`DELETE FROM notice_delivery WHERE id IN (SELECT id FROM notice_delivery WHERE created_at < ${before} LIMIT ${limit})`);
}
