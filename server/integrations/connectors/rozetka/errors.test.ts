import { describe, expect, it } from "vitest";
import type { FailedAnswer } from "../../contract/failed-answer";
import { rozetkaError } from "./errors";

const answer = (errors: unknown, more: Partial<FailedAnswer> = {}): FailedAnswer => ({
  path: "/orders/search",
  status: 200,
  headers: {},
  body: JSON.stringify({ success: false, errors }),
  isWrite: false,
  ...more,
});

describe("failures inside HTTP 200", () => {
  it.each([
    [1004, "auth", "rozetka.login_rejected"],
    [1020, "auth", "rozetka.token_rejected"],
    [5401, "auth", "rozetka.token_rejected"],
    [6001, "auth", "rozetka.session_over"],
    [1010, "forbidden", "rozetka.role_lacks"],
    [1019, "not-found", "remote.not-found"],
    [1404, "not-found", "remote.not-found"],
    [5404, "not-found", "remote.not-found"],
    [3002, "unavailable", "rozetka.busy"],
    [5503, "unavailable", "rozetka.maintenance"],
    [0, "unavailable", "remote.unavailable"],
    [1001, "invalid", "remote.invalid"],
    [1005, "invalid", "remote.invalid"],
    [777_777, "invalid", "remote.invalid"],
  ] as const)("code %i is %s", (code, kind, ours) => {
    expect(rozetkaError(answer({ message: "word", code, details: null }))).toMatchObject({ kind, code: ours, remoteText: "word", httpStatus: 200 });
  });

  it("reads codes in quotes, descriptions and details of every form", () => {
    expect(rozetkaError(answer({ description: "опис", code: "1020" }))).toMatchObject({ kind: "auth", remoteText: "опис" });
    expect(rozetkaError(answer({ message: "m", code: 1002, details: ["ttn"] })).remoteText).toBe('m; ["ttn"]');
    expect(rozetkaError(answer("слово"))).toMatchObject({ kind: "invalid", remoteText: "слово" });
    expect(rozetkaError(answer(null))).toMatchObject({ kind: "invalid", remoteText: "" });
  });

  it("names the section a role lacks", () => {
    expect(rozetkaError(answer({ code: 1010 }, { path: "/messages/search" })).params).toEqual({ permission: "Повідомлення" });
    expect(rozetkaError(answer({ code: 1010 }, { path: "/items/mass-update" })).params).toEqual({ permission: "Товари" });
  });

  it("does not know what a write did when the service failed, and does when it was closed", () => {
    expect(rozetkaError(answer({ code: 0 }, { isWrite: true })).mayHaveTakenEffect).toBe(true);
    expect(rozetkaError(answer({ code: 5503 }, { isWrite: true })).mayHaveTakenEffect).toBe(false);
    expect(rozetkaError(answer({ code: 1005 }, { isWrite: true })).mayHaveTakenEffect).toBe(false);
  });
});

describe("failures by status", () => {
  it("waits as long as a gateway says, whatever code stands in the body", () => {
    expect(rozetkaError(answer({ code: 0 }, { status: 429, headers: { "retry-after": "7" }, isWrite: true }))).toMatchObject({
      kind: "rate-limited",
      retryAfterMs: 7_000,
      mayHaveTakenEffect: false,
    });
    expect(rozetkaError(answer({}, { status: 429 })).retryAfterMs).toBe(1_000);
  });

  it("keeps the words of a gateway's page", () => {
    const error = rozetkaError(answer(undefined, { status: 502, body: "<h1>502 Bad Gateway</h1>", isWrite: true }));
    expect(error).toMatchObject({ kind: "unavailable", mayHaveTakenEffect: true, remoteText: "502 Bad Gateway" });
  });

  it.each([
    [401, "auth"],
    [403, "forbidden"],
    [404, "not-found"],
    [408, "timeout"],
    [422, "invalid"],
  ] as const)("%i is %s", (status, kind) => {
    expect(rozetkaError(answer({}, { status })).kind).toBe(kind);
  });
});
