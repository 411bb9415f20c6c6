import type { ExternalAttachment, ExternalConversation, ExternalMessage } from "../../contract/records";
import type { RemoteQuestion, RemoteReview } from "./schemas";

/** Questions and reviews → contract records. Pure. */
export const QUESTION_CHANNEL = "wildberries.question";
export const REVIEW_CHANNEL = "wildberries.review";

const DAY_MS = 86_400_000;
/** A review nobody answered in this time goes to the archive (page of /feedbacks/archive). */
const ARCHIVED_AFTER_MS = 30 * DAY_MS;

export type AnswerModeration = NonNullable<ExternalMessage["moderation"]>;

/** One question or review as the sweeps see it. */
export interface AnswerItem {
  readonly externalId: string;
  readonly createdAt: Date;
  readonly answer?:
    | { readonly messageId: string; readonly moderation?: AnswerModeration | undefined; readonly isEdited: boolean; readonly at?: Date | undefined }
    | undefined;
  readonly isClosed: boolean;
  /** @param answeredAt when the answer was given, where the service does not tell. */
  toConversation(answeredAt: Date): ExternalConversation;
}

export const questionId = (id: string) => `q:${id}`;
export const reviewId = (id: string) => `r:${id}`;
export const answerId = (externalId: string) => `${externalId}:answer`;

/** The service's own id and the kind; undefined for a chat. */
export function splitId(externalId: string): { readonly kind: "question" | "review"; readonly id: string } | undefined {
  if (externalId.startsWith("q:")) return { kind: "question", id: externalId.slice(2) };
  return externalId.startsWith("r:") ? { kind: "review", id: externalId.slice(2) } : undefined;
}

export function isRejected(question: Pick<RemoteQuestion, "state">): boolean {
  return question.state === "none";
}

export function questionItem(question: RemoteQuestion): AnswerItem {
  const externalId = questionId(question.id);
  const { answer } = question;
  const rejected = isRejected(question);
  const isEdited = answer?.editable === false;
  const at = answer?.createDate;
  // Turned down: nobody waits for us there. An answered one stays open, its answer may be replaced.
  const isClosed = rejected;
  return {
    externalId,
    createdAt: question.createdDate,
    ...(answer ? { answer: { messageId: answerId(externalId), isEdited, at } } : {}),
    isClosed,
    toConversation: (answeredAt) => {
      const sentAt = at ?? answeredAt;
      const messages = [
        buyerMessage(externalId, question.text, [], question.createdDate),
        ...(answer ? [sellerMessage(externalId, answer.text, sentAt, versionOf(at ?? question.createdDate, isEdited, rejected), undefined)] : []),
      ];
      return { ...frame(externalId, QUESTION_CHANNEL, question, isClosed), lastMessageId: messages.at(-1)?.externalId, messages };
    },
  };
}

export function reviewItem(review: RemoteReview, now: Date): AnswerItem {
  const externalId = reviewId(review.id);
  const { answer } = review;
  const moderation = answer ? moderationOf(answer.state) : undefined;
  const isEdited = answer?.editable === false;
  const isClosed = !answer && isArchived(review, now);
  return {
    externalId,
    createdAt: review.createdDate,
    ...(answer ? { answer: { messageId: answerId(externalId), moderation, isEdited } } : {}),
    isClosed,
    toConversation: (answeredAt) => {
      const messages = [
        buyerMessage(externalId, reviewText(review), photos(review), review.createdDate),
        ...(answer ? [sellerMessage(externalId, answer.text, answeredAt, versionOf(review.createdDate, isEdited, moderation !== "pending"), moderation)] : []),
      ];
      return {
        ...frame(externalId, REVIEW_CHANNEL, review, isClosed),
        buyerName: review.userName,
        ...(ratingOf(review) === undefined ? {} : { rating: ratingOf(review) }),
        lastMessageId: messages.at(-1)?.externalId,
        messages,
      };
    },
  };
}

function frame(externalId: string, channel: string, source: RemoteQuestion | RemoteReview, isClosed: boolean) {
  return {
    externalId,
    channel,
    createdAt: source.createdDate,
    remoteStatus: isClosed ? ("closed" as const) : ("open" as const),
    sku: source.productDetails?.nmId,
    productName: source.productDetails?.productName,
  };
}

function buyerMessage(externalId: string, text: string, attachments: readonly ExternalAttachment[], at: Date): ExternalMessage {
  return { externalId, side: "buyer", authorKind: "buyer", text, attachments, sentAt: at, versionAt: at };
}

function sellerMessage(externalId: string, text: string, sentAt: Date, versionAt: Date, moderation: AnswerModeration | undefined): ExternalMessage {
  const message = { externalId: answerId(externalId), side: "seller" as const, authorKind: "seller", text, attachments: [], sentAt, versionAt };
  return moderation === undefined ? message : { ...message, moderation };
}

/**
 * The service keeps no time of an edit, but an answer can be edited once and its moderation ends once: what comes later
 * in that order is the newer version, whenever it is read.
 */
function versionOf(base: Date, isEdited: boolean, isSettled: boolean): Date {
  return new Date(base.getTime() + (isEdited ? 2 : 0) + (isSettled ? 1 : 0));
}

/** none = new, reviewRequired = being checked, wbRu = on the site, rejected. */
function moderationOf(state: string): AnswerModeration | undefined {
  if (state === "none" || state === "reviewRequired") return "pending";
  if (state === "wbRu") return "passed";
  return state === "rejected" ? "failed" : undefined;
}

/** Archived without an answer: 30 days old, or nothing in it to answer. */
function isArchived(review: RemoteReview, now: Date): boolean {
  const isBare = review.text === undefined && review.pros === undefined && review.cons === undefined && review.photoLinks.length === 0 && !review.video;
  return isBare || now.getTime() - review.createdDate.getTime() > ARCHIVED_AFTER_MS;
}

function ratingOf(review: RemoteReview): number | undefined {
  const stars = review.productValuation;
  return typeof stars === "number" && Number.isInteger(stars) && stars >= 1 && stars <= 5 ? stars : undefined;
}

/** The parts under the headings the service's own page shows them with. */
function reviewText(review: RemoteReview): string {
  const stars = ratingOf(review);
  const parts = [
    stars === undefined ? undefined : "★".repeat(stars) + "☆".repeat(5 - stars),
    review.text,
    review.pros === undefined ? undefined : `Достоинства: ${review.pros}`,
    review.cons === undefined ? undefined : `Недостатки: ${review.cons}`,
    review.bables.length === 0 ? undefined : `Теги: ${review.bables.join(", ")}`,
    review.video ? `Видео${typeof review.video.durationSec === "number" ? `, ${review.video.durationSec} с` : ""}` : undefined,
  ];
  return parts.filter((part) => part !== undefined).join("\n");
}

function photos(review: RemoteReview): ExternalAttachment[] {
  return review.photoLinks.flatMap(({ fullSize, miniSize }, index) => {
    const url = fullSize ?? miniSize;
    return url === undefined ? [] : [{ kind: "image" as const, url, name: `photo-${index + 1}.${/\.(webp|png|jpe?g)$/i.exec(url)?.[1] ?? "webp"}` }];
  });
}
