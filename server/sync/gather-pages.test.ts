import { describe, expect, it } from "vitest";
import type { Cursor, PullPage } from "@/server/integrations/contract/ports";
import { type Enough, gatherPages, ONE_PAGE } from "./gather-pages";

const PATIENT: Enough = { records: 5, ms: 60_000 };

/** Two records a page, `count` pages; what is asked for is written down. */
function source(count: number, change: (at: number) => Partial<PullPage<string>> = () => ({})) {
  const asked: (Cursor | undefined)[] = [];
  const pull = async (cursor: Cursor | undefined): Promise<PullPage<string>> => {
    asked.push(cursor);
    const at = Number(cursor?.["at"] ?? 0);
    return {
      records: [`${at}a`, `${at}b`],
      rejected: [],
      received: 2,
      ...(at + 1 < count ? { next: { at: at + 1 } } : { checkpoint: { seen: count } }),
      progress: { done: at + 1, total: count },
      ...change(at),
    };
  };
  return { asked, pull };
}

describe("gathering pages", () => {
  it("makes one of as many as are enough, and goes on behind the last", async () => {
    const { asked, pull } = source(9);
    const { page, pages, failed } = await gatherPages({ at: 2 }, PATIENT, pull);
    expect({ pages, failed, next: page.next, received: page.received, progress: page.progress }).toEqual({
      pages: 3,
      failed: undefined,
      next: { at: 5 },
      received: 6,
      progress: { done: 5, total: 9 },
    });
    expect(page.records).toEqual(["2a", "2b", "3a", "3b", "4a", "4b"]);
    expect(page.checkpoint).toBeUndefined();
    expect(asked).toEqual([{ at: 2 }, { at: 3 }, { at: 4 }]);
  });

  it("ends with the source, whose checkpoint it hands on", async () => {
    const { page, pages } = await gatherPages(undefined, PATIENT, source(2).pull);
    expect({ pages, next: page.next, checkpoint: page.checkpoint }).toEqual({ pages: 2, next: undefined, checkpoint: { seen: 2 } });
  });

  it("keeps a checkpoint and warnings of pages before the last", async () => {
    const { pull } = source(2, (at) =>
      at === 0 ? { checkpoint: { seen: 0 }, warnings: [{ code: "a" }] } : { checkpoint: undefined, warnings: [{ code: "b" }] },
    );
    const { page } = await gatherPages(undefined, PATIENT, pull);
    expect(page.warnings).toEqual([{ code: "a" }, { code: "b" }]);
    expect(page.checkpoint).toEqual({ seen: 0 });
  });

  it("takes one page where one is enough, and one where time is up", async () => {
    expect(await gatherPages(undefined, ONE_PAGE, source(9).pull)).toMatchObject({ pages: 1, page: { next: { at: 1 } } });
    expect(await gatherPages(undefined, { records: 100, ms: 0 }, source(9).pull)).toMatchObject({ pages: 1 });
  });

  it("hands over what it has when a later page fails, and why that one did", async () => {
    const { pull } = source(9, (at) => {
      if (at === 2) throw new Error("busy");
      return {};
    });
    const { page, pages, failed } = await gatherPages(undefined, PATIENT, pull);
    expect({ pages, next: page.next, received: page.received }).toEqual({ pages: 2, next: { at: 2 }, received: 4 });
    expect(failed).toEqual({ error: new Error("busy") });
  });

  it("fails with the first page", async () => {
    await expect(gatherPages(undefined, PATIENT, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  });
});
