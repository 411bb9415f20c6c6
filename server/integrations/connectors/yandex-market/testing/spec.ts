import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { parse } from "yaml";

/** The official OpenAPI files (partner 2026-07-17, notifications 2026-04-20) as JSON schemas for tests: unknown fields are refused. */
const fileOf = (name: string) => fileURLToPath(new URL(`../../../../../../shared/specs/yandex-market-${name}.yaml`, import.meta.url));
export const hasSpec = existsSync(fileOf("openapi")) && existsSync(fileOf("notification-openapi"));

type Json = { readonly [key: string]: Json } | readonly Json[] | string | number | boolean | null;
type Node = { readonly [key: string]: Json };
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);

export interface SpecOperation {
  readonly template: string;
  readonly query: readonly { readonly name: string; readonly required: boolean; readonly schema: Node }[];
  /** By media type. */
  readonly body: Readonly<Record<string, Node>>;
  readonly scopes: readonly string[];
  /** Amount and seconds of the quota, by level. */
  readonly quota: Readonly<Record<"none" | "medium", { readonly amount: number; readonly seconds: number }>>;
  response(status: number): Node | undefined;
}

export interface Spec {
  operation(method: string, path: string): SpecOperation | undefined;
  component(name: string): Node;
}

export function loadSpec(name: "openapi" | "notification-openapi"): Spec {
  const document = parse(readFileSync(fileOf(name), "utf8")) as Node;
  return {
    component: (component) => toSchema(document, child(child(child(document, "components"), "schemas"), component)) as Node,
    operation(method, path) {
      for (const [template, item] of Object.entries(child(document, "paths"))) {
        const isSame = new RegExp(`^${template.replace(/\{[^}]+\}/g, "[^/]+")}$`).test(path);
        const operation = isSame && isNode(item) ? item[method.toLowerCase()] : undefined;
        if (isNode(operation) && isNode(item)) return operationOf(document, template, item, operation);
      }
      return undefined;
    },
  };
}

function child(node: Node, key: string): Node {
  const value = node[key];
  return isNode(value) ? value : {};
}

const SECONDS: Readonly<Record<string, number>> = { hours: 3_600, minutes: 60 };

function operationOf(document: Node, template: string, item: Node, operation: Node): SpecOperation {
  const at = (node: Json | undefined): Node => {
    const found = resolve(document, node);
    return isNode(found) ? found : {};
  };
  const content = (holder: Node) =>
    Object.fromEntries(Object.entries(child(holder, "content")).map(([type, media]) => [type, toSchema(document, child(at(media), "schema")) as Node]));
  const limits = child(operation, "x-resource-limit-config");
  const quotaOf = (level: "none" | "medium") => {
    const told = child(limits, level);
    return { amount: Number(told["amount"]), seconds: Number(told["period-duration"]) * (SECONDS[String(told["period"])] ?? Number.NaN) };
  };
  const parameters = [...((item["parameters"] ?? []) as readonly Json[]), ...((operation["parameters"] ?? []) as readonly Json[])].map(at);
  return {
    template,
    query: parameters
      .filter((parameter) => parameter["in"] === "query")
      .map((parameter) => ({
        name: String(parameter["name"]),
        required: parameter["required"] === true,
        schema: toSchema(document, child(parameter, "schema")) as Node,
      })),
    body: content(at(operation["requestBody"])),
    scopes: ((operation["x-auth-scopes"] ?? []) as readonly string[]).map((scope) => scope.toUpperCase().replace(/[-:]/g, "_")),
    quota: { none: quotaOf("none"), medium: quotaOf("medium") },
    response: (status) => content(at(child(operation, "responses")[String(status)]))["application/json"],
  };
}

function resolve(document: Node, node: Json | undefined, depth = 0): Json {
  if (depth > 30 || node === undefined) return {};
  const ref = isNode(node) ? node["$ref"] : undefined;
  if (typeof ref !== "string") return node;
  const target = ref
    .slice(2)
    .split("/")
    .reduce<Json | undefined>((found, key) => (isNode(found) ? found[key] : undefined), document);
  return resolve(document, target, depth + 1);
}

const NOISE = new Set(["example", "examples", "nullable", "description", "title", "default", "externalDocs", "deprecated", "discriminator", "oneOf"]);

/** @param isPart one of several schemas that describe the same object: only the whole refuses unknown fields. */
function toSchema(document: Node, raw: Json, isPart = false, depth = 0): Json {
  if (Array.isArray(raw)) return raw.map((entry: Json) => toSchema(document, entry, isPart, depth + 1));
  const node = resolve(document, raw);
  if (!isNode(node)) return node;
  // Regions have parents without end.
  if (depth > 22) return {};
  const own: Record<string, Json> = {};
  for (const [key, value] of Object.entries(node)) {
    // `exclusiveMinimum: false` is OpenAPI 3.0's way of saying nothing.
    if (NOISE.has(key) || key.startsWith("x-") || key.startsWith("exclusive")) continue;
    if (key === "properties" && isNode(value))
      own[key] = Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, toSchema(document, entry, false, depth + 1)]));
    else own[key] = toSchema(document, value, key === "allOf", depth + 1);
  }
  if (!isPart && ("properties" in own || "allOf" in own)) own["unevaluatedProperties"] = false;
  if (node["nullable"] === true && typeof own["type"] === "string") own["type"] = [own["type"], "null"];
  return own;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
for (const format of ["int32", "int64", "double", "float", "binary"]) ajv.addFormat(format, true);
// The older methods print days first.
ajv.addFormat("date-dd-MM-yyyy", /^\d{2}-\d{2}-\d{4}$/);
ajv.addFormat("date-dd-MM-yyyy-HH-mm-ss", /^\d{2}-\d{2}-\d{4} \d{2}:\d{2}:\d{2}$/);

/** What is wrong with the value, or an empty text. */
export function faults(schema: object | undefined, value: unknown): string {
  if (schema === undefined) return "not described";
  const validate = ajv.compile(schema);
  return validate(value) ? "" : ajv.errorsText(validate.errors, { separator: "\n" });
}
