import { ConnectorError } from "../../../contract/errors";
import { checkText, refuse } from "../../../contract/outgoing";
import type { ChannelRules, ConnectorContext, OutgoingMessage, ReadConversationInput } from "../../../contract/ports";
import type { ExternalConversation } from "../../../contract/records";
import { type FeedbackClient, feedbackClient } from "../feedback-client";
import { entryId, hiddenComments, isPutAway, REVIEW_CHANNEL, reviewExternalId, toReview } from "../feedback-mapper";
import { type RemoteReview, reviewSchema } from "../feedback-schemas";
import { type FeedbackSource, mayHideReplies, oddEntry, type ReadEntry } from "./feedback-pull";

/** How long to leave a comment with the moderators before the next look. */
const MODERATION_WAIT_MS = 5 * 60_000;

export const reviewRules: ChannelRules = {
  channel: REVIEW_CHANNEL,
  kind: "review",
  stream: "reviews",
  minTextLength: 1,
  maxTextLength: 1_000,
  files: { allowed: false, maxBytes: 0, types: [] },
  starts: [],
  windows: [],
  actions: ["mark_viewed", "skip"],
  isModerated: true,
  deliveryStates: ["accepted", "confirmed"],
  source:
    "Ozon Seller API, /v2/review/*, /v1/review/comment/* (OpenAPI 2026-06-11, changes to 2026-10-01). The longest comment is not stated: 1000 is our own caution.",
};

/** Photos and comments are asked for only where the list says there are some. */
async function read(client: FeedbackClient, review: RemoteReview, baseUrl: string, isKnown: boolean): Promise<ReadEntry> {
  const hasMedia = review.photos_amount + review.videos_amount > 0;
  const comments = review.comments_amount > 0 || mayHideReplies(review, isKnown) ? await client.comments(review.id) : [];
  const conversation = toReview(hasMedia ? await client.review(review.id) : review, comments, baseUrl);
  return { conversation, isPending: hiddenComments(review, comments) > 0 || conversation.messages.some((message) => message.moderation === "pending") };
}

export function reviewSource(context: ConnectorContext): FeedbackSource {
  const client = feedbackClient(context);
  return {
    async list(query) {
      const page = await client.reviews(query);
      return { items: page.reviews, lastId: page.last_id, hasNext: page.has_next };
    },
    entry(raw) {
      const parsed = reviewSchema.safeParse(raw);
      if (!parsed.success) return oddEntry(raw, "ozon.review_shape", parsed.error);
      const review = parsed.data;
      return {
        externalId: reviewExternalId(review.id),
        messageId: review.id,
        answers: review.comments_amount,
        isPutAway: isPutAway(review.status, review.comments_amount),
        read: (isKnown) => read(client, review, context.baseUrl, isKnown),
      };
    },
  };
}

/**
 * With `since` somebody looks for a comment that may have been accepted. One that is still with the moderators is counted but
 * not shown, so "not there" would be a guess, and a second comment its price.
 * @throws ConnectorError `unavailable` `ozon.comment_in_moderation` in that case.
 */
export async function readReview(context: ConnectorContext, input: ReadConversationInput): Promise<ExternalConversation> {
  const client = feedbackClient(context);
  const review = await client.review(entryId(input.externalId));
  const comments = await client.comments(review.id);
  if (input.since !== undefined && hiddenComments(review, comments) > 0) {
    throw new ConnectorError("unavailable", "ozon.comment_in_moderation", { retryAfterMs: MODERATION_WAIT_MS });
  }
  return toReview(review, comments, context.baseUrl);
}

export async function commentReview(context: ConnectorContext, message: OutgoingMessage): Promise<{ readonly externalId: string }> {
  if (message.file !== undefined) refuse("ozon.no_files_here");
  const text = checkText("ozon", message.text, reviewRules);
  return { externalId: (await feedbackClient(context).createComment(entryId(message.conversationExternalId), text)).comment_id };
}

/** Looking at it must not undo that it was processed, so the status is asked first. */
export async function viewReview(context: ConnectorContext, externalId: string): Promise<void> {
  const client = feedbackClient(context);
  const id = entryId(externalId);
  if ((await client.review(id)).status === "NEW") await client.setReviewStatus(id, "VIEWED");
}

export async function skipReview(context: ConnectorContext, externalId: string): Promise<void> {
  await feedbackClient(context).setReviewStatus(entryId(externalId), "PROCESSED");
}
