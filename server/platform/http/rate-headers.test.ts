import { describe, expect, it } from "vitest";
import { askedToWaitMs } from "./rate-headers";

const now = new Date("2026-01-01T00:00:00Z");

describe("askedToWaitMs", () => {
  it.each([
    ["seconds", 429, { "retry-after": "7" }, 7_000],
    ["fractions", 429, { "retry-after": "0.5" }, 500],
    ["HTTP date", 503, { "retry-after": "Thu, 01 Jan 2026 00:00:30 GMT" }, 30_000],
    ["a date gone by", 429, { "retry-after": "Wed, 31 Dec 2025 00:00:00 GMT" }, 0],
    ["Wildberries: Retry before Reset", 429, { "x-ratelimit-retry": "2", "x-ratelimit-reset": "29" }, 2_000],
    ["Yandex: 420 until", 420, { "x-ratelimit-resource-until": "Thu, 01 Jan 2026 00:01:00 GMT" }, 60_000],
    ["Monobank spelling", 429, { "x-rate-limit-retry-after-seconds": "15" }, 15_000],
    ["Unix seconds", 429, { "x-ratelimit-reset": "1767225610" }, 10_000],
    ["Unix milliseconds", 429, { "ratelimit-reset": "1767225610000" }, 10_000],
    ["nothing left on a good answer", 200, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "3" }, 3_000],
    ["an absurd wait is capped", 429, { "retry-after": "999999" }, 900_000],
    ["not said", 429, {}, undefined],
    ["nonsense", 429, { "retry-after": "soon" }, undefined],
    ["something left on a good answer", 200, { "ratelimit-remaining": "12", "ratelimit-reset": "3" }, undefined],
    ["nothing left, no word until when", 200, { "ratelimit-remaining": "0" }, undefined],
    ["another failure", 500, { "retry-after": "5" }, undefined],
  ] as const)("%s", (_name, status, headers, expected) => {
    expect(askedToWaitMs(status, headers, now)).toBe(expected);
  });
});
