import { describe, expect, it } from "vitest";
import { Gather } from "./gather";

/** A gather whose statements end when the test says so. */
function makeStand(lanes = 1, most = 64) {
  const groups: Array<{ inputs: readonly number[]; end: (answers: ReadonlyArray<string | undefined>) => void; fail: (error: Error) => void }> = [];
  const gather = new Gather<number, string>((inputs) => new Promise((end, fail) => groups.push({ inputs, end, fail })), { lanes, most });
  return { gather, groups, seen: () => groups.map((group) => group.inputs) };
}

/** Turns of the event loop, enough for everything that is ready to be sent. */
async function turn(): Promise<void> {
  for (let n = 0; n < 5; n += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe("group commit", () => {
  it("sends what is alone at once, and together what came while that was on its way", async () => {
    const { gather, groups, seen } = makeStand();
    const first = gather.ask(1);
    await turn();
    const later = [gather.ask(2), gather.ask(3)];
    await turn();
    expect(seen()).toEqual([[1]]);
    groups[0]?.end(["one"]);
    expect(await first).toBe("one");
    await turn();
    expect(seen()).toEqual([[1], [2, 3]]);
    groups[1]?.end([undefined, "three"]);
    expect(await Promise.all(later)).toEqual([undefined, "three"]);
  });

  it("keeps to its lanes and to the size of a group", async () => {
    const { gather, groups, seen } = makeStand(2, 2);
    const all = [1, 2, 3, 4, 5].map((n) => gather.ask(n));
    await turn();
    expect(seen()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    groups[1]?.end(["c", "d"]);
    await turn();
    expect(seen()[2]).toEqual([5]);
    groups[0]?.end(["a", "b"]);
    groups[2]?.end(["e"]);
    expect(await Promise.all(all)).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("lets only the guilty one of a failed group meet its error", async () => {
    const { gather, groups } = makeStand();
    const pair = [gather.ask(1), gather.ask(2)];
    await turn();
    groups[0]?.fail(new Error("spoilt"));
    expect(await Promise.all(pair)).toEqual([undefined, undefined]);
    const alone = expect(gather.ask(2)).rejects.toThrow("spoilt");
    await turn();
    groups[1]?.fail(new Error("spoilt"));
    await alone;
    const next = gather.ask(3);
    await turn();
    groups[2]?.end(["three"]);
    expect(await next).toBe("three");
  });
});
