import { RawInteger } from "@/lib/json";
import type { RemoteResponse } from "../../contract/http";
import type { ConnectorContext } from "../../contract/ports";
import { ozonCaller, READ_TIMEOUT_MS } from "./caller";
import { ENDPOINTS } from "./endpoints";
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
 * One method per remote endpoint; never maps. Questions and reviews have `feedback-client.ts`.
 * Every method throws `ConnectorError` as `errors.ts` classifies.
 */
export function ozonClient(context: Pick<ConnectorContext, "credentials" | "http">) {
  const { call, exchange } = ozonCaller(context);

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
