import { newId } from "@/lib/ids";
import { type Bytes, decrypt, encrypt, newKey } from "../crypto";
import { env } from "../env";
import { AppError } from "../errors";
import type { Scope } from "../transaction";
import { type Keyring, makeKeyring } from "./keyring";

/** What a secret belongs to. A sealed value opens only for the same workspace, purpose and subject it was sealed for. */
export interface Subject {
  /** Stable name of the use, e.g. `connection-credentials`. */
  readonly purpose: string;
  readonly id: string;
}

/** As stored: the data key that sealed it and the envelope. */
export interface Sealed {
  readonly vaultKeyId: string;
  readonly sealed: Bytes;
}

export interface Vault {
  /** Seals under the workspace's current data key; the first call of a workspace makes one. Runs in the caller's transaction. */
  seal(scope: Scope, subject: Subject, plaintext: Uint8Array | string): Promise<Sealed>;
  /** @throws AppError `vault.cannot_open` (moved, damaged or another tenant's) | `vault.unknown_key` | `vault.damaged` */
  open(scope: Scope, subject: Subject, sealed: { readonly vaultKeyId: string; readonly sealed: Uint8Array }): Promise<Bytes>;
}

/** A data key never changes under its id (rotation only rewraps it), so an unwrapped one may be kept; bounded, oldest use out. */
const CACHE_SIZE = 500;

interface KeyRow {
  readonly id: string;
  readonly kekId: string;
  readonly wrapped: Uint8Array;
}

export function makeVault(keyring: Keyring): Vault {
  const cache = new Map<string, Bytes>();

  function keep(workspaceId: string, id: string, key: Bytes): Bytes {
    cache.delete(`${workspaceId}/${id}`);
    cache.set(`${workspaceId}/${id}`, key);
    const [oldest] = cache.keys();
    if (cache.size > CACHE_SIZE && oldest !== undefined) cache.delete(oldest);
    return key;
  }

  function unwrap(workspaceId: string, row: KeyRow): Bytes {
    return keep(workspaceId, row.id, cache.get(`${workspaceId}/${row.id}`) ?? keyring.unwrap(workspaceId, row.id, row));
  }

  /** FOR SHARE: a rotation that retires this key waits for us, so nothing is sealed with a key it already swept. */
  async function pick(scope: Scope): Promise<KeyRow | undefined> {
    const [row] = await scope.db.$queryRaw<KeyRow[]>`
      SELECT id, kek_id AS "kekId", wrapped FROM vault_key
      WHERE workspace_id = ${scope.workspaceId}::uuid AND retired_at IS NULL
      ORDER BY created_at DESC, id DESC LIMIT 1 FOR SHARE`;
    return row;
  }

  async function currentKey(scope: Scope): Promise<{ id: string; key: Bytes }> {
    // A statement that waited for a rotation finds its row retired and returns nothing; the next one sees the new key.
    const row = (await pick(scope)) ?? (await pick(scope));
    if (row !== undefined) return { id: row.id, key: unwrap(scope.workspaceId, row) };
    // Rolled back with the caller's transaction, so it enters the cache only when it is read back.
    return addDataKey(keyring, scope);
  }

  return {
    async seal(scope, subject, plaintext) {
      const { id, key } = await currentKey(scope);
      const bytes = typeof plaintext === "string" ? Buffer.from(plaintext) : plaintext;
      return { vaultKeyId: id, sealed: encrypt(key, bindingOf(scope, subject, id), bytes) };
    },
    async open(scope, subject, { vaultKeyId, sealed }) {
      let key = cache.get(`${scope.workspaceId}/${vaultKeyId}`);
      if (key === undefined) {
        const row = await scope.db.vaultKey.findFirst({ where: { id: vaultKeyId, workspaceId: scope.workspaceId } });
        if (row === null) throw new AppError("vault.cannot_open", { cause: new Error("the workspace has no such data key") });
        key = unwrap(scope.workspaceId, row);
      }
      try {
        return decrypt(key, bindingOf(scope, subject, vaultKeyId), sealed);
      } catch (cause) {
        throw new AppError("vault.cannot_open", { cause });
      }
    },
  };
}

function bindingOf(scope: Scope, subject: Subject, vaultKeyId: string) {
  return ["karavan.vault", 1, scope.workspaceId, subject.purpose, subject.id, vaultKeyId] as const;
}

/** A new current data key of the workspace. */
export async function addDataKey(keyring: Keyring, scope: Scope): Promise<{ id: string; key: Bytes }> {
  const id = newId();
  const key = newKey();
  await scope.db.vaultKey.create({ data: { id, workspaceId: scope.workspaceId, ...keyring.wrap(scope.workspaceId, id, key) } });
  return { id, key };
}

let held: { keyring: Keyring; vault: Vault } | undefined;

/** The vault of this process, with the keys of the environment. */
export function processVault(): { keyring: Keyring; vault: Vault } {
  if (held === undefined) {
    const keyring = makeKeyring(env.VAULT_KEYS);
    held = { keyring, vault: makeVault(keyring) };
  }
  return held;
}
