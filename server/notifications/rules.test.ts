import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inBrowser, isQuiet, nextWallTime, type PersonalTime, planDelivery } from "./rules";
import { noticePreferencesSchema } from "./schema";

const person = (value: unknown, workspaceTimeZone = "UTC"): PersonalTime => ({ preferences: noticePreferencesSchema.parse(value), workspaceTimeZone });
const night = (over = {}) => person({ quietHours: { isOn: true, from: "22:00", to: "08:00", timeZone: "Europe/Istanbul", ...over } });
const at = (iso: string) => new Date(iso);

describe("defaults", () => {
  it("fill whatever is missing", () => {
    expect(noticePreferencesSchema.parse({})).toEqual(noticePreferencesSchema.parse({ matrix: {}, quietHours: {}, emailDigest: {} }));
    expect(noticePreferencesSchema.parse({ matrix: { new_message: { browser: false } } }).matrix.new_message).toEqual({
      browser: false,
      sound: true,
      telegram: false,
      email: false,
    });
    expect(noticePreferencesSchema.safeParse({ quietHours: { from: "24:00" } }).success).toBe(false);
    expect(noticePreferencesSchema.safeParse({ quietHours: { timeZone: "Mars/Olympus" } }).success).toBe(false);
  });
});

describe("quiet hours", () => {
  it.each([
    ["2026-11-02T18:59:59Z", false],
    ["2026-11-02T19:00:00Z", true],
    ["2026-11-03T04:59:59Z", true],
    ["2026-11-03T05:00:00Z", false],
  ])("22:00 to 08:00 in Istanbul: at %s %s", (moment, quiet) => {
    expect(isQuiet(at(moment), night())).toBe(quiet);
  });

  it("within one day, off, and with equal ends", () => {
    const siesta = night({ from: "13:00", to: "14:30", timeZone: "UTC" });
    expect([isQuiet(at("2026-11-02T13:00:00Z"), siesta), isQuiet(at("2026-11-02T14:30:00Z"), siesta)]).toEqual([true, false]);
    expect(isQuiet(at("2026-11-02T23:00:00Z"), night({ isOn: false, timeZone: "UTC" }))).toBe(false);
    expect(isQuiet(at("2026-11-02T22:00:00Z"), night({ to: "22:00", timeZone: "UTC" }))).toBe(false);
  });

  it("take the workspace's zone when none is chosen", () => {
    const quietHours = { isOn: true, from: "22:00", to: "08:00" };
    expect(isQuiet(at("2026-11-02T16:00:00Z"), person({ quietHours }, "Asia/Tokyo"))).toBe(true);
    expect(isQuiet(at("2026-11-02T16:00:00Z"), person({ quietHours }, "UTC"))).toBe(false);
  });

  it("hold back everything but a missed deadline, and that one too when the person wants it so", () => {
    const late = at("2026-11-02T20:00:00Z");
    const morning = { form: "single", notBefore: at("2026-11-03T05:00:00Z") };
    expect(planDelivery("mentioned", "telegram", late, night())).toEqual(morning);
    expect(planDelivery("deadline_breached", "telegram", late, night())).toEqual({ form: "single", notBefore: late });
    expect(planDelivery("deadline_breached", "telegram", late, night({ breachedPasses: false }))).toEqual(morning);
    expect(inBrowser("mentioned", late, night())).toEqual({ show: false, sound: false });
    expect(inBrowser("deadline_breached", late, night())).toEqual({ show: true, sound: true });
    expect(inBrowser("connection", at("2026-11-02T12:00:00Z"), night())).toEqual({ show: true, sound: false });
  });
});

describe("the next time a clock shows", () => {
  it.each([
    ["2026-11-02T07:59:00Z", "08:00", "UTC", "2026-11-02T08:00:00.000Z"],
    ["2026-11-02T08:00:00Z", "08:00", "UTC", "2026-11-03T08:00:00.000Z"],
    // Kyiv goes back at 04:00 on 25 October 2026 and forward at 03:00 on 29 March 2026.
    ["2026-10-24T20:00:00Z", "08:00", "Europe/Kyiv", "2026-10-25T06:00:00.000Z"],
    ["2026-03-28T20:00:00Z", "08:00", "Europe/Kyiv", "2026-03-29T05:00:00.000Z"],
    ["2026-03-28T20:00:00Z", "03:30", "Europe/Kyiv", "2026-03-29T01:30:00.000Z"],
    ["2026-12-31T23:30:00Z", "00:15", "Europe/Moscow", "2027-01-01T21:15:00.000Z"],
  ])("after %s: %s in %s", (after, wallTime, zone, expected) => {
    expect(nextWallTime(at(after), wallTime, zone).toISOString()).toBe(expected);
  });

  it("is always ahead, within two days, and out of quiet hours", () => {
    const zones = fc.constantFrom("UTC", "Europe/Kyiv", "Europe/Istanbul", "America/New_York", "Asia/Kolkata", "Pacific/Chatham");
    const wallTime = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
    const moment = fc.date({ min: at("2026-01-01T00:00:00Z"), max: at("2027-12-31T00:00:00Z"), noInvalidDate: true });
    fc.assert(
      fc.property(moment, wallTime, wallTime, zones, (now, from, to, timeZone) => {
        const ahead = nextWallTime(now, to, timeZone).getTime() - now.getTime();
        expect(ahead).toBeGreaterThan(0);
        expect(ahead).toBeLessThanOrEqual(49 * 3_600_000);
        const someone = night({ from, to, timeZone });
        expect(planDelivery("mentioned", "telegram", now, someone).notBefore.getTime()).toBeGreaterThanOrEqual(now.getTime());
      }),
    );
  });
});

describe("when mail leaves", () => {
  const now = at("2026-11-02T12:20:00Z");
  it("at once, with the next hour, or in the morning", () => {
    expect(planDelivery("mentioned", "email", now, person({}))).toEqual({ form: "single", notBefore: now });
    expect(planDelivery("mentioned", "email", now, person({ emailDigest: { mode: "hourly" } }))).toEqual({
      form: "digest",
      notBefore: at("2026-11-02T13:00:00Z"),
    });
    const daily = person({ emailDigest: { mode: "daily", at: "09:30" } }, "Europe/Istanbul");
    expect(planDelivery("mentioned", "email", now, daily)).toEqual({ form: "digest", notBefore: at("2026-11-03T06:30:00Z") });
    expect(planDelivery("mentioned", "telegram", now, daily).form).toBe("single");
    expect(planDelivery("deadline_breached", "email", now, daily)).toEqual({ form: "single", notBefore: now });
  });

  it("a digest that falls into quiet hours waits for their end", () => {
    const someone = person({ emailDigest: { mode: "hourly" }, quietHours: { isOn: true, from: "12:30", to: "15:45", timeZone: "UTC" } });
    expect(planDelivery("mentioned", "email", now, someone).notBefore).toEqual(at("2026-11-02T15:45:00Z"));
  });

  it("a new message waits a moment for whoever reads it in the browser", () => {
    expect(planDelivery("new_message", "telegram", now, person({})).notBefore).toEqual(at("2026-11-02T12:20:15Z"));
  });
});
