import { newId } from "@/lib/ids";
import { isPermitted, type Viewer } from "@/server/access/index";
import { type AuditActor, writeAudit } from "@/server/platform/audit";
import { forbidden, notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { storedFilterSchema } from "../schema";
import { requireFilterRows } from "./require-rows";
import { type SavedView, type ViewFields, viewFiltersSchema } from "./schema";
import { deleteView, findView, insertView, listViewRows, updateViewRow } from "./views.repository";

/** JSON keeps moments as texts. */
const stored = viewFiltersSchema.extend({ filter: storedFilterSchema });

/** A view stored by an older version that cannot be read any more is left out rather than breaking the list. */
export async function listViews(scope: Scope, userId: string): Promise<SavedView[]> {
  return (await listViewRows(scope, userId)).flatMap(({ ownerId, filters, ...row }) => {
    const parsed = stored.safeParse(filters);
    return parsed.success ? [{ ...row, isShared: ownerId === null, filters: parsed.data }] : [];
  });
}

const ownerOf = (viewer: Viewer, isShared: boolean) => (isShared ? null : viewer.userId);

function requireSharing(viewer: Viewer, isShared: boolean): void {
  if (isShared && !isPermitted(viewer.role, "inbox.manage")) throw forbidden("inbox.view_shared_forbidden");
}

async function requireOwnOrShared(scope: Scope, viewer: Viewer, viewId: string): Promise<{ isShared: boolean }> {
  const view = await findView(scope, viewId);
  if (view === null || (view.ownerId !== null && view.ownerId !== viewer.userId)) throw notFound("inbox.view_not_found");
  requireSharing(viewer, view.ownerId === null);
  return { isShared: view.ownerId === null };
}

/** A private view for oneself; a shared one for everybody takes the right to manage. @throws AppError `inbox.view_shared_forbidden`, what names unknown rows. */
export async function createView(scope: Scope, viewer: Viewer, actor: AuditActor, fields: ViewFields): Promise<{ id: string }> {
  requireSharing(viewer, fields.isShared);
  await requireFilterRows(scope, fields.filters.filter);
  const id = newId();
  await insertView(scope, id, fields, ownerOf(viewer, fields.isShared));
  if (fields.isShared) await writeAudit(scope, { actor, action: "view.created", subject: { type: "view", id }, details: { name: fields.name } });
  return { id };
}

/** @throws AppError `inbox.view_not_found`, `inbox.view_shared_forbidden`, what names unknown rows. */
export async function updateView(scope: Scope, viewer: Viewer, actor: AuditActor, viewId: string, fields: ViewFields): Promise<void> {
  const before = await requireOwnOrShared(scope, viewer, viewId);
  requireSharing(viewer, fields.isShared);
  await requireFilterRows(scope, fields.filters.filter);
  await updateViewRow(scope, viewId, fields, ownerOf(viewer, fields.isShared));
  if (before.isShared || fields.isShared)
    await writeAudit(scope, { actor, action: "view.updated", subject: { type: "view", id: viewId }, details: { name: fields.name } });
}

/** @throws AppError `inbox.view_not_found`, `inbox.view_shared_forbidden`. */
export async function removeView(scope: Scope, viewer: Viewer, actor: AuditActor, viewId: string): Promise<void> {
  const before = await requireOwnOrShared(scope, viewer, viewId);
  await deleteView(scope, viewId);
  if (before.isShared) await writeAudit(scope, { actor, action: "view.removed", subject: { type: "view", id: viewId } });
}
