import type { z } from "zod";
import { parseJson, stringifyJson } from "@/lib/json";
import { unreadable } from "../../contract/failed-answer";
import type { RemoteResponse } from "../../contract/http";
import type { ConnectorContext } from "../../contract/ports";
import type { Endpoint } from "./endpoints";
import { wildberriesError } from "./errors";

export const READ_TIMEOUT_MS = 30_000;
const WRITE_TIMEOUT_MS = 30_000;

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface CallOptions {
  readonly query?: Query | undefined;
  readonly body?: { readonly content: string | Uint8Array; readonly type: string } | undefined;
  /** Replaces `{id}` of the path. */
  readonly id?: string | undefined;
  /** `read`: may be repeated freely. `write`: once. `idempotent`: changes something, but twice is the same as once. */
  readonly nature?: "read" | "write" | "idempotent";
  readonly maxBytes?: number;
  /** Refusals that are an answer to the caller, not an error. */
  readonly alsoAccept?: readonly number[];
}

/** Signs, sends and checks the shape of one call. Throws `ConnectorError` as `errors.ts` classifies. */
export function wildberriesCaller(context: Pick<ConnectorContext, "credentials" | "http">) {
  const authorization = context.credentials["token"] ?? "";

  async function exchange(endpoint: Endpoint, options: CallOptions = {}): Promise<RemoteResponse> {
    const { nature = "read", body } = options;
    const isWrite = nature === "write";
    const path = endpoint.path.replace("{id}", encodeURIComponent(options.id ?? ""));
    const response = await context.http.send({
      method: endpoint.method,
      host: endpoint.host,
      path: path + queryText(options.query),
      group: endpoint.group,
      headers: { Authorization: authorization, ...(body === undefined ? {} : { "Content-Type": body.type }) },
      ...(body === undefined ? {} : { body: body.content }),
      repeatable: !isWrite,
      timeoutMs: isWrite ? WRITE_TIMEOUT_MS : READ_TIMEOUT_MS,
      ...(options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes }),
    });
    if ((response.status >= 200 && response.status < 300) || options.alsoAccept?.includes(response.status) === true) return response;
    throw wildberriesError({ path, status: response.status, headers: response.headers, body: response.text(), isWrite });
  }

  async function call<S extends z.ZodType>(endpoint: Endpoint, schema: S, options: CallOptions = {}): Promise<z.output<S>> {
    const response = await exchange(endpoint, options);
    return readAs(response, schema, endpoint.path, options.nature === "write");
  }

  return { exchange, call };
}

export const json = (value: unknown) => ({ content: stringifyJson(value), type: "application/json" });

function queryText(query: Query = {}): string {
  const told = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return told.length === 0 ? "" : `?${new URLSearchParams(told)}`;
}

/** @throws ConnectorError `malformed`. */
export function readAs<S extends z.ZodType>(response: RemoteResponse, schema: S, path: string, isWrite: boolean): z.output<S> {
  const text = response.text();
  const failed = { path, status: response.status, body: text, isWrite };
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (cause) {
    throw unreadable(failed, cause);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw unreadable(failed, parsed.error);
  return parsed.data;
}
