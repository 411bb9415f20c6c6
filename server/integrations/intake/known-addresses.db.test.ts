import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { hashToken, newToken } from "@/server/platform/crypto";
import { db } from "@/server/platform/db";
import type { WebhookPort } from "../contract/webhook";
import { findConnector } from "../registry";
import { findOwner, rememberedOwner } from "./known-addresses";

const port = findConnector("ozon")?.webhook as WebhookPort;

async function makeAddress() {
  const [workspaceId, organizationId, id, token] = [randomUUID(), randomUUID(), randomUUID(), newToken()];
  await db.workspace.create({ data: { id: workspaceId, name: "Test", organizations: { create: { id: organizationId, name: "Test LLC" } } } });
  await db.connection.create({
    data: { id, workspaceId, organizationId, connectorId: "ozon", name: "Shop", facts: { name: "old" }, webhookTokenHash: hashToken(token) },
  });
  return {
    remembered: () => rememberedOwner("ozon", token, port)?.facts,
    ask: () => findOwner("ozon", token, port),
    rename: (name: string) => db.connection.update({ where: { id }, data: { facts: { name } } }),
  };
}

const realNow = performance.now.bind(performance);
/** As if so many milliseconds had gone by. */
function later(ms: number) {
  vi.spyOn(performance, "now").mockImplementation(() => realNow() + ms);
}

describe("what the door remembers of an address", () => {
  afterEach(() => vi.restoreAllMocks());

  it("is used at once while it grows old, and asked anew behind the push that came", async () => {
    const address = await makeAddress();
    await address.ask();
    await address.rename("new");
    expect(address.remembered()).toEqual({ name: "old" });
    later(6_000);
    expect(address.remembered()).toEqual({ name: "old" });
    await expect.poll(address.remembered).toEqual({ name: "new" });
  });

  it("is forgotten when no push came for long", async () => {
    const address = await makeAddress();
    await address.ask();
    later(15_001);
    expect(address.remembered()).toBeUndefined();
  });

  it("is asked anew for each of many that grew old together, and again the next time", async () => {
    const addresses = await Promise.all(Array.from({ length: 8 }, makeAddress));
    await Promise.all(addresses.map(({ ask }) => ask()));
    await Promise.all(addresses.map(({ rename }) => rename("new")));
    later(6_000);
    for (const { remembered } of [...addresses, ...addresses]) expect(remembered()).toEqual({ name: "old" });
    await expect.poll(() => addresses.map(({ remembered }) => remembered())).toEqual(addresses.map(() => ({ name: "new" })));
    await addresses[7]?.rename("newest");
    later(12_000);
    await expect.poll(() => addresses[7]?.remembered()).toEqual({ name: "newest" });
  });
});
