import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { parse } from "yaml";

/** The official OpenAPI files (2026-07-22), as JSON schemas for tests: unknown fields are refused, so that a misspelt one fails. */
const FILES = ["01-general", "02-items", "03-orders-fbs", "09-communications", "12-reports", "13-finances"];
const pathOf = (name: string) => fileURLToPath(new URL(`../../../../../../shared/specs/wildberries-${name}.yaml`, import.meta.url));

export const hasSpec = FILES.every((name) => existsSync(pathOf(name)));

type Json = { readonly [key: string]: Json } | readonly Json[] | string | number | boolean | null;
type Node = { readonly [key: string]: Json };
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);

export interface SpecOperation {
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly type: string }[];
  readonly body?: Node | undefined;
  /** By media type. */
  readonly bodyTypes: readonly string[];
  readonly servers: readonly string[];
  readonly isReadOnlyMethod: boolean;
  /** Undefined = this status or media type is not in the file; null = no body is described. */
  response(status: number, mediaType: string): Node | null | undefined;
}

/** 2 MB of YAML: read once. */
let documents: readonly Node[] | undefined;

/** Finds an operation by the path a request took, templates included. */
export function loadSpec(): (method: string, path: string) => SpecOperation | undefined {
  documents ??= FILES.map((name) => parse(readFileSync(pathOf(name), "utf8")) as Node);
  const read = documents;
  return (method, path) => {
    for (const document of read) {
      for (const [template, item] of Object.entries(child(document, "paths"))) {
        const isSame = new RegExp(`^${template.replace(/\{[^}]+\}/g, "[^/]+")}$`).test(path);
        const operation = isSame && isNode(item) ? item[method.toLowerCase()] : undefined;
        if (isNode(operation) && isNode(item)) return operationOf(document, template, item, operation);
      }
    }
    return undefined;
  };
}

function child(node: Node, key: string): Node {
  const value = node[key];
  return isNode(value) ? value : {};
}

function operationOf(document: Node, path: string, item: Node, operation: Node): SpecOperation {
  const at = (node: Json | undefined): Node => {
    const found = resolve(document, node);
    return isNode(found) ? found : {};
  };
  const content = child(at(operation["requestBody"]), "content");
  const [first] = Object.values(content);
  const servers = (operation["servers"] ?? item["servers"] ?? []) as readonly Node[];
  return {
    path,
    parameters: ((operation["parameters"] ?? []) as readonly Json[]).map(at).map((parameter) => ({
      name: String(parameter["name"]),
      in: String(parameter["in"]),
      required: parameter["required"] === true,
      type: String(child(parameter, "schema")["type"]),
    })),
    body: first === undefined ? undefined : (schemaOf(document, child(at(first), "schema")) as Node),
    bodyTypes: Object.keys(content),
    servers: servers.map((server) => String(server["url"])),
    isReadOnlyMethod: operation["x-readonly-method"] === true,
    response(status, mediaType) {
      const responses = child(operation, "responses");
      if (!(String(status) in responses)) return undefined;
      const media = child(at(responses[String(status)]), "content");
      if (Object.keys(media).length === 0) return null;
      const chosen = media[mediaType];
      return isNode(chosen) ? (schemaOf(document, child(chosen, "schema")) as Node) : undefined;
    },
  };
}

/** Follows references; the files have no circles where we go. */
function resolve(document: Node, node: Json | undefined, depth = 0): Json {
  if (depth > 30 || node === undefined) return {};
  if (!isNode(node)) return node;
  const ref = node["$ref"];
  if (typeof ref !== "string") return node;
  const target = ref
    .slice(2)
    .split("/")
    .reduce<Json | undefined>((found, key) => (isNode(found) ? found[key] : undefined), document);
  return resolve(document, target, depth + 1);
}

const NOISE = new Set(["example", "examples", "nullable", "description", "title", "default", "externalDocs"]);
/** Constraints of strings written into the wrong keywords, and formats no validator knows. */
const MISPLACED = new Set(["minimum", "maximum", "format"]);

function schemaOf(document: Node, raw: Json, depth = 0): Json {
  if (depth > 25) return {};
  if (Array.isArray(raw)) return raw.map((entry: Json) => schemaOf(document, entry, depth + 1));
  const node = resolve(document, raw);
  if (!isNode(node)) return node;
  const entries = Object.entries(node).filter(
    ([key]) => !NOISE.has(key) && !(MISPLACED.has(key) && node["type"] !== "integer" && node["type"] !== "number") && key !== "format",
  );
  const own: Record<string, Json> = {};
  for (const [key, value] of entries) {
    own[key] =
      key === "properties" && isNode(value)
        ? Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, schemaOf(document, entry, depth + 1)]))
        : schemaOf(document, value, depth + 1);
  }
  if ("properties" in own && !("additionalProperties" in own)) own["additionalProperties"] = false;
  if (node["nullable"] === true && typeof own["type"] === "string") own["type"] = [own["type"], "null"];
  return own;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);

/** What is wrong with the value, or an empty text. */
export function faults(schema: Node, value: unknown): string {
  const validate = ajv.compile(schema as object);
  return validate(value) ? "" : ajv.errorsText(validate.errors, { separator: "\n" });
}
