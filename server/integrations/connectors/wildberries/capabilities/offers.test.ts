import { describe, expect, it } from "vitest";
import { fixedClock } from "@/server/platform/clock";
import { memoryTokens } from "../../../contract/memory-tokens";
import type { PriceChange, StockChange } from "../../../contract/offers";
import { type ScriptedAnswer, type SeenRequest, scriptedHttp } from "../../../contract/testing/scripted-http";
import { wildberriesOffers as port } from "./offers";

function contextWith(answer: (request: SeenRequest) => ScriptedAnswer) {
  const http = scriptedHttp(answer);
  const clock = fixedClock(new Date("2026-11-21T12:00:00Z"));
  return { http, context: { connectionId: "c", tokens: memoryTokens(), credentials: { token: "t" }, baseUrl: "https://x.test", facts: {}, http, clock } };
}
/** Answers in turn; the last one again and again. */
const inTurn = (...answers: readonly ScriptedAnswer[]) => {
  let turn = 0;
  return () => answers[Math.min(turn++, answers.length - 1)] ?? {};
};
const TAKEN: ScriptedAnswer = { status: 204, text: "" };
const refusal = (...reasons: readonly unknown[]): ScriptedAnswer => ({ status: 409, json: reasons });

const stock = (externalId: string, quantity = 5, warehouseId: string | null = "99"): StockChange => ({
  listing: { externalId, barcode: `b${externalId}`, remoteContext: warehouseId === null ? {} : { warehouseId } },
  quantity,
  previous: null,
  requestId: externalId,
});
const price = (externalId: string, nmId: string, priceMinor = 100_000n, oldPriceMinor: bigint | null = null): PriceChange => ({
  listing: { externalId, remoteContext: { nmId } },
  priceMinor,
  oldPriceMinor,
  currency: "RUB",
  requestId: externalId,
});
const sent = (seen: readonly SeenRequest[]) => seen.map(({ body }) => (body as { stocks: { chrtId: number }[] }).stocks.map(({ chrtId }) => chrtId));
const setStock = (context: ReturnType<typeof contextWith>["context"], changes: readonly StockChange[]) => port.stock?.set(context, changes);
const setPrice = (context: ReturnType<typeof contextWith>["context"], changes: readonly PriceChange[]) => port.price?.set(context, changes);

