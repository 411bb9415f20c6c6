import type { ExternalAttachment, ExternalConversation, ExternalMessage, ExternalProduct } from "../../contract/records";
import { FILE_PATH, OZON_BASE_URL } from "./endpoints";
import type { RemoteChat, RemoteFbsPosting, RemoteMessage, RemoteProduct } from "./schemas";

/** Remote chats, messages, postings and products ⇄ contract records. Pure. Accruals live in sale-lines.ts. */
export const CHANNEL = "ozon.chat";

const LOOKALIKES: Readonly<Record<string, string>> = {
  А: "A",
  В: "B",
  С: "C",
  Е: "E",
  Н: "H",
  К: "K",
  М: "M",
  О: "O",
  Р: "P",
  Т: "T",
  Х: "X",
  а: "a",
  с: "c",
  е: "e",
  о: "o",
  р: "p",
  х: "x",
  у: "y",
  к: "k",
};

/** The official samples print `Сustomer` with a Cyrillic С; enum words are compared after this. */
function latin(word: string): string {
  return [...word].map((letter) => LOOKALIKES[letter] ?? letter).join("");
}

/** `Buyer_Seller` of pushes and `BUYER_SELLER` of answers are the same word. */
export function isBuyerChat(chatType: string): boolean {
  return latin(chatType).toUpperCase().startsWith("BUYER_SELLER");
}

export function remoteStatus(status: string): ExternalConversation["remoteStatus"] {
  switch (latin(status).toUpperCase()) {
    case "OPENED":
      return "open";
    case "CLOSED":
      return "closed";
    default:
      return "unknown";
  }
}

const AUTHORS: Readonly<Record<string, readonly [ExternalMessage["side"], string]>> = {
  CUSTOMER: ["buyer", "buyer"],
  SELLER: ["seller", "seller"],
  CRM: ["system", "crm"],
  COURIER: ["system", "courier"],
  SUPPORT: ["system", "support"],
  NOTIFICATIONUSER: ["system", "notification"],
  CHATBOT: ["system", "bot"],
};

/** Who wrote; an unknown type is a system voice of kind "other". */
export function author(userType: string): { readonly side: ExternalMessage["side"]; readonly kind: string } {
  const [side, kind] =
    AUTHORS[
      latin(userType)
        .toUpperCase()
        .replace(/[^A-Z]/g, "")
    ] ?? (["system", "other"] as const);
  return { side, kind };
}

/** Path and query of a file of the service below its base URL, or undefined for any other address. */
export function filePath(url: string, baseUrl: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (parsed.username !== "" || parsed.password !== "") return undefined;
  for (const base of [baseUrl, OZON_BASE_URL]) {
    const prefix = new URL(base.replace(/\/$/, "") + FILE_PATH);
    if (parsed.origin !== prefix.origin || !parsed.pathname.startsWith(prefix.pathname)) continue;
    const rest = parsed.pathname.slice(prefix.pathname.length);
    // Encoded separators could climb out again behind the service's own router.
    if (!/^[\w.~!$&'()*+,;=:@/%-]+$/.test(rest) || /%2f|%5c|%2e|\.\./i.test(rest)) return undefined;
    return FILE_PATH + rest + parsed.search;
  }
  return undefined;
}

const MARKDOWN_LINK = /(!?)\[([^\]\n]*)\]\(\s*(https?:\/\/[^\s)]+)\s*\)/g;

/**
 * Takes the service's own files out of a Markdown text; foreign links stay in it as they are.
 * Addresses are kept in the service's canonical form, so that they outlive a change of the connection's base URL.
 */
export function splitAttachments(
  parts: readonly string[],
  baseUrl: string,
  moderation?: string,
): { readonly text: string; readonly attachments: readonly ExternalAttachment[] } {
  const attachments: ExternalAttachment[] = [];
  const text = parts
    .map((part) =>
      part.replace(MARKDOWN_LINK, (whole, bang: string, label: string, url: string) => {
        const path = filePath(url, baseUrl);
        if (path === undefined) return whole;
        const isImage = bang === "!";
        attachments.push({
          kind: isImage ? "image" : "file",
          url: OZON_BASE_URL + path,
          name: label.trim() || decodeName(path),
          moderation: isImage ? moderationOf(moderation) : undefined,
        });
        return "";
      }),
    )
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join("\n");
  return { text, attachments };
}

