import type { Scope } from "@/server/platform/transaction";

export interface OrganizationFields {
  name: string;
  legalName: string | null;
  taxId: string | null;
  country: string;
  currency: string;
  timeZone: string;
}

const SHOWN = { id: true, name: true, legalName: true, taxId: true, country: true, currency: true, timeZone: true, createdAt: true, archivedAt: true } as const;

export async function listOrganizationRows({ workspaceId, db }: Scope, includeArchived: boolean) {
  return db.organization.findMany({ where: { workspaceId, ...(includeArchived ? {} : { archivedAt: null }) }, orderBy: { name: "asc" }, select: SHOWN });
}

export async function findOrganization({ workspaceId, db }: Scope, id: string) {
  return db.organization.findFirst({ where: { workspaceId, id }, select: SHOWN });
}

export async function isOrganizationNameTaken({ workspaceId, db }: Scope, name: string, exceptId?: string): Promise<boolean> {
  const row = await db.organization.findFirst({
    where: { workspaceId, name, ...(exceptId === undefined ? {} : { NOT: { id: exceptId } }) },
    select: { id: true },
  });
  return row !== null;
}

export async function insertOrganization({ workspaceId, db }: Scope, id: string, fields: OrganizationFields): Promise<void> {
  await db.organization.create({ data: { id, workspaceId, ...fields } });
}

/** @returns whether there was such an organization. */
export async function updateOrganizationRow(
  { workspaceId, db }: Scope,
  id: string,
  fields: OrganizationFields | { archivedAt: Date | null },
): Promise<boolean> {
  const { count } = await db.organization.updateMany({ where: { workspaceId, id }, data: fields });
  return count === 1;
}
