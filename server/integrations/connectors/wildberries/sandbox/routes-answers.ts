import { z } from "zod";
import { badRequest, feedbackError } from "./errors";
import { type Call, type Operation, wholeOf } from "./operation";
import type { Question, Review, Seller, WbState } from "./state";

const HOST = "feedbacks-api";
const DAY_MS = 86_400_000;
const EDIT_MS = 60 * DAY_MS;
const ARCHIVE_MS = 30 * DAY_MS;
/** All methods of questions and reviews share one bucket. */
const rights = (isWrite = false) => ({ category: "feedbacks" as const, isWrite, group: "feedbacks", usual: [6, 1 / 3] as const, base: [1, 720] as const });
const get = (path: string, answer: Operation["answer"]): Operation => ({ ...rights(), method: "GET", host: HOST, path, answer });

/** Questions and reviews: lists, single ones, answers, edits, rejections. */
export function answerOperations(state: WbState): Operation[] {
  return [
    get("/api/v1/new-feedbacks-questions", ({ seller }) =>
      wrapped({ hasNewQuestions: seller.questions.some((one) => !one.wasViewed), hasNewFeedbacks: seller.reviews.some((one) => isWaiting(state, one)) }),
    ),
    get("/api/v1/questions/count-unanswered", ({ seller }) => wrapped({ countUnanswered: seller.questions.filter(isOpen).length, countUnansweredToday: 0 })),
    get("/api/v1/questions", (call) => listQuestions(state, call)),
    get("/api/v1/question", ({ seller, query }) => wrapped(questionJson(state, seller, questionOf(seller, query.get("id"))))),
    { ...rights(true), method: "PATCH", host: HOST, path: "/api/v1/questions", answer: (call) => changeQuestion(state, call) },
    get("/api/v1/feedbacks/count-unanswered", ({ seller }) =>
      wrapped({ countUnanswered: seller.reviews.filter((one) => isWaiting(state, one)).length, countUnansweredToday: 0 }),
    ),
    get("/api/v1/feedbacks", (call) => listReviews(state, call)),
    get("/api/v1/feedbacks/archive", (call) => listArchive(state, call)),
    get("/api/v1/feedback", ({ seller, query }) => wrapped(reviewJson(state, seller, reviewOf(seller, query.get("id"))))),
    { ...rights(true), method: "POST", host: HOST, path: "/api/v1/feedbacks/answer", answer: (call) => answerReview(state, call, "first") },
    { ...rights(true), method: "PATCH", host: HOST, path: "/api/v1/feedbacks/answer", answer: (call) => answerReview(state, call, "edit") },
  ];
}

function wrapped(data: unknown) {
  return { data, error: false, errorText: "", additionalErrors: null };
}

const isOpen = (question: Question) => question.state === "suppliersPortalSynch";

/** An answer, 30 days, or nothing to answer: the documented ways into the archive. */
function isWaiting(state: WbState, review: Review): boolean {
  const isBare = review.text === "" && review.pros === "" && review.cons === "" && review.photos.length === 0 && !review.hasVideo;
  return review.answer === null && !isBare && state.host.clock.nowMs() - review.createdAtMs <= ARCHIVE_MS;
}

function questionOf(seller: Seller, id: string | null): Question {
  const found = seller.questions.find((one) => one.id === id);
  if (!found) throw feedbackError(422, "Невозможно получить вопрос по id");
  return found;
}

function reviewOf(seller: Seller, id: string | null): Review {
  const found = seller.reviews.find((one) => one.id === id);
  if (!found) throw feedbackError(422, "Невозможно получить отзыв по id");
  return found;
}

interface ListQuery {
  readonly isAnswered: boolean;
  readonly take: number;
  readonly skip: number;
}

function listQuery(query: URLSearchParams, limits: { take: number; skip: number; sum: number }, withAnswered: boolean): ListQuery {
  const problem = (text: string) => feedbackError(400, text);
  const reading = { query, problem };
  const answered = query.get("isAnswered");
  if (withAnswered && answered !== "true" && answered !== "false") throw problem("Плохой формат isAnswered");
  const take = wholeOf(reading, "take", { min: 1, max: limits.take, required: true }) ?? 0;
  const skip = wholeOf(reading, "skip", { min: 0, max: limits.skip, required: true }) ?? 0;
  if (take + skip > limits.sum) throw problem("take + skip > 10000");
  const order = query.get("order");
  if (order !== null && order !== "dateAsc" && order !== "dateDesc") throw problem("Плохой формат order");
  return { isAnswered: answered === "true", take, skip };
}

