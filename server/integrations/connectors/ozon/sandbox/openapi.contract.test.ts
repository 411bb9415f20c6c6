import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { parse as losslessParse } from "lossless-json";
import { afterAll, describe, expect, it } from "vitest";
import { SMALL } from "./index";
import { openStage } from "./testing/stage";

const SPEC = fileURLToPath(new URL("../../../../../../shared/specs/ozon-seller-openapi.json", import.meta.url));
const hasSpec = existsSync(SPEC);
if (!hasSpec) process.stdout.write(`ozon simulator: not checked against OpenAPI, because ${SPEC} is not there\n`);

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null;
type Node = Record<string, Json>;
const isNode = (value: Json | undefined): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Where the vendor's own samples, or changes after the stored file, differ from its schema. Everything else must fit exactly.
 * - 64-bit ids: quoted in the samples, integers in the schema.
 * - empty objects and dates: null in the samples.
 * - fields the delta file lists.
 * - defects of the file itself: `pattern: " YYYY-MM-DD"`, `type: "array of strings"`, `type: timestamp`, `type: enum`.
 */
const ADDED_FIELDS: Record<string, readonly string[]> = {
  "/v3/product/list": ["sku", "total_items"],
  "/v1/notification/list": [
    "availability_status",
    "availability_status_date",
    "disable_reason",
    "problematic_type",
    "reason_details",
    "total_count",
    "availability_status_thresholds",
  ],
};
const ADDED_ENUMS = /^TYPE_(FBO|ORDER)_/;

/** Turns a schema of the file into one for ajv: no unknown fields, nulls and quoted 64-bit ids allowed as above. */
function strict(node: Json, added: readonly string[]): Json {
  if (Array.isArray(node)) return node.map((item) => strict(item, added));
  if (!isNode(node)) return node;
  const { nullable: _nullable, default: _default, example: _example, pattern: _pattern, enum: values, ...rest } = node;
  const out: Node = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, strict(value, added)]));
  if (out["type"] === "array of strings") out["type"] = "array";
  if (out["type"] === "timestamp" || out["type"] === "enum") out["type"] = "string";
  // `/v1/question/list` says at most ten questions and takes a `limit` of a hundred.
  if (out["maxItems"] === 10) delete out["maxItems"];
  if (Array.isArray(values)) out["enum"] = [...values, null];
  if (out["format"] === "int64" || out["format"] === "uint64") {
    out["type"] = ["integer", "string"];
    out["pattern"] = "^\\d*$";
  }
  if (isNode(out["properties"])) {
    out["additionalProperties"] = false;
    out["properties"] = { ...out["properties"], ...Object.fromEntries(added.map((field) => [field, {}])) };
  }
  if (out["type"] === "object" || out["format"] === "date-time") out["type"] = [String(out["type"]), "null"];
  return out;
}

function loadSpec(): Node {
  return JSON.parse(readFileSync(SPEC, "utf8")) as Node;
}

function at(root: Node, ...path: string[]): Json | undefined {
  let value: Json | undefined = root;
  for (const key of path) value = isNode(value) ? value[key] : undefined;
  return value;
}

function resolve(spec: Node, node: Json, depth = 0): Json {
  if (depth > 40) return {};
  if (Array.isArray(node)) return node.map((item) => resolve(spec, item, depth + 1));
  if (!isNode(node)) return node;
  const ref = node["$ref"];
  if (typeof ref === "string") return resolve(spec, at(spec, ...ref.slice(2).split("/")) ?? {}, depth + 1);
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => key !== "description" || typeof value !== "string")
      .map(([key, value]) => [key, resolve(spec, value, depth + 1)]),
  );
}

function validatorFor(spec: Node, path: string): ValidateFunction | null {
  const schema = at(spec, "paths", path, "post", "responses", "200", "content", "application/json", "schema");
  if (schema === undefined) return null;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  for (const format of ["int32", "int64", "uint64", "double", "float"]) ajv.addFormat(format, true);
  return ajv.compile(strict(resolve(spec, schema), ADDED_FIELDS[path] ?? []) as Node);
}

