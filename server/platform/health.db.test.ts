import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { db } from "./db";
import { readiness } from "./health";

describe("readiness", () => {
  it("is ready on a migrated database", async () => {
    expect(await readiness()).toMatchObject({ status: "ready", checks: { database: "ok", migrations: "ok" } });
  });

  it("is not when the code brings a migration that was not applied", async () => {
    const root = mkdtempSync(join(tmpdir(), "karavan-health-"));
    mkdirSync(join(root, "prisma", "migrations", "9999_future"), { recursive: true });
    expect(await readiness(root)).toMatchObject({ status: "not-ready", checks: { database: "ok", migrations: "failed" } });
    rmSync(root, { recursive: true });
  });

  it("sees a living worker", async () => {
    const id = `health-${randomUUID()}`;
    await db.engineWorker.create({ data: { id, host: "h", pid: 1 } });
    expect((await readiness()).checks.worker).toBe("ok");
    await db.engineWorker.delete({ where: { id } });
  });
});
