import { RawInteger } from "@/lib/json";
import { ConnectorError } from "../../contract/errors";
import type { ConnectorContext } from "../../contract/ports";
import { json, type Query, READ_TIMEOUT_MS, readAs, wildberriesCaller } from "./caller";
import { ENDPOINTS } from "./endpoints";
import {
  cardsSchema,
  changedSchema,
  chatsSchema,
  eventsSchema,
  messageSentSchema,
  oneQuestionSchema,
  oneReviewSchema,
  pingSchema,
  questionsSchema,
  reviewsSchema,
  SALE_FIELDS,
  salesSchema,
  sellerInfoSchema,
} from "./schemas";

/** The list of chats has no pages and a report has up to 100 000 rows. */
const LARGE_ANSWER_BYTES = 128 * 1024 * 1024;
const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** A page of questions or answered reviews: those created from `from` on, oldest first. */
export interface DatedPage {
  readonly isAnswered: boolean;
  /** Unix seconds. */
  readonly from?: number | undefined;
  readonly take: number;
  readonly skip: number;
}

export interface OutgoingFile {
  readonly name: string;
  readonly type: string;
  readonly content: Uint8Array;
}

export type WildberriesClient = ReturnType<typeof wildberriesClient>;

/**
 * One method per remote operation: signs, sends, checks the shape; never maps.
 * Every method throws `ConnectorError` as `errors.ts` classifies.
 */
export function wildberriesClient(context: Pick<ConnectorContext, "credentials" | "http">) {
  const { exchange, call } = wildberriesCaller(context);

  return {
    sellerInfo: () => call(ENDPOINTS.sellerInfo, sellerInfoSchema),
    ping: () => call(ENDPOINTS.ping, pingSchema),

    /** All chats at once: there are no pages. */
    chats: () => call(ENDPOINTS.chats, chatsSchema, { maxBytes: LARGE_ANSWER_BYTES }),
    /** @param next Unix milliseconds; absent = from the beginning. 0 is refused by the service. */
    events: (next: string | undefined) => call(ENDPOINTS.events, eventsSchema, { query: { next } }),
    async sendMessage(input: { readonly replySign: string; readonly text?: string | undefined; readonly file?: OutgoingFile | undefined }) {
      return call(ENDPOINTS.message, messageSentSchema, { body: await multipart(input), nature: "write" });
    },
    /** 202 while the file is being checked. */
    download: (id: string) => exchange(ENDPOINTS.download, { id, maxBytes: MAX_FILE_BYTES }),

    questions: async (page: DatedPage) => inner(await call(ENDPOINTS.questions, questionsSchema, { query: datedQuery(page), maxBytes: LARGE_ANSWER_BYTES })),
    question: async (id: string) => inner(await call(ENDPOINTS.question, oneQuestionSchema, { query: { id } })),
    /** Also replaces a given answer (once within 60 days). */
    answerQuestion: async (id: string, text: string) =>
      inner(await call(ENDPOINTS.changeQuestion, changedSchema, { body: json({ id, answer: { text }, state: "wbRu" }), nature: "write" })),
    rejectQuestion: async (id: string, text: string) =>
      inner(await call(ENDPOINTS.changeQuestion, changedSchema, { body: json({ id, answer: { text }, state: "none" }), nature: "write" })),
    viewQuestion: async (id: string) =>
      inner(await call(ENDPOINTS.changeQuestion, changedSchema, { body: json({ id, wasViewed: true }), nature: "idempotent" })),

    reviews: async (page: DatedPage) => inner(await call(ENDPOINTS.reviews, reviewsSchema, { query: datedQuery(page), maxBytes: LARGE_ANSWER_BYTES })),
    /** Newest first; knows no dates. */
    reviewArchive: async (take: number, skip: number) =>
      inner(await call(ENDPOINTS.reviewArchive, reviewsSchema, { query: { take, skip, order: "dateDesc" }, maxBytes: LARGE_ANSWER_BYTES })),
    review: async (id: string) => inner(await call(ENDPOINTS.review, oneReviewSchema, { query: { id } })),
    /** The service does not check the id: a wrong one is answered 204 too. */
    async answerReview(id: string, text: string): Promise<void> {
      await exchange(ENDPOINTS.answerReview, { body: json({ id, text }), nature: "write" });
    },
    async editReviewAnswer(id: string, text: string): Promise<void> {
      await exchange(ENDPOINTS.editReviewAnswer, { body: json({ id, text }), nature: "write" });
    },

    /** Undefined = no (more) data. `dateFrom` and `dateTo` are Moscow days. */
    async sales(input: { readonly dateFrom: string; readonly dateTo: string; readonly rrdId: string; readonly limit: number }): Promise<readonly unknown[]> {
      const { dateFrom, dateTo, limit, rrdId } = input;
      const body = json({ dateFrom, dateTo, period: "daily", limit, rrdId: new RawInteger(rrdId), fields: SALE_FIELDS });
      const response = await exchange(ENDPOINTS.salesDetailed, { body, maxBytes: LARGE_ANSWER_BYTES });
      return response.status === 204 ? [] : readAs(response, salesSchema, ENDPOINTS.salesDetailed.path, false);
    },

    cards: (input: { readonly limit: number; readonly after?: { readonly updatedAt: string; readonly nmId: string } | undefined }) =>
      call(ENDPOINTS.cards, cardsSchema, {
        body: json({
          settings: {
            sort: { ascending: true },
            cursor: { limit: input.limit, ...(input.after === undefined ? {} : { updatedAt: input.after.updatedAt, nmID: new RawInteger(input.after.nmId) }) },
            // -1 has always meant "all"; what 0 means was changed on 2026-06-16.
            filter: { withPhoto: -1 },
          },
        }),
        maxBytes: LARGE_ANSWER_BYTES,
      }),

    /** A public picture; the token stays at home. @param host one of the connector's photo hosts. */
    photo: (host: string, path: string) =>
      context.http.send({ method: "GET", host, path, group: "photos", repeatable: true, timeoutMs: READ_TIMEOUT_MS, maxBytes: MAX_FILE_BYTES }),
  };
}

function datedQuery(page: DatedPage): Query {
  return { isAnswered: page.isAnswered, take: page.take, skip: page.skip, order: "dateAsc", dateFrom: page.from };
}

/** Questions and reviews wrap every answer; a refusal may come with HTTP 200. */
function inner<T>(envelope: { readonly data?: T; readonly error: boolean; readonly errorText?: string | undefined }): T | undefined {
  if (envelope.error) throw new ConnectorError("invalid", undefined, { remoteText: envelope.errorText?.slice(0, 500), httpStatus: 200 });
  return envelope.data;
}

/** The service takes nothing but multipart, also for a bare text. */
async function multipart(input: { readonly replySign: string; readonly text?: string | undefined; readonly file?: OutgoingFile | undefined }) {
  const form = new FormData();
  form.append("replySign", input.replySign);
  if (input.text !== undefined) form.append("message", input.text);
  if (input.file !== undefined) form.append("file", new Blob([new Uint8Array(input.file.content)], { type: input.file.type }), input.file.name);
  const encoded = new Response(form);
  return { content: new Uint8Array(await encoded.arrayBuffer()), type: encoded.headers.get("content-type") ?? "multipart/form-data" };
}
