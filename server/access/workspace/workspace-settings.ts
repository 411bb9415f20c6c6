import { writeAudit } from "@/server/platform/audit";
import { inWorkspace } from "@/server/platform/transaction";
import { knownLocale } from "../rules";
import type { Locale } from "../schema";
import type { Actor } from "../sessions/session";
import { findWorkspace, updateWorkspaceRow } from "./repository";

export async function getWorkspace(workspaceId: string) {
  return inWorkspace(workspaceId, async (scope) => {
    const row = await findWorkspace(scope);
    return { ...row, locale: knownLocale(row.locale) };
  });
}

export async function updateWorkspace(workspaceId: string, actor: Actor, fields: { name: string; locale: Locale; timeZone: string }): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    await updateWorkspaceRow(scope, fields);
    await writeAudit(scope, { actor, ip: actor.ip, action: "workspace.updated", subject: { type: "workspace", id: workspaceId }, details: { ...fields } });
  });
}