describe("stock that is refused", () => {
  it.each([
    ["NotFound", "wildberries.size_unknown"],
    ["UploadDataLimit", "wildberries.stock_out_of_range"],
    ["CargoWarehouseRestrictionMGT", "wildberries.stock_warehouse_kind"],
    ["CargoWarehouseRestrictionSGTKGTPlus", "wildberries.stock_warehouse_kind"],
    ["DeliveryTypeRestriction", "wildberries.stock_delivery_type"],
    ["SomethingNew", "wildberries.stock_refused"],
  ])("with %s for one line is said again without it", async (code, ours) => {
    const { http, context } = contextWith(inTurn(refusal({ code, message: "no", data: [{ sku: "", chrtId: 2, amount: 5 }] }), TAKEN));
    expect(await setStock(context, [stock("1"), stock("2"), stock("3")])).toEqual([
      { externalId: "1", state: "acknowledged" },
      { externalId: "2", state: "rejected", code: ours, text: "no" },
      { externalId: "3", state: "acknowledged" },
    ]);
    expect(sent(http.seen)).toEqual([
      [1, 2, 3],
      [1, 3],
    ]);
  });

  it("by barcode, as older refusals name the line, is found all the same", async () => {
    const { context } = contextWith(inTurn(refusal({ code: "NotFound", message: "", data: [{ sku: "b2", amount: 5 }] }), TAKEN));
    expect((await setStock(context, [stock("1"), stock("2")]))?.map(({ state }) => state)).toEqual(["acknowledged", "rejected"]);
  });

  it.each([
    ["a reason without lines", refusal({ code: "ProductPropertyConflict", message: "no" })],
    ["lines that are none of ours", refusal({ code: "NotFound", message: "no", data: [{ chrtId: 77 }] })],
    ["one reason that is no list", { status: 409, json: { code: "NotFound", message: "no", data: null } }],
  ])("with %s is refused for all: none is known to be taken", async (_, answer) => {
    const { http, context } = contextWith(inTurn(answer));
    expect((await setStock(context, [stock("1"), stock("2")]))?.map(({ state }) => state)).toEqual(["rejected", "rejected"]);
    expect(http.seen).toHaveLength(1);
  });

  it("again and again, another line each time, is given up after three calls, none of them believed", async () => {
    const bad = (chrtId: number) => refusal({ code: "NotFound", message: "", data: [{ chrtId }] });
    const { http, context } = contextWith(inTurn(bad(1), bad(2), bad(3)));
    const outcomes = await setStock(
      context,
      ["1", "2", "3", "4"].map((id) => stock(id)),
    );
    expect(outcomes?.map(({ state }) => state)).toEqual(["rejected", "rejected", "rejected", "rejected"]);
    expect(http.seen).toHaveLength(3);
  });

  it("because the warehouse is being changed fails as a whole and asks for patience", async () => {
    const processing = contextWith(inTurn(refusal({ code: "StoreIsProcessing", message: "The store is processing" })));
    await expect(setStock(processing.context, [stock("1")])).rejects.toMatchObject({
      code: "wildberries.stock_blocked",
      retryable: true,
      retryAfterMs: 10_000,
    });
    const blocked = contextWith(inTurn({ status: 406, json: { code: "WarehouseStocksUpdateBlock", message: "The warehouse is processing" } }));
    await expect(setStock(blocked.context, [stock("1")])).rejects.toMatchObject({ code: "wildberries.stock_blocked", retryable: true, retryAfterMs: 60_000 });
    const barred = contextWith(inTurn({ status: 406, json: { code: "StatusNotAcceptable", message: "бан поставщика" } }));
    await expect(setStock(barred.context, [stock("1")])).rejects.toMatchObject({ code: "wildberries.stock_barred", kind: "forbidden", retryable: false });
  });
});

describe("stock that cannot be right", () => {
  it("is not sent, and does not keep the rest: too much, a fraction, no warehouse, no number; each warehouse has its own call", async () => {
    const { http, context } = contextWith(inTurn(TAKEN));
    const outcomes = await setStock(context, [stock("1"), stock("2", 100_001), stock("3", 1.5), stock("4", 5, null), stock("x"), stock("6", 0, "98")]);
    expect(outcomes?.map((outcome) => (outcome.state === "rejected" ? outcome.code : outcome.state))).toEqual([
      "acknowledged",
      "wildberries.stock_out_of_range",
      "wildberries.stock_out_of_range",
      "wildberries.warehouse_not_chosen",
      "wildberries.size_unknown",
      "acknowledged",
    ]);
    expect(http.seen.map(({ path }) => path)).toEqual(["/api/v3/stocks/99", "/api/v3/stocks/98"]);
  });
});

const upload = (id: number, status = 200): ScriptedAnswer => ({ status, json: { data: { id, alreadyExists: status === 208 }, error: false, errorText: "" } });
const badRequest = (errorText: string): ScriptedAnswer => ({ status: 400, json: { data: null, error: true, errorText } });

