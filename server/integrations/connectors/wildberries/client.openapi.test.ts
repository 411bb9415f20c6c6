import { describe, expect, it } from "vitest";
import { type SeenRequest, scriptedHttp } from "../../contract/testing/scripted-http";
import { wildberriesClient } from "./client";
import { ENDPOINTS, type Endpoint, HOSTS } from "./endpoints";
import { faults, hasSpec, loadSpec, type SpecOperation } from "./testing/spec";
import { wildberriesTradeClient } from "./trade-client";

if (!hasSpec) process.stdout.write("OpenAPI check of the Wildberries requests: skipped, ../shared/specs/wildberries-*.yaml are not here\n");

const ENVELOPE = { data: {}, error: false, errorText: "", additionalErrors: null };
/** Enough of an answer for the methods that read something out of it. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  [ENDPOINTS.ping.path]: { Status: "OK", TS: "" },
  [ENDPOINTS.chats.path]: { result: [], errors: null },
  [ENDPOINTS.events.path]: { result: { next: 1, totalEvents: 0, events: [] }, errors: null },
  [ENDPOINTS.message.path]: { result: {}, errors: [] },
  [ENDPOINTS.salesDetailed.path]: [],
  [ENDPOINTS.cards.path]: { cards: [], cursor: { total: 0 } },
  [ENDPOINTS.warehouses.path]: [],
  [ENDPOINTS.setPrices.path]: { data: { id: 146567, alreadyExists: false }, error: false, errorText: "" },
  [ENDPOINTS.supplies.path]: { id: "WB-GI-1", next: 0, supplies: [] },
  [ENDPOINTS.earlySales.path]: [],
  [ENDPOINTS.earlyOrders.path]: [],
};

/** Every method of the client with its fullest and its leanest input. */
async function walk(): Promise<readonly SeenRequest[]> {
  const http = scriptedHttp(({ path }) => ({ json: ANSWERS[path.split("?")[0] ?? ""] ?? ENVELOPE }));
  const client = wildberriesClient({ http, credentials: { token: "t.o.k" } });
  const id = "2ncBtX4B9I0UHoornoqG";
  await client.sellerInfo();
  await client.ping();
  await client.chats();
  await client.events(undefined);
  await client.events("1698045576000");
  await client.sendMessage({ replySign: "1:a:b", text: "Здравствуйте" });
  await client.sendMessage({ replySign: "1:a:b", text: "и файл", file: { name: "чек.pdf", type: "application/pdf", content: new Uint8Array([0x25, 0x50]) } });
  await client.download("ecaeb056-a4ee-45b4-ae45-666811755d38");
  await client.questions({ isAnswered: false, take: 500, skip: 0 });
  await client.questions({ isAnswered: true, take: 500, skip: 500, from: 1_688_465_092 });
  await client.question(id);
  await client.answerQuestion(id, "да");
  await client.rejectQuestion(id, "нет");
  await client.viewQuestion(id);
  await client.reviews({ isAnswered: false, take: 500, skip: 0, from: 1_688_465_092 });
  await client.reviewArchive(500, 0);
  await client.review(id);
  await client.answerReview(id, "Спасибо");
  await client.editReviewAnswer(id, "Спасибо!");
  await client.sales({ dateFrom: "2026-11-01", dateTo: "2026-11-02", rrdId: "0", limit: 100_000 });
  await client.sales({ dateFrom: "2026-11-01", dateTo: "2026-11-02", rrdId: "9007199254740993", limit: 10 });
  await client.cards({ limit: 100 });
  await client.cards({ limit: 100, after: { updatedAt: "2023-12-06T11:17:00.96577Z", nmId: "123654123" } });
  await walkTrade(wildberriesTradeClient({ http, credentials: { token: "t.o.k" } }));
  return http.seen;
}

async function walkTrade(client: ReturnType<typeof wildberriesTradeClient>): Promise<void> {
  await client.newOrders();
  await client.orders({ limit: 1_000, next: "0", from: 1_763_000_000, to: 1_764_000_000 });
  await client.orders({ limit: 1_000, next: "13833711", from: 1_763_000_000, to: 1_764_000_000 });
  await client.orderStates(["5632423", "9007199254740993"]);
  await client.cancelOrder("5632423");
  await client.supplies(1_000, "0");
  await client.createSupply("Karavan 2026-11-21 1130011-1-0");
  await client.addToSupply("WB-GI-1234567", ["5632423"]);
  await client.supplyOrders("WB-GI-1234567");
  await client.deliverSupply("WB-GI-1234567");
  await client.warehouses();
  await client.stocks("1130011", ["12345678"]);
  await client.setStocks("1130011", [
    { chrtId: "12345678", amount: 0 },
    { chrtId: "9007199254740993", amount: 100_000 },
  ]);
  await client.prices(["26613989", "1348041"]);
  await client.setPrices([{ nmId: "123", price: 999, discount: 30 }]);
  await client.priceTask("146567");
  await client.priceTaskGoods("146567", 1_000, 0);
  await client.earlySales("2026-11-20T00:00:00");
  await client.earlyOrders("2026-11-20T00:00:00");
}

