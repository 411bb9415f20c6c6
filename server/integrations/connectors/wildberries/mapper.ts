import type { ExternalAttachment, ExternalConversation, ExternalMessage } from "../../contract/records";
import { ENDPOINTS, HOSTS } from "./endpoints";
import type { RemoteChat, RemoteEvent } from "./schemas";

/** Remote chats and events → contract records. Pure. Questions and reviews: answers.ts; sales: sale-lines.ts; goods: listings.ts. */
export const CHAT_CHANNEL = "wildberries.chat";

const DOWNLOAD_PATH = ENDPOINTS.download.path.replace("{id}", "");
const DOWNLOAD_PREFIX = `${HOSTS[ENDPOINTS.download.host]}${DOWNLOAD_PATH}`;

/** The canonical address of a file: it outlives a change of the connection's base URL. The CDN address beside it knows no moderation. */
export function downloadUrl(id: string): string {
  return DOWNLOAD_PREFIX + encodeURIComponent(id);
}

/** Where an attachment is to be had, or undefined for every address that is not the service's. */
export function attachmentSource(url: string): { readonly downloadId: string } | { readonly host: string; readonly path: string } | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (parsed.protocol !== "https:" || parsed.port !== "" || parsed.username !== "" || parsed.password !== "") return undefined;
  if (url.startsWith(DOWNLOAD_PREFIX)) {
    const id = /^[\w%:.~-]{1,200}$/.exec(url.slice(DOWNLOAD_PREFIX.length))?.[0];
    return id === undefined || /%2f|%5c|\.\./i.test(id) ? undefined : { downloadId: decodeURIComponent(id) };
  }
  const host = /^(feedback\d{2})\.wbbasket\.ru$/.exec(parsed.hostname)?.[1];
  if (host === undefined || HOSTS[host] === undefined || !/^[\w./-]+$/.test(parsed.pathname) || parsed.search !== "") return undefined;
  return { host, path: parsed.pathname };
}

const SIDES: Readonly<Record<string, readonly [ExternalMessage["side"], string]>> = {
  client: ["buyer", "buyer"],
  seller: ["seller", "seller"],
  wb: ["system", "support"],
};

export function toMessage(event: RemoteEvent): ExternalMessage {
  const [side, authorKind] = SIDES[event.sender] ?? (["system", "other"] as const);
  const attachments = event.message?.attachments;
  const at = new Date(event.addTimestamp);
  return {
    externalId: event.eventID,
    side,
    authorKind,
    text: event.message?.text ?? "",
    attachments: [...(attachments?.files ?? []).flatMap(fileOf), ...(attachments?.images ?? []).flatMap(imageOf)],
    sentAt: at,
    versionAt: at,
    orderNumber: attachments?.goodCard?.rid,
    sku: attachments?.goodCard?.nmID,
  };
}

function fileOf(file: {
  readonly downloadID?: string | undefined;
  readonly name?: string | undefined;
  readonly contentType?: string | undefined;
}): ExternalAttachment[] {
  if (file.downloadID === undefined) return [];
  return [{ kind: file.contentType?.startsWith("image/") === true ? "image" : "file", url: downloadUrl(file.downloadID), name: file.name ?? file.downloadID }];
}

/** Images come without name and type. */
function imageOf(image: { readonly downloadID?: string | undefined }, index: number): ExternalAttachment[] {
  return image.downloadID === undefined ? [] : [{ kind: "image", url: downloadUrl(image.downloadID), name: `image-${index + 1}.jpg` }];
}

/** Oldest first, each id once. */
export function inOrder(events: readonly RemoteEvent[]): RemoteEvent[] {
  const byId = new Map(events.map((event) => [event.eventID, event]));
  return [...byId.values()].sort((left, right) => left.addTimestamp - right.addTimestamp);
}

/**
 * A conversation from its events (oldest first) and, where it was asked for, its entry in the list of chats. Wildberries knows no
 * closed chats: one buyer is one chat for ever. Order and product are those of the newest card shown in it.
 */
export function toConversation(chatId: string, events: readonly RemoteEvent[], chat: RemoteChat | undefined, now: Date): ExternalConversation {
  const messages = events.map(toMessage);
  const newestFirst = [...events].reverse();
  const card =
    newestFirst.map((event) => event.message?.attachments?.goodCard).find((one) => one?.rid !== undefined || one?.nmID !== undefined) ?? chat?.goodCard;
  const replySign = chat?.replySign ?? newestFirst.find((event) => event.replySign !== undefined)?.replySign;
  return {
    externalId: chatId,
    channel: CHAT_CHANNEL,
    createdAt: messages[0]?.sentAt ?? now,
    remoteStatus: "open",
    buyerName: newestFirst.find((event) => event.sender === "client" && event.clientName !== undefined)?.clientName ?? chat?.clientName,
    orderNumber: card?.rid,
    sku: card?.nmID,
    ...(replySign === undefined ? {} : { remoteContext: { replySign } }),
    lastMessageId: messages.at(-1)?.externalId,
    messages,
  };
}

/** A text as it may come back: white space and line ends levelled. */
export function comparable(text: string): string {
  return text.normalize("NFC").replace(/\s+/g, " ").trim();
}
