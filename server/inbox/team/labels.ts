import { newId } from "@/lib/ids";
import { type AuditActor, writeAudit } from "@/server/platform/audit";
import { conflict, notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { afterChange } from "../after-change";
import type { LabelColor } from "../schema";
import { deleteLabel, insertLabel, isLabelNameTaken, updateLabelRow } from "./labels.repository";

interface LabelFields {
  readonly name: string;
  readonly color: LabelColor;
}

/** @throws AppError `inbox.label_name_taken`. */
export async function createLabel(scope: Scope, actor: AuditActor, fields: LabelFields): Promise<{ id: string }> {
  if (await isLabelNameTaken(scope, fields.name, null)) throw conflict("inbox.label_name_taken", { name: fields.name });
  const id = newId();
  await insertLabel(scope, { id, ...fields });
  await writeAudit(scope, { actor, action: "label.created", subject: { type: "label", id }, details: { ...fields } });
  return { id };
}

/** @throws AppError `inbox.label_not_found`, `inbox.label_name_taken`. */
export async function updateLabel(scope: Scope, actor: AuditActor, labelId: string, fields: LabelFields): Promise<void> {
  if (await isLabelNameTaken(scope, fields.name, labelId)) throw conflict("inbox.label_name_taken", { name: fields.name });
  if (!(await updateLabelRow(scope, labelId, fields))) throw notFound("inbox.label_not_found");
  await writeAudit(scope, { actor, action: "label.updated", subject: { type: "label", id: labelId }, details: { ...fields } });
}

/** Takes it off every conversation. @throws AppError `inbox.label_not_found`. */
export async function removeLabel(scope: Scope, actor: AuditActor, labelId: string): Promise<void> {
  const conversationIds = await deleteLabel(scope, labelId);
  if (conversationIds === null) throw notFound("inbox.label_not_found");
  await writeAudit(scope, { actor, action: "label.removed", subject: { type: "label", id: labelId }, details: { conversations: conversationIds.length } });
  await afterChange(scope, conversationIds);
}
