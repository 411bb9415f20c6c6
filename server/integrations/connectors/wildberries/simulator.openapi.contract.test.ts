import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SMALL } from "./sandbox";
import { faults, hasSpec, loadSpec } from "./testing/spec";
import { type WildberriesStand, wildberriesStand } from "./testing/stand";

if (!hasSpec) process.stdout.write("Wildberries simulator: not checked against OpenAPI, ../shared/specs/wildberries-*.yaml are not here\n");

let stand: WildberriesStand;
beforeAll(async () => {
  stand = await wildberriesStand();
  await stand.control.setSettings({ limits: 0 });
});
afterAll(() => stand.stop());

const GETS = [
  ["common-api", "/ping"],
  ["common-api", "/api/v1/seller-info"],
  ["buyer-chat-api", "/api/v1/seller/chats"],
  ["buyer-chat-api", "/api/v1/seller/events"],
  ["feedbacks-api", "/api/v1/questions?isAnswered=true&take=10&skip=0"],
  ["feedbacks-api", `/api/v1/question?id=${SMALL.questions.answered}`],
  ["feedbacks-api", "/api/v1/feedbacks?isAnswered=false&take=10&skip=0"],
  ["feedbacks-api", "/api/v1/feedbacks/archive?take=10&skip=0"],
  ["feedbacks-api", `/api/v1/feedback?id=${SMALL.reviews.photo}`],
  ["feedbacks-api", "/api/v1/new-feedbacks-questions"],
  ["feedbacks-api", "/api/v1/questions/count-unanswered"],
  ["feedbacks-api", "/api/v1/feedbacks/count-unanswered"],
  ["buyer-chat-api", "/api/v1/seller/events?next=0"],
  ["feedbacks-api", "/api/v1/question?id=none"],
  ["buyer-chat-api", "/api/v1/seller/download/none"],
  ["marketplace-api", "/api/v3/orders/new"],
  ["marketplace-api", "/api/v3/orders?limit=1000&next=0"],
  ["marketplace-api", "/api/v3/orders?limit=1001&next=0"],
  ["marketplace-api", "/api/v3/supplies?limit=1000&next=0"],
  ["marketplace-api", "/api/marketplace/v3/supplies/WB-GI-0/order-ids"],
  ["marketplace-api", "/api/v3/warehouses"],
  ["discounts-prices-api", "/api/v2/list/goods/filter?limit=10&offset=0"],
  ["discounts-prices-api", "/api/v2/list/goods/filter?limit=0"],
  ["discounts-prices-api", "/api/v2/history/tasks?uploadID=1"],
  ["discounts-prices-api", "/api/v2/history/goods/task?limit=10&offset=0&uploadID=1"],
  ["statistics-api", "/api/v1/supplier/orders?dateFrom=2026-01-01"],
  ["statistics-api", "/api/v1/supplier/sales?dateFrom=2026-01-01&flag=0"],
  ["statistics-api", "/api/v1/supplier/sales"],
  ["statistics-api", "/api/v1/supplier/sales?dateFrom=yesterday"],
] as const;

const POSTS = [
  ["finance-api", "/api/finance/v1/sales-reports/detailed", { dateFrom: "2026-01-01", dateTo: "2099-01-01", period: "weekly" }],
  ["finance-api", "/api/finance/v1/sales-reports/detailed", { dateFrom: "yesterday" }],
  ["content-api", "/content/v2/get/cards/list", { settings: { cursor: { limit: 2 }, filter: { withPhoto: -1 } } }],
  ["marketplace-api", "/api/v3/orders/status", { orders: [] }],
  ["marketplace-api", "/api/v3/supplies", { name: "Тестовая поставка" }],
  ["marketplace-api", "/api/v3/supplies", {}],
  ["marketplace-api", "/api/v3/stocks/1130011", { chrtIds: [316_399_200] }],
  ["marketplace-api", "/api/v3/stocks/1", { chrtIds: [316_399_200] }],
  ["discounts-prices-api", "/api/v2/list/goods/filter", { nmList: [154_200_100] }],
  ["discounts-prices-api", "/api/v2/upload/task", { data: [{ nmID: 1, price: 5 }] }],
  ["discounts-prices-api", "/api/v2/upload/task", { data: [{ nmID: 154_200_100, price: 4_500, discount: 50 }] }],
  ["discounts-prices-api", "/api/v2/upload/task", { data: [{ nmID: 154_200_100, price: 4_500, discount: 50 }] }],
] as const;

async function expectFits(method: string, path: string, answer: Response): Promise<void> {
  const mediaType = answer.headers.get("content-type")?.split(";")[0] ?? "";
  const schema = loadSpec()(method, path.split("?")[0] ?? "")?.response(answer.status, mediaType);
  expect(schema, `${answer.status} ${mediaType}`).toBeTruthy();
  expect(faults(schema ?? {}, await answer.json())).toBe("");
}

const authorization = () => stand.credentials["token"] ?? "";

