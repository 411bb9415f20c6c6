import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "../db";
import { inWorkspace, type Scope } from "../transaction";
import { credentialsSubject, openCredentials, sealCredentials } from "./credentials";
import { makeKeyring } from "./keyring";
import { rotateKeys, type SealedStore } from "./rotation";
import { makeVault, type Sealed, type Vault } from "./vault";

const oldKek = { id: "old", key: randomBytes(32) };
const newKek = { id: "new", key: randomBytes(32) };
const actor = { kind: "cli" };

async function makeConnection(): Promise<{ workspaceId: string; connectionId: string }> {
  const [workspaceId, organizationId, connectionId] = [randomUUID(), randomUUID(), randomUUID()];
  await db.workspace.create({ data: { id: workspaceId, name: "W", organizations: { create: { id: organizationId, name: "W LLC" } } } });
  await db.connection.create({ data: { id: connectionId, workspaceId, organizationId, connectorId: "ozon", name: "Shop" } });
  return { workspaceId, connectionId };
}

async function store(scope: Scope, connectionId: string, value: Sealed): Promise<void> {
  await scope.db.connectionCredential.upsert({ where: { connectionId }, create: { connectionId, workspaceId: scope.workspaceId, ...value }, update: value });
}

async function read(workspaceId: string, connectionId: string, vault: Vault): Promise<Record<string, string>> {
  return inWorkspace(workspaceId, async (scope) =>
    openCredentials(scope, connectionId, await scope.db.connectionCredential.findUniqueOrThrow({ where: { connectionId } }), vault),
  );
}

const credentialStore: SealedStore = {
  name: "connection-credentials",
  async list(scope, vaultKeyId, limit) {
    const rows = await scope.db.connectionCredential.findMany({ where: { workspaceId: scope.workspaceId, vaultKeyId }, take: limit });
    return rows.map((row) => ({ subject: credentialsSubject(row.connectionId), vaultKeyId: row.vaultKeyId, sealed: row.sealed }));
  },
  async replace(scope, row, next) {
    const where = { workspaceId: scope.workspaceId, connectionId: row.subject.id, vaultKeyId: row.vaultKeyId, sealed: row.sealed };
    return (await scope.db.connectionCredential.updateMany({ where, data: next })).count === 1;
  },
};

describe("vault", () => {
  const vault = makeVault(makeKeyring([oldKek]));

  it("gives back what was sealed, also from another process and with the default vault", async () => {
    const { workspaceId, connectionId } = await makeConnection();
    const fields = { clientId: "12345", apiKey: "ключ-🔑" };
    await inWorkspace(workspaceId, async (scope) => store(scope, connectionId, await sealCredentials(scope, connectionId, fields, vault)));
    expect(await read(workspaceId, connectionId, vault)).toEqual(fields);
    expect(await read(workspaceId, connectionId, makeVault(makeKeyring([oldKek])))).toEqual(fields);
    const other = await makeConnection();
    await inWorkspace(other.workspaceId, async (scope) => {
      expect(await openCredentials(scope, "x", await sealCredentials(scope, "x", fields))).toEqual(fields);
    });
  });

  it("stores no plaintext and never the same bytes twice", async () => {
    const { workspaceId } = await makeConnection();
    const [one, two] = await inWorkspace(
      workspaceId,
      async (scope) =>
        [await sealCredentials(scope, "c", { apiKey: "top-secret" }, vault), await sealCredentials(scope, "c", { apiKey: "top-secret" }, vault)] as const,
    );
    expect(Buffer.from(one.sealed).includes("top-secret")).toBe(false);
    expect(Buffer.from(one.sealed).equals(Buffer.from(two.sealed))).toBe(false);
    expect(one.vaultKeyId).toBe(two.vaultKeyId);
  });

  it("refuses a value moved to another connection, purpose or tenant, and a changed byte", async () => {
    const [mine, theirs] = [await makeConnection(), await makeConnection()];
    const sealed = await inWorkspace(mine.workspaceId, (scope) => sealCredentials(scope, mine.connectionId, { apiKey: "k-123456" }, vault));
    const refusal = { code: "vault.cannot_open" };
    await inWorkspace(mine.workspaceId, async (scope) => {
      await expect(openCredentials(scope, theirs.connectionId, sealed, vault)).rejects.toMatchObject(refusal);
      await expect(vault.open(scope, { purpose: "other", id: mine.connectionId }, sealed)).rejects.toMatchObject(refusal);
      const broken = Uint8Array.from(sealed.sealed);
      broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1;
      await expect(openCredentials(scope, mine.connectionId, { ...sealed, sealed: broken }, vault)).rejects.toMatchObject(refusal);
      await expect(openCredentials(scope, mine.connectionId, { ...sealed, sealed: new Uint8Array(3) }, vault)).rejects.toMatchObject(refusal);
    });
    await inWorkspace(theirs.workspaceId, async (scope) => {
      await expect(openCredentials(scope, mine.connectionId, sealed, vault)).rejects.toMatchObject(refusal);
      await expect(openCredentials(scope, mine.connectionId, sealed, makeVault(makeKeyring([oldKek])))).rejects.toMatchObject(refusal);
    });
  });

  it("refuses a data key row whose wrapping was copied from another tenant", async () => {
    const [mine, theirs] = [await makeConnection(), await makeConnection()];
    for (const { workspaceId } of [mine, theirs]) await inWorkspace(workspaceId, (scope) => sealCredentials(scope, "c", {}, vault));
    const source = await db.vaultKey.findFirstOrThrow({ where: { workspaceId: theirs.workspaceId } });
    await db.vaultKey.updateMany({ where: { workspaceId: mine.workspaceId }, data: { wrapped: source.wrapped } });
    await expect(inWorkspace(mine.workspaceId, (scope) => sealCredentials(scope, "c", {}, makeVault(makeKeyring([oldKek]))))).rejects.toMatchObject({
      code: "vault.damaged",
    });
    await db.vaultKey.deleteMany({ where: { workspaceId: mine.workspaceId } });
  });

  it("names the missing key and what to do", async () => {
    const { workspaceId } = await makeConnection();
    const sealed = await inWorkspace(workspaceId, (scope) => sealCredentials(scope, "c", {}, vault));
    const error: unknown = await inWorkspace(workspaceId, (scope) => openCredentials(scope, "c", sealed, makeVault(makeKeyring([newKek])))).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: "vault.unknown_key", params: { keyId: "old" } });
    expect((error as Error).cause).toMatchObject({
      message: 'The vault key "old" is not in VAULT_KEYS (known: new). Put it back after the first entry, run keys rotate, and remove it only then.',
    });
  });
});

