import { z } from "zod";
import { AppError } from "../errors";
import type { Scope } from "../transaction";
import { processVault, type Sealed, type Subject, type Vault } from "./vault";

/** The purpose under which connection credentials are sealed; a store that re-seals them names the same one. */
export const CREDENTIALS_PURPOSE = "connection-credentials";

const fieldsSchema = z.record(z.string(), z.string());

export function credentialsSubject(connectionId: string): Subject {
  return { purpose: CREDENTIALS_PURPOSE, id: connectionId };
}

/** Seals the credential fields of one connection; the result opens for this workspace and this connection only. */
export async function sealCredentials(
  scope: Scope,
  connectionId: string,
  fields: Readonly<Record<string, string>>,
  vault: Vault = processVault().vault,
): Promise<Sealed> {
  return vault.seal(scope, credentialsSubject(connectionId), JSON.stringify(fields));
}

/** @throws AppError `vault.cannot_open` | `vault.unknown_key` | `vault.damaged` */
export async function openCredentials(
  scope: Scope,
  connectionId: string,
  sealed: { readonly vaultKeyId: string; readonly sealed: Uint8Array },
  vault: Vault = processVault().vault,
): Promise<Record<string, string>> {
  const plaintext = await vault.open(scope, credentialsSubject(connectionId), sealed);
  const parsed = fieldsSchema.safeParse(JSON.parse(Buffer.from(plaintext).toString("utf8")));
  if (!parsed.success) throw new AppError("vault.damaged", { cause: parsed.error });
  return parsed.data;
}
