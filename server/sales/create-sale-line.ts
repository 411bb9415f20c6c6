import { newId } from "@/lib/ids";
import { storable } from "@/lib/storable";
import { type AuditActor, writeAudit } from "@/server/platform/audit";
import { notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { findTwins, insertManualLine, organizationExists } from "./repository";
import type { CreateSaleLineInput } from "./schema";

/**
 * Adds a line by hand. It has no id of a service, so same date, marketplace, organization and revenue as another line marks it
 * as a possible duplicate; it is kept all the same.
 * @throws AppError `sales.organization_not_found`.
 */
export async function createSaleLine(
  scope: Scope,
  input: CreateSaleLineInput,
  actor: AuditActor,
): Promise<{ id: string; possibleDuplicateOfId: string | null }> {
  if (!(await organizationExists(scope, input.organizationId))) throw notFound("sales.organization_not_found");
  const line = { ...input, id: newId(), description: storable(input.description) };
  const [twin = null] = await findTwins(scope, [line]);
  await insertManualLine(scope, line, twin);
  await writeAudit(scope, {
    actor,
    action: "sale_line.created",
    subject: { type: "sale_line", id: line.id },
    details: { date: line.date, revenueMinor: String(line.revenueMinor), currency: line.currency },
  });
  return { id: line.id, possibleDuplicateOfId: twin };
}