describe("prices", () => {
  it("are one line an article, whatever its sizes; the listings come back by the tracking alone", async () => {
    const { http, context } = contextWith(inTurn(upload(146_567)));
    const outcomes = await setPrice(context, [price("11", "1"), price("12", "1"), price("21", "2", 150_000n, 200_000n)]);
    expect(http.seen[0]?.body).toEqual({
      data: [
        { nmID: 1, price: 1_000, discount: 0 },
        { nmID: 2, price: 2_000, discount: 25 },
      ],
    });
    const tracking = "146567:1-1000-11-12,2-2000-21";
    expect(outcomes).toEqual(["11", "12", "21"].map((externalId) => ({ externalId, state: "pending", tracking })));
    const pending = contextWith(inTurn({ json: { data: null, error: false } }));
    expect(await port.check?.(pending.context, "price", tracking)).toEqual(outcomes);
  });

  it("of sizes that differ, with kopecks, or of no article are refused before a call", async () => {
    const { http, context } = contextWith(inTurn(upload(1)));
    const strange: PriceChange = { ...price("9", "9"), listing: { externalId: "9", remoteContext: {} } };
    const outcomes = await setPrice(context, [price("12", "1", 99_950n), strange]);
    expect(outcomes?.map((outcome) => outcome.state === "rejected" && outcome.code)).toEqual(["wildberries.price_not_whole", "wildberries.article_unknown"]);
    expect(http.seen).toHaveLength(0);
    const differing = await setPrice(context, [price("11", "1"), price("12", "1", 200_000n)]);
    expect(differing?.map((outcome) => (outcome.state === "rejected" ? outcome.code : outcome.state))).toEqual(["pending", "wildberries.price_of_sizes"]);
  });

  it("that are there already are taken; an upload known already is followed under its own number", async () => {
    const already = contextWith(inTurn(badRequest("The specified prices and discounts are already set")));
    expect(await setPrice(already.context, [price("11", "1")])).toEqual([{ externalId: "11", state: "acknowledged" }]);
    const known = contextWith(inTurn(upload(1_111_111, 208)));
    expect(await setPrice(known.context, [price("11", "1")])).toMatchObject([{ state: "pending", tracking: "1111111:1-1000-11" }]);
  });

  it("of which none was left are looked up: what is there is taken, what is not is unknown", async () => {
    const listGoods = [{ nmID: 1, sizes: [{ sizeID: 11, price: 1_000, discountedPrice: 1_000 }], currencyIsoCode4217: "RUB" }];
    const none = badRequest("All item Nos. are specified incorrectly, or the specified prices and discounts are already set");
    const { context } = contextWith(inTurn(none, { json: { data: { listGoods }, error: false, errorText: "" } }));
    expect(await setPrice(context, [price("11", "1"), price("21", "2")])).toEqual([
      { externalId: "11", state: "acknowledged" },
      { externalId: "21", state: "rejected", code: "wildberries.article_unknown" },
    ]);
  });

  it("refused as a whole say why; an outage is no refusal", async () => {
    const bad = contextWith(inTurn(badRequest("Invalid price value")));
    expect(await setPrice(bad.context, [price("11", "1")])).toEqual([
      { externalId: "11", state: "rejected", code: "wildberries.price_refused", text: "Invalid price value" },
    ]);
    const out = contextWith(inTurn({ status: 502, text: "<html></html>" }));
    await expect(setPrice(out.context, [price("11", "1")])).rejects.toMatchObject({ kind: "unavailable", retryable: true });
  });

  it("worked off with errors are told line by line, quarantine apart, and what is not named is looked up", async () => {
    const goods = [
      { nmID: 1, status: 2 },
      { nmID: 2, status: 3, errorText: "Item has been moved to Price Quarantine" },
      { nmID: 3, status: 3, errorText: "You can't change the item price" },
    ];
    const { http, context } = contextWith(({ path }) => {
      if (path.startsWith("/api/v2/history/tasks")) return { json: { data: { uploadID: 7, status: 5 }, error: false } };
      if (path.startsWith("/api/v2/history/goods")) return { json: { data: { uploadID: 7, historyGoods: goods } } };
      return { json: { data: { listGoods: [{ nmID: 4, sizes: [{ sizeID: 41, price: 400, discountedPrice: 400 }] }] }, error: false, errorText: "" } };
    });
    const outcomes = await port.check?.(context, "price", "7:1-100-11-12,2-200-21,3-300-31,4-400-41,5-500-51");
    expect(outcomes?.map((outcome) => [outcome.externalId, outcome.state === "rejected" ? outcome.code : outcome.state])).toEqual([
      ["11", "acknowledged"],
      ["12", "acknowledged"],
      ["21", "wildberries.price_quarantine"],
      ["31", "wildberries.price_refused"],
      ["41", "acknowledged"],
      ["51", "wildberries.article_unknown"],
    ]);
    expect(http.seen.at(-1)?.body).toEqual({ nmList: [4, 5] });
    await expect(port.check?.(context, "price", "nonsense")).rejects.toMatchObject({ code: "remote.cursor" });
  });
});
