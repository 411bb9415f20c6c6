import { describe, expect, it } from "vitest";
import type { OrderFacts } from "../../contract/orders";
import { stageOf, stateNameOf, stateOf, states, transitions } from "./order-states";

const facts = (remoteState: string, given: Partial<OrderFacts> = {}): OrderFacts => ({
  externalId: "1",
  remoteState,
  fulfilment: "fbs",
  remoteContext: { supplyId: "WB-GI-1", isCancellable: "true" },
  lines: [],
  now: new Date(0),
  ...given,
});
const offered = (order: OrderFacts, learnt: Readonly<Record<string, unknown>> = {}) => transitions(order, learnt).map(({ id }) => id);

describe("the two words of an order", () => {
  it.each([
    ["new/waiting", "new"],
    ["confirm/waiting", "confirmed"],
    ["complete/waiting", "shipped"],
    ["complete/sorted", "shipped"],
    ["confirm/sorted", "shipped"],
    ["complete/ready_for_pickup", "shipped"],
    ["complete/sold", "delivered"],
    ["complete/canceled_by_client", "returned"],
    ["new/canceled_by_client", "cancelled"],
    ["new/declined_by_client", "cancelled"],
    ["complete/defect", "cancelled"],
    ["cancel/canceled", "cancelled"],
    ["cancel_carrier/waiting", "cancelled"],
    ["new/levitating", "unknown"],
    ["packed/waiting", "unknown"],
    ["constructor/waiting", "unknown"],
    ["?/?", "unknown"],
    ["fbo/ordered", "confirmed"],
    ["fbo/cancelled", "cancelled"],
  ] as const)("%s is %s", (remote, state) => {
    expect(stateOf(remote)).toBe(state);
  });

  it("are all named, none unknown, none twice", () => {
    expect(states.filter(({ state }) => state === "unknown")).toEqual([]);
    expect(new Set(states.map(({ remote }) => remote)).size).toBe(states.length);
    expect(stateNameOf("complete/sorted")).toBe("В доставке, отсортировано");
    expect(stateNameOf("new/waiting")).toBe("Новое");
    expect(stateNameOf("new/levitating")).toBeUndefined();
  });

  it("only go on: each step of an order's way is newer than the one before, also past words nobody knows", () => {
    const way = ["new/waiting", "confirm/waiting", "complete/waiting", "complete/sorted", "complete/levitating", "complete/sold"].map(stageOf);
    expect(way).toEqual([...way].sort((left, right) => left - right));
    expect(new Set(way).size).toBe(way.length);
    expect(stageOf("cancel/canceled")).toBeGreaterThan(stageOf("confirm/waiting"));
    expect(stageOf("new/declined_by_client")).toBeGreaterThan(stageOf("new/waiting"));
    expect(Math.max(...states.map(({ remote }) => stageOf(remote)))).toBeLessThan(1_000);
  });
});

describe("what may be done", () => {
  it.each([
    [facts("new/waiting"), ["confirm", "cancel"]],
    [facts("confirm/waiting"), ["ship", "cancel"]],
    [facts("confirm/waiting", { remoteContext: { supplyId: "WB-GI-1", isCancellable: "false" } }), ["ship"]],
    [facts("confirm/waiting", { remoteContext: { isCancellable: "true" } }), ["cancel"]],
    [facts("complete/waiting"), []],
    [facts("complete/sold"), []],
    [facts("new/levitating"), []],
    [facts("fbo/ordered", { fulfilment: "fbo" }), []],
  ])("%j", (order, ids) => {
    expect(offered(order)).toEqual(ids);
  });

  it("is nothing with a token that may only read or lacks the category", () => {
    expect(offered(facts("new/waiting"), { isReadOnly: true })).toEqual([]);
    expect(offered(facts("new/waiting"), { categories: ["chats"] })).toEqual([]);
    expect(offered(facts("new/waiting"), { categories: ["marketplace"] })).toEqual(["confirm", "cancel"]);
  });

  it("names the supply that would be handed over as a whole", () => {
    expect(transitions(facts("confirm/waiting"), {})[0]?.fields).toEqual([
      { name: "supply", required: false, options: [{ value: "WB-GI-1", label: "WB-GI-1" }] },
    ]);
  });
});
