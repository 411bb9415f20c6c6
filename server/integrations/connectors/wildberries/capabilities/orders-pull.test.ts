import { describe, expect, it } from "vitest";
import { fixedClock } from "@/server/platform/clock";
import { memoryTokens } from "../../../contract/memory-tokens";
import type { OrdersPullInput } from "../../../contract/orders";
import type { Cursor } from "../../../contract/ports";
import { type ScriptedAnswer, type SeenRequest, scriptedHttp } from "../../../contract/testing/scripted-http";
import { wildberriesOrders as port } from "./orders";
import { spansOf } from "./orders-pull";

const DAY_MS = 86_400_000;
const NOW = new Date("2026-11-21T12:00:00Z");
const bare = (request: SeenRequest) => request.path.split("?")[0] ?? "";
const order = (id: number | string, given: Record<string, unknown> = {}) => ({
  id,
  rid: `r${id}`,
  article: "a-1",
  skus: ["111"],
  nmId: 5,
  chrtId: 6,
  createdAt: "2026-11-20T10:00:00Z",
  price: 101_400,
  currencyCode: 643,
  ...given,
});
const EMPTY: Readonly<Record<string, unknown>> = {
  "/api/v3/orders/new": { orders: [] },
  "/api/v3/orders": { next: 0, orders: [] },
  "/api/v3/orders/status": { orders: [] },
};

function contextWith(answer: (request: SeenRequest) => ScriptedAnswer | undefined, nowMs = NOW.getTime()) {
  const http = scriptedHttp((request) => answer(request) ?? { json: EMPTY[bare(request)] ?? [] });
  return {
    http,
    context: {
      connectionId: "c",
      tokens: memoryTokens(),
      credentials: { token: "t" },
      baseUrl: "https://x.test",
      facts: {},
      http,
      clock: fixedClock(new Date(nowMs)),
    },
  };
}

async function run(context: ReturnType<typeof contextWith>["context"], input: OrdersPullInput = {}) {
  const pages = [];
  let cursor: Cursor | undefined;
  do {
    const page = await port.pull(context, { ...input, ...(cursor === undefined ? {} : { cursor }) });
    pages.push(page);
    cursor = page.next === undefined ? undefined : (JSON.parse(JSON.stringify(page.next)) as Cursor);
  } while (cursor !== undefined && pages.length < 50);
  return pages;
}

/** Days the lists of a run reach back, newest span first. */
const daysBack = (seen: readonly SeenRequest[]) =>
  seen
    .filter((request) => bare(request) === "/api/v3/orders")
    .map((request) => Math.round((NOW.getTime() - Number(new URLSearchParams(request.path.split("?")[1]).get("dateFrom")) * 1_000) / DAY_MS));

