import { newId } from "@/lib/ids";
import type { Prisma } from "./generated/client";
import { currentRequestId } from "./logger";
import { redactValue } from "./security/redaction";
import type { Scope, Tx } from "./transaction";

export interface AuditActor {
  /** `user`, `system`, `api-key`, `cli`, `remote` … */
  readonly kind: string;
  readonly id?: string | undefined;
}

export interface AuditRecord {
  readonly actor: AuditActor;
  /** `<noun>.<past verb>`, e.g. `connection.credentials_changed`. */
  readonly action: string;
  readonly subject?: { readonly type: string; readonly id: string } | undefined;
  /** What changed. Secrets and personal data are cut by key and by pattern before it is stored. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly ip?: string | undefined;
}

/**
 * Writes one audit entry in the caller's transaction, so that the deed and its record commit together.
 * A `Scope` writes for its workspace, a bare transaction writes an entry of the installation (sign-in, keys rotated).
 */
export async function writeAudit(target: Scope | Tx, record: AuditRecord): Promise<void> {
  const { workspaceId, db } = isScope(target) ? target : { workspaceId: null, db: target };
  await db.auditEntry.create({
    data: {
      id: newId(),
      workspaceId,
      actorKind: record.actor.kind,
      actorId: record.actor.id ?? null,
      action: record.action,
      subjectType: record.subject?.type ?? null,
      subjectId: record.subject?.id ?? null,
      details: redactValue(record.details ?? {}) as Prisma.InputJsonObject,
      ip: record.ip ?? null,
      requestId: currentRequestId() ?? null,
    },
  });
}

function isScope(target: Scope | Tx): target is Scope {
  return "workspaceId" in target && "db" in target;
}
