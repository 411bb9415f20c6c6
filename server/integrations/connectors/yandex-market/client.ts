import type { z } from "zod";
import { parseJson, RawInteger, stringifyJson } from "@/lib/json";
import { ConnectorError } from "../../contract/errors";
import { unreadable } from "../../contract/failed-answer";
import type { RemoteResponse } from "../../contract/http";
import type { ConnectorContext } from "../../contract/ports";
import { MEDIA_GROUP, OPERATIONS, type OperationName } from "./endpoints";
import { yandexError } from "./errors";
import { businessesOf, knownBusiness } from "./facts";
import {
  answerListSchema,
  campaignsSchema,
  chatListSchema,
  commentListSchema,
  feedbackListSchema,
  historySchema,
  newChatSchema,
  offersSchema,
  okSchema,
  oneChatSchema,
  orderStatsSchema,
  ordersSchema,
  questionListSchema,
  type RemoteCampaign,
  settingsSchema,
  tokenSchema,
  writtenAnswerSchema,
  writtenCommentSchema,
} from "./schemas";

const READ_TIMEOUT_MS = 20_000;
const WRITE_TIMEOUT_MS = 30_000;
const MAX_MEDIA_BYTES = 20 * 1024 * 1024;

interface CallInput {
  readonly businessId?: string;
  readonly campaignId?: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
}
/** `read`: may be repeated freely. `write`: once. `idempotent`: changes something, but twice is the same as once. */
type Nature = "read" | "write" | "idempotent";

type ClientContext = Pick<ConnectorContext, "credentials" | "http" | "clock">;
type Call = ReturnType<typeof caller>;
export type MarketClient = ReturnType<typeof marketClient>;
export interface PageRequest {
  readonly pageToken?: string | undefined;
  readonly limit: number;
}

/** Path and query of an operation. Ids are digits by then: nothing else is put into a path. */
function pathOf(name: OperationName, { businessId, campaignId, query = {} }: CallInput): string {
  const path = OPERATIONS[name].path.replace("{businessId}", businessId ?? "").replace("{campaignId}", campaignId ?? "");
  const told = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
  return told.length === 0 ? path : `${path}?${new URLSearchParams(told).toString()}`;
}

