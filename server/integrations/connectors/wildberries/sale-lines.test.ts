import { describe, expect, it } from "vitest";
import { parseJson, stringifyJson } from "@/lib/json";
import { fixedClock } from "@/server/platform/clock";
import { memoryTokens } from "../../contract/memory-tokens";
import { scriptedHttp } from "../../contract/testing/scripted-http";
import { daysOf, openWeek, wildberriesSales } from "./capabilities/sales";
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
    expect(toSaleLine(row(), false)).toMatchObject({
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
    expect(toSaleLine(row({ docTypeName: "Возврат", sellerOperName: "Возврат", quantity: 2 }), false)).toMatchObject({
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
    expect(toSaleLine(row(given), true)).toMatchObject({
      kind: "fee",
      quantity: 0,
      revenueMinor: 0n,
      feesMinor: -28_485n,
      description: "Логистика: К клиенту при отмене",
      isPreliminary: true,
      fees: [
        { typeId: "deliveryService", name: "Логистика", amountMinor: -6_350n },
        { typeId: "penalty", amountMinor: -23_135n },
        { typeId: "additionalPayment", amountMinor: 1_000n },
      ],
    });
  });

  it("is a correction where money is paid without a sale", () => {
    expect(toSaleLine(row({ sellerOperName: "Компенсация ущерба", forPay: "500" }), false)).toMatchObject({
      kind: "correction",
      revenueMinor: 0n,
      feesMinor: 50_000n,
    });
  });
});

describe("windows and weeks", () => {
  it.each([
    ["2026-11-20T21:00:00Z", "2026-11-21T21:00:00Z", "2026-11-21", "2026-11-21"],
    ["2026-11-20T20:59:00Z", "2026-11-20T21:01:00Z", "2026-11-20", "2026-11-21"],
    ["2020-01-01T00:00:00Z", "2024-02-01T00:00:00Z", "2024-01-29", "2024-02-01"],
  ])("%s to %s are the Moscow days %s to %s", (from, to, dateFrom, dateTo) => {
    expect(daysOf({ from: new Date(from), to: new Date(to) })).toEqual({ dateFrom, dateTo });
  });
  it.each([
    ["2026-11-22T20:59:00Z", "2026-11-16"],
    ["2026-11-22T21:00:00Z", "2026-11-23"],
    ["2026-11-23T00:00:00Z", "2026-11-23"],
  ])("the week open at %s began on %s", (now, monday) => {
    expect(openWeek(new Date(now))).toBe(monday);
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
