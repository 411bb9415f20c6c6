import type { ExternalAttachment, ExternalConversation, ExternalMessage } from "../../contract/records";
import type { RemoteIssue } from "./schemas";

/** Questions of buyers ("Satıcıya Sor") → contract records. Pure. */
export const QUESTION_CHANNEL = "hepsiburada.question";

/** Their words for one that takes no more answers: turned down by us, or run out of its business day. */
const CLOSED: readonly string[] = ["Rejected", "AutoClosed"];

export const isClosed = (issue: Pick<RemoteIssue, "status">) => CLOSED.includes(issue.status);

export function hasExpired(issue: Pick<RemoteIssue, "expireDate">, now: Date): boolean {
  return issue.expireDate !== undefined && issue.expireDate <= now;
}

type RemoteConversation = RemoteIssue["conversations"][number];

/** Buyers have no names here, only a number. */
export function toConversation(issue: RemoteIssue): ExternalConversation {
  const messages = [...issue.conversations].sort((left, right) => left.createdAt.getTime() - right.createdAt.getTime()).map((entry) => toMessage(entry, issue));
  return {
    externalId: issue.issueNumber,
    channel: QUESTION_CHANNEL,
    createdAt: issue.createdAt,
    remoteStatus: isClosed(issue) ? "closed" : "open",
    buyerRef: issue.customerId,
    orderNumber: issue.orderNumber,
    sku: issue.product?.sku,
    productName: issue.product?.name,
    lastMessageId: messages.at(-1)?.externalId,
    messages,
    remoteContext: issue.expireDate === undefined ? {} : { expireDate: issue.expireDate.toISOString() },
  };
}

function toMessage(entry: RemoteConversation, issue: RemoteIssue): ExternalMessage {
  const author = entry.from.toLowerCase();
  const side = author === "customer" ? "buyer" : author === "merchant" ? "seller" : "system";
  return {
    externalId: entry.id,
    side,
    authorKind: side === "system" ? author : side,
    text: entry.content,
    attachments: entry.files.flatMap(toAttachment),
    sentAt: entry.createdAt,
    versionAt: entry.lastModifiedAt ?? entry.createdAt,
    orderNumber: issue.orderNumber,
    sku: issue.product?.sku,
  };
}

/** What a file looks like nobody has told: an address under one of the usual names, or nothing [I]. */
function toAttachment(file: unknown): ExternalAttachment[] {
  const fields = typeof file === "object" && file !== null ? (file as Readonly<Record<string, unknown>>) : { url: file };
  const url = [fields["url"], fields["fileUrl"], fields["path"]].find((value): value is string => typeof value === "string" && /^https:\/\//.test(value));
  if (url === undefined || !URL.canParse(url)) return [];
  const name = readable(new URL(url).pathname.split("/").at(-1) ?? "") || "file";
  return [{ kind: /\.(jpe?g|png|bmp|gif|webp)$/i.test(name) ? "image" : "file", url, name }];
}

function readable(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}

/** As the service may have trimmed it. */
export const comparable = (text: string) => text.replace(/\r\n?/g, "\n").normalize("NFC").trim();
