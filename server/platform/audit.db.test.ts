import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { writeAudit } from "./audit";
import { db } from "./db";
import { withRequestId } from "./logger";
import { inSystem, inWorkspace } from "./transaction";

describe("writeAudit", () => {
  it("writes who did what in the workspace, with the request and without secrets", async () => {
    const workspaceId = randomUUID();
    await db.workspace.create({ data: { id: workspaceId, name: "W" } });
    await withRequestId("request-1234", () =>
      inWorkspace(workspaceId, (scope) =>
        writeAudit(scope, {
          actor: { kind: "user", id: "u1" },
          action: "connection.changed",
          subject: { type: "connection", id: "c1" },
          details: { name: "Shop", apiKey: "abcdef", note: "call +7 912 345 67 89" },
          ip: "10.0.0.1",
        }),
      ),
    );
    const [entry] = await db.auditEntry.findMany({ where: { workspaceId } });
    expect(entry).toMatchObject({
      actorKind: "user",
      actorId: "u1",
      action: "connection.changed",
      subjectType: "connection",
      subjectId: "c1",
      ip: "10.0.0.1",
      requestId: "request-1234",
    });
    expect(entry?.details).toEqual({ name: "Shop", apiKey: "[redacted]", note: "call [phone]" });
  });

  it("is gone when the deed is rolled back", async () => {
    const action = `test.${randomUUID()}`;
    await expect(
      inSystem(async (tx) => {
        await writeAudit(tx, { actor: { kind: "system" }, action });
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(await db.auditEntry.count({ where: { action } })).toBe(0);
  });

  it("writes for the installation outside a workspace", async () => {
    const action = `test.${randomUUID()}`;
    await inSystem((tx) => writeAudit(tx, { actor: { kind: "cli" }, action }));
    expect(await db.auditEntry.findFirst({ where: { action } })).toMatchObject({
      workspaceId: null,
      actorKind: "cli",
      actorId: null,
      requestId: null,
      details: {},
    });
  });
});
