import { db } from "@/server/platform/db";
import type { Tx } from "@/server/platform/transaction";

export async function findProfile(userId: string) {
  return db.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true, name: true, locale: true } });
}

export async function updateUser(tx: Tx, userId: string, data: { name: string; locale: string } | { passwordHash: string }): Promise<void> {
  await tx.user.update({ where: { id: userId }, data });
}
