import type { z } from "zod";
import { parseJson, stringifyJson } from "@/lib/json";
import { ConnectorError } from "../../contract/errors";
import { unreadable } from "../../contract/failed-answer";
import type { RemoteResponse } from "../../contract/http";
import type { ConnectorContext } from "../../contract/ports";
import { ENDPOINTS, type Endpoint } from "./endpoints";
import { hepsiburadaError } from "./errors";
import {
  catalogPageSchema,
  createdPackageSchema,
  issueCountSchema,
  issueSchema,
  issuesSchema,
  listingsSchema,
  pagedSchema,
  rowsSchema,
  transactionsSchema,
  uploadedSchema,
  uploadStateSchema,
} from "./schemas";
import { toTurkish, turkishDay } from "./turkish-time";

type Query = Readonly<Record<string, string | number | boolean | readonly number[] | undefined>>;

interface CallOptions {
  readonly query?: Query | undefined;
  readonly json?: unknown;
  readonly form?: FormData | undefined;
  /** What stands for the named places of the path. */
  readonly at?: Readonly<Record<string, string>> | undefined;
}

export interface Page {
  readonly offset: number;
  readonly limit: number;
}
export interface DatedPage extends Page {
  readonly from: Date;
  readonly to: Date;
}
export type UploadKind = "stock-uploads" | "price-uploads";

export type HepsiburadaClient = ReturnType<typeof hepsiburadaClient>;

/**
 * One method per remote operation: signs, sends, checks the shape; never maps. There are no idempotency keys: only reads are
 * repeatable. Every method throws `ConnectorError` as `errors.ts` classifies.
 */
export function hepsiburadaClient(context: Pick<ConnectorContext, "credentials" | "http">) {
  const { credentials, http } = context;
  const merchantId = credentials["merchantId"] ?? "";
  const basic = Buffer.from(`${merchantId}:${credentials["serviceKey"] ?? ""}`).toString("base64");

  async function exchange(endpoint: Endpoint, options: CallOptions): Promise<RemoteResponse> {
    const path = pathOf(endpoint, { ...options.at, m: merchantId });
    const isWrite = endpoint.method !== "GET";
    const body = await bodyOf(options);
    const response = await http.send({
      method: endpoint.method,
      host: endpoint.host,
      path: path + queryText(options.query),
      group: endpoint.group,
      headers: {
        Authorization: `Basic ${basic}`,
        // Part of the authentication: the bare name, nothing around it [M]. In lower case, so that it takes the kit's place.
        "user-agent": credentials["userAgent"] ?? "",
        Accept: "application/json",
        ...(endpoint.group === "questions" ? { merchantId } : {}),
        ...(body === undefined ? {} : { "Content-Type": body.type }),
      },
      ...(body === undefined ? {} : { body: body.content }),
      repeatable: !isWrite,
    });
    if (response.status >= 200 && response.status < 300) return response;
    throw hepsiburadaError({ host: endpoint.host, path, status: response.status, headers: response.headers, body: response.text(), isWrite });
  }

  async function call<S extends z.ZodType>(endpoint: Endpoint, schema: S, options: CallOptions = {}): Promise<z.output<S>> {
    return readAs(await exchange(endpoint, options), schema, endpoint);
  }

  const dated = ({ from, to, offset, limit }: DatedPage) => ({ begindate: toTurkish(from), enddate: toTurkish(to), offset, limit });

  return {
    /** Paid lines that are in no package; without dates, which would cut the list to 24 hours [D]. */
    openLines: async ({ offset, limit }: Page) => (await call(ENDPOINTS.openLines, pagedSchema, { query: { offset, limit } })).items,
    cancelledLines: async (page: DatedPage) => (await call(ENDPOINTS.cancelledLines, pagedSchema, { query: dated(page) })).items,
    /** The order as it came: the caller parses it, so that one odd order does not take its page with it. */
    order: async (orderNumber: string) => jsonOf(await exchange(ENDPOINTS.order, { at: { order: orderNumber } }), ENDPOINTS.order),
    /** @param hours how far back. */
    packages: (hours: number, { offset, limit }: Page) => call(ENDPOINTS.packages, rowsSchema, { query: { timespan: hours, limit, Offset: offset } }),
    movedPackages: async (state: "shipped" | "delivered" | "undelivered", page: DatedPage) =>
      (await call(ENDPOINTS[state], pagedSchema, { query: dated(page) })).items,
    claims: (status: string, { from, to, offset, limit }: DatedPage) =>
      call(ENDPOINTS.claims, rowsSchema, { at: { status }, query: { offset, limit, statusBeginDate: toTurkish(from), statusEndDate: toTurkish(to) } }),

    createPackage: (lines: readonly { readonly id: string; readonly quantity: number }[]) =>
      call(ENDPOINTS.createPackage, createdPackageSchema, {
        json: { parcelQuantity: 1, lineItemRequests: lines.map((line) => ({ ...line, serialNumbers: [] })) },
      }),
    async changePackage(to: "unpack" | "inTransit" | "deliver" | "undeliver", packageNumber: string, body: Readonly<Record<string, unknown>>): Promise<void> {
      await exchange(ENDPOINTS[to], { at: { package: packageNumber }, json: body });
    },
    async cancelLine(lineId: string, reasonId: number): Promise<void> {
      await exchange(ENDPOINTS.cancelLine, { at: { line: lineId }, json: { reasonId } });
    },

    listings: (page: Page & { readonly merchantSkus?: readonly string[] | undefined }) =>
      call(ENDPOINTS.listings, listingsSchema, { query: { offset: page.offset, limit: page.limit, merchantSkuList: page.merchantSkus?.join(",") } }),
    upload: async (kind: UploadKind, rows: readonly unknown[]) => (await call(ENDPOINTS.upload, uploadedSchema, { at: { kind }, json: rows })).id,
    uploadState: (kind: UploadKind, id: string) => call(ENDPOINTS.uploadState, uploadStateSchema, { at: { kind, id } }),

    /** Products made through the catalogue's API; those listed by hand in the panel are not among them. @param page 0-based. */
    async catalog(page: number, size: number) {
      const answer = await call(ENDPOINTS.catalog, catalogPageSchema, { query: { page, size } });
      if (answer.success && (answer.code ?? 0) === 0) return answer;
      throw new ConnectorError("unavailable", undefined, { remoteText: answer.message?.slice(0, 500), httpStatus: 200 });
    },

    /** Orders placed on the Turkish days from..to; at most a month. */
    transactions: ({ from, to, offset, limit }: DatedPage) =>
      call(ENDPOINTS.transactions, transactionsSchema, {
        query: { Offset: offset, Limit: limit, OrderDateStart: turkishDay(from), OrderDateEnd: turkishDay(to) },
      }),

    issueCount: () => call(ENDPOINTS.issueCount, issueCountSchema),
    /** Oldest change first. @param page 1-based. */
    issues: (input: { readonly from: Date | undefined; readonly page: number; readonly size: number }) =>
      call(ENDPOINTS.issues, issuesSchema, {
        query: { minModifiedAt: input.from?.toISOString(), sortBy: 1, desc: false, page: input.page, size: input.size, status: [1, 2, 3, 4, 7] },
      }),
    issue: (issueNumber: string) => call(ENDPOINTS.issue, issueSchema, { at: { issue: issueNumber } }),
    async answer(issueNumber: string, text: string): Promise<void> {
      const form = new FormData();
      form.append("Answer", text);
      await readAny(await exchange(ENDPOINTS.answer, { at: { issue: issueNumber }, form }), ENDPOINTS.answer);
    },
    async reject(issueNumber: string, reason: string, conversationId: string): Promise<void> {
      await exchange(ENDPOINTS.reject, { at: { issue: issueNumber }, json: { rejectReason: reason, rejectConversationId: conversationId } });
    },
  };
}

