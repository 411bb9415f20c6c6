import { randomUUID } from "node:crypto";
import type { JsonSchema } from "./json-schema";

/** Values a schema cannot describe (refinements, patterns), by field name. Extend when the probe reports `input.invalid`. */
const BY_NAME: Readonly<Record<string, () => unknown>> = {
  email: () => `${randomUUID()}@example.test`,
  timeZone: () => "UTC",
  country: () => "TR",
  currency: () => "TRY",
  token: () => "A".repeat(43),
  date: () => "2026-01-15",
  from: () => new Date("2026-01-01T00:00:00Z"),
  to: () => new Date("2026-01-31T00:00:00Z"),
};

/** A field that names a row: a plain value or list called `id`, `…Id`, `…Ids`, or any uuid. */
function namesRow(name: string, schema: JsonSchema): boolean {
  return hasFormat(schema, "uuid") || (/^ids?$|Ids?$/.test(name) && schema.properties === undefined);
}

function hasFormat(schema: JsonSchema, format: string): boolean {
  return (
    schema.format === format || (schema.properties === undefined && partsOf(schema).some((part) => part.properties === undefined && hasFormat(part, format)))
  );
}

function isArray(schema: JsonSchema): boolean {
  return schema.type === "array" || alternativesOf(schema).some(isArray);
}

function fieldsOf(schema: JsonSchema): [name: string, field: JsonSchema][] {
  return Object.entries(schema.properties ?? {});
}

function alternativesOf({ anyOf = [], oneOf = [] }: JsonSchema): JsonSchema[] {
  return [...anyOf, ...oneOf];
}

/** The parts a schema may be made of: all of an intersection, every alternative of a union, the items of an array. */
function partsOf(schema: JsonSchema): JsonSchema[] {
  return [...(schema.allOf ?? []), ...alternativesOf(schema), ...(schema.items === undefined ? [] : [schema.items])];
}

/** Dotted paths of every field of an input that names a row, required or not; array items count as the array's field. */
export function idFieldsOf(schema: JsonSchema | null, prefix = ""): string[] {
  if (schema === null) return [];
  const own = fieldsOf(schema).flatMap(([name, field]) => (namesRow(name, field) ? [`${prefix}${name}`] : idFieldsOf(field, `${prefix}${name}.`)));
  return [...new Set([...own, ...partsOf(schema).flatMap((part) => idFieldsOf(part, prefix))])];
}

export interface Probe {
  /** The value of an id field, by its dotted path in the input; undefined leaves it out. */
  readonly ids: (fieldPath: string) => unknown;
  /** Of alternatives, the one that has this field is taken; else the first. */
  readonly focus?: string | undefined;
}

/** A valid input: required fields with plain values, id fields, optional ones too, as `probe.ids` gives them. */
export function sampleInput(schema: JsonSchema | null, probe: Probe): unknown {
  return schema === null ? undefined : sample(schema, "", probe);
}

function sample(schema: JsonSchema, path: string, probe: Probe): unknown {
  const alternative = chooseAlternative(schema, path, probe);
  const parts = [...(schema.allOf ?? []), ...(alternative === undefined ? [] : [alternative])];
  if (schema.properties !== undefined) return Object.assign(sampleObject(schema, path, probe), ...parts.map((part) => sample(part, path, probe)));
  const value = BY_NAME[lastOf(path)]?.();
  if (value !== undefined && (value instanceof Date ? hasFormat(schema, "x-date") : schema.type === "string")) return value;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (parts.length === 0) return samplePlain(schema, path, probe);
  const samples = parts.map((part) => sample(part, path, probe));
  return samples.length === 1 ? samples[0] : Object.assign({}, ...samples);
}

function chooseAlternative(schema: JsonSchema, path: string, { focus }: Probe): JsonSchema | undefined {
  const prefix = path === "" ? "" : `${path}.`;
  const alternatives = alternativesOf(schema);
  return alternatives.find((branch) => focus !== undefined && idFieldsOf(branch, prefix).includes(focus)) ?? alternatives[0];
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function samplePlain(schema: JsonSchema, path: string, probe: Probe): unknown {
  switch (schema.type) {
    case "string":
      return sampleString(schema);
    case "number":
    case "integer":
      return schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1;
    case "boolean":
      return false;
    case "array":
      return sampleArray(schema, path, probe);
    case "object":
      return {};
    default:
      return null;
  }
}

function sampleArray({ items, minItems = 0 }: JsonSchema, path: string, probe: Probe): unknown[] {
  const isNeeded = items !== undefined && (minItems > 0 || idFieldsOf(items).length > 0);
  return isNeeded ? [sample(items, path, probe)] : [];
}

function sampleString({ format, minLength }: JsonSchema): unknown {
  if (format === "x-date") return new Date("2026-01-15T12:00:00Z");
  if (format === "x-bigint") return 1n;
  if (format === "date-time") return "2026-01-15T12:00:00Z";
  if (format === "date") return "2026-01-15";
  if (format === "uri") return "https://example.test/";
  return "x".repeat(Math.max(1, minLength ?? 1));
}

function sampleObject(schema: JsonSchema, path: string, probe: Probe): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, field] of fieldsOf(schema)) {
    const fieldPath = path === "" ? name : `${path}.${name}`;
    if (namesRow(name, field)) {
      const id = probe.ids(fieldPath);
      if (id !== undefined) result[name] = isArray(field) ? [id] : id;
    } else if (schema.required?.includes(name) === true || idFieldsOf(field).length > 0) {
      result[name] = sample(field, fieldPath, probe);
    }
  }
  return result;
}
