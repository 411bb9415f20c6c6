import { z } from "zod";
import { instant, int64, sortDir, whole } from "./body";
import { invalidArgument, notFound, permissionDenied } from "./errors";
import { type EntryStatus, type Reply, type Review, standingOf } from "./feedback";
import { addReply } from "./feedback-world";
import { type Method, method } from "./method";
import { settableStatus } from "./routes-question";
import type { OzonState, Seller } from "./state";

/** Where photos are served, below the simulator's own address; the real ones lie on a host of their own. */
export const IMAGE_PATH = "/cdn1/";
const MAX_COMMENT = 3_000;

const listInput = z.strictObject({
  filters: z
    .strictObject({
      order_status: z.enum(["ALL", "DELIVERED", "CANCELLED"]).optional(),
      published_from: instant.optional(),
      published_to: instant.optional(),
      skus: z.array(int64).max(1_000).optional(),
      status: z.enum(["ALL", "NEW", "VIEWED", "PROCESSED"]).optional(),
    })
    .optional(),
  last_id: z.string().optional(),
  limit: whole(20, 100),
  sort_dir: sortDir.optional(),
});
const infoInput = z.strictObject({ review_id: z.string().min(1) });
const statusInput = z.strictObject({ review_ids: z.array(z.string()).min(1).max(100), status: settableStatus });
const commentInput = z.strictObject({
  review_id: z.string().min(1),
  text: z.string(),
  parent_comment_id: z.string().optional(),
  mark_review_as_processed: z.boolean().optional(),
});
const commentListInput = z.strictObject({
  review_id: z.string().min(1).optional(),
  filter: z.strictObject({ sku: int64, published_from: instant.optional(), published_to: instant.optional() }).optional(),
  limit: whole(20, 100),
  offset: whole(0, 1_000_000).optional(),
  sort_dir: sortDir.optional(),
});
const commentDeleteInput = z.strictObject({ comment_id: z.string().min(1), sku: int64 });

/** Reviews: for the "Review management" subscription or Premium Pro. */
export function reviewMethods(state: OzonState): Method[] {
  const gated = (seller: Seller) => {
    if (!seller.reviewManagement && seller.subscription !== "PREMIUM_PRO") throw permissionDenied("not available with existing subscription");
    return seller;
  };
  return [
    method("/v2/review/list", listInput, (seller, input) => listReviews(gated(seller), input)),
    method("/v2/review/info", infoInput, (seller, input) => reviewInfo(reviewOf(gated(seller), input.review_id), state.host.baseUrl())),
    method("/v2/review/count", z.strictObject({}), (seller) => counts(gated(seller))),
    method("/v2/review/change-status", statusInput, (seller, input) => {
      const reviews = input.review_ids.map((id) => reviewOf(gated(seller), id));
      for (const review of reviews) review.status = input.status;
      return null;
    }),
    method("/v1/review/comment/create", commentInput, (seller, input) => createComment(state, gated(seller), input)),
    method("/v1/review/comment/list", commentListInput, (seller, input) => listComments(gated(seller), input, state.host.clock.nowMs())),
    method("/v2/review/comment/delete", commentDeleteInput, (seller, input) => deleteComment(gated(seller), input)),
  ];
}

function reviewOf(seller: Seller, id: string): Review {
  const review = seller.reviews.get(id);
  if (!review) throw notFound("review not found");
  return review;
}

function listReviews(seller: Seller, input: z.output<typeof listInput>): unknown {
  const filters = input.filters ?? {};
  const { status = "ALL", order_status: order = "ALL", published_from: from = 0, published_to: to = Number.POSITIVE_INFINITY } = filters;
  const skus = filters.skus === undefined || filters.skus.length === 0 ? null : new Set(filters.skus);
  const wantedStatus = (own: EntryStatus) => status === "ALL" || own === status;
  const { items, hasNext } = seller.reviews.page(
    (review) =>
      wantedStatus(review.status) &&
      (order === "ALL" || review.orderStatus === order) &&
      review.atMs >= from &&
      review.atMs <= to &&
      (skus === null || skus.has(String(review.sku))),
    { lastId: input.last_id ?? "", limit: input.limit, sortDir: input.sort_dir ?? "DESC" },
  );
  return { reviews: items.map(reviewJson), has_next: hasNext, last_id: items.at(-1)?.id ?? "" };
}

