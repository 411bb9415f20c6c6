import { describe, expect, it } from "vitest";
import { DEFAULT_SOUND, mayRingAt, parseSoundSettings } from "./sound-settings";

describe("mayRingAt", () => {
  it.each([
    [7, false],
    [8, true],
    [21, true],
    [22, false],
    [0, false],
  ])("at %i o'clock by default: %s", (hour, wanted) => expect(mayRingAt(hour, DEFAULT_SOUND)).toBe(wanted));

  it("rings at night when asked to, and never without volume", () => {
    expect(mayRingAt(3, { volume: 0.5, atNight: true })).toBe(true);
    expect(mayRingAt(12, { volume: 0, atNight: true })).toBe(false);
  });
});

describe("parseSoundSettings", () => {
  it("keeps what was chosen and fills what is missing", () => {
    expect(parseSoundSettings('{"volume":0.2}')).toEqual({ volume: 0.2, atNight: false });
  });

  it.each([null, "", "nonsense", '{"volume":7}', "[]"])("takes the defaults for %j", (stored) => expect(parseSoundSettings(stored)).toEqual(DEFAULT_SOUND));
});
