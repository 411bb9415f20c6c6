import { parseArgs } from "node:util";
import { AppError } from "@/server/platform/errors";
import { type RotationReport, rotateKeys, type SealedStore } from "@/server/platform/vault/rotation";
import { processVault } from "@/server/platform/vault/vault";

export interface RotateIo {
  /** Everybody who keeps sealed values; asked only with `--data`. */
  readonly stores: readonly SealedStore[];
  /** One line of progress. */
  readonly progress: (line: string) => void;
}

/**
 * `keys rotate [--data] [--workspace <id>]…`: rewraps all data keys with the first entry of VAULT_KEYS, and with `--data`
 * also seals every value under new data keys. The application may run; an interrupted rotation goes on when run again.
 * @returns what was done and what to do next, for the operator.
 * @throws Error with one sentence.
 */
export async function rotateVaultKeys(args: readonly string[], io: RotateIo): Promise<string> {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: "boolean", default: false }, workspace: { type: "string", multiple: true } },
    strict: true,
  });
  try {
    const report = await rotateKeys({
      ...processVault(),
      actor: { kind: "cli" },
      data: values.data ? { stores: io.stores } : undefined,
      workspaceIds: values.workspace,
      onProgress: io.progress,
    });
    return describeReport(report, values.data);
  } catch (error) {
    if (error instanceof AppError) throw new Error(sentenceOf(error), { cause: error });
    throw error;
  }
}

function describeReport(report: RotationReport, data: boolean): string {
  const parts = [`Newest vault key: ${report.newestKeyId}. Data keys rewrapped: ${report.rewrapped}.`];
  if (data) parts.push(`New data keys: ${report.newDataKeys}. Values sealed anew: ${report.resealed}.`);
  parts.push("Once every process runs with this VAULT_KEYS and a further run rewraps 0, older entries may be removed from it.");
  return parts.join(" ");
}

function sentenceOf(error: AppError): string {
  // The keyring explains an unknown key in full; the other codes have their own sentence here.
  if (error.code === "vault.unknown_key" && error.cause instanceof Error) return error.cause.message;
  const { keyId = "", store = "" } = error.params;
  const sentences: Readonly<Record<string, string>> = {
    "vault.no_key": "VAULT_KEYS is empty; there is nothing to rotate to.",
    "vault.damaged": `A data key does not open with the vault key "${keyId}": the key under that name is another one than before, or the row was changed. Nothing further was rotated.`,
    "vault.cannot_open":
      "A stored value does not open with its own data key. Nothing further was rotated; restore the row from a backup or enter the secret anew.",
    "vault.reseal_stuck": `The values of "${store}" keep their old key although they were sealed anew; nothing is lost, but this is a defect to report.`,
  };
  return sentences[error.code] ?? error.code;
}
