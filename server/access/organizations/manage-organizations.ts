import { newId } from "@/lib/ids";
import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { conflict, notFound } from "@/server/platform/errors";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import type { Actor } from "../sessions/session";
import { lockWorkspace } from "../workspace/repository";
import {
  findOrganization,
  insertOrganization,
  isOrganizationNameTaken,
  listOrganizationRows,
  type OrganizationFields,
  updateOrganizationRow,
} from "./repository";

export async function listOrganizations(workspaceId: string, includeArchived: boolean) {
  return inWorkspace(workspaceId, (scope) => listOrganizationRows(scope, includeArchived));
}

/** @throws AppError `organization.not_found` (404). */
export async function getOrganization(workspaceId: string, organizationId: string) {
  return inWorkspace(workspaceId, async (scope) => {
    const row = await findOrganization(scope, organizationId);
    if (row === null) throw notFound("organization.not_found");
    return row;
  });
}

/** @throws AppError `organization.name_taken` (409). */
export async function createOrganization(workspaceId: string, actor: Actor, fields: OrganizationFields): Promise<string> {
  const id = newId();
  await inWorkspace(workspaceId, async (scope) => {
    await demandFreeName(scope, fields.name);
    await insertOrganization(scope, id, fields);
    await record(scope, actor, "organization.created", id, { name: fields.name });
  });
  return id;
}

/** @throws AppError `organization.not_found` (404), `organization.name_taken` (409). */
export async function updateOrganization(workspaceId: string, actor: Actor, organizationId: string, fields: OrganizationFields): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    await demandFreeName(scope, fields.name, organizationId);
    if (!(await updateOrganizationRow(scope, organizationId, fields))) throw notFound("organization.not_found");
    await record(scope, actor, "organization.updated", organizationId, { ...fields });
  });
}

/**
 * Takes an organization out of the lists; its connections, sales and documents stay.
 * @throws AppError `organization.not_found` (404), `organization.last` (409): a workspace keeps one to work with.
 */
export async function archiveOrganization(workspaceId: string, actor: Actor, organizationId: string, clock: Clock = systemClock): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    await lockWorkspace(scope);
    const active = await listOrganizationRows(scope, false);
    if ((await findOrganization(scope, organizationId)) === null) throw notFound("organization.not_found");
    if (active.every(({ id }) => id === organizationId)) throw conflict("organization.last");
    await updateOrganizationRow(scope, organizationId, { archivedAt: clock.now() });
    await record(scope, actor, "organization.archived", organizationId);
  });
}

/** @throws AppError `organization.not_found` (404). */
export async function restoreOrganization(workspaceId: string, actor: Actor, organizationId: string): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    if (!(await updateOrganizationRow(scope, organizationId, { archivedAt: null }))) throw notFound("organization.not_found");
    await record(scope, actor, "organization.restored", organizationId);
  });
}

/** Under the workspace's lock, so that two at the same time get an answer instead of a broken constraint. */
async function demandFreeName(scope: Scope, name: string, exceptId?: string): Promise<void> {
  await lockWorkspace(scope);
  if (await isOrganizationNameTaken(scope, name, exceptId)) throw conflict("organization.name_taken", { name });
}

async function record(scope: Scope, actor: Actor, action: string, id: string, details: Record<string, unknown> = {}): Promise<void> {
  await writeAudit(scope, { actor, ip: actor.ip, action, subject: { type: "organization", id }, details });
}
