import { describe, expect, it } from "vitest";
import { checkpointOf, laterOf, nextPage } from "./paging";

describe("nextPage", () => {
  it("goes on to the last page, and an empty list has none", () => {
    expect(nextPage({ page: 1 }, { totalCount: 45, pageCount: 3 }, 20)).toEqual({ page: 2, total: 45 });
    expect(nextPage({ page: 3, total: 45 }, { totalCount: 45, pageCount: 3 }, 20)).toBeUndefined();
    expect(nextPage({ page: 1 }, { totalCount: 0, pageCount: 0 }, 20)).toBeUndefined();
  });

  it("reads the pages before again when entries have left the list, once for each time", () => {
    expect(nextPage({ page: 2, total: 45 }, { totalCount: 44, pageCount: 3 }, 20)).toEqual({ page: 1, total: 44 });
    expect(nextPage({ page: 2, total: 44 }, { totalCount: 44, pageCount: 3 }, 20)).toEqual({ page: 3, total: 44 });
    expect(nextPage({ page: 1, total: 45 }, { totalCount: 3, pageCount: 1 }, 20)).toEqual({ page: 1, total: 3 });
  });

  it("goes on when entries were added", () => {
    expect(nextPage({ page: 2, total: 40 }, { totalCount: 41, pageCount: 3 }, 20)).toEqual({ page: 3, total: 41 });
  });
});

describe("where the next run starts", () => {
  const [early, late] = ["2026-11-21T10:00:00.000Z", "2026-11-21T12:00:00.000Z"];

  it("is the newest change seen, whichever clock is ahead", () => {
    expect(checkpointOf(late, early, undefined)).toBe(early);
    expect(checkpointOf(early, late, undefined)).toBe(early);
    expect(checkpointOf(late, undefined, early)).toBe(early);
    expect(checkpointOf(late, undefined, undefined)).toBe(late);
  });

  it("grows over the pages of a run", () => {
    expect(laterOf(undefined, [])).toBeUndefined();
    expect(laterOf(undefined, [new Date(late), new Date(early)])).toBe(late);
    expect(laterOf(late, [new Date(early)])).toBe(late);
    expect(laterOf(early, [])).toBe(early);
  });
});
