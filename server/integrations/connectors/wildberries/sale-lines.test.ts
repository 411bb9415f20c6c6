import { describe, expect, it } from "vitest";
import { parseJson, stringifyJson } from "@/lib/json";
import { fixedClock } from "@/server/platform/clock";
import { memoryTokens } from "../../contract/memory-tokens";
import { scriptedHttp } from "../../contract/testing/scripted-http";
import { daysOf, wildberriesSales } from "./capabilities/sales";
import sample from "./fixtures/sale-row.json";
import { toSaleLine } from "./sale-lines";
import { saleSchema } from "./schemas";

const ZERO = {
  deliveryService: "0",
  paidStorage: "0",
  penalty: "0",
  deduction: "0",
  paidAcceptance: "0",
  cashbackAmount: "0",
  cashbackCommissionChange: "0",
  additionalPayment: "0",
  bonusTypeName: "",
};
const row = (given: Record<string, unknown> = {}) => saleSchema.parse({ ...sample.payload, ...ZERO, ...given });

describe("one row of the report", () => {
  it("is a sale: the seller's price, the commission as the difference to what is paid out", () => {
    expect(toSaleLine(row())).toMatchObject({
      externalId: "1232610467",
      kind: "sale",
      date: "2025-10-20",
      quantity: 1,
      revenueMinor: 39_968n,
      feesMinor: -2_269n,
      payoutMinor: 37_699n,
      sku: "1234567",
      offerId: "MAB123",
      productName: "ДС тарелка",
      orderNumber: "0f1c3999172603062979867564654dac5b702849",
      postingNumber: "2816993144",
      fees: [{ typeId: "forPay", amountMinor: -2_269n }],
    });
  });

  it("is a return: everything negated, the commission given back", () => {
    expect(toSaleLine(row({ docTypeName: "Возврат", sellerOperName: "Возврат", quantity: 2 }))).toMatchObject({
      kind: "return",
      quantity: -2,
      revenueMinor: -79_936n,
      payoutMinor: -37_699n,
    });
  });

  it("is a charge: logistics, storage, fines, each under its own name, adding up", () => {
    const given = {
      sellerOperName: "Логистика",
      docTypeName: "",
      quantity: 0,
      forPay: "0",
      deliveryService: "63.5",
      penalty: "231.35",
      additionalPayment: "10",
      bonusTypeName: "К клиенту при отмене",
    };
    expect(toSaleLine(row(given))).toMatchObject({
      kind: "fee",
      quantity: 0,
      revenueMinor: 0n,
      feesMinor: -28_485n,
      description: "Логистика: К клиенту при отмене",
      isPreliminary: false,
      settlementKey: undefined,
      fees: [
        { typeId: "deliveryService", name: "Логистика", amountMinor: -6_350n },
        { typeId: "penalty", amountMinor: -23_135n },
        { typeId: "additionalPayment", amountMinor: 1_000n },
      ],
    });
  });

  it("is a correction where money is paid without a sale", () => {
    expect(toSaleLine(row({ sellerOperName: "Компенсация ущерба", forPay: "500" }))).toMatchObject({
      kind: "correction",
      revenueMinor: 0n,
      feesMinor: 50_000n,
    });
  });
});

describe("windows", () => {
  it.each([
    ["2026-11-20T21:00:00Z", "2026-11-21T21:00:00Z", "2026-11-21", "2026-11-21"],
    ["2026-11-20T20:59:00Z", "2026-11-20T21:01:00Z", "2026-11-20", "2026-11-21"],
    ["2020-01-01T00:00:00Z", "2024-02-01T00:00:00Z", "2024-01-29", "2024-02-01"],
  ])("%s to %s are the Moscow days %s to %s", (from, to, dateFrom, dateTo) => {
    expect(daysOf({ from: new Date(from), to: new Date(to) })).toEqual({ dateFrom, dateTo });
  });
});