function pageOf<T extends { createdAtMs: number; nmId: number }>(query: URLSearchParams, all: readonly T[], { take, skip }: ListQuery): T[] {
  const reading = { query, problem: (text: string) => feedbackError(400, text) };
  const date = { min: 0, max: 4_102_444_800, required: false };
  const from = wholeOf(reading, "dateFrom", date);
  const to = wholeOf(reading, "dateTo", date);
  const nmId = wholeOf(reading, "nmId", { min: 1, max: Number.MAX_SAFE_INTEGER, required: false });
  const direction = query.get("order") === "dateAsc" ? 1 : -1;
  return all
    .filter((one) => (from === undefined || one.createdAtMs >= from * 1_000) && (to === undefined || one.createdAtMs <= to * 1_000 + 999))
    .filter((one) => nmId === undefined || one.nmId === nmId)
    .sort((left, right) => (left.createdAtMs - right.createdAtMs) * direction)
    .slice(skip, skip + take);
}

function listQuestions(state: WbState, { seller, query }: Call): unknown {
  const wanted = listQuery(query, { take: 10_000, skip: 10_000, sum: 10_000 }, true);
  const fitting = seller.questions.filter((one) => isOpen(one) !== wanted.isAnswered);
  const waiting = seller.questions.filter(isOpen).length;
  return wrapped({
    countUnanswered: waiting,
    countArchive: seller.questions.length - waiting,
    questions: pageOf(query, fitting, wanted).map((one) => questionJson(state, seller, one)),
  });
}

function reviewsAnswer(state: WbState, seller: Seller, page: readonly Review[]): unknown {
  const waiting = seller.reviews.filter((one) => isWaiting(state, one)).length;
  return wrapped({ countUnanswered: waiting, countArchive: seller.reviews.length - waiting, feedbacks: page.map((one) => reviewJson(state, seller, one)) });
}

function listReviews(state: WbState, { seller, query }: Call): unknown {
  const wanted = listQuery(query, { take: 5_000, skip: 199_990, sum: Number.POSITIVE_INFINITY }, true);
  const fitting = seller.reviews.filter((one) => (wanted.isAnswered ? one.answer !== null : isWaiting(state, one)));
  return reviewsAnswer(state, seller, pageOf(query, fitting, wanted));
}

function listArchive(state: WbState, { seller, query }: Call): unknown {
  const wanted = listQuery(query, { take: 5_000, skip: Number.MAX_SAFE_INTEGER, sum: Number.POSITIVE_INFINITY }, false);
  const undated = new URLSearchParams([...query].filter(([name]) => !name.startsWith("date")));
  const archived = seller.reviews.filter((one) => !isWaiting(state, one));
  return wrapped({ feedbacks: pageOf(undated, archived, wanted).map((one) => reviewJson(state, seller, one)) });
}

/** Nanoseconds, as the service prints them. */
const nano = (ms: number) => new Date(ms).toISOString().replace("Z", "769513Z");

function questionJson(state: WbState, seller: Seller, question: Question): unknown {
  const { answer } = question;
  return {
    id: question.id,
    text: question.text,
    createdDate: nano(question.createdAtMs),
    state: question.state,
    answer:
      answer === null ? null : { text: answer.text, editable: isEditable(state, answer) && question.state === "wbRu", createDate: nano(answer.createdAtMs) },
    productDetails: productJson(seller, question.nmId),
    wasViewed: question.wasViewed,
    isWarned: question.isWarned,
  };
}

function isEditable(state: WbState, answer: { createdAtMs: number; edits: number }): boolean {
  return answer.edits === 0 && state.host.clock.nowMs() - answer.createdAtMs <= EDIT_MS;
}

function productJson(seller: Seller, nmId: number) {
  const product = seller.products.find((one) => one.nmId === nmId);
  return {
    imtId: product?.imtId ?? 0,
    nmId,
    productName: product?.title ?? "",
    supplierArticle: product?.vendorCode ?? "",
    supplierName: seller.name,
    brandName: seller.tradeMark,
  };
}

