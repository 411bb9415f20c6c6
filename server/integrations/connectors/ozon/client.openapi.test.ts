import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { fixedClock } from "@/server/platform/clock";
import { memoryTokens } from "../../contract/memory-tokens";
import { type SeenRequest, scriptedHttp } from "../../contract/testing/scripted-http";
import { ozonClient } from "./client";
import { ENDPOINTS } from "./endpoints";
import { feedbackClient } from "./feedback-client";
import { offersClient } from "./offers-client";
import { ordersClient } from "./orders-client";
import { subscribe } from "./subscribe";

const specFile = fileURLToPath(new URL("../../../../../shared/specs/ozon-seller-openapi.json", import.meta.url));
const hasSpec = existsSync(specFile);
if (!hasSpec) process.stdout.write("OpenAPI check of the Ozon requests: skipped, ../shared/specs/ozon-seller-openapi.json is not here\n");

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
}
interface Spec {
  readonly paths: Readonly<Record<string, { readonly post?: Operation }>>;
  readonly components: unknown;
}

/** Deltas after the saved file (June → October 2026) that concern our requests: none adds, renames or removes a field we send. */
const SPEC_NOISE = new Set(["example", "nullable", "title"]);

/** OpenAPI 3.0 → JSON Schema as far as requests need it; the file's date "patterns" (" YYYY-MM-DD") are prose, not expressions, its `type: null` means any. */
function toJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toJsonSchema);
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).filter(
    ([key, value]) =>
      !SPEC_NOISE.has(key) && !(key === "pattern" && typeof value === "string" && value.includes("YYYY")) && !(key === "type" && value === null),
  );
  const own = Object.fromEntries(entries.map(([key, value]) => [key, toJsonSchema(value)]));
  // The file requires `quant_size` of stocks, a field it does not describe.
  if (Array.isArray(own["required"]) && typeof own["properties"] === "object" && own["properties"] !== null) {
    const described = own["properties"];
    own["required"] = own["required"].filter((name: unknown) => typeof name === "string" && name in described);
  }
  // `required: true` on a property is no JSON schema.
  if (own["required"] === true) delete own["required"];
  // A misspelt or dropped field must fail, not pass as an unknown one.
  return "properties" in own && !("additionalProperties" in own) ? { ...own, additionalProperties: false } : own;
}

function validators(spec: Spec): (path: string) => ValidateFunction | undefined {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addFormat("uint64", true);
  ajv.addSchema({ $id: "spec", components: toJsonSchema(spec.components) });
  return (path) => {
    const schema = spec.paths[path]?.post?.requestBody?.content["application/json"]?.schema;
    if (schema === undefined) return undefined;
    const text = JSON.stringify(toJsonSchema(schema)).replaceAll('"$ref":"#/', '"$ref":"spec#/');
    return ajv.compile(JSON.parse(text) as object);
  };
}

const ONCE = [
  ENDPOINTS.sendFile,
  ENDPOINTS.sendMessage,
  ENDPOINTS.chatStart,
  ENDPOINTS.answerCreate,
  ENDPOINTS.commentCreate,
  ENDPOINTS.fbsShip,
  ENDPOINTS.fbsCancel,
  ENDPOINTS.rfbsDelivering,
  ENDPOINTS.rfbsLastMile,
  ENDPOINTS.rfbsDelivered,
  ENDPOINTS.setStocks,
  ENDPOINTS.setPrices,
];
const ENTRY = { id: "e", sku: 1, published_at: "2026-11-01T00:00:00Z", rating: 5 };
/** Enough of an answer for the methods that read something out of it. */
const LISTS = { result: [] };
const ANSWERS: Readonly<Record<string, unknown>> = {
  [ENDPOINTS.fbsShip]: LISTS,
  [ENDPOINTS.cancelReasons]: LISTS,
  [ENDPOINTS.fbsCancel]: { result: true },
  [ENDPOINTS.trackingSet]: LISTS,
  [ENDPOINTS.rfbsDelivering]: LISTS,
  [ENDPOINTS.rfbsLastMile]: LISTS,
  [ENDPOINTS.rfbsDelivered]: LISTS,
  [ENDPOINTS.pushTypes]: {
    types: [
      { type: "TYPE_NEW_MESSAGE" },
      { type: "TYPE_NEW_POSTING", seller_endpoint: { id: 7, url: "https://karavan.example/known" } },
      { type: "TYPE_TOMORROW" },
    ],
  },
  [ENDPOINTS.setStocks]: LISTS,
  [ENDPOINTS.setPrices]: LISTS,
  [ENDPOINTS.chatStart]: { result: { chat_id: "c" } },
  [ENDPOINTS.productList]: { result: {} },
  [ENDPOINTS.questionInfo]: ENTRY,
  [ENDPOINTS.reviewInfo]: ENTRY,
  [ENDPOINTS.answerCreate]: { answer_id: "a" },
  [ENDPOINTS.commentCreate]: { comment_id: "c" },
};

