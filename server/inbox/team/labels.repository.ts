import type { Scope } from "@/server/platform/transaction";
import { type LabelColor, labelColorSchema } from "../schema";

export interface LabelRow {
  readonly id: string;
  readonly name: string;
  readonly color: LabelColor;
  readonly createdAt: Date;
}

export async function listLabelRows({ workspaceId, db }: Scope): Promise<LabelRow[]> {
  const rows = await db.label.findMany({ where: { workspaceId }, orderBy: { name: "asc" }, select: { id: true, name: true, color: true, createdAt: true } });
  return rows.map((row) => ({ ...row, color: labelColorSchema.catch("gray").parse(row.color) }));
}

export async function isLabelNameTaken({ workspaceId, db }: Scope, name: string, exceptId: string | null): Promise<boolean> {
  return (await db.label.count({ where: { workspaceId, name, ...(exceptId === null ? {} : { NOT: { id: exceptId } }) } })) > 0;
}

export async function insertLabel({ workspaceId, db }: Scope, label: { id: string; name: string; color: LabelColor }): Promise<void> {
  await db.label.create({ data: { ...label, workspaceId } });
}

export async function updateLabelRow({ workspaceId, db }: Scope, labelId: string, data: { name: string; color: LabelColor }): Promise<boolean> {
  return (await db.label.updateMany({ where: { workspaceId, id: labelId }, data })).count > 0;
}

/** @returns the conversations that had it; null = there is no such label. */
export async function deleteLabel({ workspaceId, db }: Scope, labelId: string): Promise<string[] | null> {
  const labelled = await db.conversationLabel.findMany({ where: { workspaceId, labelId }, select: { conversationId: true } });
  const { count } = await db.label.deleteMany({ where: { workspaceId, id: labelId } });
  return count === 0 ? null : labelled.map(({ conversationId }) => conversationId);
}

/** @returns by conversation what really changed. */
export async function replaceLabels(
  scope: Scope,
  conversationIds: readonly string[],
  change: { readonly addLabelIds: readonly string[]; readonly removeLabelIds: readonly string[] },
): Promise<Map<string, { added: string[]; removed: string[] }>> {
  const [ids, add] = [[...conversationIds], [...change.addLabelIds]];
  const remove = change.removeLabelIds.filter((id) => !add.includes(id));
  const added = await scope.db.$queryRaw<{ id: string; labelId: string }[]>`
    INSERT INTO conversation_label (conversation_id, label_id, workspace_id, last_message_at)
    SELECT c.id, l.id, ${scope.workspaceId}::uuid, c.last_message_at FROM conversation c CROSS JOIN unnest(${add}::uuid[]) AS l(id)
    WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = ANY(${ids}::uuid[]) ON CONFLICT DO NOTHING RETURNING conversation_id AS id, label_id AS "labelId"`;
  const removed = await scope.db.$queryRaw<{ id: string; labelId: string }[]>`
    DELETE FROM conversation_label WHERE workspace_id = ${scope.workspaceId}::uuid AND conversation_id = ANY(${ids}::uuid[]) AND label_id = ANY(${remove}::uuid[])
    RETURNING conversation_id AS id, label_id AS "labelId"`;
  const changes = new Map<string, { added: string[]; removed: string[] }>();
  const of = (id: string) => {
    const entry = changes.get(id) ?? { added: [], removed: [] };
    changes.set(id, entry);
    return entry;
  };
  for (const { id, labelId } of added) of(id).added.push(labelId);
  for (const { id, labelId } of removed) of(id).removed.push(labelId);
  return changes;
}

/** Of one conversation, by name. */
export async function listLabelsOf({ workspaceId, db }: Scope, conversationId: string): Promise<LabelRow[]> {
  const rows = await db.conversationLabel.findMany({
    where: { workspaceId, conversationId },
    select: { label: { select: { id: true, name: true, color: true, createdAt: true } } },
    orderBy: { label: { name: "asc" } },
  });
  return rows.map(({ label }) => ({ ...label, color: labelColorSchema.catch("gray").parse(label.color) }));
}
