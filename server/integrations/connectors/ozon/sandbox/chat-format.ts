import { type Chat, compareIds, type Message } from "./chats";
import type { Seller } from "./state";

/** In the documents' own samples the first letter of "Customer" is the Cyrillic С (U+0421). */
const CUSTOMER_CYRILLIC = "\u0421ustomer";

/** Half of the buyers are printed with the Cyrillic letter, so that both spellings are always met. */
function printedUserType(message: Pick<Message, "userType" | "userId">): string {
  return message.userType === "Customer" && Number(message.userId.at(-1)) % 2 === 1 ? CUSTOMER_CYRILLIC : message.userType;
}

/** Stands in stored texts for the service's own address, which is known only once the port is. */
export const FILE_BASE = "sandbox-files:";

/** The Markdown parts with links to the address at which the service is reached now. */
export function printedData(message: Pick<Message, "data">, baseUrl: string): string[] {
  return message.data.map((part) => part.replace(`](${FILE_BASE}`, `](${baseUrl}`));
}

/** One message as /v3/chat/history prints it. */
export function messageJson(chat: Chat, message: Message, baseUrl: string): unknown {
  const readUpTo = message.userType === "Seller" ? chat.buyerReadId : chat.sellerReadId;
  return {
    context: { order_number: chat.orderNumber, sku: chat.sku },
    created_at: new Date(message.createdAtMs).toISOString(),
    data: printedData(message, baseUrl),
    is_image: message.isImage,
    is_read: compareIds(message.id, readUpTo) <= 0,
    message_id: message.id,
    moderate_image_status: "SUCCESS",
    user: { id: message.userId, type: printedUserType(message) },
  };
}

/** `BUYER_SELLER` as pushes print it: `Buyer_Seller`. */
function pushChatType(type: string): string {
  return type
    .split("_")
    .map((word) => (word === "API" ? word : word.charAt(0) + word.slice(1).toLowerCase()))
    .join("_");
}

/** The body of a chat push; chat pushes carry the seller's id as a string. */
export function chatPush(
  about: { seller: Seller; chat: Chat; baseUrl: string },
  type: string,
  message?: Message | undefined,
  extra: Record<string, unknown> = {},
): Record<string, unknown> {
  const { seller, chat, baseUrl } = about;
  const user = message
    ? { id: message.userId, type: printedUserType(message) }
    : { id: chat.buyerId, type: printedUserType({ userType: "Customer", userId: chat.buyerId }) };
  return {
    message_type: type,
    chat_id: chat.id,
    chat_type: pushChatType(chat.type),
    ...(message ? { message_id: message.id, created_at: new Date(message.createdAtMs).toISOString() } : {}),
    ...extra,
    user,
    ...(message && type !== "TYPE_MESSAGE_READ" ? { data: printedData(message, baseUrl) } : {}),
    seller_id: seller.clientId,
  };
}
