import type { Scope } from "@/server/platform/transaction";
import type { SaveMacroInput } from "./schema";

const FIELDS = { id: true, ownerId: true, title: true, actions: true, channels: true, useCount: true } as const;

/** The workspace's and the person's own; what is used most first. Another person's private macro is not there. */
export async function listMacroRows(scope: Scope, userId: string) {
  return scope.db.macro.findMany({
    where: { workspaceId: scope.workspaceId, archivedAt: null, OR: [{ ownerId: null }, { ownerId: userId }] },
    orderBy: [{ useCount: "desc" }, { title: "asc" }, { id: "asc" }],
    select: FIELDS,
    take: 200,
  });
}

export async function findMacroRow(scope: Scope, userId: string, macroId: string) {
  return scope.db.macro.findFirst({
    where: { workspaceId: scope.workspaceId, id: macroId, archivedAt: null, OR: [{ ownerId: null }, { ownerId: userId }] },
    select: FIELDS,
  });
}

export interface MacroFields extends Omit<SaveMacroInput, "macroId" | "isShared"> {
  readonly ownerId: string | null;
}

export async function insertMacro(scope: Scope, id: string, fields: MacroFields): Promise<void> {
  await scope.db.macro.create({ data: { id, workspaceId: scope.workspaceId, ...fields } });
}

export async function updateMacro(scope: Scope, id: string, fields: Partial<MacroFields> & { readonly archivedAt?: Date }): Promise<void> {
  await scope.db.macro.updateMany({ where: { workspaceId: scope.workspaceId, id }, data: fields });
}

export async function countMacroUse(scope: Scope, id: string): Promise<void> {
  await scope.db.$executeRaw`UPDATE macro SET use_count = use_count + 1 WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ${id}::uuid`;
}
