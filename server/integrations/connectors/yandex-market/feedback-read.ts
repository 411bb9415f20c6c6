import { z } from "zod";
import type { ExternalMessage, RejectedRecord } from "../../contract/records";
import type { MarketClient } from "./client";
import { compareIds, inOrder } from "./mapper";
import { commentRef, isGone, toAnswers, toComment } from "./mapper-feedback";
import { answerSchema, commentSchema, type RemoteFeedback } from "./schemas";

const LIMIT = 50;

interface Replies {
  /** Oldest first, each once. */
  readonly messages: readonly ExternalMessage[];
  readonly rejected: readonly RejectedRecord[];
}

/** Reads every page of a list and parses its entries one by one. */
async function readAll<T>(
  read: (pageToken: string | undefined) => Promise<{ readonly entries: readonly unknown[]; readonly next: string | undefined }>,
  schema: z.ZodType<T>,
  about: string,
): Promise<{ readonly entries: readonly T[]; readonly rejected: readonly RejectedRecord[] }> {
  const entries: T[] = [];
  const rejected: RejectedRecord[] = [];
  let pageToken: string | undefined;
  for (;;) {
    const page = await read(pageToken);
    for (const raw of page.entries) {
      const parsed = schema.safeParse(raw);
      if (parsed.success) entries.push(parsed.data);
      else
        rejected.push({
          kind: "message",
          payload: { about, message: raw },
          errorCode: "yandex-market.message_shape",
          errorText: z.prettifyError(parsed.error).slice(0, 500),
        });
    }
    if (page.next === undefined || page.next === pageToken) return { entries, rejected };
    pageToken = page.next;
  }
}

/**
 * The comments of a review.
 * @param seen tells when a comment was written as well as anybody can: the service does not say.
 */
export async function readComments(client: MarketClient, review: RemoteFeedback, seen: (externalId: string, place: number) => Date): Promise<Replies> {
  const { entries, rejected } = await readAll(
    async (pageToken) => {
      const page = await client.comments(review.feedbackId, { pageToken, limit: LIMIT });
      return { entries: page.comments, next: page.paging };
    },
    commentSchema,
    review.feedbackId,
  );
  const living = [...new Map(entries.filter((comment) => !isGone(comment)).map((comment) => [comment.id, comment])).values()];
  const ordered = living.sort((left, right) => compareIds(left.id, right.id));
  const messages = ordered.map((comment, place) => toComment(comment, review, seen(commentRef(review.feedbackId, comment.id), place)));
  return { messages, rejected };
}

/** The answers to a question and what was said about them. */
export async function readAnswers(client: MarketClient, questionId: string): Promise<Replies> {
  const { entries, rejected } = await readAll(
    async (pageToken) => {
      const page = await client.answers(questionId, { pageToken, limit: LIMIT });
      return { entries: page.answers, next: page.paging };
    },
    answerSchema,
    questionId,
  );
  return { messages: inOrder(entries.flatMap((answer) => toAnswers(answer, questionId))), rejected };
}

/** When a comment of a review nobody has looked at before was written: after the review, in the order of their ids. */
export function afterReview(review: Pick<RemoteFeedback, "createdAt">): (externalId: string, place: number) => Date {
  return (_, place) => new Date(review.createdAt.getTime() + (place + 1) * 1_000);
}
