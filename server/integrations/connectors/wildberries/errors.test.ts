import { describe, expect, it } from "vitest";
import { type FailedAnswer, unreadable } from "../../contract/failed-answer";
import { wildberriesError } from "./errors";

const judge = (status: number, body: unknown, given: Partial<FailedAnswer> = {}) =>
  wildberriesError({
    path: "/api/v1/x",
    status,
    headers: {},
    body: typeof body === "string" ? body : JSON.stringify(body),
    isWrite: true,
    ...given,
  });

describe("refusals of the service in our words", () => {
  it.each([
    [401, { detail: "token problem; token is malformed: could not base64 decode signature" }, "auth", "wildberries.token_invalid"],
    [401, { detail: "token problem; token is expired" }, "auth", "wildberries.token_expired"],
    [401, { detail: "token scope not allowed for this API route" }, "forbidden", "wildberries.category_missing"],
    [401, { detail: "read-only token scope not allowed for this route" }, "forbidden", "wildberries.read_only"],
    [402, { title: "payment required" }, "subscription", "remote.subscription"],
    [403, { title: "forbidden", detail: "base token is not allowed" }, "forbidden", "wildberries.base_token_refused"],
    [403, { data: null, error: true, errorText: "Ошибка авторизации" }, "forbidden", "wildberries.forbidden"],
    [404, { errorText: "Не найден отзыв" }, "not-found", "remote.not-found"],
    [409, {}, "conflict", "remote.conflict"],
    [422, { errorText: "Не удалось отредактировать вопрос" }, "invalid", "remote.invalid"],
    [400, { status: 400, detail: "Invalid signature", error: "Invalid signature" }, "conflict", "wildberries.signature_refused"],
    [400, { detail: "A24FA09844E: attachment too big. Max size: 5MiB" }, "invalid", "wildberries.file_refused"],
    [400, { detail: '4A9F2544E29: "v.mp4" has unsupported mime type' }, "invalid", "wildberries.file_refused"],
    [413, "", "invalid", "remote.invalid"],
  ] as const)("%i %j", (status, body, kind, code) => {
    expect(judge(status, body)).toMatchObject({ kind, code, mayHaveTakenEffect: false, httpStatus: status });
  });

  it.each([
    [500, {}, "unavailable"],
    [502, "<html><title>502 Bad Gateway</title></html>", "unavailable"],
    [408, {}, "timeout"],
    [302, "", "unknown"],
  ] as const)("%i leaves the outcome of a write open, not of a read", (status, body, kind) => {
    expect(judge(status, body)).toMatchObject({ kind, mayHaveTakenEffect: true, retryable: true });
    expect(judge(status, body, { isWrite: false }).mayHaveTakenEffect).toBe(false);
  });

  it.each([
    [{ "x-ratelimit-retry": "2", "x-ratelimit-reset": "29" }, 2_000],
    [{ "x-ratelimit-reset": "29" }, 29_000],
    [{ "retry-after": "3" }, 3_000],
    [{ "x-ratelimit-retry": "soon" }, 1_000],
    [{}, 1_000],
  ])("429 with %j waits %i ms and was not carried out", (headers, retryAfterMs) => {
    expect(judge(429, { title: "too many requests" }, { headers })).toMatchObject({ kind: "rate-limited", retryAfterMs, mayHaveTakenEffect: false });
  });

  it("keeps the service's words short, whichever shape they come in", () => {
    expect(judge(400, { title: "t", errorText: "e", detail: "d" }).remoteText).toBe("d");
    expect(judge(422, { errorText: "Текст" }).remoteText).toBe("Текст");
    expect(judge(502, "<b>Bad</b>\n gateway").remoteText).toBe("Bad gateway");
    expect(judge(400, { detail: "x".repeat(2_000) }).remoteText).toHaveLength(500);
    expect(judge(400, "null").remoteText).toBe("");
  });

  it("does not know what an unreadable write did", () => {
    expect(unreadable({ path: "/p", status: 200, body: "{", isWrite: true }, null)).toMatchObject({ kind: "malformed", mayHaveTakenEffect: true });
  });
});
