import type { z } from "zod";
import { parseJson, RawInteger, stringifyJson } from "@/lib/json";
import type { RemoteRequest, RemoteResponse } from "../../contract/http";
import type { ConnectorContext } from "../../contract/ports";
import { ENDPOINTS, type Endpoint, LIMIT } from "./endpoints";
import { ozonError, unreadable } from "./errors";
import {
  accrualByDaySchema,
  accrualPostingsSchema,
  accrualTypesSchema,
  chatHistorySchema,
  chatListSchema,
  chatStartSchema,
  fboListSchema,
  fbsListSchema,
  productInfoSchema,
  productListSchema,
  readSchema,
  resultSchema,
  rolesSchema,
  sellerInfoSchema,
} from "./schemas";

const READ_TIMEOUT_MS = 20_000;
const WRITE_TIMEOUT_MS = 30_000;
const MAX_FILE_BYTES = 20 * 1024 * 1024;

export interface HistoryRequest {
  readonly chatId: string;
  readonly direction: "Forward" | "Backward";
  readonly fromMessageId?: string | undefined;
  readonly messageIds?: readonly string[] | undefined;
  readonly limit: number;
}

export interface PostingQuery {
  readonly orderNumbers: readonly string[];
  readonly since: Date;
  readonly to: Date;
  readonly cursor?: string | undefined;
  /** Delivered, with the status last changed in this span. */
  readonly deliveredBetween?: { readonly from: Date; readonly to: Date } | undefined;
}

export interface ProductFilter {
  readonly visibility: "ALL" | "ARCHIVED";
  readonly lastId: string;
  readonly limit: number;
}

export type OzonClient = ReturnType<typeof ozonClient>;

/**
 * One method per remote endpoint: signs, sends, checks the shape; never maps.
 * Every method throws `ConnectorError` as `errors.ts` classifies.
 */
export function ozonClient(context: Pick<ConnectorContext, "credentials" | "http">) {
  const headers = { "Client-Id": context.credentials["clientId"] ?? "", "Api-Key": context.credentials["apiKey"] ?? "" };

  async function exchange(request: Omit<RemoteRequest, "group" | "headers">, isWrite: boolean): Promise<RemoteResponse> {
    const json = request.body === undefined ? {} : { "Content-Type": "application/json" };
    const response = await context.http.send({ ...request, group: LIMIT.group, headers: { ...headers, ...json } });
    if (response.status >= 200 && response.status < 300) return response;
    throw ozonError({ path: request.path, status: response.status, headers: response.headers, body: response.text(), isWrite });
  }

  /** `read`: may be repeated freely. `write`: once. `idempotent`: changes something, but twice is the same as once. */
  async function call<S extends z.ZodType>(path: Endpoint, body: unknown, schema: S, nature: "read" | "write" | "idempotent" = "read"): Promise<z.output<S>> {
    const isWrite = nature === "write";
    const timeoutMs = isWrite ? WRITE_TIMEOUT_MS : READ_TIMEOUT_MS;
    const response = await exchange({ method: "POST", path, body: stringifyJson(body), repeatable: !isWrite, timeoutMs }, isWrite);
    const text = response.text();
    const failed = { path, status: response.status, body: text, isWrite };
    let json: unknown;
    try {
      json = parseJson(text);
    } catch (cause) {
      throw unreadable(failed, cause);
    }
    const parsed = schema.safeParse(json);
    if (!parsed.success) throw unreadable(failed, parsed.error);
    return parsed.data;
  }

  return {
    roles: () => call(ENDPOINTS.roles, {}, rolesSchema),
    sellerInfo: () => call(ENDPOINTS.sellerInfo, {}, sellerInfoSchema),

    /** No status filter: the default is all, and which letter case the filter wants is not settled. */
    chatList: (input: { readonly unreadOnly: boolean; readonly cursor?: string | undefined; readonly limit: number }) =>
      call(
        ENDPOINTS.chatList,
        { filter: { unread_only: input.unreadOnly }, limit: input.limit, ...(input.cursor === undefined ? {} : { cursor: input.cursor }) },
        chatListSchema,
      ),

    chatHistory: (input: HistoryRequest) =>
      call(
        ENDPOINTS.chatHistory,
        {
          chat_id: input.chatId,
          direction: input.direction,
          limit: input.limit,
          ...(input.fromMessageId === undefined ? {} : { from_message_id: new RawInteger(input.fromMessageId) }),
          ...(input.messageIds === undefined ? {} : { filter: { message_ids: input.messageIds } }),
        },
        chatHistorySchema,
      ),

    sendMessage: (chatId: string, text: string) => call(ENDPOINTS.sendMessage, { chat_id: chatId, text }, resultSchema, "write"),

    sendFile: (chatId: string, name: string, content: Uint8Array) =>
      call(ENDPOINTS.sendFile, { chat_id: chatId, name, base64_content: Buffer.from(content).toString("base64") }, resultSchema, "write"),

    markRead: (chatId: string, messageId: string) =>
      call(ENDPOINTS.chatRead, { chat_id: chatId, from_message_id: new RawInteger(messageId) }, readSchema, "idempotent"),

    startChat: (postingNumber: string) => call(ENDPOINTS.chatStart, { posting_number: postingNumber }, chatStartSchema, "write"),

    /** @param path below the base URL; the caller has made sure that it is a file of the service. */
    async file(path: string): Promise<RemoteResponse> {
      return exchange({ method: "GET", path, repeatable: true, timeoutMs: READ_TIMEOUT_MS, maxBytes: MAX_FILE_BYTES }, false);
    },

    fbsPostings: (query: PostingQuery) =>
      call(
        ENDPOINTS.fbsList,
        {
          filter: {
            since: query.since.toISOString(),
            to: query.to.toISOString(),
            order_numbers: query.orderNumbers,
            ...(query.deliveredBetween === undefined
              ? {}
              : {
                  statuses: ["delivered"],
                  last_changed_status_date: { from: query.deliveredBetween.from.toISOString(), to: query.deliveredBetween.to.toISOString() },
                }),
          },
          limit: 100,
          sort_dir: "ASC",
          ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
        },
        fbsListSchema,
      ),

    fboPostings: (query: Omit<PostingQuery, "deliveredBetween">) =>
      call(
        ENDPOINTS.fboList,
        {
          filter: { since: query.since.toISOString(), to: query.to.toISOString(), order_numbers: query.orderNumbers },
          limit: 100,
          sort_dir: "ASC",
          ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
        },
        fboListSchema,
      ),

    accrualsByDay: (date: string, lastId: string) => call(ENDPOINTS.accrualByDay, { date, last_id: lastId }, accrualByDaySchema),
    /** At most 200 posting numbers. */
    accrualsOfPostings: (postingNumbers: readonly string[]) => call(ENDPOINTS.accrualPostings, { posting_numbers: postingNumbers }, accrualPostingsSchema),
    accrualTypes: () => call(ENDPOINTS.accrualTypes, {}, accrualTypesSchema),

    productList: (input: ProductFilter) =>
      call(ENDPOINTS.productList, { filter: { visibility: input.visibility }, last_id: input.lastId, limit: input.limit }, productListSchema),
    /** At most 1000 ids of one kind. */
    productInfo: (ids: { readonly productIds: readonly string[] } | { readonly skus: readonly string[] }) =>
      call(ENDPOINTS.productInfo, "skus" in ids ? { sku: ids.skus } : { product_id: ids.productIds }, productInfoSchema),
  };
}
