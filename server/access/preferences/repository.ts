import type { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";

export async function findPreference(scope: Scope, userId: string, section: string): Promise<Prisma.JsonValue | undefined> {
  const where = { workspaceId_userId_section: { workspaceId: scope.workspaceId, userId, section } };
  return (await scope.db.memberPreference.findUnique({ where, select: { value: true } }))?.value;
}

export async function savePreference(scope: Scope, userId: string, section: string, value: Prisma.InputJsonValue): Promise<void> {
  const key = { workspaceId: scope.workspaceId, userId, section };
  await scope.db.memberPreference.upsert({ where: { workspaceId_userId_section: key }, create: { ...key, value }, update: { value } });
}
