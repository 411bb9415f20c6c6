import { newId } from "@/lib/ids";
import { isPermitted, type Permission } from "@/server/access/index";
import type { Role } from "@/server/access/schema";
import { requireFilterRows } from "@/server/inbox/index";
import { storedFilterSchema } from "@/server/inbox/schema";
import { type AuditActor, writeAudit } from "@/server/platform/audit";
import { forbidden, notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { clearDefault, deleteView, findDefaultRow, findViewRow, insertView, listViewRows, saveDefault, updateViewRow } from "./repository";
import { type SavedView, type ViewFields, type ViewFilters, type ViewPage, viewFiltersSchema, viewPageSchema } from "./schema";

export interface Person {
  readonly userId: string;
  readonly role: Role;
}

/** Who may see a page may keep views of it. */
const READS: Readonly<Record<ViewPage, Permission>> = { inbox: "inbox.read", orders: "orders.read", catalog: "catalog.read", sales: "sales.read" };

function requirePage({ role }: Person, page: string): asserts page is ViewPage {
  const known = viewPageSchema.safeParse(page);
  if (!known.success) throw notFound("views.not_found");
  if (!isPermitted(role, READS[known.data])) throw forbidden("views.page_forbidden");
}

function requireSharing({ role }: Person, isShared: boolean): void {
  if (isShared && !isPermitted(role, "views.share")) throw forbidden("views.share_forbidden");
}

type Row = NonNullable<Awaited<ReturnType<typeof findViewRow>>>;

/** JSON keeps moments as texts. Undefined for what an older version stored and this one cannot read. */
function filtersOf({ page, filters }: Row): ViewFilters | undefined {
  const given = { ...(typeof filters === "object" ? filters : {}), page };
  const filter = page === "inbox" ? storedFilterSchema.safeParse((given as { readonly filter?: unknown }).filter).data : undefined;
  return viewFiltersSchema.safeParse(filter === undefined ? given : { ...given, filter }).data;
}

/** Those of a page that the person sees; one that cannot be read any more is left out rather than breaking the list. @throws AppError `views.page_forbidden`. */
export async function listViews(scope: Scope, person: Person, page: ViewPage): Promise<SavedView[]> {
  requirePage(person, page);
  const first = await findDefaultRow(scope, page, person.userId);
  return (await listViewRows(scope, page, person.userId)).flatMap((row) => {
    const filters = filtersOf(row);
    const { id, name, position, ownerId } = row;
    return filters === undefined ? [] : [{ id, name, position, isShared: ownerId === null, isDefault: id === first?.id, filters }];
  });
}

/** What a page opens with for the person; null = plain. */
export async function findDefaultView(scope: Scope, person: Person, page: ViewPage): Promise<{ id: string; filters: ViewFilters } | null> {
  const row = await findDefaultRow(scope, page, person.userId);
  const filters = row === null ? undefined : filtersOf(row);
  return row === null || filters === undefined ? null : { id: row.id, filters };
}

async function requireView(scope: Scope, person: Person, viewId: string): Promise<Row> {
  const row = await findViewRow(scope, viewId, person.userId);
  if (row === null) throw notFound("views.not_found");
  requirePage(person, row.page);
  return row;
}

async function requireChangeable(scope: Scope, person: Person, viewId: string): Promise<{ page: string; isShared: boolean }> {
  const { page, ownerId } = await requireView(scope, person, viewId);
  requireSharing(person, ownerId === null);
  return { page, isShared: ownerId === null };
}

async function requireRowsOf(scope: Scope, filters: ViewFilters): Promise<void> {
  if (filters.page === "inbox") await requireFilterRows(scope, filters.filter);
}

const ownerOf = ({ userId }: Person, isShared: boolean) => (isShared ? null : userId);

/**
 * A private view for oneself; a shared one for everybody takes the right to share.
 * @throws AppError `views.page_forbidden`, `views.share_forbidden`, what names unknown rows.
 */
export async function createView(scope: Scope, person: Person, actor: AuditActor, fields: ViewFields): Promise<{ id: string }> {
  requirePage(person, fields.filters.page);
  requireSharing(person, fields.isShared);
  await requireRowsOf(scope, fields.filters);
  const id = newId();
  await insertView(scope, id, fields, ownerOf(person, fields.isShared));
  if (fields.isShared) await writeAudit(scope, { actor, action: "view.created", subject: { type: "view", id }, details: { name: fields.name } });
  return { id };
}

/** A view stays with its page. @throws AppError `views.not_found`, `views.share_forbidden`, what names unknown rows. */
export async function updateView(scope: Scope, person: Person, actor: AuditActor, viewId: string, fields: ViewFields): Promise<void> {
  const before = await requireChangeable(scope, person, viewId);
  if (before.page !== fields.filters.page) throw notFound("views.not_found");
  requireSharing(person, fields.isShared);
  await requireRowsOf(scope, fields.filters);
  await updateViewRow(scope, viewId, fields, ownerOf(person, fields.isShared));
  if (before.isShared || fields.isShared)
    await writeAudit(scope, { actor, action: "view.updated", subject: { type: "view", id: viewId }, details: { name: fields.name } });
}

/** @throws AppError `views.not_found`, `views.share_forbidden`. */
export async function removeView(scope: Scope, person: Person, actor: AuditActor, viewId: string): Promise<void> {
  const before = await requireChangeable(scope, person, viewId);
  await deleteView(scope, viewId);
  if (before.isShared) await writeAudit(scope, { actor, action: "view.removed", subject: { type: "view", id: viewId } });
}

/** Of any view a person sees: what its page opens with for them, and for nobody else. @throws AppError `views.not_found`. */
export async function setDefaultView(scope: Scope, person: Person, viewId: string, isDefault: boolean): Promise<void> {
  const { page } = await requireView(scope, person, viewId);
  if (isDefault) await saveDefault(scope, page, person.userId, viewId);
  else await clearDefault(scope, person.userId, viewId);
}
