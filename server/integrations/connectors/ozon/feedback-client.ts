import { RawInteger } from "@/lib/json";
import type { ConnectorContext } from "../../contract/ports";
import { ozonCaller } from "./caller";
import { ENDPOINTS } from "./endpoints";
import {
  answerCreatedSchema,
  answerListSchema,
  commentCreatedSchema,
  commentListSchema,
  countedSchema,
  questionListSchema,
  questionSchema,
  type RemoteAnswer,
  type RemoteComment,
  reviewInfoSchema,
  reviewListSchema,
} from "./feedback-schemas";

const PAGE = 100;
/** One entry has a handful of answers; this many pages of them are a loop. */
const MAX_PAGES = 50;

export interface FeedbackQuery {
  /** Only what nobody has looked at. */
  readonly newOnly: boolean;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly lastId: string;
}

export type FeedbackClient = ReturnType<typeof feedbackClient>;

/** One method per remote endpoint of questions and reviews; newest entries first, answers oldest first as they come. */
export function feedbackClient(context: Pick<ConnectorContext, "credentials" | "http">) {
  const { call, tell } = ozonCaller(context);
  return {
    questions: (query: FeedbackQuery) =>
      call(
        ENDPOINTS.questionList,
        {
          filter: { status: query.newOnly ? "NEW" : "ALL", ...between("date_from", "date_to", query) },
          last_id: query.lastId,
          limit: PAGE,
          sort_dir: "DESC",
        },
        questionListSchema,
      ),
    question: (questionId: string) => call(ENDPOINTS.questionInfo, { question_id: questionId }, questionSchema),
    countQuestions: () => call(ENDPOINTS.questionCount, {}, countedSchema),
    setQuestionStatus: (questionId: string, status: "VIEWED" | "PROCESSED") => tell(ENDPOINTS.questionStatus, { question_ids: [questionId], status }),

    /** All of them; the page size is the service's own. */
    async answers(questionId: string, sku: string): Promise<readonly RemoteAnswer[]> {
      const answers: RemoteAnswer[] = [];
      let lastId = "";
      for (let pages = 0; pages < MAX_PAGES; pages += 1) {
        const page = await call(ENDPOINTS.answerList, { question_id: questionId, sku: new RawInteger(sku), last_id: lastId }, answerListSchema);
        answers.push(...page.answers);
        if (page.answers.length === 0 || page.last_id === undefined || page.last_id === lastId) break;
        lastId = page.last_id;
      }
      return answers;
    },
    createAnswer: (questionId: string, sku: string, text: string) =>
      call(ENDPOINTS.answerCreate, { question_id: questionId, sku: new RawInteger(sku), text }, answerCreatedSchema, "write"),

    reviews: (query: FeedbackQuery) =>
      call(
        ENDPOINTS.reviewList,
        {
          filters: { status: query.newOnly ? "NEW" : "ALL", ...between("published_from", "published_to", query) },
          last_id: query.lastId,
          limit: PAGE,
          sort_dir: "DESC",
        },
        reviewListSchema,
      ),
    review: (reviewId: string) => call(ENDPOINTS.reviewInfo, { review_id: reviewId }, reviewInfoSchema),
    countReviews: () => call(ENDPOINTS.reviewCount, {}, countedSchema),
    setReviewStatus: (reviewId: string, status: "VIEWED" | "PROCESSED") => tell(ENDPOINTS.reviewStatus, { review_ids: [reviewId], status }),

    async comments(reviewId: string): Promise<readonly RemoteComment[]> {
      const comments: RemoteComment[] = [];
      for (let pages = 0; pages < MAX_PAGES; pages += 1) {
        const page = await call(ENDPOINTS.commentList, { review_id: reviewId, limit: PAGE, offset: comments.length, sort_dir: "ASC" }, commentListSchema);
        comments.push(...page.comments);
        if (page.comments.length < PAGE) break;
      }
      return comments;
    },
    /** The review counts as processed from then on. */
    createComment: (reviewId: string, text: string) =>
      call(ENDPOINTS.commentCreate, { review_id: reviewId, text, mark_review_as_processed: true }, commentCreatedSchema, "write"),
  };
}

function between(fromName: string, toName: string, { from, to }: FeedbackQuery): Readonly<Record<string, string>> {
  return { ...(from === undefined ? {} : { [fromName]: from.toISOString() }), ...(to === undefined ? {} : { [toName]: to.toISOString() }) };
}
