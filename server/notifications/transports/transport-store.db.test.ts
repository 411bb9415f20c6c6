import { describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { rotateKeys } from "@/server/platform/vault/rotation";
import { processVault } from "@/server/platform/vault/vault";
import { makeDesk } from "../testing/make-desk";
import { withMail, withTelegram } from "../testing/transports";
import { openSmtp, openTelegram } from "./transport-facts";
import { noticeTransportStore } from "./transport-store";

describe("key rotation", () => {
  it("seals the secrets of transports anew, and another workspace cannot open them", async () => {
    const [desk, other] = [await makeDesk(), await makeDesk()];
    await withTelegram(desk, desk.conversationId);
    await withMail(desk);
    const { workspaceId } = desk;
    const before = await db.noticeTransport.findMany({ where: { workspaceId } });
    const data = { stores: [noticeTransportStore] };
    const report = await rotateKeys({ ...processVault(), actor: { kind: "cli" }, workspaceIds: [workspaceId], data });
    expect(report).toMatchObject({ newDataKeys: 1, resealed: 2 });
    const after = await db.noticeTransport.findMany({ where: { workspaceId } });
    expect(new Set(after.map((row) => row.vaultKeyId))).not.toEqual(new Set(before.map((row) => row.vaultKeyId)));
    expect(await inWorkspace(workspaceId, openTelegram)).toMatchObject({ token: "1:x", webhookSecret: "s" });
    expect(await inWorkspace(workspaceId, openSmtp)).toMatchObject({ server: { password: "" } });
    await db.noticeTransport.updateMany({ where: { workspaceId, kind: "telegram" }, data: { workspaceId: other.workspaceId } });
    await expect(inWorkspace(other.workspaceId, openTelegram)).rejects.toMatchObject({ code: "vault.cannot_open" });
  });
});
