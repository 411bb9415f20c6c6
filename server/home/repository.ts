import type { Scope } from "@/server/platform/transaction";

export async function findTimeZone(scope: Scope): Promise<string> {
  const row = await scope.db.workspace.findUnique({ where: { id: scope.workspaceId }, select: { timeZone: true } });
  return row?.timeZone ?? "UTC";
}
