import { ConnectorError } from "../../contract/errors";
import type { RemoteResponse } from "../../contract/http";
import type { ConnectorContext } from "../../contract/ports";
import { allCampaigns, type Call, type ClientContext, caller, type PageRequest, paged, READ_TIMEOUT_MS, raw } from "./caller";
import { MEDIA_GROUP } from "./endpoints";
import { yandexError } from "./errors";
import { businessesOf, knownBusiness } from "./facts";
import { reportCalls } from "./report-calls";
import {
  answerListSchema,
  chatListSchema,
  commentListSchema,
  feedbackListSchema,
  historySchema,
  newChatSchema,
  okSchema,
  oneChatSchema,
  questionListSchema,
  type RemoteCampaign,
  settingsSchema,
  tokenSchema,
  writtenAnswerSchema,
  writtenCommentSchema,
} from "./schemas";
import { orderCalls, tradeCalls } from "./trade-calls";

const MAX_MEDIA_BYTES = 20 * 1024 * 1024;

export type MarketClient = ReturnType<typeof marketClient>;
type MarketContext = ClientContext & Pick<ConnectorContext, "baseUrl">;

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
export async function openMarket(context: MarketContext & Pick<ConnectorContext, "facts">): Promise<MarketClient> {
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

/** One method per remote operation of one cabinet. */
export function marketClient(context: MarketContext, businessId: string) {
  const call = caller(context);
  return {
    businessId,
    ...chatCalls(call, businessId),
    ...feedbackCalls(call, businessId),
    ...tradeCalls(call, businessId),
    ...orderCalls(call, businessId),
    ...reportCalls(call, context),
    media: mediaCall(context),
  };
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