describe.skipIf(!hasSpec)("the simulator's answers fit the official specification", () => {
  it.each(GETS)("GET %s %s", async (host, path) => {
    await expectFits("GET", path, await fetch(`${stand.baseUrl}/${host}${path}`, { headers: { authorization: authorization() } }));
  });

  it.each(POSTS)("POST %s %s %j", async (host, path, body) => {
    const headers = { authorization: authorization(), "content-type": "application/json" };
    await expectFits("POST", path, await fetch(`${stand.baseUrl}/${host}${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
  });

  it("a message, sent and refused, and an answered question", async () => {
    const [chat] = await stand.control.chats({ limit: 1 });
    for (const replySign of [chat?.replySign ?? "", "wrong"]) {
      const body = new FormData();
      body.append("replySign", replySign);
      body.append("message", "Здравствуйте");
      const path = "/api/v1/seller/message";
      await expectFits(
        "POST",
        path,
        await fetch(`${stand.baseUrl}/buyer-chat-api${path}`, { method: "POST", headers: { authorization: authorization() }, body }),
      );
    }
    for (const id of [SMALL.questions.open, "none"]) {
      const path = "/api/v1/questions";
      const headers = { authorization: authorization(), "content-type": "application/json" };
      const body = JSON.stringify({ id, answer: { text: "Да" }, state: "wbRu" });
      await expectFits("PATCH", path, await fetch(`${stand.baseUrl}/feedbacks-api${path}`, { method: "PATCH", headers, body }));
    }
  });

  it("stock, taken and refused; an order's way through a supply, with every refusal on it", async () => {
    const send = async (method: string, host: string, path: string, body?: unknown) => {
      const headers = { authorization: authorization(), "content-type": "application/json" };
      const answer = await fetch(`${stand.baseUrl}/${host}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      if (answer.status === 204) expect(loadSpec()(method, path)?.response(204, "")).toBeNull();
      else await expectFits(method, path, answer);
      return answer.status;
    };
    const stocks = (lines: readonly unknown[]) => send("PUT", "marketplace-api", "/api/v3/stocks/1130011", { stocks: lines });
    expect(await stocks([{ chrtId: 316_399_200, amount: 3 }])).toBe(204);
    expect(await stocks([{ chrtId: 1, amount: 3 }])).toBe(409);
    expect(await stocks([{ sku: "2038000000000", amount: 3 }])).toBe(400);
    await stand.control.setWarehouse({ isProcessing: true });
    expect(await stocks([{ chrtId: 316_399_200, amount: 3 }])).toBe(409);
    await stand.control.setWarehouse({ isProcessing: false });
    const { id } = await stand.control.placeOrder({});
    const { supplyId } = await stand.control.pack({ ids: [(await stand.control.placeOrder({})).id] });
    const supply = (path: string, body?: unknown) => send("PATCH", "marketplace-api", path.replace("{id}", supplyId), body);
    expect(await supply("/api/marketplace/v3/supplies/{id}/orders", { orders: [id] })).toBe(204);
    expect(await supply("/api/marketplace/v3/supplies/{id}/orders", { orders: [1] })).toBe(404);
    expect(await supply("/api/v3/supplies/{id}/deliver")).toBe(204);
    expect(await supply("/api/v3/supplies/{id}/deliver")).toBe(409);
    expect(await supply("/api/marketplace/v3/supplies/{id}/orders", { orders: [id] })).toBe(409);
    expect(await send("PATCH", "marketplace-api", `/api/v3/orders/${id}/cancel`)).toBe(409);
    const cancelled = await stand.control.placeOrder({ lacksMarking: true });
    expect(await send("PATCH", "marketplace-api", `/api/v3/orders/${cancelled.id}/cancel`)).toBe(204);
    const unmarked = await stand.control.pack({ ids: [(await stand.control.placeOrder({ lacksMarking: true })).id] });
    expect(await send("PATCH", "marketplace-api", `/api/v3/supplies/${unmarked.supplyId}/deliver`)).toBe(409);
    expect(await send("POST", "marketplace-api", "/api/v3/orders/status", { orders: [id, cancelled.id] })).toBe(200);
    expect(await send("GET", "marketplace-api", `/api/marketplace/v3/supplies/${supplyId}/order-ids`)).toBe(200);
  });

  it("the gateway's refusals: no token, too many", async () => {
    await expectFits("GET", "/api/v1/seller/chats", await fetch(`${stand.baseUrl}/buyer-chat-api/api/v1/seller/chats`));
    await stand.fail({ kind: "rate-limit", retryAfterSeconds: 2 }, "list");
    const refused = await fetch(`${stand.baseUrl}/buyer-chat-api/api/v1/seller/chats`, { headers: { authorization: authorization() } });
    expect([refused.status, refused.headers.get("x-ratelimit-retry")]).toEqual([429, "2"]);
    await expectFits(
      "GET",
      "/api/v1/seller/chats",
      new Response(await refused.text(), { status: 429, headers: { "content-type": "application/problem+json" } }),
    );
  });
});
