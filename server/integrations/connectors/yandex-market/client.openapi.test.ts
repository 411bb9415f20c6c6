import { describe, expect, it } from "vitest";
import { fixedClock } from "@/server/platform/clock";
import { type SeenRequest, scriptedHttp } from "../../contract/testing/scripted-http";
import { accountClient, marketClient } from "./client";
import { limitsOf, OPERATIONS, type OperationName, YANDEX_BASE_URL } from "./endpoints";
import { missingScopes } from "./facts";
import { faults, hasSpec, loadSpec, type SpecOperation } from "./testing/spec";

if (!hasSpec) process.stdout.write("OpenAPI check of the Yandex Market requests: skipped, ../shared/specs/yandex-market-*.yaml are not here\n");

const BUSINESS = "9007199254740993";
/** Enough of an answer for the methods that read something out of it. */
const RESULTS: Partial<Record<OperationName, unknown>> = {
  token: { apiKey: { name: "k", authScopes: [] } },
  chat: { chatId: 1, createdAt: "2026-11-21T00:00:00+03:00", updatedAt: "2026-11-21T00:00:00+03:00" },
  newChat: { chatId: 1 },
  updateComment: { id: 1 },
  updateQuestion: { entity: { id: 1, type: "ANSWER" } },
  makeReport: { reportId: "8f2c-1" },
  report: { status: "PENDING", generationRequestedAt: "2026-11-21T00:00:00+03:00" },
};

/** Every method of the clients with its fullest and its leanest input. */
async function walk(): Promise<readonly SeenRequest[]> {
  const http = scriptedHttp(({ request }) => ({
    json: { status: "OK", result: RESULTS[request.group as OperationName] ?? {}, campaigns: [], orders: [], order: {} },
  }));
  const context = { http, credentials: { apiKey: "ACMA:k" }, clock: fixedClock(new Date("2026-11-21T12:00:00Z")), baseUrl: YANDEX_BASE_URL };
  const account = accountClient(context);
  await account.token();
  await account.campaigns();
  await account.settings(BUSINESS);
  const client = marketClient(context, BUSINESS);
  const id = "9118000000000000001";
  const page = { pageToken: "t", limit: 50 };
  await client.chats({ limit: 20 });
  await client.chats({ limit: 20, pageToken: "t", statuses: ["NEW", "WAITING_FOR_PARTNER", "WAITING_FOR_ARBITER", "WAITING_FOR_MARKET"] });
  await client.chat(id);
  await client.history({ chatId: id, limit: 100 });
  await client.history({ chatId: id, limit: 100, pageToken: "t", messageIdFrom: id });
  await client.sendMessage(id, "Здравствуйте");
  await client.sendFile(id, "чек «1».pdf", "application/pdf", new Uint8Array([0x25, 0x50]));
  await client.newChat("ORDER", id);
  await client.newChat("RETURN", id);
  await client.feedbacks({ ...page, ids: [id] });
  await client.feedbacks({ limit: 50, needReaction: true });
  await client.feedbacks({ ...page, needReaction: false, from: new Date("2026-10-01T00:00:00Z"), to: new Date("2026-11-01T00:00:00Z") });
  await client.comments(id, page);
  await client.addComment(id, "Спасибо");
  await client.skipReaction(id);
  await client.questions({ ...page, ids: [id] });
  await client.questions({ limit: 50, needAnswer: true });
  await client.questions({ ...page, needAnswer: false, from: "2026-10-01", to: "2026-10-31" });
  await client.answers(id, page);
  await client.answerQuestion(id, "Да");
  await client.orders([id]);
  await client.orderStats({ campaignId: "21000101", pageToken: "t", limit: 200, from: "2026-10-01", to: "2026-10-31" });
  await client.makeReport("21000101", "2026-10");
  await client.report("8f2c-1");
  await client.offers({ pageToken: "t", limit: 100, archived: true });
  await client.ordersChanged({ pageToken: "t", limit: 50, dates: { updateDateFrom: "2026-10-23T12:00:00.000Z", updateDateTo: "2026-11-21T13:00:00.000Z" } });
  await client.ordersChanged({ limit: 50, dates: { creationDateFrom: "2026-10-23", creationDateTo: "2026-11-21" } });
  await client.ordersByIds([id]);
  const target = { campaignId: "21000101", orderId: id };
  await client.buyer(target);
  await client.setStatus(target, { status: "PROCESSING", substatus: "READY_TO_SHIP" });
  await client.setStatus(target, { status: "DELIVERED", substatus: "DELIVERY_SERVICE_DELIVERED" }, "2026-11-20");
  await client.setTrack(target, "RB123456789RU", "99");
  await client.answerCancellation(target, { accepted: true });
  await client.answerCancellation(target, { accepted: false, reason: "ORDER_IN_DELIVERY" });
  await client.stocks("21000101", ["YM-1001"]);
  await client.setStocks("21000101", [{ sku: "YM-1001", count: 0 }]);
  await client.setPrices([
    { offerId: "YM-1001", value: "1290.50", currencyId: "RUR", discountBase: "1500" },
    { offerId: "YM-1002", value: "10", currencyId: "RUR" },
  ]);
  return http.seen;
}

const bare = (request: SeenRequest) => request.path.split("?")[0] ?? "";

