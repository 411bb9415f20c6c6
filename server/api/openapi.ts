import type { z } from "zod";
import type { Endpoint } from "./endpoints/endpoint";
import { ENDPOINTS } from "./endpoints/list";
import { describeSchema } from "./http/json";
import { apiScopeSchema, IDEMPOTENT_HOURS, problemSchema, REQUESTS_A_MINUTE } from "./schema";

const FAILURES: Readonly<Record<number, string>> = {
  400: "Malformed: unreadable JSON, cursor or value.",
  401: "No token, none that counts, or one whose maker is no member any more.",
  403: "The token lacks the scope, or its maker does by now.",
  404: "There is no such thing in this workspace.",
  405: "Not with this method.",
  409: "Contradicts the present state.",
  413: "More than 256 KiB.",
  415: "Not JSON.",
  422: "Not valid; `errors` names the fields.",
  429: `More than ${REQUESTS_A_MINUTE} requests a minute; wait for \`Retry-After\` seconds.`,
  500: "Our fault; the request may be repeated with the same Idempotency-Key.",
};
const ALWAYS = [400, 401, 403, 422, 429, 500];

type Json = Readonly<Record<string, unknown>>;

/** OpenAPI 3.1, made of the same schemas requests and answers are checked with. */
export function openApiDocument(serverUrl: string): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of ENDPOINTS) paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation(endpoint) };
  return {
    openapi: "3.1.0",
    info: {
      title: "Karavan",
      version: "1",
      description: `Instants are RFC 3339, amounts whole minor units written as text. Lists go on with \`cursor\`. A POST with an \`Idempotency-Key\` is carried out once within ${IDEMPOTENT_HOURS} hours.`,
    },
    servers: [{ url: serverUrl }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer", description: `Scopes: ${apiScopeSchema.options.join(", ")}.` } },
      schemas: { Problem: describeSchema(problemSchema) },
      headers: {
        "RateLimit-Limit": { description: "Requests a minute.", schema: { type: "integer" } },
        "RateLimit-Remaining": { description: "Left in this window.", schema: { type: "integer" } },
        "RateLimit-Reset": { description: "Seconds until the window ends at the latest.", schema: { type: "integer" } },
      },
    },
  };
}

function operation(endpoint: Endpoint): Json {
  const failures = [...new Set([...ALWAYS, ...endpoint.failures, ...(endpoint.body === null ? [] : [413, 415])])].sort((a, b) => a - b);
  return {
    operationId: endpoint.id,
    summary: endpoint.summary,
    ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
    "x-scope": endpoint.scope,
    parameters: [...parameters(endpoint.params, "path"), ...parameters(endpoint.query, "query"), ...(endpoint.method === "POST" ? [IDEMPOTENCY_KEY] : [])],
    ...(endpoint.body === null ? {} : { requestBody: { required: true, content: { "application/json": { schema: describeSchema(endpoint.body, "input") } } } }),
    responses: {
      ...Object.fromEntries(Object.entries(endpoint.responses).map(([status, { description, schema }]) => [status, success(description, schema)])),
      ...Object.fromEntries(failures.map((status) => [status, failure(status)])),
    },
  };
}

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "Any text of yours; the same request with the same key gets the same answer.",
  schema: { type: "string", minLength: 1, maxLength: 200 },
};

function parameters(schema: z.ZodObject, place: "path" | "query"): Json[] {
  const { properties = {}, required = [] } = describeSchema(schema, "input") as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, { description, ...described }]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: described,
    ...(described["type"] === "array" ? { style: "form", explode: true } : {}),
  }));
}

function success(description: string, schema: z.ZodType): Json {
  const headers = Object.fromEntries(
    ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  );
  return { description, headers, content: { "application/json": { schema: describeSchema(schema) } } };
}

function failure(status: number): Json {
  return { description: FAILURES[status] ?? "", content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } } };
}
