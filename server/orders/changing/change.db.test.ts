import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConnectorError } from "@/server/integrations/contract/errors";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import type { Fault } from "../testing/fake-orders";
import { ask, changesOf, eventsOf, ingest, makeOrders, orderOf, settle, step, type TestOrders } from "../testing/make-orders";
import { CHANGE_TIMINGS } from "./change-rules";
import { confirmChanges } from "./confirm-changes";
import { requestMany } from "./request-many";
import { cancelChange, settleByHand } from "./settle-by-hand";
import { sweepChanges } from "./sweep-changes";

async function opened(): Promise<TestOrders> {
  const test = await makeOrders();
  await ingest(test);
  return test;
}

const states = async (test: TestOrders) => (await changesOf(test)).map((change) => change.state);
const reached = (test: TestOrders) => test.service.carriedOut.map(({ transitionId }) => transitionId);

describe("a change", () => {
  it("goes queued → sending → accepted → confirmed, and the state is the service's own until then", async () => {
    const test = await opened();
    const { changeId, state } = await ask(test, "to:confirmed");
    expect(state).toBe("queued");
    await step(test);
    expect(await states(test)).toEqual(["accepted"]);
    expect((await orderOf(test)).state).toBe("new");
    await confirmChanges({ workspaceId: test.workspaceId, orderId: (await orderOf(test)).id }, test.deps);
    expect(await changesOf(test)).toMatchObject([{ id: changeId, state: "confirmed", requestedBy: test.userId }]);
    expect((await orderOf(test)).state).toBe("confirmed");
    const told = (await eventsOf(test)).map((event) => (event.type === "change" ? `change ${(event.data as { state: string }).state}` : event.type));
    // The service's clock is a moment ahead of ours here.
    expect(told).toEqual(["placed", "change queued", "change accepted", "change confirmed", "state"]);
  });

  it("is one change however often the same id comes", async () => {
    const test = await opened();
    const changeId = randomUUID();
    await ask(test, "to:confirmed", {}, changeId);
    expect(await ask(test, "to:confirmed", {}, changeId)).toEqual({ changeId, state: "queued", repeated: true });
    await settle(test);
    expect(reached(test)).toEqual(["to:confirmed"]);
    expect(await ask(test, "to:confirmed", {}, changeId)).toMatchObject({ repeated: true });
  });

  it("is not asked for twice while it waits, nor when the service does not allow it", async () => {
    const test = await opened();
    await ask(test, "to:confirmed");
    await expect(ask(test, "to:confirmed")).rejects.toMatchObject({ code: "orders.change_pending" });
    await expect(ask(test, "to:delivered")).rejects.toMatchObject({ code: "orders.change_not_allowed", status: 409 });
  });

  it("refuses an id that another workspace used, and another workspace's order", async () => {
    const [mine, theirs] = [await opened(), await opened()];
    const changeId = randomUUID();
    await ask(theirs, "to:confirmed", {}, changeId);
    await expect(ask(mine, "to:confirmed", {}, changeId)).rejects.toMatchObject({ code: "orders.change_id_taken" });
    const { id } = await orderOf(theirs);
    const attempt = inWorkspace(mine.workspaceId, (scope) =>
      requestMany(scope, { userId: mine.userId }, { action: "confirm", orders: [{ orderId: id, changeId: randomUUID() }] }, mine.requestDeps),
    );
    await expect(attempt).rejects.toMatchObject({ code: "orders.not_found" });
    expect(await changesOf(mine)).toEqual([]);
  });

  it("asks for the words a transition needs", async () => {
    const test = await opened();
    await expect(ask(test, "cancel")).rejects.toMatchObject({ code: "orders.field_missing", params: { field: "reason" } });
    await expect(ask(test, "cancel", { reason: "999" })).rejects.toMatchObject({ code: "orders.field_choice" });
    await expect(ask(test, "to:confirmed", { reason: "402" })).rejects.toMatchObject({ code: "orders.field_unknown" });
    expect(await changesOf(test)).toEqual([]);
    await ask(test, "cancel", { reason: "402" });
    await settle(test);
    expect(test.service.order.state).toBe("cancelled");
  });

  it("rejects with the service's words what the service definitely refuses", async () => {
    const test = await opened();
    test.service.faults.push("refused");
    await ask(test, "to:confirmed");
    await settle(test);
    expect(await changesOf(test)).toMatchObject([{ state: "rejected", errorCode: "remote.invalid", errorText: "not now" }]);
  });

  it("rejects what the service does not allow any more when its turn comes", async () => {
    const test = await opened();
    await ask(test, "to:confirmed");
    await ingest(test, [test.service.becomes({ state: "cancelled", remoteState: "cancelled" })]);
    await settle(test);
    expect(await changesOf(test)).toMatchObject([{ state: "rejected", errorCode: "orders.change_not_allowed" }]);
    expect(reached(test)).toEqual([]);
  });

  it.each<Fault>(["rate-limited", "unreachable", "auth"])("stays queued while %s and is carried out once it can", async (fault) => {
    const test = await opened();
    test.service.faults.push(fault);
    await ask(test, "to:confirmed");
    await step(test);
    expect(await states(test)).toEqual(["queued"]);
    await settle(test);
    expect(reached(test)).toEqual(["to:confirmed"]);
  });

  it("does not try with a key that was refused", async () => {
    const test = await opened();
    test.service.delayCode = "credentials_rejected";
    await ask(test, "to:confirmed");
    await step(test);
    expect(await changesOf(test)).toMatchObject([{ state: "queued", errorCode: "orders.changes_blocked", attempts: 0 }]);
  });

  it("can be taken back while it is queued, and not after", async () => {
    const test = await opened();
    const { changeId } = await ask(test, "to:confirmed");
    await inWorkspace(test.workspaceId, (scope) => cancelChange(scope, changeId, test.clock));
    await settle(test);
    expect(reached(test)).toEqual([]);
    const second = await ask(test, "to:confirmed");
    await settle(test);
    await expect(inWorkspace(test.workspaceId, (scope) => cancelChange(scope, second.changeId))).rejects.toMatchObject({ code: "orders.cannot_cancel" });
  });

  it("is asked for at many orders at once where the service allows it", async () => {
    const test = await opened();
    const shipped = { ...test.service.order, externalId: "order-2", remoteState: "shipped", state: "shipped" as const };
    await ingest(test, [shipped]);
    const [one, other] = [await orderOf(test), await orderOf(test, "order-2")];
    const orders = [one, other].map(({ id }) => ({ orderId: id, changeId: randomUUID() }));
    const many = () => inWorkspace(test.workspaceId, (scope) => requestMany(scope, { userId: test.userId }, { action: "confirm", orders }, test.requestDeps));
    const result = { requested: 1, skipped: [{ orderId: other.id, code: "orders.change_not_allowed" }] };
    expect(await many()).toEqual(result);
    expect(await many()).toEqual(result);
    expect(await states(test)).toEqual(["queued"]);
    const none = inWorkspace(test.workspaceId, (scope) =>
      requestMany(scope, { userId: test.userId }, { action: "confirm", orders: [{ orderId: other.id, changeId: randomUUID() }] }, test.requestDeps),
    );
    await expect(none).rejects.toMatchObject({ code: "orders.nothing_to_ask" });
  });
});