function pathOf(endpoint: Endpoint, at: Readonly<Record<string, string>>): string {
  return endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(at[name] ?? ""));
}

function queryText(query: Query = {}): string {
  const told = Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return (typeof value === "object" ? value : [value]).map((one) => [name, String(one)]);
  });
  return told.length === 0 ? "" : `?${new URLSearchParams(told)}`;
}

async function bodyOf({ json, form }: CallOptions): Promise<{ readonly content: string | Uint8Array; readonly type: string } | undefined> {
  if (json !== undefined) return { content: stringifyJson(json), type: "application/json" };
  if (form === undefined) return undefined;
  const encoded = new Response(form);
  return { content: new Uint8Array(await encoded.arrayBuffer()), type: encoded.headers.get("content-type") ?? "multipart/form-data" };
}

function jsonOf(response: RemoteResponse, endpoint: Endpoint): unknown {
  try {
    return parseJson(response.text());
  } catch (cause) {
    throw unreadable(failed(response, endpoint), cause);
  }
}

function readAs<S extends z.ZodType>(response: RemoteResponse, schema: S, endpoint: Endpoint): z.output<S> {
  const parsed = schema.safeParse(jsonOf(response, endpoint));
  if (!parsed.success) throw unreadable(failed(response, endpoint), parsed.error);
  return parsed.data;
}

/** A string or nothing at all: what is neither was cut on its way. */
function readAny(response: RemoteResponse, endpoint: Endpoint): unknown {
  return response.text() === "" ? undefined : jsonOf(response, endpoint);
}

const failed = (response: RemoteResponse, endpoint: Endpoint) => ({
  path: endpoint.path,
  status: response.status,
  body: response.text(),
  isWrite: endpoint.method !== "GET",
});
