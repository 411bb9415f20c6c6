import { describe, expect, it } from "vitest";
import { z } from "zod";
import { toJsonSchema } from "./json-schema";
import { idFieldsOf, sampleInput } from "./sample-input";

const schema = z.object({
  conversationId: z.uuid(),
  filter: z.object({ connectionIds: z.array(z.uuid()).optional(), organizationId: z.uuid().nullable() }).optional(),
  lines: z.array(z.object({ productId: z.string(), quantity: z.number().min(2) })).default([]),
  cursor: z.uuid().nullish(),
  kind: z.enum(["a", "b"]),
  since: z.date(),
  amountMinor: z.bigint(),
  name: z.string().min(3),
  note: z.string().optional(),
});

describe("probe inputs", () => {
  it("finds every id field, however deep or optional", () => {
    expect(idFieldsOf(toJsonSchema(schema))).toEqual(["conversationId", "filter.connectionIds", "filter.organizationId", "lines.productId", "cursor"]);
  });

  it("finds ids in unions and intersections", () => {
    const either = z.union([z.object({ runId: z.uuid() }), z.object({ jobRunId: z.string() })]).and(z.object({ sendId: z.uuid() }));
    expect(idFieldsOf(toJsonSchema(either)).sort()).toEqual(["jobRunId", "runId", "sendId"]);
    const id = "018f3f5e-0000-7000-8000-000000000001";
    expect(either.parse(sampleInput(toJsonSchema(either), { ids: () => id, focus: "jobRunId" }))).toEqual({ jobRunId: id, sendId: id });
  });

  it("makes an input the schema accepts, with the ids given", () => {
    const id = "018f3f5e-0000-7000-8000-000000000001";
    const input = sampleInput(toJsonSchema(schema), { ids: () => id });
    expect(schema.parse(input)).toMatchObject({
      conversationId: id,
      filter: { connectionIds: [id], organizationId: id },
      lines: [{ productId: id, quantity: 2 }],
      cursor: id,
      kind: "a",
    });
  });

  it("sends nothing to a procedure without input", () => {
    expect(sampleInput(null, { ids: () => "x" })).toBeUndefined();
  });
});