function reviewJson(state: WbState, seller: Seller, review: Review): unknown {
  const { answer } = review;
  const product = seller.products.find((one) => one.nmId === review.nmId);
  return {
    id: review.id,
    text: review.text,
    pros: review.pros,
    cons: review.cons,
    productValuation: review.stars,
    createdDate: nano(review.createdAtMs),
    answer: answer === null ? null : { text: answer.text, state: answerState(state, answer), editable: isEditable(state, answer) },
    state: answer === null ? "none" : "wbRu",
    productDetails: { ...productJson(seller, review.nmId), size: "0" },
    video: review.hasVideo
      ? {
          previewImage: "https://videofeedback01.wbbasket.ru/8defc853/preview.webp",
          link: "https://videofeedback01.wbbasket.ru/8defc853/index.m3u8",
          durationSec: 10,
        }
      : null,
    wasViewed: answer !== null,
    photoLinks: review.photos.length === 0 ? null : review.photos.map((id) => ({ fullSize: photoUrl(id, "fs"), miniSize: photoUrl(id, "ms") })),
    userName: review.userName,
    orderStatus: "buyout",
    matchingSize: "",
    isAbleSupplierFeedbackValuation: false,
    supplierFeedbackValuation: 0,
    isAbleSupplierProductValuation: false,
    supplierProductValuation: 0,
    isAbleReturnProductOrders: false,
    returnProductOrdersDate: null,
    bables: review.tags.length === 0 ? null : review.tags,
    lastOrderShkId: 12_391_596_610 + (review.nmId % 1_000),
    lastOrderCreatedAt: nano(review.createdAtMs - 6 * DAY_MS),
    color: "colorless",
    subjectId: 219,
    subjectName: product?.subject ?? "",
    parentFeedbackId: null,
    childFeedbackId: null,
  };
}

/** Always the public address, as the service prints it, whatever address it is reached at itself. */
function photoUrl(id: string, size: "fs" | "ms"): string {
  return `https://feedback04.wbbasket.ru/vol1333/part133337/${id}/photos/${size}.webp`;
}

function answerState(state: WbState, answer: NonNullable<Review["answer"]>): string {
  return answer.state === "reviewRequired" && state.host.clock.nowMs() >= answer.settlesAtMs ? "wbRu" : answer.state;
}

const questionChange = z.union([
  z.object({ id: z.string(), wasViewed: z.boolean() }),
  z.object({ id: z.string(), answer: z.object({ text: z.string().min(1) }), state: z.enum(["none", "wbRu"]) }),
]);

async function changeQuestion(state: WbState, call: Call): Promise<unknown> {
  const parsed = questionChange.safeParse(readJson(await call.text(), () => feedbackError(400, "failed to decode JSON request.")));
  if (!parsed.success) throw feedbackError(400, "failed to decode JSON request.");
  const change = parsed.data;
  const question = call.seller.questions.find((one) => one.id === change.id);
  if (!question) throw feedbackError(404, "Не найден вопрос");
  if ("wasViewed" in change) question.wasViewed = change.wasViewed;
  else giveAnswer(state, question, change);
  return wrapped(null);
}

function giveAnswer(state: WbState, question: Question, change: { answer: { text: string }; state: "none" | "wbRu" }): void {
  const refused = () => feedbackError(422, "Не удалось отредактировать вопрос");
  if (question.state === "none") throw refused();
  if (question.answer !== null && (change.state === "none" || !isEditable(state, question.answer))) throw refused();
  const edits = question.answer === null ? 0 : question.answer.edits + 1;
  question.answer = { text: change.answer.text, createdAtMs: question.answer?.createdAtMs ?? state.host.clock.nowMs(), edits, via: "api" };
  question.state = change.state;
  question.wasViewed = true;
}

const reviewAnswer = z.object({ id: z.string(), text: z.string() });

/** 204 whatever the id is; what cannot be done is silently not done. */
async function answerReview(state: WbState, call: Call, kind: "first" | "edit"): Promise<Response> {
  if (call.contentType === "") throw badRequest("content-type header not specified");
  if (!/^application\/json\b/i.test(call.contentType)) throw badRequest(`not a json content-type: ${call.contentType}`);
  const parsed = reviewAnswer.safeParse(readJson(await call.text(), () => badRequest("Неверный синтаксис JSON")));
  if (!parsed.success) throw badRequest("Неверный синтаксис JSON");
  const { id, text } = parsed.data;
  const { length } = [...text];
  if (length < 2 || length > 5_000) throw badRequest("text: length must be between 2 and 5000");
  const review = call.seller.reviews.find((one) => one.id === id);
  const nowMs = state.host.clock.nowMs();
  const checked = { state: "reviewRequired" as const, settlesAtMs: nowMs + state.settings.moderationMs, via: "api" as const };
  if (review && kind === "first" && review.answer === null) review.answer = { text, createdAtMs: nowMs, edits: 0, ...checked };
  if (review?.answer && kind === "edit" && isEditable(state, review.answer)) {
    review.answer = { ...review.answer, text, edits: review.answer.edits + 1, ...checked };
  }
  return new Response(null, { status: 204 });
}

function readJson(text: string, problem: () => Error): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words are not the service's.
    throw problem();
  }
}
