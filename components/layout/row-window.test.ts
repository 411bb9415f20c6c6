import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rowsToDraw, scrollShowing, sightAt } from "./row-window";

describe("the rows of a long list that are drawn", () => {
  it("are those in sight and eight beyond each edge", () => {
    expect(rowsToDraw(sightAt(0, 680, 68), 1_000)).toEqual({ first: 0, end: 19 });
    expect(rowsToDraw(sightAt(6_800, 680, 68), 1_000)).toEqual({ first: 92, end: 119 });
  });

  it("end with the list, also where it became shorter than what was scrolled", () => {
    expect(rowsToDraw(sightAt(68_000 - 680, 680, 68), 1_000)).toEqual({ first: 982, end: 1_000 });
    expect(rowsToDraw(sightAt(68_000, 680, 68), 4)).toEqual({ first: 0, end: 4 });
    expect(rowsToDraw(sightAt(0, 680, 68), 0)).toEqual({ first: 0, end: 0 });
  });

  it("hold every pixel in sight, and never many more", () => {
    fc.assert(
      fc.property(
        fc.nat(200_000),
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 20, max: 200 }),
        fc.nat(2_000),
        (scrolled, height, rowHeight, count) => {
          const at = Math.min(scrolled, Math.max(0, count * rowHeight - height));
          const { first, end } = rowsToDraw(sightAt(at, height, rowHeight), count);
          expect(first * rowHeight).toBeLessThanOrEqual(at);
          expect(end * rowHeight).toBeGreaterThanOrEqual(Math.min(at + height, count * rowHeight));
          expect(end - first).toBeLessThanOrEqual(Math.ceil(height / rowHeight) + 1 + 2 * 8);
        },
      ),
    );
  });
});

describe("scrolling to a row", () => {
  it("moves as little as possible", () => {
    expect(scrollShowing(3, 0, 680, 68)).toBe(0);
    expect(scrollShowing(10, 0, 680, 68)).toBe(68);
    expect(scrollShowing(2, 680, 680, 68)).toBe(136);
    expect(scrollShowing(0, 30, 20, 68)).toBe(0);
  });
});