function moderationOf(status: string | undefined): ExternalAttachment["moderation"] {
  if (status === "SUCCESS") return "passed";
  if (status === "MODERATION") return "pending";
  return status === "FAILED" ? "failed" : undefined;
}

/** The last segment of an address; kept as it is when its escapes are broken. */
function decodeName(path: string): string {
  const last = path.split("?")[0]?.split("/").at(-1) ?? "";
  return /%(?![0-9a-f]{2})/i.test(last) ? last : decodeURIComponentSafely(last);
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** History has no edit time: an edited message comes with the same moment and another text. */
export function toMessage(remote: RemoteMessage, baseUrl: string): ExternalMessage {
  const who = author(remote.user?.type ?? "");
  const { text, attachments } = splitAttachments(remote.data, baseUrl, remote.moderate_image_status);
  return {
    externalId: remote.message_id,
    side: who.side,
    authorKind: who.kind,
    authorRef: remote.user?.id,
    text,
    attachments,
    sentAt: remote.created_at,
    versionAt: remote.created_at,
    isRead: remote.is_read ?? undefined,
    orderNumber: remote.context?.order_number,
    sku: remote.context?.sku,
  };
}

/** Message ids are numbers of up to 20 digits that grow with time. */
export function compareIds(left: string, right: string): number {
  return left.length === right.length ? (left < right ? -1 : left > right ? 1 : 0) : left.length - right.length;
}

function newerId(left: string | undefined, right: string | undefined): string | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return compareIds(left, right) >= 0 ? left : right;
}

/** Oldest first, each id once (pages overlap). */
export function inOrder(messages: readonly ExternalMessage[]): ExternalMessage[] {
  const byId = new Map(messages.map((message) => [message.externalId, message]));
  return [...byId.values()].sort((left, right) => compareIds(left.externalId, right.externalId));
}

export interface ConversationHead {
  readonly externalId: string;
  readonly createdAt?: Date | undefined;
  readonly remoteStatus: ExternalConversation["remoteStatus"];
  readonly lastMessageId?: string | undefined;
}

export function toHead(remote: RemoteChat): ConversationHead {
  return {
    externalId: remote.chat.chat_id,
    createdAt: remote.chat.created_at,
    remoteStatus: remoteStatus(remote.chat.chat_status),
    lastMessageId: remote.last_message_id,
  };
}

/** Buyer, order and product of a conversation are those of its newest message that names them. */
export function toConversation(head: ConversationHead, messages: readonly ExternalMessage[], now: Date): ExternalConversation {
  const newestFirst = [...messages].reverse();
  return {
    externalId: head.externalId,
    channel: CHANNEL,
    createdAt: head.createdAt ?? messages[0]?.sentAt ?? now,
    remoteStatus: head.remoteStatus,
    buyerRef: newestFirst.find((message) => message.side === "buyer")?.authorRef,
    orderNumber: newestFirst.find((message) => message.orderNumber !== undefined)?.orderNumber,
    sku: newestFirst.find((message) => message.sku !== undefined)?.sku,
    lastMessageId: newerId(head.lastMessageId, messages.at(-1)?.externalId),
    messages,
  };
}

/** rFBS is FBS delivered by the seller or a third party. */
export function schemaOfFbs(posting: Pick<RemoteFbsPosting, "tpl_integration_type">): "fbs" | "rfbs" {
  return posting.tpl_integration_type === undefined || posting.tpl_integration_type === "ozon" ? "fbs" : "rfbs";
}

/** Postings are `<order number>-<n>`, order numbers `24219509-0020` or plain digits. */
export function orderOfPosting(postingNumber: string): string | undefined {
  return /^(\d+(?:-\d{4,})?)-\d{1,3}$/.exec(postingNumber)?.[1];
}

export function toProduct(info: RemoteProduct): ExternalProduct {
  return {
    externalId: info.id,
    sku: info.sku ?? info.sources.find((source) => source.sku !== undefined)?.sku,
    offerId: info.offer_id,
    name: info.name ?? info.offer_id ?? info.id,
    imageUrl: info.primary_image?.[0] ?? info.images?.[0],
  };
}

/** A text as it may come back: Markdown escapes, entities and self-links undone, white space and line ends levelled. */
export function comparable(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\[(https?:\/\/[^\]\s]+)\]\(\1\)/g, "$1")
    .replace(/\\([\\`*_{}[\]()#+\-.!>~|<])/g, "$1")
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => ENTITIES[name] ?? " ")
    .replace(/\s+/g, " ")
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };
