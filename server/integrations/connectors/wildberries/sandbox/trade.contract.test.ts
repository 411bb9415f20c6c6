import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./testing/stage";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  await stage.control.setSettings({ limits: 0 });
});
afterEach(() => stage.stop());

const MARKET = "marketplace-api";
const PRICES = "discounts-prices-api";
const call = (method: string, host: string, path: string, body?: unknown) => stage.call(host, path, { method, ...(body === undefined ? {} : { body }) });
const codeOf = async (answer: ReturnType<typeof call>) => {
  const { status, json } = await answer;
  const reason = Array.isArray(json) ? (json[0] as Record<string, unknown>) : json;
  return [status, reason["code"]];
};

describe("orders", () => {
  it.each([
    ["no limit", "/api/v3/orders?next=0"],
    ["no place", "/api/v3/orders?limit=10"],
    ["1001 at once", "/api/v3/orders?limit=1001&next=0"],
    ["31 days", "/api/v3/orders?limit=10&next=0&dateFrom=1700000000&dateTo=1702700000"],
    ["a date that is none", "/api/v3/orders?limit=10&next=0&dateFrom=2026-11-21"],
  ])("are not told for %s", async (_, path) => {
    expect(await codeOf(call("GET", MARKET, path))).toEqual([400, "IncorrectParameter"]);
  });

  it("are paged by their id to an empty page, without states; new ones are told at once and with more", async () => {
    await stage.control.setSettings({ ordersPage: 3 });
    const seen: number[] = [];
    let next = 0;
    do {
      const { json } = await call("GET", MARKET, `/api/v3/orders?limit=1000&next=${next}`);
      seen.push(...(json["orders"] as { id: number }[]).map(({ id }) => id));
      next = json["next"] as number;
    } while (next !== 0);
    const recent = (await stage.control.orders({})).filter(({ wbStatus }) => wbStatus !== "sold");
    expect(seen).toEqual(recent.map(({ id }) => id));
    const { json } = await call("GET", MARKET, "/api/v3/orders/new");
    const [order] = json["orders"] as Record<string, unknown>[];
    expect(order).toMatchObject({ deliveryType: "fbs", finalPrice: expect.any(Number) });
    expect(order).not.toHaveProperty("supplyId");
    expect(order).not.toHaveProperty("supplierStatus");
  });

  it.each([[[]], [["5"]], [Array.from({ length: 1_001 }, (_, index) => index)], [undefined]])("tell no states for %j", async (orders) => {
    expect(await codeOf(call("POST", MARKET, "/api/v3/orders/status", { orders }))).toEqual([400, "IncorrectRequestBody"]);
  });

  it("go from new to packed to handed over, and no other way", async () => {
    const { id } = await stage.control.placeOrder({});
    const { json } = await call("POST", MARKET, "/api/v3/supplies", { name: "Первая" });
    const supply = String(json["id"]);
    const add = (ids: readonly number[]) => codeOf(call("PATCH", MARKET, `/api/marketplace/v3/supplies/${supply}/orders`, { orders: ids }));
    const deliver = () => codeOf(call("PATCH", MARKET, `/api/v3/supplies/${supply}/deliver`));
    const states = async () => (await call("POST", MARKET, "/api/v3/orders/status", { orders: [id, 1] })).json["orders"];
    expect(await deliver()).toEqual([409, "SupplyHasZeroOrders"]);
    expect(await states()).toEqual([{ id, isCancellable: true, supplierStatus: "new", wbStatus: "waiting" }]);
    expect((await add([id]))[0]).toBe(204);
    expect(await states()).toEqual([{ id, isCancellable: true, supplierStatus: "confirm", wbStatus: "waiting" }]);
    const gone = (await stage.control.placeOrder({})).id;
    await stage.control.cancelByBuyer({ id: gone });
    expect(await add([gone])).toEqual([409, "FailedToAddSupplyOrder"]);
    expect((await deliver())[0]).toBe(204);
    expect(await states()).toEqual([{ id, isCancellable: false, supplierStatus: "complete", wbStatus: "waiting" }]);
    expect(await codeOf(call("PATCH", MARKET, `/api/v3/orders/${id}/cancel`))).toEqual([409, "StatusMismatch"]);
    expect(await codeOf(call("PATCH", MARKET, "/api/v3/orders/1/cancel"))).toEqual([404, "NotFound"]);
    expect(await codeOf(call("PATCH", MARKET, "/api/v3/orders/x/cancel"))).toEqual([400, "IncorrectParameter"]);
  });

  it("take their piece out of the stock, and leave their supply when they are cancelled", async () => {
    const [product] = await stage.control.products({});
    const chrtId = product?.sizes[0]?.chrtId ?? 0;
    const before = (await stage.control.stocks({}))[chrtId] ?? 0;
    const { id } = await stage.control.placeOrder({ nmId: product?.nmId ?? 0 });
    expect((await stage.control.stocks({}))[chrtId]).toBe(before - 1);
    const { supplyId } = await stage.control.pack({ ids: [id] });
    expect((await call("PATCH", MARKET, `/api/v3/orders/${id}/cancel`)).status).toBe(204);
    expect((await call("GET", MARKET, `/api/marketplace/v3/supplies/${supplyId}/order-ids`)).json).toEqual({ orderIds: [] });
  });
});