describe("pages of the report", () => {
  const pull = (answers: readonly { readonly status?: number; readonly text?: string }[], cursor?: Readonly<Record<string, unknown>>) => {
    let turn = 0;
    const http = scriptedHttp(() => answers[turn++] ?? { status: 204, text: "" });
    const context = {
      connectionId: "c",
      tokens: memoryTokens(),
      credentials: { token: "t" },
      baseUrl: "https://x.test",
      facts: {},
      http,
      clock: fixedClock(new Date("2026-11-21T00:00:00Z")),
    };
    const window = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-11-02T00:00:00Z") };
    return { http, page: wildberriesSales.pull(context, { window, ...(cursor === undefined ? {} : { cursor }) }) };
  };

  it("go on from the last row's id with all its digits, and end with 204", async () => {
    const big = stringifyJson([parseJson(JSON.stringify(sample.payload))]).replace("1232610467", "9007199254740993");
    const { page } = pull([{ text: big }]);
    const first = await page;
    expect(first.next).toEqual({ rrdId: "9007199254740993", done: 1 });
    const second = pull([], first.next);
    expect(await second.page).toMatchObject({ records: [], received: 0, progress: { done: 2, total: 2 } });
    expect(second.http.seen[0]?.text).toContain('"rrdId":9007199254740993');
  });

  it("stop where the service repeats itself, and set odd rows aside", async () => {
    const rows = [{ ...sample.payload, forPay: "much" }, { rrdId: 7 }, { ...sample.payload, ...ZERO, rrdId: 8 }];
    const { page } = pull([{ text: JSON.stringify({ data: rows }) }], { rrdId: "8", done: 1 });
    const { records, rejected, received, next } = await page;
    expect([records.length, received, next]).toEqual([1, 3, undefined]);
    expect(rejected.map((record) => [record.errorCode, record.externalId])).toEqual([
      ["wildberries.sale_amount", "1232610467"],
      ["wildberries.sale_shape", "7"],
    ]);
  });
});

describe("pages of the early figures", () => {
  const NOW = new Date("2026-11-21T12:00:00Z");
  const row = (index: number, given: Record<string, unknown> = {}) => ({
    date: "2026-11-20T10:00:00",
    lastChangeDate: index < 9_990 ? "2026-11-20T11:00:00" : "2026-11-20T12:00:00",
    supplierArticle: "a-1",
    subject: "Кружки",
    nmId: 5,
    srid: `s${index}`,
    saleID: `S${index}`,
    priceWithDisc: 1_547.5,
    forPay: 1_284.01,
    ...given,
  });
  async function run(answers: readonly (readonly unknown[])[]) {
    let turn = 0;
    const http = scriptedHttp(({ path }) => (path.includes("/supplier/") ? { json: answers[turn++] ?? [] } : { status: 204, text: "" }));
    const context = {
      connectionId: "c",
      tokens: memoryTokens(),
      credentials: { token: "t" },
      baseUrl: "https://x.test",
      facts: {},
      http,
      clock: fixedClock(NOW),
    };
    const window = { from: new Date("2026-11-19T21:00:00Z"), to: new Date("2026-11-20T21:00:00Z") };
    const pages = [];
    let cursor: Readonly<Record<string, unknown>> | undefined;
    do {
      const page = await wildberriesSales.pull(context, { window, ...(cursor === undefined ? {} : { cursor }) });
      pages.push(page);
      cursor = page.next === undefined ? undefined : (JSON.parse(JSON.stringify(page.next)) as Record<string, unknown>);
    } while (cursor !== undefined);
    return {
      pages,
      asked: http.seen.filter(({ path }) => path.includes("/supplier/")).map(({ path }) => new URLSearchParams(path.split("?")[1]).get("dateFrom")),
    };
  }

  it("go on from the last change of a full answer, nothing twice, nothing left out; a smaller answer is the last", async () => {
    const full = Array.from({ length: 10_000 }, (_, index) => row(index));
    const { pages, asked } = await run([full, [...full.slice(9_990), row(10_000), row(10_001)]]);
    expect(asked).toEqual(["2026-11-20T00:00:00", "2026-11-20T12:00:00"]);
    const ids = pages.flatMap((page) => page.records).map((line) => line.externalId);
    expect([ids.length, new Set(ids).size]).toEqual([10_002, 10_002]);
    expect(pages.at(-1)).toMatchObject({ received: 2, progress: { done: 3, total: 3 } });
  });

  it("are Moscow's days, returns negative whatever their sign, and no row is lost for an odd one", async () => {
    const { pages } = await run([
      [
        row(1, { date: "2026-11-21T00:30:00" }),
        row(2, { saleID: "R2", priceWithDisc: -1_547.5, forPay: -1_284.01 }),
        row(3, { saleID: "R3" }),
        row(4, { priceWithDisc: 0, forPay: 0 }),
        row(5, { forPay: "much" }),
        { saleID: "S6" },
      ],
    ]);
    const { records, rejected, received } = pages.at(-1) ?? { records: [], rejected: [], received: 0 };
    expect(records.map((line) => [line.externalId, line.kind, line.date, line.revenueMinor, line.payoutMinor, line.settlementKey])).toEqual([
      ["early:R2", "return", "2026-11-20", -154_750n, -128_401n, "s2:return"],
      ["early:R3", "return", "2026-11-20", -154_750n, -128_401n, "s3:return"],
      ["early:S4", "sale", "2026-11-20", 0n, 0n, "s4"],
    ]);
    expect(records.every((line) => line.isPreliminary && line.feesMinor === line.fees.reduce((sum, fee) => sum + fee.amountMinor, 0n))).toBe(true);
    expect([rejected.map(({ errorCode }) => errorCode), received]).toEqual([["wildberries.sale_amount", "wildberries.sale_shape"], 5]);
  });
});
