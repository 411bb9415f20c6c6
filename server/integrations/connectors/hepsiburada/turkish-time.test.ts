import { describe, expect, it } from "vitest";
import { readMoment, toTurkish, turkishDay } from "./turkish-time";

describe("Turkish time", () => {
  it("writes windows by the minute, three hours ahead of UTC", () => {
    expect(toTurkish(new Date("2026-11-21T22:59:59.999Z"))).toBe("2026-11-22 01:59");
    expect(turkishDay(new Date("2026-11-21T20:59:59.999Z"))).toBe("2026-11-21");
    expect(turkishDay(new Date("2026-11-21T21:00:00Z"))).toBe("2026-11-22");
  });

  it.each([
    ["2020-06-24T10:36:53.593", "2020-06-24T07:36:53.593Z"],
    ["2020-06-24T15:00:00", "2020-06-24T12:00:00.000Z"],
    ["2020-06-24T10:36:53.5934567", "2020-06-24T07:36:53.593Z"],
    ["2026-10-01T10:00:00Z", "2026-10-01T10:00:00.000Z"],
    ["2026-10-01T10:00:00+03:00", "2026-10-01T07:00:00.000Z"],
    ["2026-10-01 10:05", "2026-10-01T07:05:00.000Z"],
    ["2026-10-01", "2026-09-30T21:00:00.000Z"],
  ])("reads %s", (text, wanted) => {
    expect(readMoment(text)?.toISOString()).toBe(wanted);
  });

  it.each(["", "yesterday", "0001-01-01T00:00:00", "2026-13-01T00:00:00", "1700000000"])("takes %j for none", (text) => {
    expect(readMoment(text)).toBeUndefined();
  });
});
