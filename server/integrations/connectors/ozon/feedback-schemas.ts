import { z } from "zod";
import { count, flag, instant, listOf, maybeText, remoteId } from "./schemas";

/** Questions, reviews and what is written under them. Entries are parsed one by one, like chats. */
const remoteText = z
  .string()
  .nullish()
  .transform((text) => text ?? "");
const amount = count.nullish().transform((value) => value ?? 0);

export const questionSchema = z.object({
  id: z.string().min(1),
  sku: remoteId,
  text: remoteText,
  author_name: maybeText,
  published_at: instant,
  status: remoteText,
  answers_count: amount,
});
export type RemoteQuestion = z.output<typeof questionSchema>;
export const questionListSchema = z.object({ questions: listOf(z.unknown()), last_id: maybeText, has_next: flag.optional() });

export const answerSchema = z.object({
  id: z.string().min(1),
  author_name: maybeText,
  text: remoteText,
  published_at: instant,
  status_publication: maybeText,
});
export type RemoteAnswer = z.output<typeof answerSchema>;
export const answerListSchema = z.object({ answers: listOf(answerSchema), last_id: maybeText });
export const answerCreatedSchema = z.object({ answer_id: z.string().min(1) });

export const reviewSchema = z.object({
  id: z.string().min(1),
  sku: remoteId,
  text: remoteText,
  published_at: instant,
  rating: count,
  status: remoteText,
  comments_amount: amount,
  photos_amount: amount,
  videos_amount: amount,
});
export type RemoteReview = z.output<typeof reviewSchema>;
export const reviewListSchema = z.object({ reviews: listOf(z.unknown()), last_id: maybeText, has_next: flag.optional() });

const media = z.object({ url: z.string() });
export const reviewInfoSchema = reviewSchema.extend({ photos: listOf(media), videos: listOf(media) });
export type RemoteReviewInfo = z.output<typeof reviewInfoSchema>;

export const commentSchema = z.object({
  id: z.string().min(1),
  text: remoteText,
  published_at: instant,
  is_owner: z.boolean().nullish(),
  is_official: z.boolean().nullish(),
  is_published: z.boolean().nullish(),
  is_rejected: z.boolean().nullish(),
});
export type RemoteComment = z.output<typeof commentSchema>;
export const commentListSchema = z.object({ comments: listOf(commentSchema) });
export const commentCreatedSchema = z.object({ comment_id: z.string().min(1) });

/** Asked only to learn whether the subscription allows the method at all. */
export const countedSchema = z.object({}).loose();