const PERIOD = { since: "2026-10-01T00:00:00Z", to: "2026-11-21T00:00:00Z" };
const WITH = { analytics_data: true, barcodes: true, financial_data: true, legal_info: true };
/** Samples of the file that contradict their own schema: `filters.sku` for `skus`, a status for `order_status`, `filters` for `filter`. */
const BROKEN_SAMPLES = new Set(["/v2/review/list", "/v1/review/comment/list"]);
const CALLS: [path: string, body: unknown][] = [
  ["/v1/roles", {}],
  ["/v1/seller/info", {}],
  ["/v3/chat/list", { limit: 100 }],
  ["/v3/chat/history", { chat_id: SMALL.long }],
  ["/v3/chat/history", { chat_id: SMALL.select }],
  ["/v1/chat/send/message", { chat_id: SMALL.open, text: "Ответ" }],
  ["/v1/chat/send/file", { chat_id: SMALL.open, name: "a.png", base64_content: "iVBORw0K" }],
  ["/v2/chat/read", { chat_id: SMALL.open }],
  ["/v1/chat/start", { posting_number: SMALL.postings.fbsNew }],
  ["/v1/notification/check", { url: "http://127.0.0.1:9/" }],
  ["/v1/notification/list", {}],
  ["/v1/notification/push-type/list", {}],
  ["/v4/posting/fbs/list", { limit: 100, filter: PERIOD, with: WITH }],
  ["/v4/posting/fbs/unfulfilled/list", { limit: 100, filter: { cutoff_from: PERIOD.since, cutoff_to: "2026-12-01T00:00:00Z" }, with: WITH }],
  ["/v3/posting/fbs/get", { posting_number: SMALL.postings.fbsNew, with: { ...WITH, related_postings: true } }],
  ["/v3/posting/fbo/list", { limit: 100, filter: PERIOD, with: { analytics_data: true, financial_data: true, legal_info: true } }],
  ["/v1/finance/accrual/types", {}],
  ["/v1/finance/accrual/postings", { posting_numbers: [SMALL.postings.fbsDelivered] }],
  ["/v1/finance/accrual/by-day", { date: "2026-11-20", last_id: "" }],
  ["/v2/finance/realization", { month: 10, year: 2026 }],
  ["/v3/product/list", {}],
  ["/v3/product/info/list", { offer_id: ["PLED-150-GR"] }],
  ["/v2/posting/fbs/cancel-reason/list", {}],
  ["/v2/warehouse/list", { limit: 200 }],
  ["/v2/product/info/stocks-by-warehouse/fbs", { limit: 1_000, sku: ["1480500100"] }],
  ["/v2/products/stocks", { stocks: [{ product_id: 339_791_000, warehouse_id: 20_605_650_762_000, stock: 4 }] }],
  ["/v1/product/import/prices", { prices: [{ product_id: 339_791_000, price: "1350", old_price: "0", currency_code: "RUB" }] }],
  ["/v4/posting/fbs/ship", { posting_number: SMALL.postings.fbsNew, packages: [{ products: [{ product_id: 1_480_500_100, quantity: 1 }] }] }],
  ["/v2/fbs/posting/tracking-number/set", { tracking_numbers: [{ posting_number: SMALL.postings.fbsNew, tracking_number: "RB1" }] }],
  ["/v2/fbs/posting/delivering", { posting_number: [SMALL.postings.fbsNew] }],
  ["/v2/fbs/posting/last-mile", { posting_number: [SMALL.postings.fbsNew] }],
  ["/v2/fbs/posting/delivered", { posting_number: [SMALL.postings.fbsNew] }],
  ["/v2/posting/fbs/cancel", { posting_number: SMALL.postings.fbsNew, cancel_reason_id: 352 }],
  ["/v1/question/list", { filter: { status: "ALL" }, limit: 100 }],
  ["/v1/question/count", {}],
  ["/v2/review/list", { filters: { status: "ALL", order_status: "ALL" }, limit: 100, sort_dir: "DESC" }],
  ["/v2/review/count", {}],
];

