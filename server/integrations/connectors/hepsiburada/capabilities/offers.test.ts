import { describe, expect, it } from "vitest";
import { memoryTokens } from "../../../contract/memory-tokens";
import type { ListingRef } from "../../../contract/offers";
import type { ConnectorContext } from "../../../contract/ports";
import { type ScriptedAnswer, scriptedHttp } from "../../../contract/testing/scripted-http";
import fixture from "../fixtures/upload-state.json";
import { hepsiburadaOffers } from "./offers";

const CREDENTIALS = { merchantId: "6fc6d90d-ee1d-4372-b3a6-264b1275e9ff", serviceKey: "Xu7d9qT2mK4b", userAgent: "magaza_dev" };

function contextOf(answer: ScriptedAnswer) {
  const http = scriptedHttp(() => answer);
  const context: ConnectorContext = {
    connectionId: "c",
    credentials: CREDENTIALS,
    baseUrl: "https://x",
    facts: {},
    http,
    clock: { now: () => new Date(0) },
    tokens: memoryTokens(),
  };
  return { http, context };
}

const listing = (externalId: string, remoteContext: Readonly<Record<string, string>> = { hbSku: `HB-${externalId}`, merchantSku: externalId }): ListingRef => ({
  externalId,
  remoteContext,
});
const stock = (ref: ListingRef, quantity = 3) => ({ listing: ref, quantity, previous: null, requestId: "r" });
const price = (ref: ListingRef, priceMinor: bigint, currency = "TRY") => ({ listing: ref, priceMinor, oldPriceMinor: null, currency, requestId: "r" });

describe("an upload", () => {
  it("is a bare array with both keys of each line, and the answer may spell its id either way", async () => {
    const { http, context } = contextOf({ json: { Id: "up-1" } });
    const outcomes = await hepsiburadaOffers.stock?.set(context, [stock(listing("A")), stock(listing("B C"), 0)]);
    expect(http.seen.map(({ method, path, body }) => [method, path, body])).toEqual([
      [
        "POST",
        `/listings/merchantid/${CREDENTIALS.merchantId}/stock-uploads`,
        [
          { hepsiburadaSku: "HB-A", merchantSku: "A", availableStock: 3 },
          { hepsiburadaSku: "HB-B C", merchantSku: "B C", availableStock: 0 },
        ],
      ],
    ]);
    expect(outcomes).toEqual([
      { externalId: "A", state: "pending", tracking: "up-1 A B%20C" },
      { externalId: "B C", state: "pending", tracking: "up-1 A B%20C" },
    ]);
  });

  it("writes prices as numbers with a point", async () => {
    const { http, context } = contextOf({ json: { id: "up-1" } });
    await hepsiburadaOffers.price?.set(context, [price(listing("A"), 11_897n)]);
    expect(http.seen[0]?.text).toBe('[{"hepsiburadaSku":"HB-A","merchantSku":"A","price":118.97}]');
  });

  it("leaves out what the service would refuse or spoil, and asks nothing where nothing is left", async () => {
    const { http, context } = contextOf({ json: { id: "up-1" } });
    const theirs = listing("A", { hbSku: "x", merchantSku: "A", fulfilledByHb: "yes" });
    const waiting = listing("B", { merchantSku: "B", catalogStatus: "PRE_MATCHED" });
    const outcomes = [
      ...((await hepsiburadaOffers.stock?.set(context, [stock(theirs), stock(waiting), stock(listing("C", {}))])) ?? []),
      ...((await hepsiburadaOffers.price?.set(context, [price(listing("D"), 0n), price(listing("E"), 100n, "USD"), price(waiting, 100n)])) ?? []),
    ];
    expect(outcomes.map((outcome) => (outcome.state === "rejected" ? outcome.code : outcome.state))).toEqual([
      "hepsiburada.fulfilled_by_hb",
      "hepsiburada.not_on_sale",
      "hepsiburada.listing_unknown",
      "hepsiburada.price_refused",
      "hepsiburada.price_currency",
      "hepsiburada.not_on_sale",
    ]);
    expect(http.seen).toEqual([]);
  });

  it.each([-1, 1.5, Number.NaN])("a quantity of %f never leaves us", async (quantity) => {
    const { http, context } = contextOf({ json: { id: "up-1" } });
    await expect(hepsiburadaOffers.stock?.set(context, [stock(listing("A"), quantity)])).rejects.toMatchObject({ kind: "invalid", mayHaveTakenEffect: false });
    expect(http.seen).toEqual([]);
  });
});

describe("what became of it", () => {
  const check = (answer: ScriptedAnswer, tracking = "up-1 SKU-1 SKU-2 SKU-3") => hepsiburadaOffers.check?.(contextOf(answer).context, "price", tracking);

  it("is told per line: an error, a lock of the price, or nothing, which is good", async () => {
    expect(await check({ json: fixture.answer })).toEqual([
      { externalId: "SKU-1", state: "rejected", code: "hepsiburada.price_out_of_range", text: "OutOfPriceRange" },
      { externalId: "SKU-2", state: "rejected", code: "hepsiburada.price_out_of_range", text: "Fiyat 899.8 - 13767" },
      { externalId: "SKU-3", state: "acknowledged" },
    ]);
  });

  it("is found by place where the service names no article", async () => {
    const errors = [{ elementNo: 2, hepsiburadaSku: null, merchantSku: null, errors: ["MismatchingSkusSpecified"] }];
    expect(await check({ json: { ...fixture.answer, errors, priceValidations: [] } })).toEqual([
      { externalId: "SKU-1", state: "acknowledged" },
      { externalId: "SKU-2", state: "rejected", code: "hepsiburada.listing_unknown", text: "MismatchingSkusSpecified", isConflict: true },
      { externalId: "SKU-3", state: "acknowledged" },
    ]);
  });

  it.each(["Processing", "InProgress", "SomethingNew"])("%s is not over", async (status) => {
    const tracking = "up-1 SKU-1";
    expect(await check({ json: { id: "up-1", status } }, tracking)).toEqual([{ externalId: "SKU-1", state: "pending", tracking }]);
  });

  it("a failed upload and one the service has forgotten took nothing; the latter is tried again after a look", async () => {
    expect(await check({ json: { id: "up-1", status: "Failed" } }, "up-1 A")).toEqual([
      { externalId: "A", state: "rejected", code: "hepsiburada.upload_failed" },
    ]);
    expect(await check({ status: 404, json: { message: "Not Found" } }, "up-1 A")).toEqual([
      { externalId: "A", state: "rejected", code: "hepsiburada.upload_forgotten", isConflict: true },
    ]);
  });
});
