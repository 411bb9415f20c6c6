import { z } from "zod";
import { instant, int64, sortDir, whole } from "./body";
import { invalidArgument, notFound, permissionDenied } from "./errors";
import { type EntryStatus, type Question, type Reply, standingOf } from "./feedback";
import { addReply } from "./feedback-world";
import { type Method, method } from "./method";
import type { OzonState, Seller } from "./state";

const ANSWERS_A_PAGE = 10;
const PUBLICATION = { pending: "AWAITING_MODERATION", passed: "PUBLISHED", failed: "MODERATION_FAILED", duplicate: "DUPLICATE" } as const;

/** Shared with reviews: after which statuses entries can be asked for, and what they can be set to. */
export const settableStatus = z.enum(["NEW", "VIEWED", "PROCESSED"]);

const listInput = z.strictObject({
  filter: z
    .strictObject({
      date_from: instant.optional(),
      date_to: instant.optional(),
      status: z.enum(["ALL", "NEW", "VIEWED", "PROCESSED", "UNPROCESSED"]).optional(),
    })
    .optional(),
  last_id: z.string().optional(),
  limit: whole(1, 100).optional(),
  sort_dir: sortDir.optional(),
});
const infoInput = z.strictObject({ question_id: z.string().min(1) });
const statusInput = z.strictObject({ question_ids: z.array(z.string()).min(1).max(100), status: settableStatus });
const answerInput = z.strictObject({ question_id: z.string().min(1), sku: int64, text: z.string() });
const answerListInput = z.strictObject({ question_id: z.string().min(1), sku: int64, last_id: z.string().nullish() });
const answerDeleteInput = z.strictObject({ answer_id: z.string().min(1), sku: int64 });

/** Questions about products: for Premium Plus (and Pro). */
export function questionMethods(state: OzonState): Method[] {
  const gated = (seller: Seller) => {
    if (seller.subscription !== "PREMIUM_PLUS" && seller.subscription !== "PREMIUM_PRO") throw permissionDenied("not available with existing subscription");
    return seller;
  };
  return [
    method("/v1/question/list", listInput, (seller, input) => listQuestions(gated(seller), input)),
    method("/v1/question/info", infoInput, (seller, input) => questionJson(questionOf(gated(seller), input.question_id))),
    method("/v1/question/count", z.strictObject({}), (seller) => counts(gated(seller))),
    method("/v1/question/change-status", statusInput, (seller, input) => {
      const questions = input.question_ids.map((id) => questionOf(gated(seller), id));
      for (const question of questions) question.status = input.status;
      return null;
    }),
    method("/v1/question/answer/create", answerInput, (seller, input) => createAnswer(state, gated(seller), input)),
    method("/v1/question/answer/list", answerListInput, (seller, input) => listAnswers(gated(seller), input, state.host.clock.nowMs())),
    method("/v1/question/answer/delete", answerDeleteInput, (seller, input) => deleteAnswer(gated(seller), input)),
  ];
}

function questionOf(seller: Seller, id: string, sku?: string): Question {
  const question = seller.questions.get(id);
  if (!question) throw notFound("question not found");
  if (sku !== undefined && String(question.sku) !== sku) throw invalidArgument("question does not belong to sku");
  return question;
}

function listQuestions(seller: Seller, input: z.output<typeof listInput>): unknown {
  const { status = "ALL", date_from: from = 0, date_to: to = Number.POSITIVE_INFINITY } = input.filter ?? {};
  const wantedStatus = (own: EntryStatus) => status === "ALL" || (status === "UNPROCESSED" ? own !== "PROCESSED" : own === status);
  const { items, hasNext } = seller.questions.page((question) => wantedStatus(question.status) && question.atMs >= from && question.atMs <= to, {
    lastId: input.last_id ?? "",
    limit: input.limit ?? 10,
    sortDir: input.sort_dir ?? "DESC",
  });
  return { questions: items.map(questionJson), last_id: items.at(-1)?.id ?? "", has_next: hasNext };
}

function questionJson(question: Question): unknown {
  const url = `https://www.ozon.ru/product/${question.sku}/`;
  return {
    id: question.id,
    sku: question.sku,
    text: question.text,
    author_name: question.authorName,
    product_url: url,
    question_link: `${url}questions/?qid=${Number.parseInt(question.id.slice(0, 8), 16) % 1_000_000_000}`,
    published_at: new Date(question.atMs).toISOString(),
    status: question.status,
    answers_count: question.replies.length,
  };
}

function counts(seller: Seller): unknown {
  const [fresh, viewed, processed] = [seller.questions.count("NEW"), seller.questions.count("VIEWED"), seller.questions.count("PROCESSED")];
  return { all: fresh + viewed + processed, new: fresh, viewed, processed, unprocessed: fresh + viewed };
}

function createAnswer(state: OzonState, seller: Seller, input: z.output<typeof answerInput>): unknown {
  const length = [...input.text].length;
  if (length < 2 || length > 3_000) throw invalidArgument("invalid QuestionAnswerCreateRequest.Text: value length must be between 2 and 3000 runes, inclusive");
  const question = questionOf(seller, input.question_id, input.sku);
  const reply = addReply(state, seller, question, { text: input.text, from: "seller", via: "api" });
  question.status = "PROCESSED";
  state.onSellerReply(seller, question.id);
  return { answer_id: reply.id };
}

function listAnswers(seller: Seller, input: z.output<typeof answerListInput>, nowMs: number): unknown {
  const question = questionOf(seller, input.question_id, input.sku);
  const lastId = input.last_id ?? "";
  const start = lastId === "" ? 0 : question.replies.findIndex((reply) => reply.id === lastId) + 1;
  const page = question.replies.slice(start, start + ANSWERS_A_PAGE);
  return { answers: page.map((reply) => answerJson(question, reply, nowMs)), last_id: page.length < ANSWERS_A_PAGE ? "" : (page.at(-1)?.id ?? "") };
}

function answerJson(question: Question, reply: Reply, nowMs: number): unknown {
  return {
    id: reply.id,
    question_id: question.id,
    sku: question.sku,
    author_name: reply.authorName,
    text: reply.text,
    published_at: new Date(reply.atMs).toISOString(),
    status_publication: PUBLICATION[standingOf(reply, nowMs)],
  };
}

function deleteAnswer(seller: Seller, input: z.output<typeof answerDeleteInput>): null {
  const question = seller.questions.all().find((entry) => entry.replies.some((reply) => reply.id === input.answer_id && reply.from === "seller"));
  if (!question || String(question.sku) !== input.sku) throw notFound("answer not found");
  question.replies = question.replies.filter((reply) => reply.id !== input.answer_id);
  return null;
}
