import type { Scope } from "@/server/platform/transaction";
import type { ViewFields, ViewPage } from "./schema";

const SHOWN = { id: true, page: true, ownerId: true, name: true, filters: true, position: true } as const;

const seenBy = (userId: string) => ({ OR: [{ ownerId: null }, { ownerId: userId }] });

/** Shared ones and those of this person: shared first. */
export async function listViewRows({ workspaceId, db }: Scope, page: ViewPage, userId: string) {
  return db.savedView.findMany({
    where: { workspaceId, page, ...seenBy(userId) },
    orderBy: [{ ownerId: { sort: "asc", nulls: "first" } }, { position: "asc" }, { name: "asc" }],
    select: SHOWN,
  });
}

/** Null also for somebody else's private one. */
export async function findViewRow({ workspaceId, db }: Scope, viewId: string, userId: string) {
  return db.savedView.findFirst({ where: { workspaceId, id: viewId, ...seenBy(userId) }, select: SHOWN });
}

function toData({ name, position, filters: { page, ...filters } }: ViewFields, ownerId: string | null) {
  return { page, name, position, ownerId, filters: JSON.parse(JSON.stringify(filters)) as object };
}

export async function insertView({ workspaceId, db }: Scope, id: string, fields: ViewFields, ownerId: string | null): Promise<void> {
  await db.savedView.create({ data: { id, workspaceId, ...toData(fields, ownerId) } });
}

export async function updateViewRow({ workspaceId, db }: Scope, id: string, fields: ViewFields, ownerId: string | null): Promise<void> {
  await db.savedView.updateMany({ where: { workspaceId, id }, data: toData(fields, ownerId) });
}

export async function deleteView({ workspaceId, db }: Scope, id: string): Promise<void> {
  await db.savedView.deleteMany({ where: { workspaceId, id } });
}

/** What the page opens with for this person, if they still see it. */
export async function findDefaultRow({ workspaceId, db }: Scope, page: ViewPage, userId: string) {
  const row = await db.defaultView.findFirst({ where: { workspaceId, userId, page, view: seenBy(userId) }, select: { view: { select: SHOWN } } });
  return row?.view ?? null;
}

export async function saveDefault({ workspaceId, db }: Scope, page: string, userId: string, viewId: string): Promise<void> {
  const key = { workspaceId, userId, page };
  await db.defaultView.upsert({ where: { workspaceId_userId_page: key }, create: { ...key, viewId }, update: { viewId } });
}

export async function clearDefault({ workspaceId, db }: Scope, userId: string, viewId: string): Promise<void> {
  await db.defaultView.deleteMany({ where: { workspaceId, userId, viewId } });
}
