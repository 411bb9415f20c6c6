import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConnectorError } from "../../contract/errors";
import type { Cursor, DateWindow, PullWarning } from "../../contract/ports";
import type { ExternalSaleLine, RejectedRecord } from "../../contract/records";
import { contextOf } from "../../contract/testing/stand";
import { yandexSales } from "./capabilities/sales";
import { OPERATIONS } from "./endpoints";
import { type YandexStand, yandexStand } from "./testing/stand";
import { FBS_SHOP } from "./testing/trade-desks";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const WHOLE: DateWindow = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-12-05T09:00:00Z") };
let stand: YandexStand;
/** The 5th of December: November, which the scenario's orders lie in, is over. */
beforeEach(async () => {
  stand = await yandexStand();
  await stand.market.setSubscription({ level: "MEDIUM" });
  await stand.advance(10 * DAY_MS);
});
afterEach(() => stand.stop());

interface Run {
  readonly lines: Map<string, ExternalSaleLine>;
  readonly rejected: RejectedRecord[];
  readonly warnings: PullWarning[];
  waits: number;
}

/** A whole run as the house does it: what the connector asks to wait passes on the sandbox's clock, and cursors survive being stored. */
async function pull(window: DateWindow, facts: Readonly<Record<string, unknown>> = {}, until: (cursor: Cursor) => boolean = () => false) {
  const run: Run & { cursor: Cursor | undefined } = { lines: new Map(), rejected: [], warnings: [], waits: 0, cursor: undefined };
  for (let turn = 0; turn < 200; turn += 1) {
    try {
      const page = await yandexSales.pull(contextOf(stand, stand.credentials, facts), { window, cursor: run.cursor });
      expect(page.received).toBe(page.records.length + page.rejected.length);
      for (const line of page.records) run.lines.set(line.externalId, line);
      run.rejected.push(...page.rejected);
      run.warnings.push(...(page.warnings ?? []));
      if (page.next === undefined) return { ...run, cursor: undefined };
      run.cursor = JSON.parse(JSON.stringify(page.next)) as Cursor;
      if (until(run.cursor)) return run;
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.code !== "remote.own_pace") throw error;
      run.waits += 1;
      await stand.advance(error.retryAfterMs ?? 0);
    }
  }
  throw new Error("the run does not end");
}

const finals = ({ lines }: Run) => [...lines.values()].filter(({ isPreliminary, kind }) => !isPreliminary && (kind === "sale" || kind === "return"));
const sumOf = (lines: readonly ExternalSaleLine[]) => ({
  quantity: lines.reduce((sum, line) => sum + line.quantity, 0),
  revenueMinor: lines.reduce((sum, line) => sum + Number(line.revenueMinor), 0),
});
const inMonth = (ms: number | null, month: string) => ms !== null && new Date(ms + 3 * HOUR_MS).toISOString().startsWith(month);

/** What the simulator's own books say of a month. */
async function booked(month: string) {
  const orders = (await stand.market.orders()).filter(({ fake }) => !fake);
  const sold = orders.filter(({ deliveredAtMs }) => inMonth(deliveredAtMs, month)).flatMap(({ items }) => items);
  const back = orders.filter(({ returnedAtMs }) => inMonth(returnedAtMs, month)).flatMap(({ items }) => items);
  const add = (items: typeof sold, pieces: (item: (typeof sold)[number]) => number) => ({
    quantity: items.reduce((sum, item) => sum + pieces(item), 0),
    revenueMinor: items.reduce((sum, item) => sum + pieces(item) * item.unitMinor, 0),
  });
  const [sales, returns] = [add(sold, ({ count }) => count), add(back, ({ returned }) => returned)];
  return { quantity: sales.quantity - returns.quantity, revenueMinor: sales.revenueMinor - returns.revenueMinor };
}