describe("requests of the client", () => {
  it("reach every operation this connector knows, in a limit group of its own, with the bare key", async () => {
    const seen = await walk();
    expect(new Set(seen.map(({ request }) => request.group))).toEqual(new Set(Object.keys(OPERATIONS)));
    for (const { request, method } of seen) {
      expect(request.headers?.["Api-Key"]).toBe("ACMA:k");
      expect(method).toBe(OPERATIONS[request.group as OperationName].method);
      expect(request.path).not.toContain("{");
    }
  });

  it("never let the kit repeat what must happen once", async () => {
    const once = (await walk()).filter(({ request }) => !request.repeatable).map(({ request }) => request.group);
    expect([...new Set(once)].sort()).toEqual([
      "cancellation",
      "orderStatus",
      "sendFile",
      "sendMessage",
      "setPrices",
      "setStocks",
      "updateComment",
      "updateQuestion",
    ]);
  });

  it("write ids as bare integers with all their digits", async () => {
    const texts = (await walk()).map((request) => request.text).join("\n");
    for (const field of ["messageIdFrom", "feedbackId", "questionId", "id"]) expect(texts).toContain(`"${field}":9118000000000000001`);
    expect(texts).not.toContain('"9118000000000000001"');
  });

  it("send a file as one part under its own name, whatever letters it has", async () => {
    const file = (await walk()).find(({ request }) => request.group === "sendFile");
    const body = file?.request.body;
    if (!(body instanceof Uint8Array)) throw new Error("no bytes");
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": file?.request.headers?.["Content-Type"] ?? "" } }).formData();
    const part = form.get("file");
    expect(part instanceof File ? [part.name, part.type, part.size, [...form.keys()]] : part).toEqual(["чек «1».pdf", "application/pdf", 2, ["file"]]);
  });

  it.runIf(hasSpec)("fit the official specification: path, query and body", async () => {
    const spec = loadSpec("openapi");
    for (const request of await walk()) {
      const operation = spec.operation(request.method, bare(request));
      expect(operation?.template, request.path).toBe(OPERATIONS[request.request.group as OperationName].path);
      if (operation === undefined) continue;
      expect(queryFaults(operation, request), request.path).toEqual([]);
      expect(bodyFaults(operation, request), request.path).toBe("");
    }
  });
});

describe.runIf(hasSpec)("what is written down about the operations", () => {
  it("quotas are those of the specification, without and with a subscription", () => {
    const spec = loadSpec("openapi");
    for (const level of ["NONE", "MEDIUM"] as const) {
      const limits = new Map(limitsOf(level).map((limit) => [limit.group, limit]));
      for (const [name, operation] of Object.entries(OPERATIONS)) {
        const quota = spec.operation(operation.method, operation.path)?.quota[level === "NONE" ? "none" : "medium"];
        expect([name, limits.get(name)?.points, limits.get(name)?.perSeconds]).toEqual([name, quota?.amount, quota?.seconds]);
      }
    }
  });

  it("a scope the specification grants is never called missing, one it does not always is", () => {
    const spec = loadSpec("openapi");
    const needs = {
      chats: "history",
      questions: "answers",
      reviews: "comments",
      send: "sendMessage",
      sales: "orderStats",
      products: "offers",
      order_changes: "orderStatus",
      stock: "setStocks",
      price: "setPrices",
    } as const;
    const every = new Set(Object.values(OPERATIONS).flatMap(({ method, path }) => spec.operation(method, path)?.scopes ?? []));
    for (const scope of every) {
      const missing = missingScopes([scope]).map((entry) => entry.capability as string);
      for (const [capability, name] of Object.entries(needs)) {
        const { method, path } = OPERATIONS[name];
        expect([scope, capability, missing.includes(capability)]).toEqual([scope, capability, spec.operation(method, path)?.scopes.includes(scope) === false]);
      }
    }
  });
});

function queryFaults(operation: SpecOperation, request: SeenRequest): string[] {
  const query = new URLSearchParams(request.path.split("?")[1] ?? "");
  const missing = operation.query.filter((parameter) => parameter.required && !query.has(parameter.name)).map(({ name }) => `missing ${name}`);
  const wrong = [...query].flatMap(([name, value]) => {
    const parameter = operation.query.find((candidate) => candidate.name === name);
    if (parameter === undefined) return [`unknown ${name}`];
    const fault = faults(parameter.schema, parameter.schema["type"] === "integer" ? Number(value) : value);
    return fault === "" ? [] : [`${name}: ${fault}`];
  });
  return [...missing, ...wrong];
}

function bodyFaults(operation: SpecOperation, { request, text }: SeenRequest): string {
  const types = Object.keys(operation.body);
  if (request.body === undefined) return types.length === 0 ? "" : "body is missing";
  const type = request.headers?.["Content-Type"]?.split(";")[0] ?? "";
  // Methods without a described body get an empty object.
  if (types.length === 0) return text === "{}" ? "" : "a body nobody asked for";
  if (!types.includes(type)) return `content type ${type}`;
  // Plain JSON.parse on purpose: the validator wants numbers where the file says integer.
  return typeof request.body === "string" ? faults(operation.body[type], JSON.parse(text)) : "";
}
