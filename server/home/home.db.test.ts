import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ingestConversations } from "@/server/inbox/index";
import type { ExternalSaleLine } from "@/server/integrations/contract/records";
import { fixedClock } from "@/server/platform/clock";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { ingestSaleLines } from "@/server/sales/index";
import { summarizeHome } from "./summarize-home";

async function makeShop() {
  const [workspaceId, organizationId, id] = [randomUUID(), randomUUID(), randomUUID()];
  await db.workspace.create({
    data: { id: workspaceId, name: "Home test", timeZone: "Europe/Moscow", organizations: { create: { id: organizationId, name: "Test LLC" } } },
  });
  await db.connection.create({
    data: {
      id,
      workspaceId,
      organizationId,
      connectorId: "fake",
      name: "Shop",
      health: "auth_failed",
      healthCode: "credentials_rejected",
      credentialsExpireAt: new Date("2026-11-25T00:00:00Z"),
    },
  });
  return { workspaceId, connection: { id, organizationId, connectorId: "fake" } };
}

const line = (externalId: string, date: string, revenueMinor: bigint): ExternalSaleLine => ({
  externalId,
  kind: "sale",
  date,
  quantity: 1,
  revenueMinor,
  feesMinor: 0n,
  currency: "RUB",
  description: "",
  isPreliminary: false,
  fees: [],
});

describe("home", () => {
  it("shows who waits, what fails, and today's revenue in the team's own calendar, cut to what the role may see", async () => {
    const shop = await makeShop();
    const sentAt = new Date("2026-11-20T10:00:00Z");
    await inWorkspace(shop.workspaceId, async (scope) => {
      await ingestSaleLines(scope, {
        connection: shop.connection,
        lines: [line("1", "2026-11-21", 300n), line("2", "2026-11-14", 200n), line("3", "2026-11-20", 9n)],
      });
      const messages = [{ externalId: "1", side: "buyer" as const, authorKind: "buyer", text: "?", attachments: [], sentAt, versionAt: sentAt }];
      await ingestConversations(scope, {
        connection: shop.connection,
        source: "poll",
        conversations: [{ externalId: "c", channel: "fake.chat", createdAt: sentAt, remoteStatus: "open", messages }],
      });
    });
    const evening = fixedClock(new Date("2026-11-20T22:30:00Z"));
    const viewer = {
      workspaceId: shop.workspaceId,
      member: { userId: randomUUID(), role: "operator" as const, conversationScope: "all" as const },
      may: { inbox: true, connections: true, sales: true },
    };
    const summary = await summarizeHome(viewer, evening);
    expect(summary.revenue).toMatchObject({
      day: "2026-11-21",
      comparedWith: "2026-11-14",
      currencies: [{ currency: "RUB", todayMinor: 300n, weekAgoMinor: 200n }],
    });
    expect(summary.waiting).toMatchObject({ count: 1, longestSince: sentAt, first: [{ externalId: "c", target: expect.stringMatching(/^\/inbox\//) }] });
    expect(summary.connections).toMatchObject({
      total: 1,
      failing: [{ name: "Shop", health: { state: "auth_failed" } }],
      expiring: [{ daysLeft: 4, level: "soon" }],
      syncs: [],
    });
    expect(summary.waiting).toMatchObject({ overdue: 0, target: "/inbox?view=waiting&sort=waiting" });
    await db.conversation.updateMany({ where: { workspaceId: shop.workspaceId }, data: { nextDeadlineAt: sentAt, deadlineState: "breached" } });
    const late = await summarizeHome(viewer, evening);
    expect(late.waiting).toMatchObject({ count: 1, overdue: 1, first: [{ externalId: "c" }], target: "/inbox?view=overdue" });
    expect(late.waiting?.first).toHaveLength(1);
    expect(await summarizeHome({ ...viewer, may: { inbox: false, connections: false, sales: false } }, evening)).toEqual({
      waiting: null,
      connections: null,
      revenue: null,
    });
  });
});