// One database serves all tests of the tier, so each rotation here is told whose keys it may touch.
describe("rotation", () => {
  const both = makeKeyring([newKek, oldKek]);

  it("rewraps and re-seals while the application reads and writes, and leaves nothing behind", async () => {
    const shops = await Promise.all([makeConnection(), makeConnection()]);
    const running = makeVault(makeKeyring([oldKek, newKek]));
    for (const { workspaceId, connectionId } of shops)
      await inWorkspace(workspaceId, async (scope) =>
        store(scope, connectionId, await sealCredentials(scope, connectionId, { apiKey: `key-of-${connectionId}` }, running)),
      );
    const workspaceIds = shops.map((shop) => shop.workspaceId);
    const before = await db.vaultKey.findMany({ where: { workspaceId: { in: workspaceIds } }, select: { id: true } });

    let turning = true;
    let reads = 0;
    const reader = (async () => {
      while (turning) {
        for (const { workspaceId, connectionId } of shops) {
          // A fresh vault has no cache: it sees the rows as they are this moment.
          expect(await read(workspaceId, connectionId, makeVault(both))).toEqual({ apiKey: `key-of-${connectionId}` });
          await inWorkspace(workspaceId, async (scope) =>
            store(scope, connectionId, await sealCredentials(scope, connectionId, { apiKey: `key-of-${connectionId}` }, running)),
          );
          reads += 1;
        }
      }
    })();
    const report = await rotateKeys({ keyring: both, vault: makeVault(both), actor, workspaceIds, data: { stores: [credentialStore] } }).finally(() => {
      turning = false;
    });
    await reader;

    expect(report).toMatchObject({ newestKeyId: "new", rewrapped: 2, newDataKeys: 2 });
    expect(reads).toBeGreaterThan(0);
    expect(await db.connectionCredential.count({ where: { vaultKeyId: { in: before.map((row) => row.id) } } })).toBe(0);
    const onlyNew = makeVault(makeKeyring([newKek]));
    for (const { workspaceId, connectionId } of shops) expect(await read(workspaceId, connectionId, onlyNew)).toEqual({ apiKey: `key-of-${connectionId}` });
    expect(
      await db.auditEntry.findFirst({ where: { action: "vault.keys_rotated", details: { path: ["rewrapped"], equals: 2 } }, orderBy: { at: "desc" } }),
    ).toMatchObject({ actorKind: "cli", details: { rewrapped: 2, newDataKeys: 2 } });
  });

  it("finishes a rotation that was interrupted instead of starting another", async () => {
    const shop = await makeConnection();
    await inWorkspace(shop.workspaceId, async (scope) =>
      store(scope, shop.connectionId, await sealCredentials(scope, shop.connectionId, { apiKey: "abcdef" }, makeVault(both))),
    );
    const workspaceIds = [shop.workspaceId];
    const broken: SealedStore = { ...credentialStore, replace: () => Promise.reject(new Error("killed")) };
    const vault = makeVault(both);
    await expect(rotateKeys({ keyring: both, vault, actor, workspaceIds, data: { stores: [broken] } })).rejects.toThrow("killed");
    expect(await read(shop.workspaceId, shop.connectionId, vault)).toEqual({ apiKey: "abcdef" });
    expect(await rotateKeys({ keyring: both, vault, actor, workspaceIds, data: { stores: [credentialStore] } })).toMatchObject({ newDataKeys: 0, resealed: 1 });
    expect(await db.vaultKey.count({ where: { workspaceId: shop.workspaceId } })).toBe(2);
    expect(await read(shop.workspaceId, shop.connectionId, vault)).toEqual({ apiKey: "abcdef" });
  });

  it("changes nothing when a key is missing", async () => {
    const shop = await makeConnection();
    await inWorkspace(shop.workspaceId, (scope) => sealCredentials(scope, "c", {}, makeVault(makeKeyring([oldKek]))));
    const workspaceIds = [shop.workspaceId];
    const without = makeKeyring([newKek]);
    await expect(rotateKeys({ keyring: without, vault: makeVault(without), actor, workspaceIds })).rejects.toMatchObject({ code: "vault.unknown_key" });
    expect(await db.vaultKey.findFirstOrThrow({ where: { workspaceId: shop.workspaceId } })).toMatchObject({ kekId: "old" });
  });
});
