import { storable } from "@/lib/storable";
import type { Viewer } from "@/server/access/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import type { Scope } from "@/server/platform/transaction";
import { requireVisible } from "../visibility.repository";
import { type DraftKey, deleteDraftRow, listDraftRows, saveDraftRow } from "./drafts.repository";
import { type DraftKind, draftKindSchema } from "./schema";

/** One's own unfinished words in a conversation. @throws AppError `inbox.conversation_not_found`. */
export async function listDrafts(scope: Scope, viewer: Viewer, conversationId: string): Promise<{ kind: DraftKind; text: string; updatedAt: Date }[]> {
  await requireVisible(scope, viewer, conversationId);
  const rows = await listDraftRows(scope, viewer.userId, conversationId);
  return rows.map((row) => ({ ...row, kind: draftKindSchema.parse(row.kind) }));
}

/** Keeps unfinished words, whichever browser wrote last; empty ones are forgotten. @throws AppError `inbox.conversation_not_found`. */
export async function saveDraft(
  scope: Scope,
  viewer: Viewer,
  input: { readonly conversationId: string; readonly kind: DraftKind; readonly text: string },
  clock: Clock = systemClock,
): Promise<{ updatedAt: Date }> {
  await requireVisible(scope, viewer, input.conversationId);
  const key = { conversationId: input.conversationId, userId: viewer.userId, kind: input.kind };
  const updatedAt = clock.now();
  if (input.text.trim() === "") await deleteDraftRow(scope, key);
  else await saveDraftRow(scope, key, storable(input.text), updatedAt);
  return { updatedAt };
}

/** The words have left: called in the transaction that wrote the message or the note. */
export async function clearDraft(scope: Scope, key: Omit<DraftKey, "kind"> & { readonly kind: DraftKind }): Promise<void> {
  await deleteDraftRow(scope, key);
}