/** Signs, sends and checks the shape; never maps. Throws `ConnectorError` as `errors.ts` classifies. */
function caller(context: ClientContext) {
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
      const isPost = OPERATIONS[name].method === "POST";
      const headers = isPost ? { "Content-Type": "application/json" } : {};
      const response = await exchange(name, pathOf(name, input), headers, isPost ? stringifyJson(input.body ?? {}) : undefined, nature);
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
async function allCampaigns(call: Call): Promise<RemoteCampaign[]> {
  const found: RemoteCampaign[] = [];
  let pageToken: string | undefined;
  do {
    const page = await call.json("campaigns", { query: { pageToken, limit: 100 } }, campaignsSchema);
    found.push(...page.campaigns);
    pageToken = page.paging === pageToken ? undefined : page.paging;
  } while (pageToken !== undefined);
  return found;
}

/** What can be asked without knowing the cabinet. */
export function accountClient(context: ClientContext) {
  const call = caller(context);
  return {
    /** Works for Api-Key tokens only; 100 an hour. */
    token: () => call.json("token", {}, tokenSchema),
    campaigns: () => allCampaigns(call),
    settings: (businessId: string) => call.json("settings", { businessId }, settingsSchema),
  };
}

/**
 * The cabinet a connection is for: as entered, as the last test found it, or else asked for.
 * @throws ConnectorError `yandex-market.business_unclear` when the key means several cabinets, `.business_missing` when none.
 */
export async function openMarket(context: ClientContext & Pick<ConnectorContext, "facts">): Promise<MarketClient> {
  const known = knownBusiness(context);
  if (known !== undefined) return marketClient(context, known);
  return marketClient(context, theOnlyBusiness(await accountClient(context).campaigns()));
}

/** @throws ConnectorError as `openMarket`. */
export function theOnlyBusiness(campaigns: readonly RemoteCampaign[]): string {
  const [first, ...others] = [...businessesOf(campaigns).keys()];
  if (first === undefined) throw new ConnectorError("invalid", "yandex-market.business_missing");
  if (others.length > 0) throw new ConnectorError("invalid", "yandex-market.business_unclear", { params: { ids: [first, ...others].join(", ") } });
  return first;
}

const raw = (id: string) => new RawInteger(id);
const paged = ({ pageToken, limit }: PageRequest) => ({ pageToken, limit });

/** One method per remote operation of one cabinet. */
export function marketClient(context: ClientContext, businessId: string) {
  const call = caller(context);
  return { businessId, ...chatCalls(call, businessId), ...feedbackCalls(call, businessId), ...tradeCalls(call, businessId), media: mediaCall(context) };
}

function chatCalls(call: Call, businessId: string) {
  return {
    /** At most 20 a page. */
    chats: (input: PageRequest & { readonly statuses?: readonly string[] | undefined }) =>
      call.json("chats", { businessId, query: paged(input), body: input.statuses === undefined ? {} : { statuses: input.statuses } }, chatListSchema),
    chat: (chatId: string) => call.json("chat", { businessId, query: { chatId } }, oneChatSchema),
    /** At most 100 a page. */
    history: (input: PageRequest & { readonly chatId: string; readonly messageIdFrom?: string | undefined }) =>
      call.json(
        "history",
        {
          businessId,
          query: { chatId: input.chatId, ...paged(input) },
          body: input.messageIdFrom === undefined ? {} : { messageIdFrom: raw(input.messageIdFrom) },
        },
        historySchema,
      ),
    sendMessage: (chatId: string, message: string) => call.json("sendMessage", { businessId, query: { chatId }, body: { message } }, okSchema, "write"),
    sendFile(chatId: string, name: string, type: string, content: Uint8Array) {
      const form = new FormData();
      form.set("file", new Blob([new Uint8Array(content)], { type }), name);
      return call.form("sendFile", { businessId, query: { chatId } }, form, okSchema);
    },
    /** Gives the chat there is, if there is one: twice is the same as once. */
    newChat: (type: "ORDER" | "RETURN", id: string) =>
      call.json("newChat", { businessId, body: { context: { type, id: raw(id) } } }, newChatSchema, "idempotent"),
  };
}

function feedbackCalls(call: Call, businessId: string) {
  return {
    /** At most 50 a page. Ids exclude every other filter; without dates the last six months. */
    feedbacks: (
      input: PageRequest &
        ({ readonly ids: readonly string[] } | { readonly needReaction: boolean; readonly from?: Date | undefined; readonly to?: Date | undefined }),
    ) => call.json("feedbacks", { businessId, query: paged(input), body: feedbackFilter(input) }, feedbackListSchema),
    comments: (feedbackId: string, page: PageRequest) =>
      call.json("comments", { businessId, query: paged(page), body: { feedbackId: raw(feedbackId) } }, commentListSchema),
    addComment: (feedbackId: string, text: string) =>
      call.json("updateComment", { businessId, body: { feedbackId: raw(feedbackId), comment: { text } } }, writtenCommentSchema, "write"),
    skipReaction: (feedbackId: string) => call.json("skipReaction", { businessId, body: { feedbackIds: [raw(feedbackId)] } }, okSchema, "idempotent"),

    /** At most 50 a page, newest first; days as YYYY-MM-DD, at most a month apart. */
    questions: (
      input: PageRequest &
        ({ readonly ids: readonly string[] } | { readonly needAnswer: boolean; readonly from?: string | undefined; readonly to?: string | undefined }),
    ) => call.json("questions", { businessId, query: paged(input), body: questionFilter(input) }, questionListSchema),
    answers: (questionId: string, page: PageRequest) =>
      call.json("answers", { businessId, query: paged(page), body: { questionId: raw(questionId) } }, answerListSchema),
    answerQuestion: (questionId: string, text: string) =>
      call.json(
        "updateQuestion",
        { businessId, body: { operationType: "CREATE", parentEntityId: { id: raw(questionId), type: "QUESTION" }, text } },
        writtenAnswerSchema,
        "write",
      ),
  };
}

type FeedbackFilter = Parameters<ReturnType<typeof feedbackCalls>["feedbacks"]>[0];
type QuestionFilter = Parameters<ReturnType<typeof feedbackCalls>["questions"]>[0];

function feedbackFilter(input: FeedbackFilter): unknown {
  if ("ids" in input) return { feedbackIds: input.ids.map(raw) };
  return {
    reactionStatus: input.needReaction ? "NEED_REACTION" : "ALL",
    ...(input.from === undefined ? {} : { dateTimeFrom: input.from.toISOString() }),
    ...(input.to === undefined ? {} : { dateTimeTo: input.to.toISOString() }),
  };
}

function questionFilter(input: QuestionFilter): unknown {
  if ("ids" in input) return { questionIds: input.ids.map(raw) };
  return {
    needAnswer: input.needAnswer,
    sort: "CREATED_AT_DESC",
    ...(input.from === undefined ? {} : { dateFrom: input.from }),
    ...(input.to === undefined ? {} : { dateTo: input.to }),
  };
}

function tradeCalls(call: Call, businessId: string) {
  return {
    /** At most 50 orders; old and test ones too, since they are named. */
    orders: (orderIds: readonly string[]) => call.json("orders", { businessId, query: { limit: 50 }, body: { orderIds: orderIds.map(raw) } }, ordersSchema),
    /** At most 200 a page; days of change as YYYY-MM-DD, both included. */
    orderStats: (input: PageRequest & { readonly campaignId: string; readonly from: string; readonly to: string }) =>
      call.json("orderStats", { campaignId: input.campaignId, query: paged(input), body: { updateFrom: input.from, updateTo: input.to } }, orderStatsSchema),
    /** At most 100 a page. */
    offers: (input: PageRequest & { readonly archived: boolean }) =>
      call.json("offers", { businessId, query: paged(input), body: { archived: input.archived } }, offersSchema),
    campaigns: () => allCampaigns(call),
  };
}

/** @param target host name and path; the caller has made sure that it is one of the service's own. Goes without the key. */
function mediaCall(context: ClientContext) {
  return async (target: { readonly host: string; readonly path: string }): Promise<RemoteResponse> => {
    const response = await context.http.send({
      method: "GET",
      host: target.host,
      path: target.path,
      group: MEDIA_GROUP,
      repeatable: true,
      timeoutMs: READ_TIMEOUT_MS,
      maxBytes: MAX_MEDIA_BYTES,
    });
    if (response.status >= 200 && response.status < 300) return response;
    throw yandexError({ path: "media", status: response.status, headers: response.headers, body: response.text(), isWrite: false, now: context.clock.now() });
  };
}
