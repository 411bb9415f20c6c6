import type { Scope } from "@/server/platform/transaction";
import type { ViewFields } from "./schema";

const SHOWN = { id: true, ownerId: true, name: true, filters: true, position: true } as const;

/** Shared ones and those of this person: shared first. */
export async function listViewRows({ workspaceId, db }: Scope, userId: string) {
  return db.savedView.findMany({
    where: { workspaceId, OR: [{ ownerId: null }, { ownerId: userId }] },
    orderBy: [{ ownerId: { sort: "asc", nulls: "first" } }, { position: "asc" }, { name: "asc" }],
    select: SHOWN,
  });
}

export async function findView({ workspaceId, db }: Scope, viewId: string) {
  return db.savedView.findFirst({ where: { workspaceId, id: viewId }, select: SHOWN });
}

const toData = ({ name, position, filters }: ViewFields, ownerId: string | null) => ({
  name,
  position,
  ownerId,
  filters: JSON.parse(JSON.stringify(filters)) as object,
});

export async function insertView({ workspaceId, db }: Scope, id: string, fields: ViewFields, ownerId: string | null): Promise<void> {
  await db.savedView.create({ data: { id, workspaceId, ...toData(fields, ownerId) } });
}

export async function updateViewRow({ workspaceId, db }: Scope, id: string, fields: ViewFields, ownerId: string | null): Promise<void> {
  await db.savedView.updateMany({ where: { workspaceId, id }, data: toData(fields, ownerId) });
}

export async function deleteView({ workspaceId, db }: Scope, id: string): Promise<void> {
  await db.savedView.deleteMany({ where: { workspaceId, id } });
}
