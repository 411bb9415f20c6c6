import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { z } from "zod";
import { arbitraryOf, type Described } from "./arbitrary-of";

const schemaShape = z.custom<Described>((value) => typeof value === "object" && value !== null);
const contentShape = z.record(z.string(), z.object({ schema: schemaShape }));
const operationShape = z.object({
  operationId: z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(["path", "query", "header"]), required: z.boolean(), schema: schemaShape })),
  requestBody: z.object({ content: contentShape }).optional(),
  responses: z.record(z.string(), z.object({ content: contentShape })),
});
export const documentShape = z.looseObject({
  openapi: z.literal("3.1.0"),
  paths: z.record(z.string(), z.record(z.string(), operationShape)),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});
export type ApiDocument = z.infer<typeof documentShape>;
export type Operation = z.infer<typeof operationShape> & { readonly method: string; readonly path: string };

export function operationsOf(document: ApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })),
  );
}

export interface Shot {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** Requests to an operation, mostly valid, made of what the document says. `known` are ids that exist. */
export function shotsAt(operation: Operation, known: readonly string[]): fc.Arbitrary<Shot> {
  const values = operation.parameters.map((parameter) => {
    const value = parameter.in === "path" ? fc.oneof(fc.constantFrom(...known), arbitraryOf(parameter.schema)) : arbitraryOf(parameter.schema);
    return parameter.required ? value : fc.option(value, { nil: undefined, freq: 2 });
  });
  const media = operation.requestBody?.content["application/json"];
  const body =
    media === undefined
      ? fc.constant(undefined)
      : fc.oneof({ weight: 9, arbitrary: arbitraryOf(media.schema).map((value) => JSON.stringify(value)) }, { weight: 1, arbitrary: fc.string() });
  return fc.tuple(fc.tuple(...values), body, fc.boolean()).map(([given, text, stray]) => build(operation, given, text, stray));
}

function build(operation: Operation, given: readonly unknown[], body: string | undefined, stray: boolean): Shot {
  const shot = { path: operation.path, query: new URLSearchParams(), headers: new Headers(body === undefined ? {} : { "content-type": "application/json" }) };
  for (const [index, parameter] of operation.parameters.entries()) {
    const value = given[index];
    if (value !== undefined) put(shot, parameter, value);
  }
  if (stray && shot.query.size > 2) shot.query.append("unheard-of", "1");
  const url = shot.query.size === 0 ? shot.path : `${shot.path}?${shot.query}`;
  return { url, method: operation.method, headers: Object.fromEntries(shot.headers), body };
}

function put(shot: { path: string; query: URLSearchParams; headers: Headers }, { name, in: place }: Operation["parameters"][number], value: unknown): void {
  if (place === "path") shot.path = shot.path.replace(`{${name}}`, encodeURIComponent(textOf(value)) || "-");
  else if (place === "header") shot.headers.set(name, textOf(value).replaceAll(/[^\x21-\x7e]/g, "x") || "x");
  else for (const entry of Array.isArray(value) ? value : [value]) shot.query.append(name, textOf(entry));
}

/** Half a surrogate pair has no place in an address. */
const textOf = (value: unknown) => (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).replaceAll(/\p{Cs}/gu, "");

export type Judge = (operation: Operation, answer: { readonly status: number; readonly contentType: string; readonly text: string }) => void;

/** Compares answers with the document. @throws Error naming the operation when a status, type or body is not as promised. */
export function makeJudge(document: ApiDocument): Judge {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema({ $id: "document", components: document.components });
  const validators = new Map<string, ReturnType<typeof ajv.compile>>();
  return (operation, { status, contentType, text }) => {
    const promised = operation.responses[String(status)];
    const where = `${operation.operationId} ${status}`;
    if (promised === undefined) throw new Error(`${where} is not in the document: ${text.slice(0, 300)}`);
    const media = Object.entries(promised.content).find(([type]) => contentType.startsWith(type));
    if (media === undefined) throw new Error(`${where} came as ${contentType}`);
    const validate = validators.get(where) ?? ajv.compile(JSON.parse(JSON.stringify(media[1].schema).replaceAll('"#/components', '"document#/components')));
    validators.set(where, validate);
    if (!validate(JSON.parse(text))) throw new Error(`${where} is not as promised: ${ajv.errorsText(validate.errors)}\n${text.slice(0, 500)}`);
    if (status >= 500) throw new Error(`${where}: a request must not break the server: ${text}`);
  };
}
