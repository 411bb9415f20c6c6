import { describe, expect, it } from "vitest";
import { answerMayHaveTakenEffect, HttpFailure, isOutageStatus } from "./failure";

describe("HttpFailure", () => {
  it.each([
    ["timeout", "timeout", true, true],
    ["dns", "unavailable", true, true],
    ["connect", "unavailable", true, true],
    ["tls", "unavailable", true, true],
    ["reset", "unavailable", true, true],
    ["breaker-open", "unavailable", false, true],
    ["limit", "rate-limited", false, true],
    ["too-large", "malformed", false, true],
    ["private-address", "refused", false, false],
    ["insecure", "refused", false, false],
  ] as const)("%s is %s, outage: %s, retryable: %s", (reason, kind, isOutage, retryable) => {
    expect(new HttpFailure(reason)).toMatchObject({ kind, isOutage, retryable, mayHaveTakenEffect: false, code: `http.${reason.replaceAll("-", "_")}` });
  });
});

describe("answers of the service", () => {
  it("only 5xx of a write may have taken effect", () => {
    expect([200, 302, 400, 403, 409, 429, 499].filter(answerMayHaveTakenEffect)).toEqual([]);
    expect([500, 502, 503, 504, 520].every(answerMayHaveTakenEffect)).toBe(true);
  });
  it("only gateway failures are outages", () => {
    expect([200, 400, 401, 403, 404, 420, 429, 500, 501, 502, 503, 504, 519, 520, 526, 527].filter(isOutageStatus)).toEqual([502, 503, 504, 520, 526]);
  });
});
