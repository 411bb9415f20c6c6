import { z } from "zod";
import { badRequest, notFound } from "./errors";
import type { Events } from "./events";
import { hourly, int64, type Method, method, ok, paged, pageOf, SCOPES } from "./method";
import { type AnswerText, type Business, moscowDay, type Question, stamp, type YandexState } from "./state";

const DAY_MS = 86_400_000;
/** "At most a month": days between, both ends included. */
const MAX_DAYS = 31;
const day = z.iso.date();
const listBody = z.strictObject({
  categoryIds: z.array(int64).min(1).nullish(),
  questionIds: z.array(int64).min(1).max(50).nullish(),
  dateFrom: day.optional(),
  dateTo: day.optional(),
  needAnswer: z.boolean().default(false),
  sort: z.enum(["CREATED_AT_DESC", "CREATED_AT_ASC"]).default("CREATED_AT_DESC"),
});
const entity = z.strictObject({ id: int64, type: z.enum(["QUESTION", "ANSWER", "COMMENT"]) });
const updateBody = z.strictObject({
  entityId: entity.optional(),
  parentEntityId: entity.optional(),
  text: z.string().min(1).max(5_000).optional(),
  operationType: z.enum(["UPDATE", "CREATE", "DELETE"]),
});
type Update = z.output<typeof updateBody>;

/** Questions about goods, answers and comments on answers. */
export function questionMethods(state: YandexState, events: Events): Method[] {
  const base = "/v1/businesses/{businessId}/goods-questions";
  return [
    method({
      path: base,
      scopes: SCOPES.talkRead,
      quota: hourly(1_000, 5_000),
      query: z.object(paged(50, 25)),
      body: listBody,
      answer: ({ business, body, query }) => {
        const questions = listed(business, body, state.host.clock.nowMs());
        const { page, paging } = pageOf(questions, query, (question) => String(question.id));
        return ok({ questions: page.map((question) => questionJson(business, question)), paging, totalCount: questions.length });
      },
    }),
    method({
      path: `${base}/answers`,
      scopes: SCOPES.talkRead,
      quota: hourly(1_000, 5_000),
      query: z.object(paged(50, 25)),
      body: z.strictObject({ questionId: int64.optional(), answerIds: z.array(int64).min(1).max(50).nullish() }),
      answer: ({ business, body, query }) => {
        if (body.questionId === undefined && !body.answerIds) throw badRequest("questionId or answerIds is required", "MISSING_PARAM");
        const about = body.questionId === undefined ? business.questions : [questionOf(business, body.questionId)];
        const all = about.flatMap((question) => question.answers.filter(({ status }) => status !== "DELETED").map((answer) => ({ question, answer })));
        const wanted = body.answerIds ? all.filter(({ answer }) => body.answerIds?.includes(String(answer.id))) : all;
        const { page, paging } = pageOf(wanted, query, ({ answer }) => String(answer.id));
        return ok({ answers: page.map(({ question, answer }) => answerJson(question, answer)), paging });
      },
    }),
    method({
      path: `${base}/update`,
      scopes: SCOPES.talkWrite,
      quota: hourly(500, 1_000),
      body: updateBody,
      answer: ({ business, body }) => ok({ entity: update(business, body, events) }),
    }),
  ];
}

function questionOf(business: Business, id: string): Question {
  const question = business.questions.find((candidate) => String(candidate.id) === id);
  if (question === undefined) throw notFound(`Question ${id} not found`);
  return question;
}

/** Whether it still waits for the shop: until there is an answer of ours that was not turned down. */
function needsAnswer(question: Question): boolean {
  return !question.answers.some((answer) => answer.author.type === "BUSINESS" && (answer.status === "PUBLISHED" || answer.status === "UNMODERATED"));
}

function listed(business: Business, filter: z.output<typeof listBody>, nowMs: number): Question[] {
  if (filter.questionIds) return business.questions.filter((question) => filter.questionIds?.includes(String(question.id)));
  const to = filter.dateTo ?? moscowDay(nowMs);
  const from = filter.dateFrom ?? new Date(Date.parse(to) - 30 * DAY_MS).toISOString().slice(0, 10);
  if ((Date.parse(to) - Date.parse(from)) / DAY_MS > MAX_DAYS) throw badRequest("Date interval must not exceed 1 month");
  if (from > to) throw badRequest("dateFrom must not be after dateTo");
  const fitting = business.questions.filter((question) => {
    const created = moscowDay(question.createdAtMs);
    return created >= from && created <= to && (!filter.needAnswer || needsAnswer(question));
  });
  const direction = filter.sort === "CREATED_AT_ASC" ? 1 : -1;
  return fitting.sort((left, right) => direction * (left.createdAtMs - right.createdAtMs || left.id - right.id));
}

function update(business: Business, body: Update, events: Events): { id: number; type: string } {
  if (body.operationType === "CREATE") return create(business, body, events);
  const { entityId } = body;
  if (entityId === undefined) throw badRequest("entityId is required", "MISSING_PARAM");
  const texts = business.questions.flatMap((question) => question.answers.flatMap((answer) => [answer, ...answer.comments]));
  const own = texts.find((text) => String(text.id) === entityId.id && text.author.type === "BUSINESS" && text.status !== "DELETED");
  if (entityId.type === "QUESTION" || own === undefined) throw notFound("Entity not found");
  if (body.operationType === "DELETE") own.status = "DELETED";
  else {
    if (body.text === undefined) throw badRequest("text is required", "MISSING_PARAM");
    own.text = body.text;
    own.status = "UNMODERATED";
  }
  return { id: own.id, type: entityId.type };
}

function create(business: Business, body: Update, events: Events): { id: number; type: string } {
  const { parentEntityId: parent, text } = body;
  if (parent === undefined || text === undefined) throw badRequest("parentEntityId and text are required", "MISSING_PARAM");
  const author = { type: "BUSINESS" as const, name: business.name };
  if (parent.type === "QUESTION") return { id: events.answer(business, questionOf(business, parent.id), { text, author, via: "api" }).id, type: "ANSWER" };
  if (parent.type === "COMMENT") throw badRequest("A comment cannot be commented");
  for (const question of business.questions) {
    const answer = question.answers.find((candidate) => String(candidate.id) === parent.id);
    if (answer !== undefined) return { id: events.answerComment(business, answer, { text, author, via: "api" }).id, type: "COMMENT" };
  }
  throw notFound("Answer not found");
}

function questionJson(business: Business, question: Question): unknown {
  return {
    questionIdentifiers: { id: question.id, categoryId: 91_012, offerId: question.offerId },
    businessId: Number(business.businessId),
    text: question.text,
    createdAt: stamp(question.createdAtMs),
    votes: { likes: 0, dislikes: 0 },
    author: { type: "USER", name: question.author },
  };
}

function textJson(text: AnswerText): Record<string, unknown> {
  return {
    id: text.id,
    text: text.text,
    canModify: text.author.type === "BUSINESS",
    author: text.author,
    status: text.status,
    createdAt: stamp(text.createdAtMs),
    votes: { likes: 0, dislikes: 0 },
  };
}

function answerJson(question: Question, answer: Question["answers"][number]): unknown {
  const comments = answer.comments.filter(({ status }) => status !== "DELETED");
  return {
    ...textJson(answer),
    questionId: question.id,
    ...(comments.length === 0 ? {} : { comments: comments.map((comment) => ({ ...textJson(comment), answerId: answer.id })) }),
  };
}
