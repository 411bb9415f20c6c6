import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { writeHealth } from "../connections/connection.repository";
import { listAlerts } from "./list-alerts";
import { watchConnections } from "./watch-connections";

const START = new Date("2026-11-21T12:00:00Z");
const MINUTE = 60_000;

async function makeShop() {
  const [workspaceId, organizationId, connectionId] = [randomUUID(), randomUUID(), randomUUID()];
  await db.workspace.create({ data: { id: workspaceId, name: "Test", organizations: { create: { id: organizationId, name: "Test LLC" } } } });
  await db.connection.create({ data: { id: connectionId, workspaceId, organizationId, connectorId: "ozon", name: "Shop", health: "ok" } });
  const watch = (minutes: number) => watchConnections({ now: () => new Date(START.getTime() + minutes * MINUTE) });
  const health = (state: "ok" | "unreachable" | "auth_failed") =>
    inWorkspace(workspaceId, (scope) => writeHealth(scope, connectionId, { state, code: null, params: {} }, START));
  const told = async () => {
    const where = { name: "integrations/connection.alert-changed", data: { path: ["connectionId"], equals: connectionId } };
    const events = await db.engineEvent.findMany({ where, orderBy: { id: "asc" } });
    return events.map(({ data }) => {
      const { code, stage, resolved } = data as { code: string; stage: number; resolved: boolean };
      return `${code} ${resolved ? "over" : stage}`;
    });
  };
  const alerts = () => listAlerts(workspaceId, { connectionId, includeResolved: true, limit: 50 });
  return { workspaceId, connectionId, watch, health, told, alerts };
}

describe("alerts of a connection", () => {
  it("an outage is noticed, told when it lasts, told again after a day, and told once that it is over", async () => {
    const shop = await makeShop();
    await shop.health("unreachable");
    for (const minute of [0, 5, 10, 11, 60, 24 * 60 + 11, 24 * 60 + 12]) await shop.watch(minute);
    expect(await shop.told()).toEqual(["unreachable 2", "unreachable 3"]);
    await shop.health("ok");
    await Promise.all([shop.watch(24 * 60 + 13), shop.watch(24 * 60 + 13)]);
    await shop.watch(24 * 60 + 14);
    expect(await shop.told()).toEqual(["unreachable 2", "unreachable 3", "unreachable over"]);
    expect(await shop.alerts()).toMatchObject([{ subject: "health", stage: 3, resolvedAt: expect.any(Date) }]);
  });

  it("what passes before its patience ends is kept and told to nobody", async () => {
    const shop = await makeShop();
    await shop.health("unreachable");
    await shop.watch(0);
    await shop.health("ok");
    await shop.watch(3);
    expect(await shop.told()).toEqual([]);
    expect(await shop.alerts()).toMatchObject([{ stage: 1, toldAt: null, resolvedAt: expect.any(Date) }]);
  });

  it("two processes at once open one alert and tell once", async () => {
    const shop = await makeShop();
    await shop.health("auth_failed");
    await Promise.all(Array.from({ length: 5 }, () => shop.watch(0)));
    expect(await shop.told()).toEqual(["auth_failed 2"]);
    expect(await shop.alerts()).toHaveLength(1);
  });

  it("pushes that were given up are told until they are replayed; a paused connection falls silent", async () => {
    const shop = await makeShop();
    const push = { workspaceId: shop.workspaceId, connectionId: shop.connectionId, system: "ozon", eventType: "x", headers: {}, body: Buffer.from("{}") };
    const id = newId();
    await db.delivery.create({ data: { ...push, id, dedupeKey: "1", status: "dead", receivedAt: START, processedAt: START } });
    await shop.watch(1);
    expect(await shop.told()).toEqual(["webhooks_dead 2"]);
    await db.connection.update({ where: { id: shop.connectionId }, data: { isActive: false } });
    await shop.watch(2);
    expect(await shop.told()).toEqual(["webhooks_dead 2"]);
    expect(await shop.alerts()).toMatchObject([{ subject: "webhooks", params: { count: 1 }, resolvedAt: expect.any(Date) }]);
  });
});
