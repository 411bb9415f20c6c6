import { z } from "zod";

/** How values travel: instants as ISO text, integers beyond 2^53 (money in minor units) as decimal text. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? inner.toString() : inner));
}

/** The same as JSON Schema (2020-12, as OpenAPI 3.1 wants it), as it is sent (`input`) or comes back (`output`). */
export function describeSchema(schema: z.ZodType, io: "input" | "output" = "output"): Record<string, unknown> {
  const described = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    reused: "inline",
    override: ({ zodSchema, jsonSchema }) => {
      const { type } = zodSchema._zod.def;
      if (type === "date") Object.assign(jsonSchema, { type: "string", format: "date-time" });
      // Numbers in addresses are read from text; what they have to be is said by their checks.
      if (io === "input" && zodSchema instanceof z.ZodNumber && zodSchema.def.coerce === true)
        Object.assign(jsonSchema, { type: zodSchema.isInt ? "integer" : "number" });
      if (type === "bigint") Object.assign(jsonSchema, { type: "string", pattern: "^-?\\d+$" });
    },
  });
  const { $schema: _draft, ...rest } = described as Record<string, unknown>;
  return rest;
}
