import { z } from "zod";
import { badRequest, notFound } from "./errors";
import type { Events } from "./events";
import { hourly, int64, type Method, method, ok, paged, pageOf, SCOPES } from "./method";
import { type Business, type Feedback, type FeedbackComment, stamp, type YandexState } from "./state";

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const listBody = z.strictObject({
  feedbackIds: z.array(int64).min(1).max(50).nullish(),
  dateTimeFrom: instant.optional(),
  dateTimeTo: instant.optional(),
  reactionStatus: z.enum(["ALL", "NEED_REACTION"]).optional(),
  ratingValues: z.array(z.number().int().min(1).max(5)).min(1).max(5).nullish(),
  offerIds: z.array(z.string().min(1).max(255)).min(1).max(20).nullish(),
  paid: z.boolean().optional(),
});
const updateBody = z.strictObject({
  feedbackId: int64,
  comment: z.strictObject({ id: int64.optional(), parentId: int64.optional(), text: z.string().min(1).max(4_096) }),
});
/** Six months, generously. */
const MAX_SPAN_MS = 184 * 86_400_000;
/** "Must not contain shop contacts or links outside Market": what the simulator refuses of it. */
const CONTACTS = /https?:\/\/(?!(www\.)?market\.yandex\.ru)|\+7[\d\s()-]{10,}/i;

/** Reviews of goods and their comments. */
export function feedbackMethods(state: YandexState, events: Events): Method[] {
  const base = "/v2/businesses/{businessId}/goods-feedback";
  return [
    method({
      path: base,
      scopes: SCOPES.talkRead,
      quota: hourly(5_000, 10_000),
      query: z.object(paged(50, 25)),
      body: listBody,
      answer: ({ business, body, query }) => {
        const { page, paging } = pageOf(listed(business, body, state.host.clock.nowMs()), query, (feedback) => String(feedback.feedbackId));
        return ok({ feedbacks: page.map(feedbackJson), paging });
      },
    }),
    method({
      path: `${base}/comments`,
      scopes: SCOPES.talkRead,
      quota: hourly(5_000, 10_000),
      query: z.object({ ...paged(50, 25), sourceType: z.enum(["SELLER", "ADVERTISER"]).optional() }),
      body: z.strictObject({ feedbackId: int64.optional(), commentIds: z.array(int64).min(1).max(50).nullish() }),
      answer: ({ business, body, query }) => {
        if (body.feedbackId === undefined && !body.commentIds) throw badRequest("feedbackId or commentIds is required", "MISSING_PARAM");
        const about = body.feedbackId === undefined ? business.feedbacks : [feedbackOf(business, body.feedbackId)];
        const all = about.flatMap((feedback) => feedback.comments.filter(({ status }) => status !== "DELETED").map((comment) => ({ feedback, comment })));
        const wanted = body.commentIds ? all.filter(({ comment }) => body.commentIds?.includes(String(comment.id))) : all;
        const { page, paging } = pageOf(wanted, query, ({ comment }) => String(comment.id));
        return ok({ comments: page.map(({ feedback, comment }) => commentJson(feedback, comment)), paging });
      },
    }),
    method({
      path: `${base}/comments/update`,
      scopes: SCOPES.talkWrite,
      quota: hourly(1_000),
      body: updateBody,
      answer: ({ business, body }) => {
        const feedback = feedbackOf(business, body.feedbackId);
        if (CONTACTS.test(body.comment.text)) throw badRequest("Comment must not contain contacts or links", "INVALID_COMMENT");
        const { id, parentId, text } = body.comment;
        if (id !== undefined) return ok(commentJson(feedback, editComment(feedback, id, text)));
        if (parentId !== undefined && !feedback.comments.some((comment) => String(comment.id) === parentId)) throw notFound("Parent comment not found");
        const parent = parentId === undefined ? null : Number(parentId);
        return ok(
          commentJson(feedback, events.comment(business, feedback, { text, parentId: parent, author: { type: "BUSINESS", name: business.name }, via: "api" })),
        );
      },
    }),
    method({
      path: `${base}/comments/delete`,
      scopes: SCOPES.talkWrite,
      quota: hourly(1_000),
      body: z.strictObject({ id: int64 }),
      answer: ({ business, body }) => {
        const comment = business.feedbacks.flatMap((feedback) => feedback.comments).find((entry) => String(entry.id) === body.id);
        if (comment?.author.type !== "BUSINESS") throw notFound("Comment not found");
        comment.status = "DELETED";
        return { status: "OK" };
      },
    }),
    method({
      path: `${base}/skip-reaction`,
      scopes: SCOPES.talkWrite,
      quota: hourly(500, 1_000),
      body: z.strictObject({ feedbackIds: z.array(int64).min(1).max(50) }),
      answer: ({ business, body }) => {
        for (const feedback of body.feedbackIds.map((id) => feedbackOf(business, id))) {
          feedback.skipped = feedback.needReaction || feedback.skipped;
          feedback.needReaction = false;
        }
        return { status: "OK" };
      },
    }),
  ];
}

