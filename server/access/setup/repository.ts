import { db } from "@/server/platform/db";
import type { Tx } from "@/server/platform/transaction";
import type { CreateFirstOwnerInput } from "../schema";

export async function hasUsers(tx: Tx = db): Promise<boolean> {
  return (await tx.user.findFirst({ select: { id: true } })) !== null;
}

/** Held until the transaction ends: of two first owners the second waits here and then finds the first. */
export async function lockSetup(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('karavan.setup'))`;
}

interface FirstRows {
  readonly ids: { readonly user: string; readonly workspace: string; readonly membership: string; readonly organization: string };
  readonly input: CreateFirstOwnerInput;
  readonly passwordHash: string;
}

export async function insertFirstOwner(tx: Tx, { ids, input, passwordHash }: FirstRows): Promise<void> {
  await tx.user.create({ data: { id: ids.user, email: input.email, name: input.name, passwordHash, locale: input.locale } });
  await tx.workspace.create({
    data: {
      id: ids.workspace,
      name: input.workspaceName,
      locale: input.locale,
      timeZone: input.timeZone,
      memberships: { create: { id: ids.membership, userId: ids.user, role: "owner" } },
      organizations: { create: { id: ids.organization, ...input.organization } },
    },
  });
}
