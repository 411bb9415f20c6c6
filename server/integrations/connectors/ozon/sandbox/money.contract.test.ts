import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { SMALL } from "./index";
import { openStage } from "./testing/stage";

interface Money {
  amount: string;
}
interface Accrual {
  accrual_id: number;
  accrued_category: string;
  unit_number: string;
  posting: {
    products: { sku: number; commission: { sale_amount: Money; bonus: Money; commission: Money; seller_price: Money }; delivery: { total_accrued: Money } }[];
  } | null;
  item_fees: unknown;
  total_amount: Money;
}
interface Side {
  amount: number;
  bonus: number;
  standard_fee: number;
  quantity: number;
}

const stage = await openStage({ startAt: new Date("2026-11-10T09:00:00Z") });
const { call, control } = stage;
const minor = (money: Money | undefined) => Math.round(Number(money?.amount) * 100);

beforeEach(() => control.reset());
afterAll(() => stage.sandbox.stop());

async function dayOf(date: string): Promise<Accrual[]> {
  const all: Accrual[] = [];
  let lastId = "";
  do {
    const page = (await call("/v1/finance/accrual/by-day", { date, last_id: lastId })).json as unknown as { accruals: Accrual[]; last_id: string };
    if (page.accruals.length === 0) break;
    all.push(...page.accruals);
    lastId = page.last_id;
  } while (lastId !== "");
  return all;
}

const daysUpTo = (last: string, count: number) =>
  Array.from({ length: count }, (_, index) => new Date(Date.parse(last) - index * 86_400_000).toISOString().slice(0, 10)).reverse();

describe("accruals", () => {
  it("pages a day to its end; every amount adds up to the simulator's own books", async () => {
    await control.ozon.setLimits({ requestsPerSecond: 0, accrualPageSize: 2 });
    const days = daysUpTo("2026-11-10", 30);
    const rows = (await Promise.all(days.map(dayOf))).flat();
    expect(new Set(rows.map((row) => row.accrual_id)).size).toBe(rows.length);
    const books = await control.ozon.books();
    expect(rows.length).toBe(books.accruals);
    const lines = rows.flatMap((row) => row.posting?.products ?? []);
    expect(lines.length).toBe(books.total.lines);
    expect(lines.reduce((sum, line) => sum + minor(line.commission.sale_amount), 0)).toBe(books.total.saleMinor);
    expect(lines.reduce((sum, line) => sum + minor(line.commission.sale_amount) + minor(line.commission.bonus), 0)).toBe(books.total.revenueMinor);
    expect(lines.reduce((sum, line) => sum + minor(line.commission.commission), 0)).toBe(books.total.commissionMinor);
    const total = rows.reduce((sum, row) => sum + minor(row.total_amount), 0);
    expect(total).toBe(books.total.revenueMinor + books.total.commissionMinor + books.total.servicesMinor + books.otherFeesMinor);
    expect(new Set(rows.map((row) => row.accrued_category))).toEqual(new Set(["POSTING", "ITEM", "NON_ITEM"]));
  });

  it("continues only with a last_id of the same day", async () => {
    await control.ozon.setLimits({ accrualPageSize: 1 });
    const first = (await call("/v1/finance/accrual/by-day", { date: "2026-11-09", last_id: "" })).json;
    expect(first["last_id"]).not.toBe("");
    expect((await call("/v1/finance/accrual/by-day", { date: "2026-11-08", last_id: first["last_id"] })).json["code"]).toBe(3);
    for (const date of ["2026-13-40", "09.11.2026", "2021-12-31", "2026-11-11"]) {
      expect((await call("/v1/finance/accrual/by-day", { date, last_id: "" })).json["code"]).toBe(3);
    }
    expect((await call("/v1/finance/accrual/by-day", { date: "2026-11-09" })).json["code"]).toBe(3);
  });

  it("ends with an empty page when the last page names a last_id too", async () => {
    const plain = await dayOf("2026-11-09");
    await control.ozon.setQuirks({ lastIdOnLastPage: true });
    expect(await dayOf("2026-11-09")).toEqual(plain);
  });

  it("books a delivery as a sale and a return as its negative", async () => {
    const { postingNumber } = await control.ozon.addPosting({});
    await control.ozon.setPostingStatus({ postingNumber, status: "delivered" });
    await control.ozon.returnPosting({ postingNumber });
    const rows = (await dayOf("2026-11-10")).filter((row) => row.unit_number === postingNumber && row.accrued_category === "POSTING");
    const [sale, back] = rows.map((row) => row.posting?.products[0]?.commission);
    expect(rows).toHaveLength(2);
    expect(minor(back?.sale_amount)).toBe(-minor(sale?.sale_amount));
    expect(minor(back?.commission)).toBe(-minor(sale?.commission));
    expect(minor(sale?.commission)).toBeLessThan(0);
    const byPosting = (await call("/v1/finance/accrual/postings", { posting_numbers: [postingNumber] })).json as {
      posting_accruals: { accruals: { type_id: number; quantity: number | null }[] }[];
    };
    expect(byPosting.posting_accruals[0]?.accruals.map((row) => row.type_id)).toEqual(expect.arrayContaining([69, 32, 28, 1, 59]));
    expect((await call("/v1/finance/accrual/postings", { posting_numbers: [] })).json["code"]).toBe(3);
  });
});

