import { newId } from "@/lib/ids";
import { storable } from "@/lib/storable";
import type { Viewer } from "@/server/access/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { forbidden, notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import type { Scope } from "@/server/platform/transaction";
import { announce } from "../announce";
import { noteMentioned } from "../events";
import { requireVisible } from "../visibility.repository";
import { readingRoles } from "./assignable";
import { clearDraft } from "./drafts";
import { recordHistory } from "./history.repository";
import { findNote, insertNote, listNoteRows, saveMentions, updateNote } from "./notes.repository";
import { findPeople } from "./people.repository";
import type { Note } from "./schema";
import { threadIds } from "./thread-ids";

/** Private notes of a whole thread, oldest first. @throws AppError `inbox.conversation_not_found`. */
export async function listNotes(scope: Scope, viewer: Viewer, conversationId: string): Promise<Note[]> {
  const rows = await listNoteRows(scope, await threadIds(scope, viewer, conversationId));
  return rows.map(({ authorId, authorName, mentions, ...row }) => ({
    ...row,
    author: { id: authorId, name: authorName ?? "" },
    isYours: authorId === viewer.userId,
    mentions: [...mentions],
  }));
}

/**
 * Writes a private note; it never leaves the house. Who is mentioned hears of it.
 * @throws AppError `inbox.conversation_not_found`, `member.not_found` (somebody mentioned does not read this inbox).
 */
export async function addNote(
  scope: Scope,
  viewer: Viewer,
  input: { readonly conversationId: string; readonly text: string; readonly mentionIds: readonly string[] },
  clock: Clock = systemClock,
): Promise<{ id: string }> {
  await requireVisible(scope, viewer, input.conversationId);
  await requireReaders(scope, input.mentionIds);
  const [id, now] = [newId(), clock.now()];
  const note = { id, conversationId: input.conversationId };
  await insertNote(scope, { ...note, authorId: viewer.userId, text: storable(input.text), createdAt: now });
  await saveMentions(scope, note, input.mentionIds, now);
  await recordHistory(scope, { kind: "user", id: viewer.userId }, now, [
    { conversationId: input.conversationId, type: "note", data: { noteId: id, deed: "added" } },
  ]);
  await tellMentioned(scope, viewer, note, input.mentionIds);
  await clearDraft(scope, { userId: viewer.userId, conversationId: input.conversationId, kind: "note" });
  await announce(scope, [input.conversationId]);
  return { id };
}

/** One's own only. Who is newly mentioned hears of it. @throws AppError `inbox.note_not_found`, `inbox.note_not_yours`, `member.not_found`. */
export async function editNote(
  scope: Scope,
  viewer: Viewer,
  input: { readonly noteId: string; readonly text: string; readonly mentionIds: readonly string[] },
  clock: Clock = systemClock,
): Promise<void> {
  const note = await requireOwnNote(scope, viewer, input.noteId);
  await requireReaders(scope, input.mentionIds);
  const now = clock.now();
  await updateNote(scope, note.id, { text: storable(input.text), editedAt: now });
  await saveMentions(scope, note, input.mentionIds, now);
  await recordHistory(scope, { kind: "user", id: viewer.userId }, now, [
    { conversationId: note.conversationId, type: "note", data: { noteId: note.id, deed: "edited" } },
  ]);
  await tellMentioned(
    scope,
    viewer,
    note,
    input.mentionIds.filter((id) => !note.mentionIds.includes(id)),
  );
  await announce(scope, [note.conversationId]);
}

/** One's own only. @throws AppError `inbox.note_not_found`, `inbox.note_not_yours`. */
export async function removeNote(scope: Scope, viewer: Viewer, noteId: string, clock: Clock = systemClock): Promise<void> {
  const note = await requireOwnNote(scope, viewer, noteId);
  const now = clock.now();
  await updateNote(scope, noteId, { deletedAt: now });
  await saveMentions(scope, note, [], now);
  await recordHistory(scope, { kind: "user", id: viewer.userId }, now, [
    { conversationId: note.conversationId, type: "note", data: { noteId, deed: "removed" } },
  ]);
  await announce(scope, [note.conversationId]);
}

async function requireOwnNote(scope: Scope, viewer: Viewer, noteId: string) {
  const note = await findNote(scope, noteId);
  if (note === null) throw notFound("inbox.note_not_found");
  await requireVisible(scope, viewer, note.conversationId);
  if (note.authorId !== viewer.userId) throw forbidden("inbox.note_not_yours");
  return note;
}

async function requireReaders(scope: Scope, userIds: readonly string[]): Promise<void> {
  const known = await findPeople(scope, userIds, readingRoles());
  if (userIds.some((id) => !known.has(id))) throw notFound("member.not_found");
}

async function tellMentioned(
  scope: Scope,
  viewer: Viewer,
  note: { readonly id: string; readonly conversationId: string },
  userIds: readonly string[],
): Promise<void> {
  const others = userIds.filter((id) => id !== viewer.userId);
  if (others.length === 0) return;
  const { workspaceId } = scope;
  await emit(scope.db, [noteMentioned.create({ workspaceId, conversationId: note.conversationId, noteId: note.id, userIds: others, byUserId: viewer.userId })]);
}
