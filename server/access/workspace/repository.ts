import type { Scope } from "@/server/platform/transaction";

/** One change of the workspace's people or organizations at a time: rules that count rows (last owner, last organization) hold. */
export async function lockWorkspace({ workspaceId, db }: Scope): Promise<void> {
  await db.$queryRaw`SELECT id FROM workspace WHERE id = ${workspaceId}::uuid FOR UPDATE`;
}

const SHOWN = { id: true, name: true, locale: true, timeZone: true, createdAt: true } as const;

export async function findWorkspace({ workspaceId, db }: Scope) {
  return db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: SHOWN });
}

export async function updateWorkspaceRow({ workspaceId, db }: Scope, data: { name: string; locale: string; timeZone: string }): Promise<void> {
  await db.workspace.update({ where: { id: workspaceId }, data });
}
