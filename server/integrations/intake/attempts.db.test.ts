import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { beginAttempt, listAttempts, settleDelivery } from "./attempt.repository";
import { type NamedDelivery, putDeliveries } from "./delivery.repository";

const at = (second: number) => new Date(Date.UTC(2026, 10, 21, 12, 0, second));

async function makeDelivery() {
  const [workspaceId, organizationId, connectionId, id] = [randomUUID(), randomUUID(), randomUUID(), newId()];
  await db.workspace.create({ data: { id: workspaceId, name: "Test", organizations: { create: { id: organizationId, name: "Test LLC" } } } });
  await db.connection.create({ data: { id: connectionId, workspaceId, organizationId, connectorId: "ozon", name: "Shop", webhookTokenHash: id } });
  const delivery = { id, workspaceId, connectionId, system: "ozon", dedupeKey: "1", eventType: "x", headers: {}, body: Buffer.from("{}") };
  await db.delivery.create({ data: delivery });
  const inside = <T>(work: Parameters<typeof inWorkspace<T>>[1]) => inWorkspace(workspaceId, work);
  return {
    workspaceId,
    connectionId,
    id,
    begin: (second: number) => inside((scope) => beginAttempt(scope, id, at(second))),
    settle: (second: number, status: "processed" | "failed" | "dead") =>
      inside((scope) => settleDelivery(scope, id, { status, at: at(second), errorCode: `${status}.code` })),
    log: async () =>
      (await inside((scope) => listAttempts(scope, id))).map(({ number, outcome, endedAt }) => `${number} ${outcome} ${endedAt?.getUTCSeconds()}`),
  };
}

describe("attempts", () => {
  it("are numbered, closed with what came of them, and end with the delivery", async () => {
    const delivery = await makeDelivery();
    expect((await delivery.begin(1))?.attempts).toBe(1);
    await delivery.settle(2, "failed");
    await delivery.begin(3);
    await delivery.settle(4, "processed");
    expect(await delivery.begin(5)).toBeNull();
    expect(await delivery.log()).toEqual(["2 processed 4", "1 failed 2"]);
  });

  it("of a process that was killed are closed as lost by the next one; giving up writes none", async () => {
    const delivery = await makeDelivery();
    await delivery.begin(1);
    await delivery.begin(7);
    await delivery.settle(8, "failed");
    await delivery.settle(9, "dead");
    expect(await delivery.log()).toEqual(["2 failed 8", "1 lost 7"]);
    expect(await db.delivery.findUnique({ where: { id: delivery.id } })).toMatchObject({ status: "dead", attempts: 2, errorCode: "dead.code" });
  });
});

describe("the statement that stores", () => {
  it("lets in only what is still true of the connection, and tells of each new push once", async () => {
    const { workspaceId, connectionId, id: tokenHash } = await makeDelivery();
    const push = (dedupeKey: string, seen: Partial<NamedDelivery["seen"]>): NamedDelivery => ({
      id: newId(),
      event: { id: newId(), name: "integrations/deliveries.stored", data: { connectionId }, ext_id: undefined, version: undefined, ts: undefined },
      workspaceId,
      connectionId,
      system: "ozon",
      dedupeKey,
      eventType: "x",
      subPath: "",
      headers: {},
      body: Buffer.from("{}"),
      sourceIp: null,
      receivedAt: at(0),
      seen: { accountRef: null, tokenHash, credentialVersion: null, ...seen },
    });
    /** What each event tells of. */
    const told = async () => {
      const rows = await db.$queryRaw<{ keys: string[] }[]>`
        SELECT array_agg(d.dedupe_key ORDER BY d.dedupe_key) AS keys FROM engine_event e
        JOIN LATERAL json_array_elements_text(e.data->'deliveryIds') AS named (id) ON true JOIN delivery d ON d.id = named.id::uuid
        WHERE e.data->>'connectionId' = ${connectionId} GROUP BY e.id ORDER BY e.id`;
      return rows.map(({ keys }) => keys.join(" + "));
    };
    const stored = await putDeliveries(db, [
      push("good", {}),
      push("without an address", { tokenHash: null }),
      push("an old address", { tokenHash: "old" }),
      push("another account", { accountRef: "7" }),
      push("an old key", { credentialVersion: 3 }),
      { ...push("another workspace", {}), workspaceId: randomUUID() },
    ]);
    expect(stored.map(({ dedupeKey }) => dedupeKey).sort()).toEqual(["good", "without an address"]);
    expect(await told()).toEqual(["good + without an address"]);
    const again = await putDeliveries(db, [push("good", {}), push("good", {}), push("new", {})]);
    expect(again.map(({ dedupeKey }) => dedupeKey).sort()).toEqual(["good", "new"]);
    expect(await told()).toEqual(["good + without an address", "new"]);
    expect(await db.delivery.findFirst({ where: { connectionId, dedupeKey: "good" } })).toMatchObject({ repeats: 2 });
  });
});
