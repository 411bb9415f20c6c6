import { describe, expect, it } from "vitest";
import { fromLocalInput, momentPresets, toLocalInput } from "./moments";

const at = (now: string, zone: string) =>
  Object.fromEntries(momentPresets(new Date(now), zone).map(({ preset, at: moment }) => [preset, moment.toISOString()]));

describe("the moments things are put off to", () => {
  it("are wall clock times of the workspace, not of the server", () => {
    // A Wednesday, 14:00 in Moscow.
    expect(at("2026-11-18T11:00:00Z", "Europe/Moscow")).toEqual({
      hour: "2026-11-18T12:00:00.000Z",
      evening: "2026-11-18T15:00:00.000Z",
      tomorrow: "2026-11-19T06:00:00.000Z",
      monday: "2026-11-23T06:00:00.000Z",
    });
  });

  it("offer no evening that is near or over, and no second name for tomorrow", () => {
    expect(Object.keys(at("2026-11-18T15:30:00Z", "Europe/Moscow"))).toEqual(["hour", "tomorrow", "monday"]);
    // A Sunday: tomorrow is Monday.
    expect(Object.keys(at("2026-11-22T08:00:00Z", "Europe/Moscow"))).toEqual(["hour", "evening", "tomorrow"]);
    // On a Monday, the next one.
    expect(at("2026-11-23T08:00:00Z", "Europe/Moscow")["monday"]).toBe("2026-11-30T06:00:00.000Z");
  });

  it("stay at nine in the morning when the clocks change over night", () => {
    expect(at("2026-10-24T10:00:00Z", "Europe/Kyiv")["tomorrow"]).toBe("2026-10-25T07:00:00.000Z");
    expect(at("2026-03-28T10:00:00Z", "Europe/Kyiv")["tomorrow"]).toBe("2026-03-29T06:00:00.000Z");
  });
});

describe("an input of date and time", () => {
  it("reads back what it shows, in the zone", () => {
    const moment = new Date("2026-11-18T06:05:00Z");
    expect(toLocalInput(moment, "Europe/Istanbul")).toBe("2026-11-18T09:05");
    expect(fromLocalInput("2026-11-18T09:05", "Europe/Istanbul")).toEqual(moment);
  });

  it("names no moment while it is incomplete", () => {
    expect(fromLocalInput("", "UTC")).toBeNull();
    expect(fromLocalInput("2026-11-18", "UTC")).toBeNull();
  });
});