describe.runIf(hasSpec)("against the vendor's OpenAPI file", async () => {
  const stage = await openStage({ startAt: new Date("2026-11-20T12:00:00Z") });
  afterAll(() => stage.sandbox.stop());
  const spec = hasSpec ? loadSpec() : {};

  it.each(CALLS)("%s answers as described", async (path, body) => {
    await stage.control.ozon.setLimits({ requestsPerSecond: 0, accrualPageSize: 1_000 });
    const answer = await stage.call(path, body);
    expect([path, answer.status, answer.status === 200 ? "" : answer.text]).toEqual([path, 200, ""]);
    const validate = validatorFor(spec, path);
    if (!validate) throw new Error(`${path} has no response schema in the file`);
    validate(answer.json);
    expect((validate.errors ?? []).filter((error) => !isAddedPushType(answer.json as Node, error.instancePath))).toEqual([]);
  });

  it("answers about one question and one review as described", async () => {
    const [question] = await stage.control.ozon.questions({});
    const [review] = await stage.control.ozon.reviews({});
    const about = { question_id: question?.id, sku: Number(question?.sku) };
    const calls: [path: string, body: unknown][] = [
      ["/v1/question/info", { question_id: question?.id }],
      ["/v1/question/answer/create", { ...about, text: "Ответ" }],
      ["/v1/question/answer/list", { ...about, last_id: "" }],
      ["/v2/review/info", { review_id: review?.id }],
      ["/v1/review/comment/create", { review_id: review?.id, text: "Спасибо", mark_review_as_processed: true }],
      ["/v1/review/comment/list", { review_id: review?.id, limit: 20 }],
    ];
    await stage.control.ozon.setQuirks({ pendingCommentsListed: true });
    for (const [path, body] of calls) {
      const answer = await stage.call(path, body);
      expect([path, answer.status, answer.status === 200 ? "" : answer.text]).toEqual([path, 200, ""]);
      const validate = validatorFor(spec, path);
      if (!validate) throw new Error(`${path} has no response schema in the file`);
      validate(answer.json);
      expect([path, validate.errors ?? []]).toEqual([path, []]);
    }
  });

  // Some samples leave out a `limit` that the schema requires; that alone may be refused.
  it("takes every sample request of the file without calling a field unknown or mistyped", async () => {
    await stage.control.ozon.setLimits({ requestsPerSecond: 0 });
    const checked: string[] = [];
    for (const path of new Set(CALLS.map(([called]) => called))) {
      const sample = at(spec, "paths", path, "post", "requestBody", "content", "application/json", "example");
      if (sample === undefined || BROKEN_SAMPLES.has(path)) continue;
      checked.push(path);
      const answer = await stage.call(path, {}, { raw: JSON.stringify(sample) });
      expect([path, /unknown field|invalid value for field (?!limit:)/.test(answer.text) ? answer.text : ""]).toEqual([path, ""]);
    }
    expect(checked.length).toBeGreaterThan(8);
  });

  it("refuses in the declared error shape", async () => {
    const answer = await stage.call("/v3/chat/list", { nonsense: true });
    expect(Object.keys(losslessParse(answer.text) as Node)).toEqual(["code", "message", "details"]);
  });
});

/** Push types added after the stored file stand in lists under a `type` key. */
function isAddedPushType(body: Node, instancePath: string): boolean {
  let value: Json | undefined = body;
  for (const key of instancePath.slice(1).split("/")) value = Array.isArray(value) ? value[Number(key)] : isNode(value) ? value[key] : undefined;
  return typeof value === "string" && ADDED_ENUMS.test(value);
}
