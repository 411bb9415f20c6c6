import type { ExternalAttachment, ExternalConversation, ExternalMessage } from "../../contract/records";
import { HOSTS } from "./endpoints";
import type { RemoteAnswer, RemoteComment, RemoteQuestion, RemoteReview, RemoteReviewInfo } from "./feedback-schemas";

/** Remote questions and reviews ⇄ contract records. Pure. */
export const QUESTION_CHANNEL = "ozon.question";
export const REVIEW_CHANNEL = "ozon.review";

type Moderation = ExternalMessage["moderation"];

export const questionExternalId = (id: string) => `q:${id}`;
export const reviewExternalId = (id: string) => `r:${id}`;

/** The service's own id behind one of ours. */
export function entryId(externalId: string): string {
  return externalId.replace(/^[qr]:/, "");
}

/** Which channel an id belongs to, where a caller does not say. */
export function channelOfId(externalId: string): string | undefined {
  if (externalId.startsWith("q:")) return QUESTION_CHANNEL;
  return externalId.startsWith("r:") ? REVIEW_CHANNEL : undefined;
}

/** Put away without an answer: nobody waits for us there. */
export function isPutAway(status: string, answers: number): boolean {
  return status.toUpperCase() === "PROCESSED" && answers === 0;
}

/** Other buyers may answer a question too; they are printed like askers, without a shop's name [I]. */
const ANONYMOUS = /^(пользователь|покупатель|user|customer)(\s|$)/iu;

function isBuyerName(name: string | undefined, asker: string | undefined): boolean {
  return name !== undefined && (ANONYMOUS.test(name.trim()) || name === asker);
}

function answerModeration(status: string | undefined): Moderation {
  switch (status) {
    case "PUBLISHED":
      return "passed";
    case "AWAITING_MODERATION":
      return "pending";
    case "MODERATION_FAILED":
    case "DUPLICATE":
      return "failed";
    default:
      return undefined;
  }
}

/** @param answers as listed, oldest first or not. */
export function toQuestion(question: RemoteQuestion, answers: readonly RemoteAnswer[]): ExternalConversation {
  const asked: ExternalMessage = {
    externalId: question.id,
    side: "buyer",
    authorKind: "buyer",
    authorRef: question.author_name,
    text: question.text,
    attachments: [],
    sentAt: question.published_at,
    versionAt: question.published_at,
    sku: question.sku,
  };
  const messages = answers.map((answer): ExternalMessage => {
    const side = isBuyerName(answer.author_name, question.author_name) ? "buyer" : "seller";
    return {
      externalId: answer.id,
      side,
      authorKind: side,
      authorRef: answer.author_name,
      text: answer.text,
      attachments: [],
      sentAt: answer.published_at,
      versionAt: answer.published_at,
      ...(side === "seller" ? { moderation: answerModeration(answer.status_publication) } : {}),
    };
  });
  return {
    externalId: questionExternalId(question.id),
    channel: QUESTION_CHANNEL,
    createdAt: question.published_at,
    remoteStatus: isPutAway(question.status, Math.max(question.answers_count, answers.length)) ? "closed" : "open",
    buyerName: question.author_name,
    sku: question.sku,
    remoteContext: { sku: question.sku },
    messages: [asked, ...byTime(messages)],
  };
}

/** Photos the image host serves become attachments; everything else stays a link in the text. */
export function toReview(review: RemoteReview | RemoteReviewInfo, comments: readonly RemoteComment[], baseUrl: string): ExternalConversation {
  const photos = "photos" in review ? review.photos.map((photo) => photo.url) : [];
  const attachments = photos.flatMap((url, index): ExternalAttachment[] => {
    const image = imageOf(url, baseUrl);
    return image === undefined ? [] : [{ kind: "image", url: image.url, name: `photo-${index + 1}${/\.\w{3,4}$/.exec(image.path)?.[0] ?? ""}` }];
  });
  const links = [...photos.filter((url) => imageOf(url, baseUrl) === undefined), ...("videos" in review ? review.videos.map((video) => video.url) : [])];
  const written: ExternalMessage = {
    externalId: review.id,
    side: "buyer",
    authorKind: "buyer",
    text: reviewText(review, links, attachments.length),
    attachments,
    sentAt: review.published_at,
    versionAt: review.published_at,
    sku: review.sku,
  };
  const messages = byTime(comments.map(toComment));
  return {
    externalId: reviewExternalId(review.id),
    channel: REVIEW_CHANNEL,
    createdAt: review.published_at,
    remoteStatus: isPutAway(review.status, Math.max(review.comments_amount, comments.length)) ? "closed" : "open",
    sku: review.sku,
    rating: starsOf(review.rating),
    messages: [written, ...messages],
  };
}

/** How many comments the service counts but does not show: they are still with the moderators [I]. */
export function hiddenComments(review: Pick<RemoteReview, "comments_amount">, comments: readonly RemoteComment[]): number {
  return Math.max(0, review.comments_amount - comments.length);
}

function starsOf(rating: number): number | undefined {
  return Number.isInteger(rating) && rating >= 1 && rating <= 5 ? rating : undefined;
}

/** A review of stars alone still says something. */
function reviewText(review: RemoteReview, links: readonly string[], pictures: number): string {
  const stars = starsOf(review.rating);
  const said = review.text.trim() === "" && links.length + pictures === 0 && stars !== undefined ? "★".repeat(stars) + "☆".repeat(5 - stars) : review.text;
  return [said, ...links].filter((line) => line.trim() !== "").join("\n");
}

function toComment(comment: RemoteComment): ExternalMessage {
  const side = comment.is_owner === true ? "seller" : comment.is_official === true ? "system" : "buyer";
  const moderation: Moderation = comment.is_rejected === true ? "failed" : comment.is_published === true ? "passed" : "pending";
  return {
    externalId: comment.id,
    side,
    authorKind: side === "system" ? "official" : side,
    text: comment.text,
    attachments: [],
    sentAt: comment.published_at,
    versionAt: comment.published_at,
    ...(side === "seller" ? { moderation } : {}),
  };
}

function byTime(messages: readonly ExternalMessage[]): ExternalMessage[] {
  return [...messages].sort((left, right) => left.sentAt.getTime() - right.sentAt.getTime() || (left.externalId < right.externalId ? -1 : 1));
}

/**
 * A picture of the image host: its canonical address, and host and path to fetch it by; undefined for any other address.
 * @param baseUrl the connection's own: a sandbox serves the host below it.
 */
export function imageOf(url: string, baseUrl: string): { readonly url: string; readonly host: string; readonly path: string } | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (parsed.username !== "" || parsed.password !== "" || parsed.search !== "") return undefined;
  for (const [host, canonical] of Object.entries(HOSTS)) {
    for (const base of [canonical, `${baseUrl.replace(/\/$/, "")}/${host}`]) {
      const prefix = new URL(base);
      const root = prefix.pathname.replace(/\/$/, "");
      if (parsed.origin !== prefix.origin || !parsed.pathname.startsWith(`${root}/`)) continue;
      const path = parsed.pathname.slice(root.length);
      if (/^\/[\w./-]+$/.test(path) && !path.includes("..")) return { url: canonical + path, host, path };
    }
  }
  return undefined;
}
