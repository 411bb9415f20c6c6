import type { z } from "zod";
import { ENDPOINTS } from "./endpoints/list";
import { describeSchema } from "./http/json";
import type { ApiReference } from "./schema";

/** What people read of the document: one entry an endpoint. */
export function apiReference(): ApiReference {
  return ENDPOINTS.map(({ id, method, path, scope, summary, description, params, query, body, responses }) => ({
    id,
    method,
    path,
    scope,
    summary,
    description: description ?? null,
    fields: [...fields(params, "path"), ...fields(query, "query"), ...(body === null ? [] : fields(body, "body"))],
    answers: Object.entries(responses).map(([status, answer]) => ({ status: Number(status), description: answer.description })),
  }));
}

interface Described {
  readonly type?: string | undefined;
  readonly format?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly items?: Described | undefined;
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, Described>> | undefined;
  readonly required?: readonly string[] | undefined;
}

function fields(schema: z.ZodType, place: "path" | "query" | "body"): ApiReference[number]["fields"] {
  const { properties = {}, required = [] } = describeSchema(schema, "input") as Described;
  return Object.entries(properties).map(([name, described]) => ({
    name,
    place,
    isRequired: place === "path" || required.includes(name),
    type: typeOf(described),
    description: described.description ?? null,
  }));
}

function typeOf({ type, format, enum: values, items }: Described): string {
  if (values !== undefined) return values.join(" | ");
  if (type === "array" && items !== undefined) return `list of ${typeOf(items)}`;
  return format ?? type ?? "object";
}
