import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gather } from "./gather";
import { heldOrder } from "./held-order";
import { mergeWindow, withoutRepeats } from "./merge-window";
import { inUnits, signOf } from "./row-sign";
import { stretch } from "./use-selection";

const rows = (ids: string) => [...ids].map((id) => ({ id }));
const text = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).join("");
const held = (shown: string, incoming: string) => {
  const { rows: kept, news } = heldOrder([...shown], rows(incoming));
  return `${text(kept)} +${news}`;
};

describe("a held list", () => {
  it("keeps the order and counts what came or moved up", () => {
    expect(held("abcd", "abcd")).toBe("abcd +0");
    expect(held("abcd", "xabcd")).toBe("abcd +1");
    expect(held("abcd", "cabd")).toBe("abcd +1");
    expect(held("abcd", "xdyabc")).toBe("abcd +3");
  });

  it("lets go what no longer belongs, and goes on with what follows the end", () => {
    expect(held("abcd", "abd")).toBe("abd +0");
    expect(held("abcd", "xabcdef")).toBe("abcdef +1");
  });

  it("shows the new list when nothing of the old one is left", () => {
    expect(held("abcd", "xyz")).toBe("xyz +0");
    expect(held("", "abc")).toBe("abc +0");
  });

  it("never shows a row twice, never one that is gone, and never moves one past another", () => {
    const ids = fc.uniqueArray(fc.constantFrom(..."abcdefghij"));
    fc.assert(
      fc.property(ids, ids, (shown, incoming) => {
        const kept = heldOrder(shown, rows(incoming.join(""))).rows.map(({ id }) => id);
        expect(new Set(kept).size).toBe(kept.length);
        expect(kept.every((id) => incoming.includes(id))).toBe(true);
        const stayed = kept.filter((id) => shown.includes(id));
        if (stayed.length > 0) expect(stayed).toEqual(shown.filter((id) => incoming.includes(id)));
      }),
    );
  });
});

describe("a page read again", () => {
  it("is right about its stretch; what new rows pushed out stays", () => {
    expect(text(mergeWindow(rows("abcd"), rows("xabc"), false))).toBe("xabcd");
    expect(text(mergeWindow(rows("abcd"), rows("xacd"), false))).toBe("xacd");
    expect(text(mergeWindow(rows("abcd"), rows("wxyz"), false))).toBe("wxyzabcd");
  });

  it("is the whole truth when nothing follows it", () => {
    expect(text(mergeWindow(rows("abcd"), rows("ad"), true))).toBe("ad");
  });

  it("overlaps the next page without repeating a row", () => {
    expect(text(withoutRepeats(rows("abcbad")))).toBe("abcd");
  });
});

describe("a burst of wishes", () => {
  it("becomes one run at once and one after it", async () => {
    let runs = 0;
    const ends: (() => void)[] = [];
    const wish = gather(() => {
      runs += 1;
      return new Promise<void>((resolve) => ends.push(resolve));
    }, 0);
    for (let at = 0; at < 50; at += 1) wish();
    expect(runs).toBe(1);
    ends[0]?.();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(runs).toBe(2);
    ends[1]?.();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(runs).toBe(2);
  });

  it("goes on after a run that failed", async () => {
    let runs = 0;
    const wish = gather(async () => {
      runs += 1;
      throw new Error("no line");
    }, 0);
    wish();
    await new Promise((resolve) => setTimeout(resolve, 5));
    wish();
    expect(runs).toBe(2);
  });
});

describe("the sign of a row", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  const at = (minutes: number) => ({ at: new Date(now.getTime() + minutes * 60_000), kind: "next_reply" as const, state: "running" as const });
  const sign = (row: Partial<Parameters<typeof signOf>[0]>) => signOf({ sendTrouble: null, deadline: null, waitingSince: null, ...row }, now);

  it("is the gravest of all", () => {
    const everything = { sendTrouble: "unknown" as const, deadline: at(-5), waitingSince: now };
    expect(sign(everything)).toEqual({ kind: "trouble", trouble: "unknown" });
    expect(sign({ ...everything, sendTrouble: "queued" })).toEqual({ kind: "overdue", minutes: 5 });
    expect(sign({ deadline: at(30), waitingSince: now })).toEqual({ kind: "due", minutes: 30 });
    expect(sign({ deadline: at(600), waitingSince: now })).toEqual({ kind: "waiting" });
    expect(sign({})).toBeNull();
  });

  it("counts down a warned deadline however far it is, and none that stands still", () => {
    expect(sign({ deadline: { ...at(600), state: "warned" } })).toEqual({ kind: "due", minutes: 600 });
    expect(sign({ deadline: { ...at(-5), state: "paused" } })).toBeNull();
    expect(sign({ deadline: { ...at(0), at: null, state: "paused" } })).toBeNull();
  });

  it("names a span in its largest whole unit", () => {
    expect([inUnits(5), inUnits(89), inUnits(90), inUnits(36 * 60 - 1), inUnits(2_880)]).toEqual([
      { value: 5, unit: "minute" },
      { value: 89, unit: "minute" },
      { value: 2, unit: "hour" },
      { value: 36, unit: "hour" },
      { value: 2, unit: "day" },
    ]);
  });
});

describe("a stretch of the list", () => {
  it("reaches from one row to the other in both directions", () => {
    const order = [..."abcdef"];
    expect(stretch(order, "b", "d")).toEqual(["b", "c", "d"]);
    expect(stretch(order, "d", "b")).toEqual(["b", "c", "d"]);
    expect(stretch(order, null, "c")).toEqual(["c"]);
    expect(stretch(order, "gone", "c")).toEqual(["c"]);
  });
});