describe("how far a run reads back", () => {
  it("is all the service keeps at first and once a day, a month every ten minutes, two days in between", async () => {
    const first = contextWith(() => undefined);
    const checkpoint = (await run(first.context)).at(-1)?.checkpoint;
    expect(daysBack(first.http.seen)).toEqual([29, 58, 87, 89]);
    const minutesOn = async (ms: number) => {
      const later = contextWith(() => undefined, NOW.getTime() + ms);
      await run(later.context, { checkpoint });
      return { days: daysBack(later.http.seen), early: later.http.seen.filter((request) => bare(request) === "/api/v1/supplier/orders").length };
    };
    expect(await minutesOn(60_000)).toEqual({ days: [2], early: 0 });
    expect(await minutesOn(11 * 60_000)).toEqual({ days: [29, 30], early: 0 });
    expect(await minutesOn(31 * 60_000)).toEqual({ days: [29, 30], early: 1 });
    expect((await minutesOn(25 * 3_600_000)).days).toHaveLength(4);
  });

  it("is at least to the last run, however long ago that was", async () => {
    const ranAt = NOW.getTime() - 20 * 3_600_000;
    const quick = contextWith(() => undefined);
    await run(quick.context, { checkpoint: { since: 0, ranAt, sweptAt: NOW.getTime() - 60_000, deepAt: ranAt } });
    expect(daysBack(quick.http.seen)).toEqual([2]);
    const long = contextWith(() => undefined);
    await run(long.context, { checkpoint: { since: 0, ranAt: NOW.getTime() - 40 * DAY_MS, sweptAt: NOW.getTime() - 60_000, deepAt: NOW.getTime() - 60_000 } });
    expect(Math.max(...daysBack(long.http.seen))).toBe(40);
  });

  it("is the window it was given, in spans of less than 30 days", async () => {
    const { http, context } = contextWith(() => undefined);
    const window = { from: new Date(NOW.getTime() - 200 * DAY_MS), to: new Date(NOW.getTime() - 20 * DAY_MS) };
    await run(context, { window, checkpoint: { since: 0, ranAt: 1, sweptAt: 1, deepAt: 1 } });
    expect(daysBack(http.seen)).toEqual([49, 78, 89]);
    expect(http.seen.some((request) => bare(request) === "/api/v3/orders/new")).toBe(false);
    expect(spansOf({ from: NOW, to: NOW })).toEqual([]);
  });
});

describe("the first run of a connection", () => {
  it("has a window, brings both kinds of orders from it, and the runs after it never reach back further", async () => {
    const { http, context } = contextWith(() => undefined);
    const window = { from: new Date(NOW.getTime() - 30 * DAY_MS), to: NOW };
    const checkpoint = (await run(context, { window })).at(-1)?.checkpoint;
    expect(daysBack(http.seen)).toEqual([29, 30]);
    expect(
      http.seen.filter((request) => bare(request) === "/api/v1/supplier/orders").map(({ path }) => new URLSearchParams(path.split("?")[1]).get("dateFrom")),
    ).toEqual(["2026-10-22T15:00:00"]);
    const quick = contextWith(() => undefined, NOW.getTime() + 60_000);
    await run(quick.context, { checkpoint });
    expect(daysBack(quick.http.seen)).toEqual([2]);
    const deep = contextWith(() => undefined, NOW.getTime() + 2 * DAY_MS);
    await run(deep.context, { checkpoint });
    expect(Math.max(...daysBack(deep.http.seen))).toBe(30);
  });
});

describe("pages of orders", () => {
  it("ask for a thousand states at a time, with all digits, and read each order once", async () => {
    const many = Array.from({ length: 1_500 }, (_, index) => order(index + 1));
    const { http, context } = contextWith((request) => {
      if (bare(request) === "/api/v3/orders/new") return { json: { orders: [...many, order(1)] } };
      if (bare(request) !== "/api/v3/orders/status") return undefined;
      const { orders } = request.body as { orders: number[] };
      return { json: { orders: orders.map((id) => ({ id, supplierStatus: "new", wbStatus: "waiting", isCancellable: true })) } };
    });
    const page = await port.pull(context, { checkpoint: { since: 0, ranAt: NOW.getTime(), sweptAt: NOW.getTime(), deepAt: NOW.getTime() } });
    expect([page.received, page.records.length]).toEqual([1_500, 1_500]);
    expect(
      http.seen.filter((request) => bare(request) === "/api/v3/orders/status").map((request) => (request.body as { orders: unknown[] }).orders.length),
    ).toEqual([1_000, 500]);
    expect(page.records[0]).toMatchObject({ externalId: "1", number: "1", recordNumber: "r1", state: "new", currency: "RUB", totalMinor: 101_400n });
  });

  it("set aside what cannot be understood, and keep an order whose state is not told", async () => {
    const { context } = contextWith((request) =>
      bare(request) === "/api/v3/orders/new"
        ? { json: { orders: [order(1, { createdAt: "yesterday" }), order(2, { currencyCode: 12 }), order(3, { currencyCode: 933 }), "nonsense"] } }
        : undefined,
    );
    const page = await port.pull(context, { checkpoint: { since: 0, ranAt: NOW.getTime(), sweptAt: NOW.getTime(), deepAt: NOW.getTime() } });
    expect(page.records).toMatchObject([{ externalId: "3", currency: "BYN", state: "unknown", remoteState: "?/?" }]);
    expect(page.rejected.map(({ errorCode }) => errorCode)).toEqual(["wildberries.order_shape", "wildberries.order_shape", "wildberries.order_amount"]);
    expect(page.received).toBe(4);
  });

  it("end where the service goes in a circle, and refuse a place of another making", async () => {
    const { http, context } = contextWith((request) => (bare(request) === "/api/v3/orders" ? { json: { next: 7, orders: [order(7)] } } : undefined));
    await run(context, { checkpoint: { since: 0, ranAt: NOW.getTime(), sweptAt: NOW.getTime(), deepAt: NOW.getTime(), fboAt: NOW.getTime() } });
    expect(http.seen.filter((request) => bare(request) === "/api/v3/orders")).toHaveLength(2);
    await expect(port.pull(context, { cursor: { page: 3 } })).rejects.toMatchObject({ code: "remote.cursor" });
  });
});