/** A rejected comment counts no more; one that waits for the moderators does. */
const commentsAmount = (review: Review) => review.replies.filter((reply) => reply.verdict !== "failed" || reply.decidedAtMs === null).length;

function reviewJson(review: Review): Record<string, unknown> {
  return {
    id: review.id,
    sku: review.sku,
    text: review.text,
    published_at: new Date(review.atMs).toISOString(),
    rating: review.rating,
    status: review.status,
    comments_amount: commentsAmount(review),
    photos_amount: review.photos,
    videos_amount: 0,
    order_status: review.orderStatus,
    is_rating_participant: true,
  };
}

function reviewInfo(review: Review, baseUrl: string): unknown {
  const photo = (index: number) => ({ url: `${baseUrl}${IMAGE_PATH}s3/rp-photo-1/${review.id}-${index + 1}.png`, width: 1_024, height: 768 });
  return {
    ...reviewJson(review),
    likes_amount: review.likes,
    dislikes_amount: 0,
    photos: Array.from({ length: review.photos }, (_, index) => photo(index)),
    videos: [],
  };
}

function counts(seller: Seller): unknown {
  const [fresh, viewed, processed] = [seller.reviews.count("NEW"), seller.reviews.count("VIEWED"), seller.reviews.count("PROCESSED")];
  return { total: fresh + viewed + processed, new: fresh, viewed, processed };
}

function createComment(state: OzonState, seller: Seller, input: z.output<typeof commentInput>): unknown {
  const length = [...input.text].length;
  if (input.text.trim() === "" || length > MAX_COMMENT)
    throw invalidArgument(`invalid CommentCreateRequest.Text: value length must be between 1 and ${MAX_COMMENT} runes`);
  const review = reviewOf(seller, input.review_id);
  const parentId = input.parent_comment_id ?? "";
  if (parentId !== "" && !review.replies.some((reply) => reply.id === parentId)) throw notFound("parent comment not found");
  const reply = addReply(state, seller, review, { text: input.text, from: "seller", via: "api", parentId });
  if (input.mark_review_as_processed === true) review.status = "PROCESSED";
  state.onSellerReply(seller, review.id);
  return { comment_id: reply.id };
}

function listComments(seller: Seller, input: z.output<typeof commentListInput>, nowMs: number): unknown {
  if ((input.review_id === undefined) === (input.filter === undefined)) throw invalidArgument("either review_id or filter.sku is required");
  const { filter } = input;
  const reviews =
    input.review_id === undefined ? seller.reviews.all().filter((review) => String(review.sku) === filter?.sku) : [reviewOf(seller, input.review_id)];
  const comments = reviews
    .flatMap((review) => review.replies)
    // "Comments that have passed moderation" (method description); a rejected one has been through it too.
    .filter((reply) => seller.quirks.pendingCommentsListed || standingOf(reply, nowMs) !== "pending")
    .filter((reply) => reply.atMs >= (filter?.published_from ?? 0) && reply.atMs <= (filter?.published_to ?? Number.POSITIVE_INFINITY))
    .sort((left, right) => (left.id < right.id ? -1 : 1) * (input.sort_dir === "DESC" ? -1 : 1));
  const offset = input.offset ?? 0;
  const page = comments.slice(offset, offset + input.limit);
  return { comments: page.map((reply) => commentJson(reply, nowMs)), offset: offset + page.length };
}

function commentJson(reply: Reply, nowMs: number): unknown {
  const standing = standingOf(reply, nowMs);
  const isRejected = standing === "failed" || standing === "duplicate";
  return {
    id: reply.id,
    text: reply.text,
    parent_comment_id: reply.parentId,
    is_owner: reply.from === "seller",
    is_official: reply.from === "seller",
    is_published: standing === "passed",
    is_rejected: isRejected,
    deviation_reason: isRejected ? "Комментарий нарушает правила площадки" : "",
    likes_amount: 0,
    dislikes_amount: 0,
    published_at: new Date(reply.atMs).toISOString(),
  };
}

function deleteComment(seller: Seller, input: z.output<typeof commentDeleteInput>): null {
  const review = seller.reviews.all().find((entry) => entry.replies.some((reply) => reply.id === input.comment_id && reply.from === "seller"));
  if (!review || String(review.sku) !== input.sku) throw notFound("comment not found");
  review.replies = review.replies.filter((reply) => reply.id !== input.comment_id);
  return null;
}