describe("realization", () => {
  it("is the same money as the month's accruals, and comes on the 5th", async () => {
    const report = (await call("/v2/finance/realization", { month: 10, year: 2026 })).json as {
      result: { rows: { delivery_commission: Side | null; return_commission: Side | null }[] };
    };
    const books = await control.ozon.books({ from: "2026-10-01", to: "2026-10-31" });
    const sum = (pick: (side: Side) => number) =>
      Math.round(
        report.result.rows.reduce(
          (total, row) => total + (row.delivery_commission ? pick(row.delivery_commission) : 0) - (row.return_commission ? pick(row.return_commission) : 0),
          0,
        ) * 100,
      );
    expect(books.total.lines).toBeGreaterThan(0);
    expect(sum((side) => side.amount)).toBe(books.total.saleMinor);
    expect(sum((side) => side.amount + side.bonus)).toBe(books.total.revenueMinor);
    expect(sum((side) => side.standard_fee)).toBe(-books.total.commissionMinor);
    expect(sum((side) => side.quantity / 100)).toBe(books.total.quantity);
    expect((await call("/v2/finance/realization", { month: 11, year: 2026 })).status).toBe(404);
    expect((await call("/v2/finance/realization", { month: 7, year: 2023 })).json["code"]).toBe(3);
  });
});

describe("postings and products", () => {
  const period = { since: "2026-10-01T00:00:00Z", to: "2026-11-11T00:00:00Z" };

  it("pages FBS and FBO to the end in both directions", async () => {
    for (const path of ["/v4/posting/fbs/list", "/v3/posting/fbo/list"]) {
      const numbers = async (sortDir: string) => {
        const seen: string[] = [];
        let cursor = "";
        for (;;) {
          const page = (await call(path, { limit: 3, sort_dir: sortDir, cursor, filter: period })).json as unknown as {
            postings: { posting_number: string }[];
            cursor: string;
            has_next: boolean;
          };
          seen.push(...page.postings.map((posting) => posting.posting_number));
          if (!page.has_next) return seen;
          cursor = page.cursor;
        }
      };
      const up = await numbers("ASC");
      expect(up.length).toBeGreaterThan(6);
      expect(new Set(up).size).toBe(up.length);
      expect(await numbers("desc")).toEqual([...up].reverse());
    }
  });

  it("filters by order number and by the time of the last change", async () => {
    const answer = (await call("/v4/posting/fbs/list", { limit: 10, filter: { ...period, order_numbers: ["70000001-0001"] } })).json as {
      postings: { posting_number: string }[];
    };
    expect(answer.postings.map((posting) => posting.posting_number)).toEqual([SMALL.postings.fbsDelivered]);
    const changed = (
      await call("/v4/posting/fbs/list", {
        limit: 100,
        filter: { ...period, last_changed_status_date: { from: "2026-11-10T00:00:00Z", to: "2026-11-10T09:00:30Z" } },
      })
    ).json as { postings: { posting_number: string }[] };
    expect(changed.postings.map((posting) => posting.posting_number)).toContain(SMALL.postings.fbsNew);
    expect(changed.postings.map((posting) => posting.posting_number)).not.toContain(SMALL.postings.fbsOld);
  });

  it("refuses periods over a year and answers single postings", async () => {
    expect((await call("/v3/posting/fbo/list", { limit: 1, filter: { since: "2025-01-01T00:00:00Z", to: "2026-11-01T00:00:00Z" } })).json["message"]).toBe(
      "PERIOD_IS_TOO_LONG",
    );
    expect((await call("/v3/posting/fbs/get", { posting_number: SMALL.postings.fbsNew })).json).toMatchObject({
      result: { status: "awaiting_packaging", products: [{ price: "1290.0000" }] },
    });
    expect((await call("/v3/posting/fbs/get", { posting_number: "0-0-0" })).status).toBe(404);
    const unfulfilled = (
      await call("/v4/posting/fbs/unfulfilled/list", { limit: 100, filter: { cutoff_from: period.since, cutoff_to: "2026-12-01T00:00:00Z" } })
    ).json as { postings: { status: string }[] };
    expect(unfulfilled.postings.map((posting) => posting.status)).toContain("awaiting_packaging");
    expect(unfulfilled.postings.map((posting) => posting.status)).not.toContain("delivered");
  });

  it("pages products and names them by sku", async () => {
    const first = (await call("/v3/product/list", { limit: 3 })).json as { result: { items: { sku: number }[]; total_items: number; last_id: string } };
    const second = (await call("/v3/product/list", { limit: 3, last_id: first.result.last_id })).json as typeof first;
    expect([first.result.items.length, second.result.items.length, first.result.total_items]).toEqual([3, 2, 5]);
    const info = (await call("/v3/product/info/list", { sku: [String(first.result.items[0]?.sku)] })).json as { items: { name: string }[] };
    expect(info.items.map((item) => item.name)).toEqual(["Плед флисовый 150×200 см, серый"]);
  });
});