function feedbackOf(business: Business, feedbackId: string): Feedback {
  const feedback = business.feedbacks.find((candidate) => String(candidate.feedbackId) === feedbackId);
  if (feedback === undefined) throw notFound(`Feedback ${feedbackId} not found`);
  return feedback;
}

function listed(business: Business, filter: z.output<typeof listBody>, nowMs: number): Feedback[] {
  const { feedbackIds, ...others } = filter;
  if (feedbackIds) {
    if (Object.values(others).some((value) => value !== undefined && value !== null)) throw badRequest("feedbackIds must not be used with other filters");
    return business.feedbacks.filter((feedback) => feedbackIds.includes(String(feedback.feedbackId)));
  }
  const to = filter.dateTimeTo ?? nowMs + 1;
  const from = filter.dateTimeFrom ?? to - MAX_SPAN_MS;
  if (to - from > MAX_SPAN_MS) throw badRequest("Date interval must not exceed 6 months");
  return business.feedbacks.filter(
    (feedback) =>
      feedback.createdAtMs > from &&
      feedback.createdAtMs < to &&
      (filter.reactionStatus !== "NEED_REACTION" || feedback.needReaction) &&
      (!filter.ratingValues || filter.ratingValues.includes(feedback.rating)) &&
      (!filter.offerIds || filter.offerIds.includes(feedback.offerId)),
  );
}

function editComment(feedback: Feedback, id: string, text: string): FeedbackComment {
  const comment = feedback.comments.find((candidate) => String(candidate.id) === id && candidate.author.type === "BUSINESS" && candidate.status !== "DELETED");
  if (comment === undefined) throw notFound("Comment not found");
  comment.text = text;
  comment.status = "UNMODERATED";
  return comment;
}

function feedbackJson(feedback: Feedback): unknown {
  const { advantages, disadvantages, comment, photos } = feedback;
  return {
    feedbackId: feedback.feedbackId,
    createdAt: stamp(feedback.createdAtMs),
    needReaction: feedback.needReaction,
    identifiers: { ...(feedback.orderId === null ? {} : { orderId: feedback.orderId }), offerId: feedback.offerId },
    ...(feedback.author === "" ? {} : { author: feedback.author }),
    description: { ...(advantages && { advantages }), ...(disadvantages && { disadvantages }), ...(comment && { comment }) },
    ...(photos.length === 0 ? {} : { media: { photos } }),
    statistics: {
      rating: feedback.rating,
      commentsCount: feedback.comments.filter(({ status }) => status !== "DELETED").length,
      recommended: feedback.rating > 3,
    },
  };
}

function commentJson(feedback: Feedback, comment: FeedbackComment): unknown {
  return {
    id: comment.id,
    text: comment.text,
    canModify: comment.author.type === "BUSINESS",
    ...(comment.parentId === null ? {} : { parentId: comment.parentId }),
    author: comment.author,
    status: comment.status,
    feedbackId: feedback.feedbackId,
  };
}
