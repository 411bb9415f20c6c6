import { newId } from "@/lib/ids";
import { writeAudit } from "@/server/platform/audit";
import { conflict } from "@/server/platform/errors";
import { inSystem } from "@/server/platform/transaction";
import { hashPassword } from "../password";
import type { CreateFirstOwnerInput } from "../schema";
import { hasUsers, insertFirstOwner, lockSetup } from "./repository";

export interface FirstOwner {
  readonly userId: string;
  readonly workspaceId: string;
  readonly organizationId: string;
}

/**
 * Makes the first owner, the workspace and its first organization; there is no default account. Only while no user exists.
 * @throws AppError `setup.done` (409), also for the slower one of two at the same time.
 */
export async function createFirstOwner(input: CreateFirstOwnerInput, origin: { ip: string | null } = { ip: null }): Promise<FirstOwner> {
  if (await hasUsers()) throw conflict("setup.done");
  const passwordHash = await hashPassword(input.password);
  const ids = { user: newId(), workspace: newId(), membership: newId(), organization: newId() };
  await inSystem(async (tx) => {
    await lockSetup(tx);
    if (await hasUsers(tx)) throw conflict("setup.done");
    await insertFirstOwner(tx, { ids, input, passwordHash });
    await writeAudit(
      { workspaceId: ids.workspace, db: tx },
      { actor: { kind: "user", id: ids.user }, action: "workspace.created", subject: { type: "workspace", id: ids.workspace }, ip: origin.ip ?? undefined },
    );
  });
  return { userId: ids.user, workspaceId: ids.workspace, organizationId: ids.organization };
}
