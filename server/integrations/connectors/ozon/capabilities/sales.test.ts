import { describe, expect, it } from "vitest";
import { fixedClock } from "@/server/platform/clock";
import { memoryTokens } from "../../../contract/memory-tokens";
import { type ScriptedAnswer, type SeenRequest, scriptedHttp } from "../../../contract/testing/scripted-http";
import { ENDPOINTS } from "../endpoints";
import accrualsByDay from "../fixtures/accruals-by-day.json";
import { daysOf, ozonSales } from "./sales";

const rub = (amount: string) => ({ amount, currency: "RUB" });
const window = { from: new Date("2026-10-05T00:00:00Z"), to: new Date("2026-10-06T00:00:00Z") };

function pull(answer: (request: SeenRequest) => ScriptedAnswer) {
  const http = scriptedHttp(answer);
  const clock = fixedClock(new Date("2026-11-01T00:00:00Z"));
  return {
    http,
    page: ozonSales.pull(
      { connectionId: "c", tokens: memoryTokens(), credentials: {}, baseUrl: "https://api-seller.ozon.ru", facts: {}, http, clock },
      { window },
    ),
  };
}

describe("the days of a window", () => {
  it.each([
    ["2026-10-05T00:00:00Z", "2026-10-06T00:00:00Z", ["2026-10-05"]],
    ["2026-10-05T23:59:00Z", "2026-10-06T00:01:00Z", ["2026-10-05", "2026-10-06"]],
    ["2026-10-05T12:00:00Z", "2026-10-05T12:00:00Z", ["2026-10-05"]],
    ["2021-12-31T00:00:00Z", "2022-01-02T00:00:00Z", ["2022-01-01"]],
  ])("%s to %s", (from, to, days) => {
    expect(daysOf({ from: new Date(from), to: new Date(to) })).toEqual(days);
  });
});

describe("one day", () => {
  const open = {
    accrued_category: "POSTING",
    date: "2026-10-05",
    unit_number: "1-0001-1",
    accrual_id: 1,
    total_amount: rub("1000"),
    posting: { products: [{ sku: 5, commission: { sale_amount: rub("1000"), seller_price: rub("333") } }] },
  };

  it("asks for the pieces only where price and revenue do not tell them", async () => {
    const { http, page } = pull(({ path }) => {
      if (path === ENDPOINTS.accrualByDay) return { json: { accruals: [...accrualsByDay.payload.accruals, open], last_id: "" } };
      if (path === ENDPOINTS.accrualPostings)
        return { json: { posting_accruals: [{ posting_number: "1-0001-1", accruals: [{ accrual_date: "2026-10-05", quantity: 3, sku: 5, type_id: 69 }] }] } };
      return { json: {} };
    });
    expect((await page).records.find((line) => line.postingNumber === "1-0001-1")?.quantity).toBe(3);
    expect(http.seen.filter((request) => request.path === ENDPOINTS.accrualPostings).map((request) => request.body)).toEqual([
      { posting_numbers: ["1-0001-1"] },
    ]);
  });

  it("keeps the sales when names are refused, says so, and sets odd accruals aside", async () => {
    const { page } = pull(({ path }) =>
      path === ENDPOINTS.accrualByDay
        ? { json: { accruals: [open, { date: "someday" }, { ...open, accrual_id: 2, total_amount: rub("much") }], last_id: "" } }
        : { status: 403, json: { code: 7, message: "Api-Key is missing a required role for a method", details: [] } },
    );
    const { records, rejected, received, warnings } = await page;
    expect(records).toMatchObject([{ revenueMinor: 100_000n, quantity: 1 }]);
    expect(rejected.map((record) => record.errorCode)).toEqual(["ozon.accrual_shape", "ozon.accrual_amount"]);
    expect(received).toBe(3);
    expect(warnings?.map((warning) => warning.params?.["method"])).toEqual([ENDPOINTS.accrualTypes, ENDPOINTS.accrualPostings, ENDPOINTS.productInfo]);
  });

  it("throws when the pages of a day go in a circle", async () => {
    let turn = 0;
    const { page } = pull(() => ({ json: { accruals: [open], last_id: ["a", "b"][turn++ % 2] } }));
    await expect(page).rejects.toMatchObject({ kind: "malformed" });
  });
});
