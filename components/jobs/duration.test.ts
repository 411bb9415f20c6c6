import { expect, it } from "vitest";
import { durationParts } from "./duration";

it.each([
  [-5, "ms", { ms: 0 }],
  [999, "ms", { ms: 999 }],
  [1_000, "seconds", { seconds: 1 }],
  [9_990, "seconds", { seconds: 9.9 }],
  [59_999, "seconds", { seconds: 59 }],
  [60_000, "minutes", { minutes: 1, seconds: 0 }],
  [3_599_999, "minutes", { minutes: 59, seconds: 59 }],
  [86_399_999, "hours", { hours: 23, minutes: 59 }],
  [90_000_000, "days", { days: 1, hours: 1 }],
] as const)("%d ms", (ms, key, values) => {
  expect(durationParts(ms)).toEqual({ key, values });
});
