import type { Scope } from "@/server/platform/transaction";

export interface DraftKey {
  readonly conversationId: string;
  readonly userId: string;
  readonly kind: string;
}

export async function listDraftRows({ workspaceId, db }: Scope, userId: string, conversationId: string) {
  return db.draft.findMany({ where: { workspaceId, userId, conversationId }, select: { kind: true, text: true, updatedAt: true }, orderBy: { kind: "asc" } });
}

/** Last write wins. */
export async function saveDraftRow({ workspaceId, db }: Scope, key: DraftKey, text: string, updatedAt: Date): Promise<void> {
  await db.draft.upsert({ where: { conversationId_userId_kind: key }, create: { ...key, workspaceId, text, updatedAt }, update: { text, updatedAt } });
}

export async function deleteDraftRow({ workspaceId, db }: Scope, key: DraftKey): Promise<boolean> {
  return (await db.draft.deleteMany({ where: { workspaceId, ...key } })).count > 0;
}
