import type { z } from "zod";
import { parseJson, RawInteger, stringifyJson } from "@/lib/json";
import { unreadable } from "../../contract/failed-answer";
import type { RemoteResponse } from "../../contract/http";
import type { ConnectorContext } from "../../contract/ports";
import { OPERATIONS, type OperationName } from "./endpoints";
import { yandexError } from "./errors";
import { campaignsSchema, type RemoteCampaign } from "./schemas";

export const READ_TIMEOUT_MS = 20_000;
const WRITE_TIMEOUT_MS = 30_000;

interface CallInput {
  readonly businessId?: string;
  readonly campaignId?: string;
  readonly orderId?: string;
  readonly reportId?: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
}
/** `read`: may be repeated freely. `write`: once. `idempotent`: changes something, but twice is the same as once. */
type Nature = "read" | "write" | "idempotent";

export type ClientContext = Pick<ConnectorContext, "credentials" | "http" | "clock">;
export type Call = ReturnType<typeof caller>;
export interface PageRequest {
  readonly pageToken?: string | undefined;
  readonly limit: number;
}

/** Path and query of an operation. Ids are digits by then, but for the service's own words for its reports. */
function pathOf(name: OperationName, { businessId, campaignId, orderId, reportId, query = {} }: CallInput): string {
  const path = OPERATIONS[name].path
    .replace("{businessId}", businessId ?? "")
    .replace("{campaignId}", campaignId ?? "")
    .replace("{orderId}", orderId ?? "")
    .replace("{reportId}", encodeURIComponent(reportId ?? ""));
  const told = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
  return told.length === 0 ? path : `${path}?${new URLSearchParams(told).toString()}`;
}

/** Signs, sends and checks the shape; never maps. Throws `ConnectorError` as `errors.ts` classifies. */
export function caller(context: ClientContext) {
  const key = { "Api-Key": context.credentials["apiKey"] ?? "" };

  async function exchange(name: OperationName, path: string, headers: Readonly<Record<string, string>>, body: string | Uint8Array | undefined, nature: Nature) {
    const isWrite = nature === "write";
    const response = await context.http.send({
      method: OPERATIONS[name].method,
      path,
      group: name,
      headers: { ...key, ...headers },
      ...(body === undefined ? {} : { body }),
      repeatable: !isWrite,
      timeoutMs: isWrite ? WRITE_TIMEOUT_MS : READ_TIMEOUT_MS,
    });
    if (response.status >= 200 && response.status < 300) return response;
    throw yandexError({
      path: OPERATIONS[name].path,
      status: response.status,
      headers: response.headers,
      body: response.text(),
      isWrite,
      now: context.clock.now(),
    });
  }

  function read<S extends z.ZodType>(name: OperationName, response: RemoteResponse, schema: S, nature: Nature): z.output<S> {
    const text = response.text();
    const failed = { path: OPERATIONS[name].path, status: response.status, body: text, isWrite: nature === "write" };
    try {
      const parsed = schema.safeParse(parseJson(text));
      if (parsed.success) return parsed.data;
      throw unreadable(failed, parsed.error);
    } catch (error) {
      throw error instanceof SyntaxError ? unreadable(failed, error) : error;
    }
  }

  return {
    async json<S extends z.ZodType>(name: OperationName, input: CallInput, schema: S, nature: Nature = "read"): Promise<z.output<S>> {
      const hasBody = OPERATIONS[name].method !== "GET";
      const headers = hasBody ? { "Content-Type": "application/json" } : {};
      const response = await exchange(name, pathOf(name, input), headers, hasBody ? stringifyJson(input.body ?? {}) : undefined, nature);
      return read(name, response, schema, nature);
    },
    async form<S extends z.ZodType>(name: OperationName, input: CallInput, form: FormData, schema: S): Promise<z.output<S>> {
      // The runtime's own encoder writes the parts; its boundary goes into the header.
      const encoded = new Response(form);
      const headers = { "Content-Type": encoded.headers.get("content-type") ?? "multipart/form-data" };
      const response = await exchange(name, pathOf(name, input), headers, new Uint8Array(await encoded.arrayBuffer()), "write");
      return read(name, response, schema, "write");
    },
  };
}

/** All pages of the shops a key sees. */
export async function allCampaigns(call: Call): Promise<RemoteCampaign[]> {
  const found: RemoteCampaign[] = [];
  let pageToken: string | undefined;
  do {
    const page = await call.json("campaigns", { query: { pageToken, limit: 100 } }, campaignsSchema);
    found.push(...page.campaigns);
    pageToken = page.paging === pageToken ? undefined : page.paging;
  } while (pageToken !== undefined);
  return found;
}

/** An id as the bare integer the service wants, with all its digits. */
export const raw = (id: string) => new RawInteger(id);
export const paged = ({ pageToken, limit }: PageRequest) => ({ pageToken, limit });
