import type { ExternalAttachment, ExternalConversation, ExternalMessage, ExternalProduct } from "../../contract/records";
import { CHANNEL } from "./channels";
import { YANDEX_BASE_URL, YANDEX_HOSTS } from "./endpoints";
import { placementOf, schemaOf } from "./facts";
import type { RemoteChat, RemoteChatContext, RemoteMessage, RemoteOffer } from "./schemas";

/** Remote chats, messages and products → contract records. Pure. Reviews and questions live in mapper-feedback.ts. */
export function remoteStatus(status: string): ExternalConversation["remoteStatus"] {
  switch (status) {
    case "FINISHED":
      return "closed";
    case "NEW":
    case "WAITING_FOR_CUSTOMER":
    case "WAITING_FOR_PARTNER":
    case "WAITING_FOR_ARBITER":
    case "WAITING_FOR_MARKET":
      return "open";
    default:
      return "unknown";
  }
}

const AUTHORS: Readonly<Record<string, readonly [ExternalMessage["side"], string]>> = {
  CUSTOMER: ["buyer", "buyer"],
  PARTNER: ["seller", "seller"],
  MARKET: ["system", "bot"],
  SUPPORT: ["system", "support"],
};

/** Message ids are numbers that grow with time [I]. */
export function compareIds(left: string, right: string): number {
  return left.length === right.length ? (left < right ? -1 : left > right ? 1 : 0) : left.length - right.length;
}

/** Oldest first, each id once (pages overlap, and the order of a page is not stated). */
export function inOrder(messages: readonly ExternalMessage[]): ExternalMessage[] {
  const byId = new Map(messages.map((message) => [message.externalId, message]));
  return [...byId.values()].sort((left, right) => left.sentAt.getTime() - right.sentAt.getTime() || compareIds(left.externalId, right.externalId));
}

/** Host name and path of a file of the service, or undefined for any other address. */
export function mediaTarget(url: string, baseUrl: string): { readonly host: keyof typeof YANDEX_HOSTS; readonly path: string } | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (parsed.username !== "" || parsed.password !== "") return undefined;
  // Encoded separators could climb out again behind the service's own router.
  if (/%2f|%5c|%2e|\.\./i.test(url.split("?")[0] ?? "")) return undefined;
  for (const base of [YANDEX_HOSTS.media, `${baseUrl.replace(/\/$/, "")}/media`]) {
    const prefix = new URL(base);
    const below = prefix.pathname.replace(/\/$/, "");
    // Below our own address only what was redirected there: the real API has no such path.
    if (base !== YANDEX_HOSTS.media && prefix.origin === new URL(YANDEX_BASE_URL).origin) continue;
    if (parsed.origin === prefix.origin && parsed.pathname.startsWith(`${below}/`))
      return { host: "media", path: parsed.pathname.slice(below.length) + parsed.search };
  }
  return undefined;
}

/** In the canonical form where we know one, so that it outlives a change of the connection's base URL. */
export function canonicalUrl(url: string, baseUrl: string): string {
  const target = mediaTarget(url, baseUrl);
  return target === undefined ? url : YANDEX_HOSTS[target.host] + target.path;
}

const IMAGE = /\.(jpe?g|png|webp|gif|heic)$/i;

export function toAttachment(file: { readonly name: string; readonly url: string }, baseUrl: string): ExternalAttachment {
  const name = file.name || (file.url.split("?")[0]?.split("/").at(-1) ?? "");
  return { kind: IMAGE.test(name) || IMAGE.test(file.url.split("?")[0] ?? "") ? "image" : "file", url: canonicalUrl(file.url, baseUrl), name };
}

/** Messages cannot be edited and are not marked as read: none of that exists in this API. */
export function toMessage(remote: RemoteMessage, baseUrl: string): ExternalMessage {
  const [side, authorKind] = AUTHORS[remote.sender] ?? (["system", "other"] as const);
  return {
    externalId: remote.messageId,
    side,
    authorKind,
    text: remote.message ?? "",
    attachments: remote.payload.map((file) => toAttachment(file, baseUrl)),
    sentAt: remote.createdAt,
    versionAt: remote.createdAt,
  };
}

export interface ChatHead {
  readonly externalId: string;
  readonly context: RemoteChatContext;
  readonly remoteStatus: ExternalConversation["remoteStatus"];
  readonly createdAt: Date;
}

export function toHead(chat: RemoteChat): ChatHead {
  return { externalId: chat.chatId, context: chat.context, remoteStatus: remoteStatus(chat.status), createdAt: chat.createdAt };
}

/** An order's delivery model is its shop's; which shop a chat about an order belongs to, its context tells. */
export function toConversation(head: ChatHead, messages: readonly ExternalMessage[], facts: Readonly<Record<string, unknown>>): ExternalConversation {
  const { context } = head;
  const placement = placementOf(facts, context?.campaignId);
  return {
    externalId: head.externalId,
    channel: CHANNEL,
    createdAt: head.createdAt,
    remoteStatus: head.remoteStatus,
    buyerRef: context?.customer?.publicId,
    buyerName: context?.customer?.name,
    orderNumber: context?.orderId,
    ...(context?.orderId === undefined || placement === undefined ? {} : { order: { schema: schemaOf(placement) } }),
    lastMessageId: messages.at(-1)?.externalId,
    messages,
  };
}

export function toProduct({ offer, mapping }: RemoteOffer): ExternalProduct | undefined {
  if (offer === undefined || offer === null) return undefined;
  return {
    externalId: offer.offerId,
    sku: mapping?.marketSku,
    offerId: offer.offerId,
    name: offer.name ?? mapping?.marketSkuName ?? offer.offerId,
    imageUrl: offer.pictures[0],
  };
}

/** A text as it may come back: entities undone, white space and line ends levelled. */
export function comparable(text: string): string {
  return text
    .normalize("NFC")
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => ENTITIES[name] ?? " ")
    .replace(/\s+/g, " ")
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };
