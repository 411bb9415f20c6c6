import { describe, expect, it } from "vitest";
import type { Connector } from "../connector";
import { type ExternalOrder, ORDER_STATES, type OrderChange, type OrderFacts, type OrdersPort, type OrderTransition } from "../orders";
import type { ConnectorContext } from "../ports";
import { itWhen } from "./it-when";
import { MemoryOrders } from "./memory-orders";
import { UNKNOWN_OUTCOMES } from "./sending-suite";
import { contextOf, expectLimited, type OrdersStand, onStand, portOf, type Stand, type StandMaker } from "./stand";

export interface OrdersTraits {
  /** So many new orders certainly make more than one page. */
  readonly crowd: number;
  /** The `unknown-enum` fault reaches the states of the list. */
  readonly unknownStates: boolean;
}

interface Scene {
  readonly stand: Stand;
  readonly desk: OrdersStand;
  readonly context: ConnectorContext;
  readonly house: MemoryOrders;
}

type On = (work: (scene: Scene) => Promise<void>) => Promise<void>;

/** How every connector must read and change orders. Reading is checked against the service's own books, changing by what then stands in them. */
export function ordersSuite(connector: Connector, make: StandMaker, traits: OrdersTraits = { crowd: 60, unknownStates: true }): void {
  const port = portOf(connector, "orders");
  const on: On = (work) =>
    onStand(make, async (stand) => {
      const context = contextOf(stand);
      await work({ stand, desk: ordersOf(stand), context, house: new MemoryOrders(port, context, (ms) => stand.advance(ms)) });
    });
  describe(`${connector.id}: reading orders`, () => {
    readingTests(port, on, traits);
    troubleTests(port, on, traits);
  });
  describe(`${connector.id}: changing orders`, () => {
    transitionTests(port, on);
    outcomeTests(port, on);
  });
}

function readingTests(port: OrdersPort, on: On, { crowd }: OrdersTraits): void {
  it("brings all of them, page by page, each in the state the service has it in", () =>
    on(async ({ desk, house }) => {
      for (let count = 0; count < crowd; count += 1) await desk.place();
      await house.run();
      expect(house.states()).toEqual(new Map([...(await desk.truth())].sort()));
      expect(house.pages).toBeGreaterThan(1);
    }));

  it("holds what the records promise", () =>
    on(async ({ desk, house }) => {
      await desk.place();
      await house.run();
      const named = new Map(port.states.map(({ remote, state }) => [remote, state]));
      expect(named.size).toBe(port.states.length);
      for (const order of house.orders.values()) {
        expect(order.number.length * order.remoteState.length * order.lines.length).toBeGreaterThan(0);
        expect(ORDER_STATES).toContain(order.state);
        expect(named.get(order.remoteState) ?? order.state).toBe(order.state);
        expect(order.currency).toMatch(/^[A-Z]{3}$/);
        expect(order.totalMinor >= 0n).toBe(true);
        expect([order.placedAt, order.versionAt].some((at) => Number.isNaN(at.getTime()))).toBe(false);
        expect(new Set(order.lines.map((line) => line.externalId)).size).toBe(order.lines.length);
        for (const line of order.lines) {
          expect(line.quantity).toBeGreaterThan(0);
          expect(line.cancelledQuantity >= 0 && line.cancelledQuantity <= line.quantity).toBe(true);
          expect(line.priceMinor >= 0n).toBe(true);
        }
        expect(Object.values(order.remoteContext ?? {}).every((value) => typeof value === "string")).toBe(true);
      }
    }));

  it("brings what is new and what has changed in the next run, and reads one order as the list tells it", () =>
    on(async ({ stand, desk, context, house }) => {
      const { externalId: old } = await desk.place();
      await house.run();
      await stand.advance(60_000);
      await desk.changeElsewhere(old);
      const { externalId: fresh, number } = await desk.place();
      await house.run();
      expect(house.states()).toEqual(new Map([...(await desk.truth())].sort()));
      expect(house.held(fresh).number).toBe(number);
      const { remoteContext, versionAt, ...read } = await port.read(context, { externalId: fresh, remoteContext: house.held(fresh).remoteContext });
      const { remoteContext: held, versionAt: listedAt, ...listed } = house.held(fresh);
      expect(read).toEqual(listed);
      // Where a service dates no changes, an answer is as new as its reading.
      expect(versionAt.getTime()).toBeGreaterThanOrEqual(listedAt.getTime());
      expect(remoteContext ?? {}).toEqual(held ?? {});
    }));

  it("loses nothing when the process dies between pages or orders change while they are read", () =>
    on(async ({ desk, house }) => {
      const placed: string[] = [];
      for (let count = 0; count < crowd; count += 1) placed.push((await desk.place()).externalId);
      await house.stepAndDie();
      await house.step();
      await desk.changeElsewhere(placed[0] ?? "");
      await desk.changeElsewhere(placed.at(-1) ?? "");
      await desk.place();
      await house.stepAndDie();
      await house.run();
      await house.run();
      expect(house.states()).toEqual(new Map([...(await desk.truth())].sort()));
    }));

  it("says not-found for an order the service does not have", () =>
    on(async ({ desk, context }) => {
      await expect(port.read(context, { externalId: desk.stranger })).rejects.toMatchObject({ kind: "not-found", retryable: false });
    }));
}

