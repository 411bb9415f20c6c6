import { describe, expect, it } from "vitest";
import { hepsiburadaError } from "./errors";

const answer = (status: number, body: string, given: Partial<Parameters<typeof hepsiburadaError>[0]> = {}) =>
  hepsiburadaError({ host: "oms-external", path: "/orders/merchantid/x", status, headers: {}, body, isWrite: false, ...given });

describe("refusals in our words", () => {
  it.each([
    ["a wrong key", 401, {}, { kind: "auth", code: "hepsiburada.credentials" }],
    ["a missing right", 403, {}, { kind: "forbidden", code: "hepsiburada.forbidden" }],
    ["questions not switched on", 403, { host: "api-asktoseller-merchant" }, { kind: "forbidden", code: "hepsiburada.questions_forbidden" }],
    ["the catalogue's word for too many", 403, { host: "mpop" }, { kind: "rate-limited", code: "hepsiburada.catalog_limit", retryAfterMs: 60_000 }],
    ["too many", 429, { headers: { "x-ratelimit-reset": "7" } }, { kind: "rate-limited", retryAfterMs: 7_000 }],
    ["a day's limit", 406, {}, { kind: "rate-limited", code: "hepsiburada.daily_limit" }],
    ["nothing there", 404, {}, { kind: "not-found" }],
    ["no multipart", 415, {}, { kind: "invalid" }],
    ["the bot manager", 520, {}, { kind: "unavailable", retryable: true, mayHaveTakenEffect: false }],
    ["an outage while writing", 503, { isWrite: true }, { kind: "unavailable", mayHaveTakenEffect: true }],
    ["a refused write", 400, { isWrite: true }, { kind: "invalid", mayHaveTakenEffect: false }],
  ])("%s", (_, status, given, wanted) => {
    expect(answer(status, "", given)).toMatchObject(wanted);
  });

  it("tells running uploads from other refusals by their words, on the path of uploads only", () => {
    const words = JSON.stringify({ message: "There are too many ongoing uploads" });
    expect(answer(400, words, { host: "listing-external", path: "/listings/merchantid/x/price-uploads", isWrite: true })).toMatchObject({
      kind: "rate-limited",
      code: "hepsiburada.uploads_running",
      retryAfterMs: 30_000,
      mayHaveTakenEffect: false,
    });
    expect(answer(400, words)).toMatchObject({ kind: "invalid" });
  });

  it.each([
    ["a bare string", '"Line item is not in a cancellable status"', "Line item is not in a cancellable status"],
    ["Spring's", '{"timestamp":"x","status":400,"error":"Bad Request","message":"limit must not be null","path":"/x"}', "limit must not be null"],
    ["finance's", '{"errorMessage":"Date range cannot exceed one month","exceptionCode":"MPF"}', "Date range cannot exceed one month"],
    ["ask-to-seller's", '{"code":400,"errors":[{"message":"Expired","internalMessage":"e"}]}', "Expired"],
    ["a gateway's page", "<html><body><h1>502 Bad Gateway</h1></body></html>", "502 Bad Gateway"],
    ["nothing", "", ""],
    ["a list", "[1]", ""],
  ])("reads the words of %s", (_, body, text) => {
    expect(answer(400, body).remoteText).toBe(text);
  });
});