describe("stock", () => {
  const put = (lines: readonly unknown[], warehouse = 1_130_011) => call("PUT", MARKET, `/api/v3/stocks/${warehouse}`, { stocks: lines });
  const size = async () => (await stage.control.products({}))[0]?.sizes[0]?.chrtId ?? 0;

  it("is taken whole or not at all", async () => {
    const chrtId = await size();
    expect((await put([{ chrtId, amount: 41 }])).status).toBe(204);
    const refused = await put([
      { chrtId, amount: 7 },
      { chrtId: 5, amount: 1 },
      { chrtId, amount: 100_001 },
    ]);
    expect([refused.status, (refused.json as unknown as { code: string }[]).map(({ code }) => code)]).toEqual([409, ["NotFound", "UploadDataLimit"]]);
    expect((await stage.control.stocks({}))[chrtId]).toBe(41);
  });

  it("with a misspelt name is said to be taken and is not, by barcode or below zero is refused", async () => {
    const chrtId = await size();
    await put([{ chrtId, amount: 41 }]);
    expect((await put([{ chrtID: chrtId, amount: 5 }])).status).toBe(204);
    expect((await put([{ chrtId, quantity: 5 }])).status).toBe(204);
    expect((await stage.control.stocks({}))[chrtId]).toBe(41);
    expect(await codeOf(put([{ sku: "2038000000000", amount: 5 }]))).toEqual([400, "SKUUploadDisabled"]);
    expect(await codeOf(put([{ chrtId, amount: -1 }]))).toEqual([400, "IncorrectRequest"]);
    expect(await codeOf(put([]))).toEqual([400, "IncorrectRequestBody"]);
    expect(await codeOf(put([{ chrtId, amount: 1 }], 7))).toEqual([404, "NotFound"]);
  });

  it("of a size that never had any is not told", async () => {
    const chrtId = await size();
    const { json } = await call("POST", MARKET, "/api/v3/stocks/1130012", { chrtIds: [chrtId] });
    expect(json).toEqual({ stocks: [] });
  });
});