function troubleTests(port: OrdersPort, on: On, { unknownStates }: OrdersTraits): void {
  it("keeps its place through broken answers, outages and limits", () =>
    on(async ({ stand, desk, context, house }) => {
      await desk.place();
      await house.run();
      const { externalId } = await desk.place();
      await desk.fail({ kind: "malformed-json" }, "list");
      await expect(house.step()).rejects.toMatchObject({ kind: "malformed" });
      await desk.fail({ kind: "html-gateway" }, "list");
      await expect(house.step()).rejects.toMatchObject({ kind: "unavailable" });
      await desk.fail({ kind: "rate-limit", retryAfterSeconds: 4 }, "list");
      await expectLimited(stand, house.step(), 4_000);
      await house.run();
      expect(house.held(externalId).externalId).toBe(externalId);
      await expect(port.pull(contextOf(stand, stand.wrongCredentials), {})).rejects.toMatchObject({ kind: "auth", retryable: false });
      await desk.fail({ kind: "html-gateway" }, "read");
      await expect(port.read(context, { externalId, remoteContext: house.held(externalId).remoteContext })).rejects.toMatchObject({ kind: "unavailable" });
    }));

  itWhen(unknownStates)("a state nobody has heard of is kept as the service's word, and nothing can be done to it by guess", () =>
    on(async ({ stand, desk, house }) => {
      await desk.place();
      await house.run();
      const { externalId } = await desk.place();
      await desk.fail({ kind: "unknown-enum" }, "list", 5);
      await house.run();
      expect(house.held(externalId)).toMatchObject({ state: "unknown", remoteState: expect.stringContaining("NEVER_SEEN_BEFORE") });
      expect(port.transitions(factsOf(house.held(externalId), stand), stand.facts ?? {})).toEqual([]);
    }),
  );
}

function transitionTests(port: OrdersPort, on: On): void {
  it("every change offered is taken by the service, every one not offered is refused and changes nothing", () =>
    on(async ({ stand, desk, context }) => {
      const offeredAnywhere = new Set<string>();
      for (const [name, bring] of Object.entries(desk.scenes)) {
        const offered = port.transitions(factsOf(await readOf(port, context, await bring()), stand), stand.facts ?? {});
        expect(new Set(offered.map(({ id }) => id)).size, name).toBe(offered.length);
        for (const transition of offered) {
          offeredAnywhere.add(transition.id);
          await takes(port, { stand, desk, context }, await readOf(port, context, await bring()), transition);
        }
        for (const transition of desk.transitions.filter(({ id }) => !offered.some((entry) => entry.id === id))) {
          const order = await readOf(port, context, await bring());
          const change = changeOf(order, transition, desk, stand);
          await expect(port.change(context, change), `${transition.id} in ${name}`).rejects.toMatchObject({ mayHaveTakenEffect: false, retryable: false });
          expect((await readOf(port, context, order.externalId)).remoteState, `${transition.id} in ${name}`).toBe(order.remoteState);
        }
      }
      expect([...offeredAnywhere].sort()).toEqual(desk.transitions.map(({ id }) => id).sort());
    }));

  it("names the fields a change cannot do without, and refuses it without them before any call", () =>
    on(async ({ stand, desk, context }) => {
      for (const bring of Object.values(desk.scenes)) {
        const order = await readOf(port, context, await bring());
        for (const transition of port.transitions(factsOf(order, stand), stand.facts ?? {})) {
          if (!transition.fields.some((field) => field.required)) continue;
          const before = await desk.requests("change");
          await expect(port.change(context, { ...changeOf(order, transition, desk, stand), fields: {} })).rejects.toMatchObject({ kind: "invalid" });
          expect(await desk.requests("change")).toBe(before);
        }
      }
    }));
}

