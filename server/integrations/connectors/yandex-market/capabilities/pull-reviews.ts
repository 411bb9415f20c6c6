import type { ConnectorContext, MessagingPullInput, PullPage } from "../../../contract/ports";
import type { ExternalConversation } from "../../../contract/records";
import { type MarketClient, openMarket } from "../client";
import { afterReview, readComments } from "../feedback-read";
import { compareIds } from "../mapper";
import { reviewRef, toReview } from "../mapper-feedback";
import { feedbackSchema, type RemoteFeedback } from "../schemas";
import { type Entry, parseEntries, type Source, sweep } from "./pull-feedback";

const LIMIT = 50;
/** The service allows six months; older reviews are hardly commented any more. */
const WINDOW_MS = 60 * 86_400_000;

export async function pullReviews(context: ConnectorContext, input: MessagingPullInput): Promise<PullPage<ExternalConversation>> {
  const client = await openMarket(context);
  const source: Source = {
    maxWindowMs: WINDOW_MS,
    waitingHasReplies: true,
    // A buyer's comment puts the review back among those that wait.
    recheck: 0,
    async list({ waiting, from, pageToken }) {
      const page = await client.feedbacks({ limit: LIMIT, pageToken, needReaction: waiting, ...(waiting ? {} : { from }) });
      const { parsed, rejected } = parseEntries(page.feedbacks, feedbackSchema, "yandex-market.review_shape");
      return { entries: parsed.map((review) => entryOf(context, client, review)), rejected, next: page.paging };
    },
  };
  return sweep(context, input, source);
}

function entryOf(context: ConnectorContext, client: MarketClient, review: RemoteFeedback): Entry {
  const hasComments = (review.statistics.commentsCount ?? 0) > 0;
  return {
    externalId: reviewRef(review.feedbackId),
    mayHaveReplies: hasComments,
    isSettled: isPutAway(review),
    async read(detail, head) {
      if (!detail) return { conversation: reviewOf(review, [], context.baseUrl), rejected: [] };
      const isNew = (id: string) => head !== undefined && (head === reviewRef(review.feedbackId) || compareRefs(id, head) > 0);
      const past = afterReview(review);
      const now = context.clock.now();
      // Our clock may be behind the service's: what was just seen still stands after the review it is about.
      const seen = (id: string, place: number) => (isNew(id) && now > past(id, place) ? now : past(id, place));
      const { messages, rejected } = await readComments(client, review, seen);
      return { conversation: reviewOf(review, messages, context.baseUrl), rejected };
    },
  };
}

/** Nothing is wanted of us and nothing was said: skipped, here or in the cabinet. */
function isPutAway(review: RemoteFeedback): boolean {
  return review.needReaction === false && (review.statistics.commentsCount ?? 0) === 0;
}

export function reviewOf(review: RemoteFeedback, comments: ExternalConversation["messages"], baseUrl: string): ExternalConversation {
  return { ...toReview(review, comments, baseUrl), remoteStatus: isPutAway(review) ? "closed" : "open" };
}

/** `r:<review>:<comment>` of one review, by the number of the comment. */
function compareRefs(left: string, right: string): number {
  const numberOf = (ref: string) => ref.split(":").at(-1) ?? "";
  return compareIds(numberOf(left), numberOf(right));
}