describe("a process that dies", () => {
  it.each<Fault>(["crash-before-lease", "crash-before", "crash-after", "timeout-after-accept", "timeout-before-accept"])(
    "%s: the service carries the change out exactly once",
    async (fault) => {
      const test = await opened();
      test.service.faults.push(fault);
      await ask(test, "to:confirmed");
      await settle(test);
      await ingest(test);
      expect(reached(test)).toEqual(["to:confirmed"]);
      expect(await states(test)).toEqual(["confirmed"]);
    },
  );

  it("does not ask again before the order has been read", async () => {
    const test = await opened();
    test.service.faults.push("timeout-after-accept");
    test.service.readDown = true;
    await ask(test, "to:confirmed");
    for (let turn = 0; turn < 10; turn += 1) {
      const delivery = await step(test);
      test.clock.pass(delivery.kind === "later" ? delivery.at.getTime() - test.clock.now().getTime() : 10);
    }
    expect(await states(test)).toEqual(["unknown"]);
    test.service.readDown = false;
    await settle(test);
    expect(reached(test)).toEqual(["to:confirmed"]);
    expect(await states(test)).toEqual(["confirmed"]);
  });

  it("asks a person when the order cannot be read for long, and heeds them", async () => {
    const test = await opened();
    test.service.faults.push("timeout-before-accept");
    test.service.readDown = true;
    const { changeId } = await ask(test, "to:confirmed");
    expect(await settle(test, 200)).toBe("person");
    expect(await changesOf(test)).toMatchObject([{ state: "unknown", errorCode: "orders.change_unprovable", nextAt: null }]);
    test.service.readDown = false;
    const input = { changeId, outcome: "try_again" as const };
    const settled = await inWorkspace(test.workspaceId, (scope) => settleByHand(scope, input, { kind: "user", id: test.userId }, test.clock));
    expect(settled).toEqual({ state: "queued" });
    await settle(test);
    expect(reached(test)).toEqual(["to:confirmed"]);
  });

  it("drops the answer of a worker that was frozen past its lease", async () => {
    const test = await opened();
    test.service.faults.push("slow");
    await ask(test, "to:confirmed");
    const frozen = step(test);
    await expect.poll(() => reached(test)).toEqual(["to:confirmed"]);
    test.clock.pass(200_000);
    await settle(test);
    const settled = await changesOf(test);
    expect(settled).toMatchObject([{ state: "confirmed" }]);
    test.service.letAnswerThrough();
    await frozen;
    expect(await changesOf(test)).toEqual(settled);
    expect(reached(test)).toEqual(["to:confirmed"]);
  });

  it("is woken by the sweep when its own run is lost", async () => {
    const test = await opened();
    await ask(test, "to:confirmed");
    test.clock.pass(60_000);
    const { id } = await orderOf(test);
    const asked = async () =>
      Number(
        (await db.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM engine_event WHERE name = 'orders/change.requested' AND data ->> 'orderId' = ${id}`)[0]
          ?.n,
      );
    const before = await asked();
    await sweepChanges(test.clock);
    expect((await asked()) - before).toBe(1);
  });

  it("is not asked for twice while the order held here does not show the first yet", async () => {
    const test = await opened();
    await ask(test, "to:confirmed");
    await step(test);
    await expect(ask(test, "to:confirmed")).rejects.toMatchObject({ code: "orders.change_pending" });
    test.clock.pass(CHANGE_TIMINGS.graceMs);
    await ask(test, "to:confirmed");
    expect((await changesOf(test)).map(({ state }) => state)).toEqual(["accepted", "queued"]);
  });

  it("keeps an error that is not the service's as an unknown outcome", async () => {
    const test = await opened();
    test.service.faults.push("timeout-before-accept");
    await ask(test, "to:confirmed");
    await step(test);
    expect(await changesOf(test)).toMatchObject([{ state: "unknown", errorCode: new ConnectorError("timeout").code }]);
  });
});

const faults: readonly Fault[] = [
  "crash-before-lease",
  "crash-before",
  "crash-after",
  "timeout-after-accept",
  "timeout-before-accept",
  "rate-limited",
  "unreachable",
];
const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("ask" as const),
      transition: fc.constantFrom("track:a", "track:b", "track:c", "to:confirmed", "to:packed", "to:shipped"),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("step" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("fault" as const), fault: fc.constantFrom(...faults) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("poll" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("two-steps" as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("time" as const), ms: fc.integer({ min: 1, max: 120_000 }) }) },
);

type Action =
  | { readonly do: "ask"; readonly transition: string }
  | { readonly do: "fault"; readonly fault: Fault }
  | { readonly do: "time"; readonly ms: number }
  | { readonly do: "step" | "poll" | "two-steps" };

const NOT_NOW = new Set(["orders.change_not_allowed", "orders.change_pending"]);

/**
 * @param mark makes every tracking number one of its own: with the same one asked for twice, reading the order back proves either.
 * @returns the change's id when it was asked for.
 */
async function perform(test: TestOrders, next: Action, mark: string): Promise<string | null> {
  switch (next.do) {
    case "ask":
      try {
        return (await ask(test, next.transition, next.transition.startsWith("track:") ? { trackingNumber: mark } : {})).changeId;
      } catch (error) {
        if (error instanceof Error && "code" in error && NOT_NOW.has(String(error.code))) return null;
        throw error;
      }
    case "step":
      await step(test);
      return null;
    case "two-steps":
      await Promise.all([step(test), step(test), ingest(test)]);
      return null;
    case "fault":
      test.service.faults.push(next.fault);
      return null;
    case "poll":
      await ingest(test);
      return null;
    case "time":
      test.clock.pass(next.ms);
      return null;
  }
}

describe("any interleaving of asking, delivering, polling and dying", () => {
  it("carries every change out at most once, in order, and none is lost", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 30 }), async (actions) => {
        const test = await opened();
        const asked: string[] = [];
        for (const [index, next] of actions.entries()) {
          const id = await perform(test, next, `number ${index}`);
          if (id !== null) asked.push(id);
        }
        test.service.faults.length = 0;
        await settle(test, 200);
        await ingest(test);
        const carried = test.service.carriedOut.map(({ requestId }) => requestId);
        expect(new Set(carried).size).toBe(carried.length);
        expect(carried).toEqual(asked.filter((id) => carried.includes(id)));
        const changes = await changesOf(test);
        expect(changes.map(({ id }) => id).sort()).toEqual([...asked].sort());
        for (const change of changes) {
          expect(["accepted", "confirmed", "rejected"]).toContain(change.state);
          // What says it was done was done; what says it was refused was not. Asked for again before the order was read, the same
          // step is shown as done by the first.
          const isSame = (id: string) => changes.some((other) => other.id === id && other.transitionId === change.transitionId);
          if (change.state === "rejected") expect(carried).not.toContain(change.id);
          else if (change.state === "confirmed" && change.toState !== null) expect(carried.some(isSame)).toBe(true);
          else expect(carried).toContain(change.id);
        }
        expect((await orderOf(test)).remoteState).toBe(test.service.order.remoteState);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  }, 240_000);
});
