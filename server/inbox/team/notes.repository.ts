import type { Scope } from "@/server/platform/transaction";

export interface NoteRow {
  readonly id: string;
  readonly conversationId: string;
  readonly authorId: string;
  readonly authorName: string | null;
  readonly text: string;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
  readonly mentions: readonly { readonly id: string; readonly name: string }[];
}

const MOST_NOTES = 500;

/** Oldest first, without deleted ones; the newest 500 of a thread. */
export async function listNoteRows(scope: Scope, conversationIds: readonly string[]): Promise<NoteRow[]> {
  const rows = await scope.db.$queryRaw<NoteRow[]>`
    SELECT n.id, n.conversation_id AS "conversationId", n.author_id AS "authorId", u.name AS "authorName", n.text, n.created_at AS "createdAt", n.edited_at AS "editedAt",
      coalesce((SELECT json_agg(json_build_object('id', x.id, 'name', x.name) ORDER BY x.name) FROM note_mention m JOIN "user" x ON x.id = m.user_id WHERE m.note_id = n.id), '[]') AS mentions
    FROM note n LEFT JOIN "user" u ON u.id = n.author_id
    WHERE n.workspace_id = ${scope.workspaceId}::uuid AND n.conversation_id = ANY(${[...conversationIds]}::uuid[]) AND n.deleted_at IS NULL
    ORDER BY n.created_at DESC, n.id DESC LIMIT ${MOST_NOTES}`;
  return rows.reverse();
}

export async function findNote({ workspaceId, db }: Scope, noteId: string) {
  const row = await db.note.findFirst({
    where: { workspaceId, id: noteId, deletedAt: null },
    select: { id: true, conversationId: true, authorId: true, mentions: { select: { userId: true } } },
  });
  return row === null ? null : { ...row, mentionIds: row.mentions.map(({ userId }) => userId) };
}

export async function insertNote(
  { workspaceId, db }: Scope,
  note: { id: string; conversationId: string; authorId: string; text: string; createdAt: Date },
): Promise<void> {
  await db.note.create({ data: { ...note, workspaceId } });
}

export async function updateNote({ workspaceId, db }: Scope, noteId: string, data: { text?: string; editedAt?: Date; deletedAt?: Date }): Promise<void> {
  await db.note.updateMany({ where: { workspaceId, id: noteId }, data });
}

export async function saveMentions(
  { workspaceId, db }: Scope,
  note: { id: string; conversationId: string },
  userIds: readonly string[],
  at: Date,
): Promise<void> {
  await db.noteMention.deleteMany({ where: { workspaceId, noteId: note.id, userId: { notIn: [...userIds] } } });
  await db.noteMention.createMany({
    data: userIds.map((userId) => ({ noteId: note.id, userId, workspaceId, conversationId: note.conversationId, createdAt: at })),
    skipDuplicates: true,
  });
}
