import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatKyiv, kyivDay, parseKyiv } from "./kyiv-time";

describe("Kyiv's clock", () => {
  it("is two hours ahead in winter, three in summer", () => {
    expect(parseKyiv("2026-01-15 12:00:00")).toEqual(new Date("2026-01-15T10:00:00Z"));
    expect(parseKyiv("2026-07-15 12:00:00")).toEqual(new Date("2026-07-15T09:00:00Z"));
    expect(parseKyiv("2026-07-15")).toEqual(new Date("2026-07-14T21:00:00Z"));
    expect(kyivDay(new Date("2026-07-14T21:00:00Z"))).toBe("2026-07-15");
  });

  it("takes the first of an hour that comes twice and steps over one that never comes", () => {
    expect(parseKyiv("2026-10-25 03:30:00")).toEqual(new Date("2026-10-25T00:30:00Z"));
    expect(parseKyiv("2026-03-29 03:30:00")).toEqual(new Date("2026-03-29T01:30:00Z"));
  });

  it.each(["", "0000-00-00 00:00:00", "2026-02-30 10:00:00", "2026-01-01 25:00:00", "15.01.2026", "2026-01-15T12:00:00Z", "null"])(
    "%s is no moment",
    (text) => {
      expect(parseKyiv(text)).toBeUndefined();
    },
  );

  it("says again what it wrote, but for the second of a double hour", () => {
    const from = Date.UTC(2024, 0, 1);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 * 365 * 86_400 }), (seconds) => {
        const at = new Date(from + seconds * 1_000);
        const back = parseKyiv(formatKyiv(at))?.getTime() ?? Number.NaN;
        expect([0, 3_600_000]).toContain(at.getTime() - back);
        expect(formatKyiv(new Date(back))).toBe(formatKyiv(at));
      }),
    );
  });
});
