import { type AuditActor, writeAudit } from "@/server/platform/audit";
import { invalid, notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import type { Scope } from "@/server/platform/transaction";
import { openCredentials, sealCredentials } from "@/server/platform/vault/credentials";
import type { Connector } from "../contract/connector";
import { checkRequested } from "../events";
import { findCredentials, putCredentials } from "./connection.repository";
import { hintOf } from "./rules";
import { forgetTokens } from "./token-store";

export type Credentials = Readonly<Record<string, string>>;

/** Who did it, for the audit; a request's actor fits. */
export interface Actor {
  readonly kind: string;
  readonly id?: string | undefined;
  readonly ip?: string | null | undefined;
}

/** The actor as `writeAudit` takes it; spread into the record. */
export function by(actor: Actor): { actor: AuditActor; ip?: string } {
  return { actor: { kind: actor.kind, id: actor.id }, ...(actor.ip ? { ip: actor.ip } : {}) };
}

/**
 * Reads what was typed into the form against the connector's own schema; fields it does not know are refused.
 * @throws AppError `connection.credentials_missing` (names the fields) | `connection.credentials_malformed`.
 */
export function parseCredentials(connector: Connector, typed: Credentials): Credentials {
  const names = connector.credentials.fields.map((field) => field.name);
  const unknown = Object.keys(typed).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw invalid("connection.credentials_malformed", { fields: unknown.join(", ").slice(0, 200) });
  const parsed = connector.credentials.schema.safeParse(typed);
  if (parsed.success) return parsed.data;
  const bad = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0] ?? "")))].filter((name) => name !== "");
  const missing = bad.filter((name) => (typed[name] ?? "") === "");
  if (missing.length > 0) throw invalid("connection.credentials_missing", { fields: missing.join(", ") });
  throw invalid("connection.credentials_malformed", { fields: bad.join(", ") });
}

/** Seals and stores credentials; only hints stay readable. What the key may do is asked soon after. */
export async function storeCredentials(scope: Scope, connector: Connector, connectionId: string, credentials: Credentials, actor: Actor): Promise<void> {
  const sealed = await sealCredentials(scope, connectionId, credentials);
  const hints: Record<string, string> = {};
  for (const field of connector.credentials.fields) {
    const value = credentials[field.name];
    if (value !== undefined && value !== "") hints[field.name] = hintOf(value, field.secret);
  }
  await putCredentials(scope, connectionId, { ...sealed, hints });
  await forgetTokens(scope, connectionId);
  await writeAudit(scope, {
    ...by(actor),
    action: "connection.credentials_changed",
    subject: { type: "connection", id: connectionId },
    details: { fields: Object.keys(hints) },
  });
  await emit(scope.db, [checkRequested.create({ workspaceId: scope.workspaceId, connectionId })]);
}

/** @throws AppError `connection.credentials_missing`, or what the vault throws. */
export async function loadCredentials(scope: Scope, connectionId: string): Promise<Credentials> {
  const row = await findCredentials(scope, connectionId);
  if (row === null) throw notFound("connection.credentials_missing");
  return openCredentials(scope, connectionId, row);
}