describe("orders from the service's own warehouses", () => {
  const row = (srid: string, given: Record<string, unknown> = {}) => ({
    date: "2026-11-20T10:00:00",
    lastChangeDate: "2026-11-20T11:00:00",
    warehouseType: "Склад WB",
    warehouseName: "Подольск",
    supplierArticle: "a-1",
    nmId: 5,
    srid,
    gNumber: "g",
    finishedPrice: 1_145.5,
    priceWithDisc: 1_547,
    isCancel: false,
    cancelDate: "0001-01-01T00:00:00",
    ...given,
  });

  it("are pieces of their own, in Moscow's time; those of our warehouse are left to the other list", async () => {
    const cancelled = row("b", { isCancel: true, cancelDate: "2026-11-20T12:30:00", finishedPrice: 0 });
    const { context } = contextWith((request) =>
      bare(request) === "/api/v1/supplier/orders" ? { json: [row("a"), cancelled, row("c", { warehouseType: "Склад продавца" }), { srid: 1 }] } : undefined,
    );
    const pages = await run(context);
    const fbo = pages.flatMap((page) => page.records).filter((one) => one.fulfilment === "fbo");
    const [first, second] = new Map(fbo.map((one) => [one.externalId, one])).values();
    expect(first).toMatchObject({ externalId: "fbo:a", number: "a", state: "confirmed", totalMinor: 114_550n, placedAt: new Date("2026-11-20T07:00:00Z") });
    expect(second).toMatchObject({ externalId: "fbo:b", state: "cancelled", totalMinor: 154_700n, cancelledAt: new Date("2026-11-20T09:30:00Z") });
    expect(new Set(fbo.map((one) => one.externalId)).size).toBe(2);
    expect(pages.at(-1)?.checkpoint).toMatchObject({ fboFrom: "2026-11-20T11:00:00", fboAt: NOW.getTime() });
  });

  it("are done without where the token may not see the statistics, and that is said", async () => {
    const { context } = contextWith((request) =>
      bare(request) === "/api/v1/supplier/orders"
        ? { status: 401, json: { title: "unauthorized", detail: "token scope not allowed for this API route" } }
        : undefined,
    );
    const last = (await run(context)).at(-1);
    expect(last?.warnings).toEqual([{ code: "wildberries.statistics_missing" }]);
    expect(last?.checkpoint).toBeDefined();
    const known = contextWith(() => undefined);
    await run({ ...known.context, facts: { categories: ["marketplace"] } });
    expect(known.http.seen.some((request) => bare(request) === "/api/v1/supplier/orders")).toBe(false);
  });
});
