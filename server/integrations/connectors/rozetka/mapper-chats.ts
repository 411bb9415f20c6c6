import type { ExternalAttachment, ExternalConversation, ExternalMessage } from "../../contract/records";
import { CHANNEL } from "./channels";
import { ROZETKA_BASE_URL } from "./endpoints";
import type { RemoteChat, RemoteMessage } from "./schemas-chats";

/** Remote chats and messages → contract records. Pure. */
const AUTHORS: Readonly<Record<string, readonly [ExternalMessage["side"], string]>> = { "2": ["seller", "seller"], "3": ["buyer", "buyer"] };

const MODERATION: Readonly<Record<string, NonNullable<ExternalMessage["moderation"]>>> = {
  "0": "pending",
  "1": "pending",
  "2": "failed",
  "3": "passed",
  "4": "failed",
  "5": "passed",
};

/** Which of the two lists a chat stands in; told back when it is read again. */
export type ChatList = "orders" | "items";

/** Message ids are numbers that grow with time [I]. */
export function compareIds(left: string, right: string): number {
  return left.length === right.length ? (left < right ? -1 : left > right ? 1 : 0) : left.length - right.length;
}

const FILE_PATH = "/messages/download-file/";
const IMAGE = /\.(jpe?g|png|webp|gif|heic)$/i;

/** The id of a file by its address: the service's own, or the same below the address the connection has. */
export function fileIdOf(url: string, baseUrl: string): string | undefined {
  const known = [ROZETKA_BASE_URL, baseUrl.replace(/\/$/, "")].map((base) => `${base}${FILE_PATH}`).find((prefix) => url.startsWith(prefix));
  const id = known === undefined ? "" : url.slice(known.length);
  return /^\d{1,20}$/.test(id) ? id : undefined;
}

function toAttachment(file: RemoteMessage["files"][number]): ExternalAttachment {
  const name = file.name ?? file.id;
  return { kind: IMAGE.test(name) ? "image" : "file", url: `${ROZETKA_BASE_URL}${FILE_PATH}${file.id}`, name };
}

export function toMessage(remote: RemoteMessage): ExternalMessage {
  const [side, authorKind] = AUTHORS[remote.sender] ?? (["system", "other"] as const);
  const moderation = side === "seller" ? MODERATION[remote.status ?? ""] : undefined;
  return {
    externalId: remote.id,
    side,
    authorKind,
    authorRef: side === "seller" ? remote.seller_id : undefined,
    text: remote.body ?? "",
    attachments: remote.files.map(toAttachment),
    sentAt: remote.created,
    versionAt: remote.created,
    isRead: side === "seller" ? remote.read !== undefined : undefined,
    moderation,
  };
}

/** Oldest first, each id once. */
export function inOrder(messages: readonly ExternalMessage[]): ExternalMessage[] {
  const byId = new Map(messages.map((message) => [message.externalId, message]));
  return [...byId.values()].sort((left, right) => compareIds(left.externalId, right.externalId));
}

/** A chat cannot be closed; one in the bin still takes messages [I]. */
export function toConversation(
  chat: RemoteChat,
  list: ChatList | undefined,
  messages: readonly ExternalMessage[],
  lastMessageId?: string,
): ExternalConversation {
  const receiver = chat.user?.id ?? chat.user_id;
  return {
    externalId: chat.id,
    channel: CHANNEL,
    createdAt: chat.created,
    remoteStatus: "open",
    buyerRef: receiver,
    buyerName: chat.user?.contact_fio ?? chat.user_fio,
    orderNumber: chat.order_id,
    sku: chat.item?.id ?? chat.item_id,
    productName: chat.item?.name_ua ?? chat.item?.name,
    ...(chat.order_id === undefined ? {} : { order: { schema: "fbs" as const } }),
    remoteContext: { ...(receiver === undefined ? {} : { receiverId: receiver }), ...(list === undefined ? {} : { list }) },
    lastMessageId: lastMessageId ?? messages.at(-1)?.externalId,
    messages,
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
