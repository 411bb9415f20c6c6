import type { ExternalConversation, ExternalMessage } from "../../contract/records";
import { QUESTION_CHANNEL, REVIEW_CHANNEL } from "./channels";
import { toAttachment } from "./mapper";
import type { RemoteAnswer, RemoteComment, RemoteFeedback, RemoteQuestion } from "./schemas";

/**
 * Reviews and questions as conversations. Pure. Their ids are numbers of their own, so they are prefixed: `r:<feedbackId>` and
 * `q:<questionId>` are both the conversation and its first message; `r:<id>:<commentId>`, `q:<id>:<answerId>`,
 * `q:<id>:<answerId>:<commentId>` are what follows.
 */
export const reviewRef = (feedbackId: string) => `r:${feedbackId}`;
export const questionRef = (questionId: string) => `q:${questionId}`;
export const commentRef = (feedbackId: string, commentId: string) => `${reviewRef(feedbackId)}:${commentId}`;
export const answerRef = (questionId: string, answerId: string) => `${questionRef(questionId)}:${answerId}`;

/** What an external id is about, and the service's own id. */
export function parseRef(externalId: string): { readonly kind: "chat" | "review" | "question"; readonly id: string } | undefined {
  const match = /^(?:([rq]):)?(\d{1,20})$/.exec(externalId);
  const id = match?.[2];
  if (id === undefined) return undefined;
  return { kind: match?.[1] === "r" ? "review" : match?.[1] === "q" ? "question" : "chat", id };
}

function sideOf(authorType: string): readonly [ExternalMessage["side"], string] {
  if (authorType === "BUSINESS") return ["seller", "seller"];
  if (authorType === "BRAND" || authorType === "VENDOR") return ["system", authorType.toLowerCase()];
  // Other buyers comment and answer too; whoever it is, it is not us.
  return authorType === "USER" || authorType === "" ? ["buyer", "buyer"] : ["system", "other"];
}

function moderationOf(status: string): ExternalMessage["moderation"] {
  if (status === "PUBLISHED") return "passed";
  if (status === "UNMODERATED") return "pending";
  return status === "BANNED" ? "failed" : undefined;
}

/** Deleted texts are still listed in places; there is nothing to show of them. */
export const isGone = ({ status }: { readonly status: string }) => status === "DELETED";

/** Advantages, disadvantages and comment as one readable text; the labels are the ones buyers see. */
function reviewText({ description }: RemoteFeedback): string {
  const parts = [
    ["Достоинства", description?.advantages],
    ["Недостатки", description?.disadvantages],
    ["Комментарий", description?.comment],
  ] as const;
  const told = parts.filter(([, text]) => text !== undefined);
  if (told.length === 1 && told[0]?.[0] === "Комментарий") return told[0][1] ?? "";
  return told.map(([label, text]) => `${label}: ${text}`).join("\n");
}

export function toReview(remote: RemoteFeedback, comments: readonly ExternalMessage[], baseUrl: string): ExternalConversation {
  const externalId = reviewRef(remote.feedbackId);
  const media = [...(remote.media?.photos ?? []), ...(remote.media?.videos ?? [])];
  const first: ExternalMessage = {
    externalId,
    side: "buyer",
    authorKind: "buyer",
    text: reviewText(remote),
    attachments: media.map((url) => toMedia(url, remote.media?.photos.includes(url) === true, baseUrl)),
    sentAt: remote.createdAt,
    versionAt: remote.createdAt,
    orderNumber: remote.identifiers?.orderId,
    sku: remote.identifiers?.offerId,
  };
  return {
    externalId,
    channel: REVIEW_CHANNEL,
    createdAt: remote.createdAt,
    remoteStatus: "open",
    buyerName: remote.author,
    orderNumber: remote.identifiers?.orderId,
    sku: remote.identifiers?.offerId,
    rating: Math.min(5, Math.max(1, Math.round(remote.statistics.rating))),
    lastMessageId: comments.at(-1)?.externalId ?? externalId,
    messages: [first, ...comments],
  };
}

/** Addresses of pictures carry no file name and often no extension. */
function toMedia(url: string, isPhoto: boolean, baseUrl: string) {
  return { ...toAttachment({ name: "", url }, baseUrl), kind: isPhoto ? ("image" as const) : ("file" as const) };
}

/**
 * Comments carry no time. `sentAt` is what the caller knows best (when it was first seen); the version is the review's own time,
 * so that reading it again never moves it.
 */
export function toComment(remote: RemoteComment, review: Pick<RemoteFeedback, "feedbackId" | "createdAt">, sentAt: Date): ExternalMessage {
  const [side, authorKind] = sideOf(remote.author?.type ?? "");
  return {
    externalId: commentRef(review.feedbackId, remote.id),
    side,
    authorKind,
    authorRef: remote.author?.name,
    text: remote.text,
    attachments: [],
    sentAt,
    versionAt: review.createdAt,
    ...(side === "seller" ? { moderation: moderationOf(remote.status) } : {}),
  };
}

export function toQuestion(remote: RemoteQuestion, answers: readonly ExternalMessage[]): ExternalConversation {
  const externalId = questionRef(remote.questionIdentifiers.id);
  const first: ExternalMessage = {
    externalId,
    side: "buyer",
    authorKind: "buyer",
    text: remote.text,
    attachments: [],
    sentAt: remote.createdAt,
    versionAt: remote.createdAt,
    sku: remote.questionIdentifiers.offerId,
  };
  return {
    externalId,
    channel: QUESTION_CHANNEL,
    createdAt: remote.createdAt,
    remoteStatus: "open",
    buyerName: remote.author?.name,
    sku: remote.questionIdentifiers.offerId,
    lastMessageId: answers.at(-1)?.externalId ?? externalId,
    messages: [first, ...answers],
  };
}

/** An answer and the comments on it. */
export function toAnswers(remote: RemoteAnswer, questionId: string): ExternalMessage[] {
  const base = answerRef(questionId, remote.id);
  const text = (entry: Omit<RemoteAnswer, "comments">, externalId: string): ExternalMessage => {
    const [side, authorKind] = sideOf(entry.author?.type ?? "");
    return {
      externalId,
      side,
      authorKind,
      authorRef: entry.author?.name,
      text: entry.text,
      attachments: [],
      sentAt: entry.createdAt,
      versionAt: entry.createdAt,
      ...(side === "seller" ? { moderation: moderationOf(entry.status) } : {}),
    };
  };
  const comments = remote.comments.filter((comment) => !isGone(comment)).map((comment) => text(comment, `${base}:${comment.id}`));
  return isGone(remote) ? comments : [text(remote, base), ...comments];
}