function outcomeTests(port: OrdersPort, on: On): void {
  const begin = async ({ stand, desk, context }: Scene) => {
    const [bring] = Object.values(desk.scenes);
    if (bring === undefined) throw new Error("the stand has no scenes");
    const order = await readOf(port, context, await bring());
    const [transition] = port.transitions(factsOf(order, stand), stand.facts ?? {});
    if (transition === undefined) throw new Error("the first scene must offer a change");
    return { order, change: changeOf(order, transition, desk, stand) };
  };

  it("a change said twice is carried out once", () =>
    on(async (scene) => {
      const { order, change } = await begin(scene);
      await port.change(scene.context, change);
      const again: unknown = await port.change(scene.context, change).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (again !== undefined) expect(again).toMatchObject({ mayHaveTakenEffect: false, retryable: false });
      expect(await scene.desk.carriedOut(order.externalId)).toBe(1);
    }));

  it.each(UNKNOWN_OUTCOMES)("an unknown outcome ($kind) is settled by reading the order before anything is repeated", (fault) =>
    on(async (scene) => {
      const { order, change } = await begin(scene);
      await scene.desk.fail(fault, "change");
      await expect(port.change(scene.context, change)).rejects.toMatchObject({ retryable: true, mayHaveTakenEffect: true });
      await scene.stand.advance(scene.desk.settlesAfterMs ?? 0);
      const taken = port.hasTaken(await readOf(port, scene.context, order.externalId), change);
      expect(taken).toBe((await scene.desk.carriedOut(order.externalId)) === 1);
      if (!taken) await port.change(scene.context, change);
      await scene.stand.advance(scene.desk.settlesAfterMs ?? 0);
      expect(port.hasTaken(await readOf(port, scene.context, order.externalId), change)).toBe(true);
      expect(await scene.desk.carriedOut(order.externalId)).toBe(1);
    }),
  );

  it("knows that a limited change was not taken, asks once, and says clearly that the credentials are wrong", () =>
    on(async (scene) => {
      const { order, change } = await begin(scene);
      await scene.desk.fail({ kind: "rate-limit", retryAfterSeconds: 3 }, "change");
      const seen = await scene.desk.requests("change");
      await expectLimited(scene.stand, port.change(scene.context, change), 3_000);
      expect((await scene.desk.requests("change")) - seen).toBe(1);
      const refusal = { kind: "auth", retryable: false, mayHaveTakenEffect: false };
      await expect(port.change(contextOf(scene.stand, scene.stand.wrongCredentials), change)).rejects.toMatchObject(refusal);
      expect(await scene.desk.carriedOut(order.externalId)).toBe(0);
    }));
}

async function takes(
  port: OrdersPort,
  { stand, desk, context }: Pick<Scene, "stand" | "desk" | "context">,
  order: ExternalOrder,
  transition: OrderTransition,
): Promise<void> {
  const change = changeOf(order, transition, desk, stand);
  expect(port.hasTaken(order, change), `${transition.id} before`).toBe(false);
  await port.change(context, change);
  await stand.advance(desk.settlesAfterMs ?? 0);
  const after = await readOf(port, context, order.externalId);
  expect(port.hasTaken(after, change), transition.id).toBe(true);
  if (transition.to !== undefined) expect(after.state, transition.id).toBe(transition.to);
}

function changeOf(order: ExternalOrder, transition: Pick<OrderTransition, "id">, desk: OrdersStand, stand: Stand): OrderChange {
  const fields = desk.transitions.find(({ id }) => id === transition.id)?.fields;
  if (fields === undefined) throw new Error(`the stand does not know the transition ${transition.id}`);
  return { order: factsOf(order, stand), transitionId: transition.id, fields, requestId: `change-${order.externalId}-${transition.id}` };
}

/** What the house hands back about an order. */
function factsOf(order: ExternalOrder, stand: Stand): OrderFacts {
  const { externalId, remoteState, fulfilment, remoteContext = {}, trackingNumber, lines } = order;
  return { externalId, remoteState, fulfilment, remoteContext, trackingNumber, lines, now: stand.clock.now() };
}

/** An order as a person would see it the moment before the change. */
function readOf(port: OrdersPort, context: ConnectorContext, externalId: string): Promise<ExternalOrder> {
  return port.read(context, { externalId });
}

function ordersOf(stand: Stand): OrdersStand {
  if (stand.orders === undefined) throw new Error("this stand has no orders");
  return stand.orders;
}
