import fc from "fast-check";

/** JSON Schema as our document writes it; whatever else it may say is left to the validator. */
export interface Described {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Described[];
  readonly properties?: Readonly<Record<string, Described>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Described | boolean;
  readonly items?: Described;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

const odd = fc.constantFrom<unknown>(
  null,
  "",
  " ",
  "\u0000",
  "';--",
  "💥",
  -1,
  0,
  1.5,
  2 ** 53,
  "9".repeat(400),
  [],
  {},
  [[]],
  true,
  "0000-00-00",
  "2026-02-30T25:61:00Z",
);

/** Values that fit a schema most of the time, and now and then ones that do not. */
export function arbitraryOf(schema: Described): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 8, arbitrary: fitting(schema) }, { weight: 1, arbitrary: odd }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) });
}

function fitting(schema: Described): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(fitting));
  switch (schema.type) {
    case "integer":
      return fc.integer({ min: Math.max(schema.minimum ?? 0, -1_000), max: Math.min(schema.maximum ?? 1_000, 1_000_000) });
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(arbitraryOf(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 3, 3) });
    case "object":
      return objects(schema);
    case "string":
      return texts(schema);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function objects({ properties = {}, required = [], additionalProperties }: Described): fc.Arbitrary<unknown> {
  const named = Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, arbitraryOf(inner)]));
  if (Object.keys(named).length > 0) return fc.record(named, { requiredKeys: required.filter((name) => name in named) });
  return fc.dictionary(fc.string({ maxLength: 12 }), arbitraryOf(typeof additionalProperties === "object" ? additionalProperties : {}), { maxKeys: 3 });
}

function texts({ format, minLength = 0, maxLength = 20 }: Described): fc.Arbitrary<string> {
  const moments = fc.date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true }).map((date) => date.toISOString());
  if (format === "uuid") return fc.uuid({ version: 4 });
  if (format === "date-time") return moments;
  if (format === "date") return moments.map((text) => text.slice(0, 10));
  return fc.string({ unit: "binary", minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) });
}