const barePath = (request: SeenRequest) => request.path.split("?")[0] ?? "";
const isOf = (endpoint: Endpoint, request: SeenRequest) =>
  request.method === endpoint.method && new RegExp(`^${endpoint.path.replace("{id}", "[^/]+")}$`).test(barePath(request));

describe("requests of the client", () => {
  it("reach every operation this connector knows, at its host and in its limit group, with the bare token", async () => {
    const seen = await walk();
    const endpoints: readonly Endpoint[] = Object.values(ENDPOINTS);
    for (const endpoint of endpoints) expect(seen.filter((request) => isOf(endpoint, request)).length, endpoint.path).toBeGreaterThan(0);
    for (const request of seen) {
      const endpoint = endpoints.find((candidate) => isOf(candidate, request));
      expect(request.request, request.path).toMatchObject({ host: endpoint?.host, group: endpoint?.group, headers: { Authorization: "t.o.k" } });
    }
  });

  it("never let the kit repeat what must happen once", async () => {
    const once = (await walk()).filter((entry) => !entry.request.repeatable).map((entry) => `${entry.method} ${entry.path}`);
    expect([...new Set(once)].sort()).toEqual([
      "PATCH /api/marketplace/v3/supplies/WB-GI-1234567/orders",
      "PATCH /api/v1/feedbacks/answer",
      "PATCH /api/v1/questions",
      "PATCH /api/v3/orders/5632423/cancel",
      "PATCH /api/v3/supplies/WB-GI-1234567/deliver",
      "POST /api/v1/feedbacks/answer",
      "POST /api/v1/seller/message",
      "POST /api/v3/supplies",
    ]);
  });

  it("writes ids beyond 2^53 with all their digits", async () => {
    const sales = (await walk()).filter((request) => request.path === ENDPOINTS.salesDetailed.path);
    expect(sales[1]?.text).toContain('"rrdId":9007199254740993');
    const trade = (await walk()).filter((request) => request.text.includes("9007199254740993")).map((request) => request.path);
    expect(trade).toEqual(expect.arrayContaining([ENDPOINTS.orderStates.path, "/api/v3/stocks/1130011"]));
    expect((await walk()).filter((request) => request.text.includes('"9007199254740993"'))).toEqual([]);
  });

  // The first use reads 2 MB of YAML.
  it.skipIf(!hasSpec)(
    "fit the official specification: path, host, query, body",
    async () => {
      const operation = loadSpec();
      for (const request of await walk()) {
        const described = operation(request.method, barePath(request));
        const name = `${request.method} ${request.path}`;
        expect(described, name).toBeDefined();
        if (described === undefined) continue;
        expect(described.servers, name).toContain(HOSTS[request.request.host ?? ""]);
        expect(queryFaults(described, request), name).toEqual([]);
        expect(await bodyFaults(described, request), name).toBe("");
      }
    },
    60_000,
  );
});

function queryFaults(operation: SpecOperation, request: SeenRequest): string[] {
  const query = new URLSearchParams(request.path.split("?")[1] ?? "");
  const declared = operation.parameters.filter((parameter) => parameter.in === "query");
  const missing = declared.filter((parameter) => parameter.required && !query.has(parameter.name)).map((parameter) => `missing ${parameter.name}`);
  const wrong = [...query].flatMap(([name, value]) => {
    const parameter = declared.find((candidate) => candidate.name === name);
    if (parameter === undefined) return [`unknown ${name}`];
    const fits = parameter.type === "integer" ? /^\d+$/.test(value) : parameter.type === "boolean" ? /^(true|false)$/.test(value) : true;
    return fits ? [] : [`${name}=${value} is no ${parameter.type}`];
  });
  return [...missing, ...wrong];
}

async function bodyFaults(operation: SpecOperation, { request, text }: SeenRequest): Promise<string> {
  if (request.body === undefined) return operation.body === undefined ? "" : "body is missing";
  const type = request.headers?.["Content-Type"] ?? "";
  if (!operation.bodyTypes.includes(type.split(";")[0] ?? "")) return `content type ${type}`;
  if (typeof request.body === "string") return faults(operation.body ?? {}, JSON.parse(text));
  const form = await new Response(new Uint8Array(request.body), { headers: { "content-type": type } }).formData();
  const parts: Record<string, unknown> = {};
  for (const [name, part] of form) {
    if (typeof part === "string") parts[name] = part;
    else parts[name] = [...((parts[name] as string[] | undefined) ?? []), part.name];
  }
  return faults(operation.body ?? {}, parts);
}
