import { type Bytes, decrypt, encrypt } from "../crypto";
import { AppError } from "../errors";

/** A key-encryption key from the environment. */
export interface KeyEncryptionKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/** The key-encryption keys of this process: the first wraps, all of them unwrap. Data keys never leave the process unwrapped. */
export interface Keyring {
  readonly newestId: string;
  wrap(workspaceId: string, vaultKeyId: string, dataKey: Uint8Array): { kekId: string; wrapped: Bytes };
  /** @throws AppError `vault.unknown_key` | `vault.damaged` */
  unwrap(workspaceId: string, vaultKeyId: string, row: { kekId: string; wrapped: Uint8Array }): Bytes;
}

const binding = (workspaceId: string, vaultKeyId: string, kekId: string) => ["karavan.vault-key", 1, workspaceId, vaultKeyId, kekId] as const;

/** @param keys newest first. @throws AppError `vault.no_key` when there is none. */
export function makeKeyring(keys: readonly KeyEncryptionKey[]): Keyring {
  const [newest] = keys;
  if (newest === undefined) throw new AppError("vault.no_key");
  return {
    newestId: newest.id,
    wrap: (workspaceId, vaultKeyId, dataKey) => ({ kekId: newest.id, wrapped: encrypt(newest.key, binding(workspaceId, vaultKeyId, newest.id), dataKey) }),
    unwrap(workspaceId, vaultKeyId, { kekId, wrapped }) {
      const kek = keys.find((key) => key.id === kekId);
      if (kek === undefined) {
        const known = keys.map((key) => key.id).join(", ");
        const sentence = `The vault key "${kekId}" is not in VAULT_KEYS (known: ${known}). Put it back after the first entry, run keys rotate, and remove it only then.`;
        throw new AppError("vault.unknown_key", { params: { keyId: kekId }, cause: new Error(sentence) });
      }
      try {
        return decrypt(kek.key, binding(workspaceId, vaultKeyId, kekId), wrapped);
      } catch (cause) {
        throw new AppError("vault.damaged", { params: { keyId: kekId }, cause });
      }
    },
  };
}
