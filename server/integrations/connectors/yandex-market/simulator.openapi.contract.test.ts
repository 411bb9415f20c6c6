import { afterAll, describe, expect, it } from "vitest";
import { DEFAULT_API_KEY, DEFAULT_BUSINESS_ID } from "./sandbox";
import { openReceiver } from "./testing/receiver";
import { faults, hasSpec, loadSpec } from "./testing/spec";
import { yandexStand } from "./testing/stand";

if (!hasSpec) process.stdout.write("OpenAPI check of the Yandex Market simulator: skipped, ../shared/specs/yandex-market-*.yaml are not here\n");

describe.runIf(hasSpec)("the simulator against the official specification", async () => {
  const stand = await yandexStand();
  afterAll(() => stand.stop());
  const spec = hasSpec ? loadSpec("openapi") : undefined;
  const base = `/v2/businesses/${DEFAULT_BUSINESS_ID}`;
  const qa = `/v1/businesses/${DEFAULT_BUSINESS_ID}/goods-questions`;

  async function ask(method: "GET" | "POST" | "PUT", path: string, body: unknown = {}) {
    const isForm = body instanceof FormData;
    const answer = await fetch(stand.baseUrl + path, {
      method,
      headers: { "Api-Key": DEFAULT_API_KEY, ...(isForm || method === "GET" ? {} : { "content-type": "application/json" }) },
      ...(method === "GET" ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    const described = spec?.operation(method, path.split("?")[0] ?? "")?.response(answer.status);
    // Plain JSON.parse on purpose: the validator wants numbers where the file says integer.
    const json: unknown = JSON.parse(await answer.text());
    return { status: answer.status, fault: faults(described, json), json };
  }

  it("answers every reading as described", async () => {
    const chats = await stand.market.chats();
    const review = (await stand.market.feedbacks()).find((feedback) => feedback.comments.length > 0);
    const question = (await stand.market.questions()).find(({ answers }) => answers.length > 0);
    await stand.market.answerQuestion({ questionId: question?.questionId ?? "", text: "Я тоже спрашивал", buyer: true });
    const calls: ["GET" | "POST", string, unknown?][] = [
      ["POST", "/v2/auth/token"],
      ["GET", "/v2/campaigns"],
      ["POST", `${base}/settings`],
      ["POST", `${base}/chats?limit=20`],
      ...chats.flatMap(({ chatId, lastMessageId }): ["GET" | "POST", string][] => [
        ["GET", `${base}/chat?chatId=${chatId}`],
        ["POST", `${base}/chats/history?chatId=${chatId}&limit=100`],
        ["GET", `${base}/chats/message?chatId=${chatId}&messageId=${lastMessageId}`],
      ]),
      ["POST", `${base}/goods-feedback`],
      ["POST", `${base}/goods-feedback/comments`, { feedbackId: Number(review?.feedbackId) }],
      ["POST", qa],
      ["POST", `${qa}/answers`, { questionId: Number(question?.questionId) }],
      ["POST", `/v1/businesses/${DEFAULT_BUSINESS_ID}/orders`],
      ["POST", "/v2/campaigns/21000101/stats/orders"],
      ["POST", `${base}/offer-mappings`],
    ];
    for (const [method, path, body] of calls) {
      const { status, fault } = await ask(method, path, body);
      expect([path, status, fault]).toEqual([path, 200, ""]);
    }
  });

  it("answers about reports as described", async () => {
    const { json, ...made } = await ask("POST", "/v2/reports/goods-realization/generate?format=JSON", { campaignId: 21000101, year: 2026, month: 9 });
    expect(made).toEqual({ status: 200, fault: "" });
    const { reportId } = (json as { result: { reportId: string } }).result;
    for (const ms of [0, 6_000, 20_000]) {
      await stand.advance(ms);
      expect(await ask("GET", `/v2/reports/info/${reportId}`)).toMatchObject({ status: 200, fault: "" });
    }
    await stand.advance(120_000);
    const current = await ask("POST", "/v2/reports/goods-realization/generate?format=JSON", { campaignId: 21000101, year: 2026, month: 11 });
    expect(current).toMatchObject({ status: 400, fault: "" });
    expect(await ask("GET", "/v2/reports/info/nobody")).toMatchObject({ status: 404, fault: "" });
  });

  it("answers every writing as described", async () => {
    const [chat] = (await stand.market.chats()).filter(({ status }) => status !== "FINISHED");
    const { feedbackId } = await stand.market.addFeedback({ text: "Хорошо" });
    const { questionId } = await stand.market.addQuestion({ text: "Какой размер?" });
    const { orderId } = await stand.market.addOrder();
    const form = new FormData();
    form.set("file", new Blob(["%PDF"], { type: "application/pdf" }), "чек.pdf");
    const calls: [string, unknown][] = [
      [`${base}/chats/message?chatId=${chat?.chatId}`, { message: "Да" }],
      [`${base}/chats/file/send?chatId=${chat?.chatId}`, form],
      [`${base}/chats/new`, { context: { type: "ORDER", id: orderId } }],
      [`${base}/goods-feedback/comments/update`, { feedbackId: Number(feedbackId), comment: { text: "Спасибо" } }],
      [`${base}/goods-feedback/skip-reaction`, { feedbackIds: [Number(feedbackId)] }],
      [`${qa}/update`, { operationType: "CREATE", parentEntityId: { id: Number(questionId), type: "QUESTION" }, text: "45 см" }],
    ];
    for (const [path, body] of calls) {
      const { status, fault } = await ask("POST", path, body);
      expect([path, status, fault]).toEqual([path, 200, ""]);
    }
  });

  it("answers about orders, stocks and prices as described", async () => {
    const { campaignId: dbs } = await stand.market.addCampaign({ placementType: "DBS" });
    const own = await stand.market.addOrder({ campaignId: "21000101" });
    const ours = await stand.market.addOrder({ campaignId: dbs });
    const asked = await stand.market.addOrder({ campaignId: dbs });
    await stand.market.setOrderStatus({ orderId: asked.orderId, status: "DELIVERY" });
    await stand.market.requestCancellation({ orderId: asked.orderId });
    const status = (shop: string, orderId: number) => `/v2/campaigns/${shop}/orders/${orderId}/status`;
    const calls: ["GET" | "POST" | "PUT", string, unknown?][] = [
      ["GET", `/v2/campaigns/${dbs}/orders/${ours.orderId}/buyer`],
      ["PUT", status("21000101", own.orderId), { order: { status: "PROCESSING", substatus: "READY_TO_SHIP" } }],
      ["PUT", status("21000101", own.orderId), { order: { status: "CANCELLED", substatus: "SHOP_FAILED" } }],
      ["PUT", status(dbs, ours.orderId), { order: { status: "DELIVERY", substatus: "DELIVERY_SERVICE_RECEIVED" } }],
      ["POST", `/v2/campaigns/${dbs}/orders/${ours.orderId}/delivery/track`, { trackCode: "RB1", deliveryServiceId: 99 }],
      ["PUT", status(dbs, ours.orderId), { order: { status: "PICKUP", substatus: "PICKUP_SERVICE_RECEIVED" } }],
      ["PUT", status(dbs, ours.orderId), { order: { status: "DELIVERED", substatus: "DELIVERY_SERVICE_DELIVERED" } }],
      ["PUT", `/v2/campaigns/${dbs}/orders/${asked.orderId}/cancellation/accept`, { accepted: false, reason: "ORDER_IN_DELIVERY" }],
      ["POST", `/v1/businesses/${DEFAULT_BUSINESS_ID}/orders`, { orderIds: [own.orderId, ours.orderId, asked.orderId] }],
      ["POST", "/v2/campaigns/21000101/offers/stocks", { offerIds: ["YM-1001", "YM-1002"] }],
      ["PUT", "/v2/campaigns/21000101/offers/stocks", { skus: [{ sku: "YM-1001", items: [{ count: 5 }] }] }],
      ["POST", `${base}/offer-prices/updates`, { offers: [{ offerId: "YM-1001", price: { value: 490, currencyId: "RUR", discountBase: 700 } }] }],
      ["POST", `${base}/offer-mappings`],
    ];
    for (const [method, path, body] of calls) {
      const { status: answered, fault } = await ask(method, path, body);
      expect([path, answered, fault]).toEqual([path, 200, ""]);
    }
    const refusals: ["POST" | "PUT", string, unknown][] = [
      ["PUT", status("21000101", own.orderId), { order: { status: "PROCESSING", substatus: "READY_TO_SHIP" } }],
      ["PUT", "/v2/campaigns/21000101/offers/stocks", { skus: [{ sku: "YM-1001", items: [{ count: -1 }] }] }],
      ["PUT", "/v2/campaigns/21000102/offers/stocks", { skus: [{ sku: "YM-1001", items: [{ count: 1 }] }] }],
      ["POST", `${base}/offer-prices/updates`, { offers: [{ offerId: "YM-1001", price: { value: 690, currencyId: "RUR", discountBase: 700 } }] }],
    ];
    for (const [method, path, body] of refusals) {
      const { status: answered, fault } = await ask(method, path, body);
      expect([path, answered, fault]).toEqual([path, 400, ""]);
    }
  });

  it("refuses as described", async () => {
    const calls: [string, unknown, number][] = [
      [`${base}/chats?limit=21`, {}, 400],
      [`${base}/chats`, { statuses: ["OPEN"] }, 400],
      [`${base}/chats`, { unknown: 1 }, 400],
      [`${base}/chats/history?chatId=1`, {}, 404],
      ["/v2/businesses/8200320/chats", {}, 403],
    ];
    for (const [path, body, expected] of calls) {
      const { status, fault } = await ask("POST", path, body);
      expect([path, status, fault]).toEqual([path, expected, ""]);
    }
  });

  it("notifies as described", async () => {
    const notifications = loadSpec("notification-openapi");
    const schemaOf = (type: string) =>
      notifications.component(`${type.toLowerCase().replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())}NotificationDTO`);
    const chat = await stand.market.addChat({ text: "?", orderId: (await stand.market.addOrder()).orderId });
    const receiver = await openReceiver();
    try {
      await stand.market.registerNotifications({ url: receiver.url });
      const order = await stand.market.addOrder();
      await stand.market.setOrderStatus({ orderId: order.orderId, status: "DELIVERED" });
      await stand.market.setOrderStatus({ orderId: (await stand.market.addOrder()).orderId, status: "CANCELLED" });
      await stand.market.addChat({ text: "!" });
      await stand.market.arbitrage({ chatId: chat.chatId });
      await stand.market.arbitrage({ chatId: chat.chatId, finish: true });
      const { feedbackId } = await stand.market.addFeedback({ text: "x" });
      await stand.market.commentFeedback({ feedbackId, text: "y" });
      const { questionId } = await stand.market.addQuestion({ text: "x" });
      await stand.market.answerQuestion({ questionId, text: "y" });
      const told = await receiver.waitFor(13);
      for (const body of told) {
        const type = String(body["notificationType"]);
        expect([type, faults(schemaOf(type), body)]).toEqual([type, ""]);
      }
      expect(new Set(told.map((body) => body["notificationType"])).size).toBe(12);
    } finally {
      await receiver.stop();
    }
  });
});