describe("prices", () => {
  const upload = (data: unknown) => call("POST", PRICES, "/api/v2/upload/task", { data });
  const texts = async (data: unknown) => {
    const { status, json } = await upload(data);
    return [status, json["errorText"]];
  };

  it.each([
    [[], "Empty data"],
    [[{ nmID: 154_200_100 }], "Price and discount not specified"],
    [[{ nmID: 154_200_100, price: 9.5 }], "Price should be a whole number"],
    [[{ nmID: 154_200_100, price: 0 }], "Invalid price value"],
    [[{ nmID: 154_200_100, discount: 100 }], "Invalid discount value"],
    [[{ nmID: 0, price: 5 }], "Invalid item No."],
    [[{ nmId: 154_200_100, price: 5 }], "Invalid data format"],
    [
      [
        { nmID: 1, price: 5 },
        { nmID: 1, price: 6 },
      ],
      "Duplicate item Nos.",
    ],
    [[{ nmID: 1, price: 5 }], "All item Nos. are specified incorrectly, or the specified prices and discounts are already set"],
    [[{ nmID: 154_200_100, price: 4_380, discount: 50 }], "The specified prices and discounts are already set"],
  ])("%j: %s", async (data, text) => {
    expect(await texts(data)).toEqual([400, text]);
  });

  it("are worked on for a while under one number, leave out what changes nothing, and put a fall into quarantine", async () => {
    const lines = [
      { nmID: 154_200_100, price: 4_500, discount: 50 },
      { nmID: 154_200_471, price: 100, discount: 0 },
      { nmID: 1, price: 100 },
    ];
    const { json } = await upload(lines);
    const { id } = json["data"] as { id: number };
    const again = await upload(lines);
    expect([again.status, again.json["data"]]).toEqual([208, { id, alreadyExists: true }]);
    const task = async () => (await call("GET", PRICES, `/api/v2/history/tasks?uploadID=${id}`)).json["data"];
    expect(await task()).toBeNull();
    await stage.advance(5_000);
    expect(await task()).toMatchObject({ uploadID: id, status: 5, overAllGoodsNumber: 2, successGoodsNumber: 1 });
    const goods = (await call("GET", PRICES, `/api/v2/history/goods/task?limit=10&offset=0&uploadID=${id}`)).json["data"];
    expect(goods).toMatchObject({
      historyGoods: [
        { nmID: 154_200_100, status: 2 },
        { nmID: 154_200_471, status: 3, errorText: expect.stringContaining("Quarantine") },
      ],
    });
    const { json: now } = await call("POST", PRICES, "/api/v2/list/goods/filter", { nmList: [154_200_100, 154_200_471] });
    expect((now["data"] as { listGoods: { sizes: { discountedPrice: number }[] }[] }).listGoods.map(({ sizes }) => sizes[0]?.discountedPrice)).toEqual([
      2_250, 5_490,
    ]);
  });
});

describe("the early figures", () => {
  const rows = async (kind: string, query: string) =>
    (await stage.call("statistics-api", `/api/v1/supplier/${kind}?${query}`)).json as unknown as { lastChangeDate: string; date: string; srid: string }[];

  it("come by their last change, the moment itself included, and by day with flag=1", async () => {
    const all = await rows("sales", "dateFrom=2020-01-01");
    expect(all.map((row) => row.lastChangeDate)).toEqual(all.map((row) => row.lastChangeDate).sort());
    const last = all.at(-1);
    expect((await rows("sales", `dateFrom=${last?.lastChangeDate}`)).at(-1)?.srid).toBe(last?.srid);
    const day = last?.date.slice(0, 10) ?? "";
    expect((await rows("sales", `dateFrom=${day}&flag=1`)).every((row) => row.date.startsWith(day))).toBe(true);
    const warehouses = (await rows("orders", "dateFrom=2020-01-01")) as unknown as { warehouseType: string }[];
    expect(new Set(warehouses.map(({ warehouseType }) => warehouseType))).toEqual(new Set(["Склад продавца", "Склад WB"]));
  });
});

describe("limits of the marketplace", () => {
  it("count a refusal as ten calls, and one host's prices as one budget", async () => {
    await stage.control.setSettings({ limits: 1 });
    const left = async (path = "/api/v3/supplies?limit=1&next=0") => Number((await call("GET", MARKET, path)).headers.get("x-ratelimit-remaining"));
    const before = await left();
    await call("GET", MARKET, "/api/v3/orders");
    expect(before - (await left())).toBeGreaterThanOrEqual(10);
    const statuses = [];
    for (let turn = 0; turn < 8; turn += 1) statuses.push((await call("GET", PRICES, "/api/v2/list/goods/filter?limit=1")).status);
    expect(statuses).toContain(429);
  });

  it("let nobody write with a token that may only read, nor read without the category", async () => {
    const { token } = await stage.control.makeToken({ readOnly: true });
    const write = await stage.call(MARKET, "/api/v3/supplies", { method: "POST", body: { name: "x" }, token });
    expect([write.status, write.json["detail"]]).toEqual([401, "read-only token scope not allowed for this route"]);
    const { token: bare } = await stage.control.makeToken({ categories: ["content"] });
    for (const [host, path] of [
      [MARKET, "/api/v3/warehouses"],
      [PRICES, "/api/v2/list/goods/filter?limit=1"],
      ["statistics-api", "/api/v1/supplier/sales?dateFrom=2026-01-01"],
    ] as const)
      expect((await stage.call(host, path, { token: bare })).status).toBe(401);
  });
});