describe("the realization report", () => {
  it("of a month that is over adds up to the service's own books, and stands for every early line", async () => {
    const { orderId } = await stand.market.addOrder({ campaignId: FBS_SHOP });
    await stand.market.setOrderStatus({ orderId, status: "DELIVERED" });
    const run = await pull(WHOLE);
    expect(run.waits).toBeGreaterThan(0);
    expect([run.rejected, run.warnings]).toEqual([[], []]);
    expect(sumOf(finals(run))).toEqual(await booked("2026-11"));
    expect(finals(run).some(({ kind }) => kind === "return")).toBe(true);
    expect(finals(run).every(({ date }) => date.startsWith("2026-11"))).toBe(true);
    const settled = new Set(finals(run).map(({ settlementKey }) => settlementKey));
    const early = [...run.lines.values()].filter(({ isPreliminary }) => isPreliminary);
    const open = early.filter(({ settlementKey }) => !settled.has(settlementKey));
    // Delivered in December: the accounts do not have it yet.
    expect(new Set(open.map(({ orderNumber }) => orderNumber))).toEqual(new Set([String(orderId)]));
    expect(early.length - open.length).toBe(settled.size);
    const counted = [...finals(run), ...open];
    expect(sumOf(counted).revenueMinor).toBe((await booked("2026-11")).revenueMinor + (await booked("2026-12")).revenueMinor);
  });

  it("read again tells the same under the same ids", async () => {
    const [first, second] = [await pull(WHOLE), await pull(WHOLE)];
    expect(second.lines).toEqual(first.lines);
  });

  it("is asked for where its month or the days after it are touched, and never for the month under way", async () => {
    const made = async () => {
      const { counts } = await stand.market.requests({ last: 1 });
      return Object.entries(counts).reduce((sum, [path, count]) => sum + (path.endsWith("/goods-realization/generate") ? count : 0), 0);
    };
    await pull({ from: new Date("2026-12-01T00:00:00Z"), to: new Date("2026-12-05T09:00:00Z") });
    expect(await made()).toBe(2);
    await pull({ from: new Date("2026-11-14T00:00:00Z"), to: new Date("2026-11-16T00:00:00Z") });
    expect(await made()).toBe(4);
    await stand.advance(12 * DAY_MS);
    await pull({ from: new Date("2026-12-13T00:00:00Z"), to: new Date("2026-12-17T00:00:00Z") });
    expect(await made()).toBe(4);
  });

  it("that was never filled says so without a word of complaint", async () => {
    const run = await pull({ from: new Date("2026-09-02T00:00:00Z"), to: new Date("2026-09-05T00:00:00Z") });
    expect([run.lines.size, run.rejected, run.warnings]).toEqual([0, [], []]);
  });

  it("is fetched by its link alone, by a new one where the old one is over", async () => {
    const atReport = await pull(
      WHOLE,
      {},
      (cursor) => JSON.stringify(cursor["left"] ?? []).startsWith('[{"campaignId":"21000101","month":"2026-11"') && "id" in cursor,
    );
    await stand.advance(HOUR_MS);
    const context = contextOf(stand);
    const { result } = (await (
      await fetch(`${stand.baseUrl}/v2/reports/info/${String(atReport.cursor?.["id"])}`, { headers: { "Api-Key": stand.credentials["apiKey"] ?? "" } })
    ).json()) as { result: { file: string } };
    expect((await fetch(result.file, { headers: { "Api-Key": "k" } })).status).toBe(400);
    expect((await fetch(result.file)).status).toBe(200);
    await stand.advance(61 * 60_000);
    expect((await fetch(result.file)).status).toBe(403);
    const page = await yandexSales.pull(context, { window: WHOLE, cursor: atReport.cursor });
    expect(page.records.length).toBeGreaterThan(0);
  });

  it("missing for one shop keeps the others' and the early figures", async () => {
    await stand.market.setApiAvailability({ campaignId: FBS_SHOP, availability: "MANUALLY_DISABLED" });
    const run = await pull(WHOLE);
    const [early, ...reports] = run.warnings.map(({ code, params }) => [code, params?.["campaign"], params?.["method"]]);
    expect(early).toEqual(["yandex-market.api_disabled", FBS_SHOP, OPERATIONS.orderStats.path]);
    expect(reports).toEqual([["yandex-market.api_disabled", FBS_SHOP, OPERATIONS.makeReport.path]]);
    expect(finals(run).length).toBeGreaterThan(0);
  });

  it("is not asked for by a key without the right to finance, which is said", async () => {
    const run = await pull(WHOLE, { scopes: ["INVENTORY_AND_ORDER_PROCESSING"] });
    expect(run.warnings).toEqual([{ code: "yandex-market.reports_missing" }]);
    expect(finals(run)).toEqual([]);
    expect(run.lines.size).toBeGreaterThan(0);
  });

  it("survives outages in every step", async () => {
    const plain = await pull(WHOLE);
    for (const match of ["/goods-realization/generate", "/reports/info", "/report-files"]) {
      await stand.market.fail({ kind: "html-gateway", match });
      const seen: Cursor[] = [];
      await expect(
        pull(WHOLE, {}, (cursor) => {
          seen.push(cursor);
          return false;
        }),
      ).rejects.toMatchObject({ kind: "unavailable" });
      expect(seen.at(-1)).toMatchObject({ kind: "report" });
      expect((await pull(WHOLE)).lines).toEqual(plain.lines);
    }
  });
});
