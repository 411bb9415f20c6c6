import { type AuditActor, writeAudit } from "../audit";
import { db } from "../db";
import { AppError } from "../errors";
import { inSystem, inWorkspace, type Scope } from "../transaction";
import type { Keyring } from "./keyring";
import { addDataKey, type Sealed, type Subject, type Vault } from "./vault";

/** A sealed value as its owner stores it. */
export interface SealedRow extends Sealed {
  readonly subject: Subject;
}

/** Who keeps sealed values tells rotation how to walk and replace them. */
export interface SealedStore {
  readonly name: string;
  /** Up to `limit` values of this workspace that are sealed with that data key. */
  list(scope: Scope, vaultKeyId: string, limit: number): Promise<readonly SealedRow[]>;
  /**
   * Replaces the value if it is still the one in `row` (compare `vaultKeyId` and `sealed` in the UPDATE); false when
   * somebody changed it meanwhile, which then is sealed with a current key already.
   */
  replace(scope: Scope, row: SealedRow, next: Sealed): Promise<boolean>;
}

export interface RotationOptions {
  readonly keyring: Keyring;
  readonly vault: Vault;
  readonly actor: AuditActor;
  /** Also make new data keys and seal every stored value anew. */
  readonly data?: { readonly stores: readonly SealedStore[] } | undefined;
  /** Only these workspaces; all of them when absent. */
  readonly workspaceIds?: readonly string[] | undefined;
  readonly onProgress?: ((line: string) => void) | undefined;
}

export interface RotationReport {
  readonly newestKeyId: string;
  readonly rewrapped: number;
  readonly newDataKeys: number;
  readonly resealed: number;
}

const BATCH = 100;

/**
 * Rewraps every data key with the newest key-encryption key, and with `data` seals every value under new data keys.
 * Safe beside a running application whose processes know both keys: each step is one short transaction, readers see a row
 * before or after it. Interrupted, it goes on where it stopped when it is run again.
 * @throws AppError `vault.unknown_key` when a data key is wrapped with a key this process does not have; nothing is lost.
 */
export async function rotateKeys(options: RotationOptions): Promise<RotationReport> {
  const rewrapped = await rewrapAll(options);
  let newDataKeys = 0;
  let resealed = 0;
  if (options.data !== undefined) {
    const { stores } = options.data;
    for (const workspaceId of await workspacesWithKeys(options)) {
      // A rotation that stopped half-way left values under retired keys: finish that one instead of making yet another key.
      const unfinished = await resealWorkspace(options, stores, workspaceId);
      if (unfinished === 0) {
        await renewDataKey(options.keyring, workspaceId);
        newDataKeys += 1;
      }
      resealed += unfinished + (await resealWorkspace(options, stores, workspaceId));
      options.onProgress?.(`workspace ${workspaceId}: values sealed anew so far ${resealed}`);
    }
  }
  const report = { newestKeyId: options.keyring.newestId, rewrapped, newDataKeys, resealed };
  await inSystem((tx) => writeAudit(tx, { actor: options.actor, action: "vault.keys_rotated", details: { ...report } }));
  return report;
}

function chosen({ workspaceIds }: RotationOptions): { workspaceId?: { in: string[] } } {
  return workspaceIds === undefined ? {} : { workspaceId: { in: [...workspaceIds] } };
}

async function rewrapAll(options: RotationOptions): Promise<number> {
  const { keyring, onProgress } = options;
  let done = 0;
  for (;;) {
    const rows = await db.vaultKey.findMany({ where: { ...chosen(options), kekId: { not: keyring.newestId } }, orderBy: { id: "asc" }, take: BATCH });
    if (rows.length === 0) return done;
    for (const row of rows) {
      const dataKey = keyring.unwrap(row.workspaceId, row.id, row);
      // Guarded by the old key id: a second rotation at the same time changes nothing twice.
      const changed = await db.vaultKey.updateMany({ where: { id: row.id, kekId: row.kekId }, data: keyring.wrap(row.workspaceId, row.id, dataKey) });
      done += changed.count;
    }
    onProgress?.(`data keys rewrapped: ${done}`);
  }
}

async function workspacesWithKeys(options: RotationOptions): Promise<string[]> {
  const rows = await db.vaultKey.findMany({
    where: chosen(options),
    distinct: ["workspaceId"],
    select: { workspaceId: true },
    orderBy: { workspaceId: "asc" },
  });
  return rows.map((row) => row.workspaceId);
}

/** One transaction: a sealer that holds the old key FOR SHARE makes us wait, one that comes later finds the new key. */
async function renewDataKey(keyring: Keyring, workspaceId: string): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    await scope.db.vaultKey.updateMany({ where: { workspaceId, retiredAt: null }, data: { retiredAt: new Date() } });
    await addDataKey(keyring, scope);
  });
}

async function resealWorkspace(options: RotationOptions, stores: readonly SealedStore[], workspaceId: string): Promise<number> {
  const retired = await db.vaultKey.findMany({ where: { workspaceId, retiredAt: { not: null } }, select: { id: true } });
  let done = 0;
  for (const { id } of retired) {
    for (const store of stores) done += await resealStore(options.vault, store, workspaceId, id);
  }
  return done;
}

async function resealStore(vault: Vault, store: SealedStore, workspaceId: string, vaultKeyId: string): Promise<number> {
  let done = 0;
  let idleRounds = 0;
  for (;;) {
    const { found, replaced } = await inWorkspace(workspaceId, (scope) => resealBatch(vault, store, scope, vaultKeyId));
    if (found === 0) return done;
    done += replaced;
    idleRounds = replaced === 0 ? idleRounds + 1 : 0;
    // Values that others changed leave the list; a store that keeps listing what it does not replace would loop for ever.
    if (idleRounds > 3) throw new AppError("vault.reseal_stuck", { params: { store: store.name } });
  }
}

async function resealBatch(vault: Vault, store: SealedStore, scope: Scope, vaultKeyId: string): Promise<{ found: number; replaced: number }> {
  const rows = await store.list(scope, vaultKeyId, BATCH);
  let replaced = 0;
  for (const row of rows) {
    const plaintext = await vault.open(scope, row.subject, row);
    if (await store.replace(scope, row, await vault.seal(scope, row.subject, plaintext))) replaced += 1;
  }
  return { found: rows.length, replaced };
}
