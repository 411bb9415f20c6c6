import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { makeKeyring } from "@/server/platform/vault/keyring";
import { makeVault } from "@/server/platform/vault/vault";
import { rotateVaultKeys } from "./rotate";

const retired = { id: "retired", key: Buffer.alloc(32, 9) };

async function makeWorkspace(keys: { id: string; key: Buffer }): Promise<string> {
  const id = randomUUID();
  await db.workspace.create({ data: { id, name: "W" } });
  await inWorkspace(id, (scope) => makeVault(makeKeyring([keys])).seal(scope, { purpose: "test", id: "x" }, "secret"));
  return id;
}

it("rotates with the keys of the environment and says what is next", async () => {
  const workspaceId = await makeWorkspace({ id: "test-1", key: Buffer.alloc(32, 7) });
  const io = { stores: [], progress: () => undefined };
  expect(await rotateVaultKeys(["--workspace", workspaceId], io)).toMatch(/^Newest vault key: test-1\. Data keys rewrapped: 0\. Once every process/);
  expect(await rotateVaultKeys(["--data", "--workspace", workspaceId], io)).toContain("New data keys: 1. Values sealed anew: 0.");
  expect(await db.vaultKey.count({ where: { workspaceId } })).toBe(2);
});

it("explains a missing key in one sentence and changes nothing", async () => {
  const workspaceId = await makeWorkspace(retired);
  await expect(rotateVaultKeys(["--workspace", workspaceId], { stores: [], progress: () => undefined })).rejects.toThrow(
    'The vault key "retired" is not in VAULT_KEYS (known: test-1).',
  );
  expect(await db.vaultKey.findFirstOrThrow({ where: { workspaceId } })).toMatchObject({ kekId: "retired" });
});

it("refuses options it does not know", async () => {
  await expect(rotateVaultKeys(["--all"], { stores: [], progress: () => undefined })).rejects.toThrow(/--all/);
});