/** Every method of the client with its fullest and its leanest input. */
async function walk(): Promise<readonly SeenRequest[]> {
  const http = scriptedHttp(({ path }) => ({
    json: ANSWERS[path] ?? { result: "success", items: [] },
  }));
  const client = ozonClient({ http, credentials: { clientId: "1", apiKey: "k" } });
  const span = { since: new Date("2026-01-01T00:00:00Z"), to: new Date("2026-11-01T00:00:00Z") };
  const id = "3000000000817031942";
  await client.roles();
  await client.sellerInfo();
  await client.chatList({ unreadOnly: true, limit: 100 });
  await client.chatList({ unreadOnly: false, cursor: "1", limit: 100 });
  await client.chatHistory({ chatId: "c", direction: "Backward", limit: 1_000 });
  await client.chatHistory({ chatId: "c", direction: "Forward", fromMessageId: id, messageIds: [id], limit: 50 });
  await client.sendMessage("c", "text");
  await client.sendFile("c", "a.png", new Uint8Array([1]));
  await client.markRead("c", id);
  await client.startChat("1-0001-1");
  await client.fbsPostings({ orderNumbers: ["1-0001"], ...span });
  await client.fbsPostings({ orderNumbers: ["1-0001"], ...span, cursor: "x", deliveredBetween: { from: span.since, to: span.to } });
  await client.fboPostings({ orderNumbers: ["1-0001"], ...span, cursor: "x" });
  await client.accrualsByDay("2026-10-05", "");
  await client.accrualsOfPostings(["1-0001-1"]);
  await client.accrualTypes();
  await client.productList({ visibility: "ARCHIVED", lastId: "", limit: 1_000 });
  await client.productInfo({ productIds: ["1"] });
  await client.productInfo({ skus: ["1"] });
  const orders = ordersClient({ http, credentials: { clientId: "1", apiKey: "k" } });
  const placed = { from: span.since, to: span.to };
  await orders.fbsPostings({ placed });
  await orders.fbsPostings({ placed, changed: placed, cursor: "x" });
  await orders.unfulfilled(placed, "x");
  await orders.unfulfilled(placed, undefined);
  await orders.fboPostings({ placed }, "x");
  await orders.fboPostings({ postingNumber: "1-0001-1" });
  await orders.fbsPosting("1-0001-1");
  await orders.cancelReasons();
  await orders.ship("1-0001-1", [{ sku: "1480500100", quantity: 2 }]);
  await orders.cancel("1-0001-1", "352", "");
  await orders.cancel("1-0001-1", "402", "words");
  await orders.setTracking("1-0001-1", "RB1");
  await orders.delivering("1-0001-1");
  await orders.lastMile("1-0001-1");
  await orders.delivered("1-0001-1");
  const context = {
    http,
    credentials: { clientId: "1", apiKey: "k" },
    connectionId: "c",
    baseUrl: "",
    facts: {},
    clock: fixedClock(span.to),
    tokens: memoryTokens(),
  };
  await subscribe(context, "https://elsewhere.example/new");
  await subscribe(context, "https://karavan.example/known");
  const offers = offersClient({ http, credentials: { clientId: "1", apiKey: "k" } });
  await offers.warehouses(undefined);
  await offers.warehouses("x");
  await offers.fbsStocks(["1480500100"], undefined);
  await offers.fbsStocks(["1480500100"], "x");
  await offers.setStocks([{ productId: "313455276", warehouseId: "22142605386000", quantity: 0 }]);
  await offers.setPrices([{ productId: "313455276", price: "1448.50", oldPrice: "0", currency: "RUB" }]);
  const feedback = feedbackClient({ http, credentials: { clientId: "1", apiKey: "k" } });
  const query = { newOnly: false, from: span.since, to: span.to, lastId: "019294ff-6888-7009-89d8-26569e4e450d" };
  await feedback.questions(query);
  await feedback.questions({ newOnly: true, lastId: "" });
  await feedback.question("q");
  await feedback.countQuestions();
  await feedback.setQuestionStatus("q", "VIEWED");
  await feedback.answers("q", "646399170");
  await feedback.createAnswer("q", "646399170", "text");
  await feedback.reviews(query);
  await feedback.reviews({ newOnly: true, lastId: "" });
  await feedback.review("r");
  await feedback.countReviews();
  await feedback.setReviewStatus("r", "PROCESSED");
  await feedback.comments("r");
  await feedback.createComment("r", "text");
  return http.seen;
}

describe("requests of the client", () => {
  it("reach every endpoint this connector knows, signed, as JSON", async () => {
    const seen = await walk();
    expect(new Set(seen.map((request) => request.path))).toEqual(new Set<string>(Object.values(ENDPOINTS)));
    for (const { request } of seen)
      expect(request).toMatchObject({ method: "POST", headers: { "Client-Id": "1", "Api-Key": "k", "Content-Type": "application/json" } });
  });

  it("never let the kit repeat what must happen once", async () => {
    const once = (await walk()).filter((entry) => !entry.request.repeatable).map((entry) => entry.path);
    expect([...new Set(once)].sort()).toEqual(ONCE.toSorted());
  });

  it("write message ids as bare integers with all their digits", async () => {
    const texts = (await walk()).filter((entry) => entry.text.includes("from_message_id")).map((entry) => entry.text);
    expect(texts).toHaveLength(2);
    for (const text of texts) expect(text).toContain('"from_message_id":3000000000817031942');
  });

  it.runIf(hasSpec)("fit the published OpenAPI file", async () => {
    const spec = JSON.parse(readFileSync(specFile, "utf8")) as Spec;
    const validatorOf = validators(spec);
    const checked: string[] = [];
    for (const request of await walk()) {
      expect(spec.paths[request.path]?.post, request.path).toBeDefined();
      const validate = validatorOf(request.path);
      if (validate === undefined) {
        expect(request.text, request.path).toBe("{}");
        continue;
      }
      // Plain JSON.parse on purpose: the validator wants numbers where the file says integer.
      expect(validate(JSON.parse(request.text)), `${request.path} ${JSON.stringify(validate.errors)}`).toBe(true);
      checked.push(request.path);
    }
    expect(new Set(checked).size).toBe(Object.keys(ENDPOINTS).length - 7);
  });
});
