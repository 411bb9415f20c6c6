import { z } from "zod";
import { int64 } from "./body";
import { FILE_BASE } from "./chat-format";
import { type Chat, type Message, MessageLog, markReadBySeller } from "./chats";
import { failedPrecondition, invalidArgument, notFound, permissionDenied } from "./errors";
import { type Method, method } from "./method";
import { chatOf } from "./routes-chat";
import { nextMessageId, type OzonState, type Seller } from "./state";

const HOUR_MS = 3_600_000;
const REPLY_MS = 48 * HOUR_MS;
const AFTER_DELIVERY_MS = 72 * HOUR_MS;
const MAX_FILE_BYTES = 10 * 1_024 * 1_024;
const CONTENT_TYPES: Record<string, string> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  pdf: "application/pdf",
  txt: "text/plain",
  doc: "application/msword",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xls: "application/vnd.ms-excel",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  mp4: "video/mp4",
};

const messageInput = z.strictObject({ chat_id: z.string().min(1), text: z.string() });
const fileInput = z.strictObject({ base64_content: z.string(), chat_id: z.string().min(1), name: z.string() });
const readInput = z.strictObject({ chat_id: z.string().min(1), from_message_id: int64.optional() });
const startInput = z.strictObject({ posting_number: z.string().min(1) });

/** The writing half of the chats. */
export function sendMethods(state: OzonState): Method[] {
  return [
    method("/v1/chat/send/message", messageInput, (seller, input) => sendMessage(state, seller, input)),
    method("/v1/chat/send/file", fileInput, (seller, input) => sendFile(state, seller, input)),
    method("/v2/chat/read", readInput, (seller, input) => {
      requirePremium(seller);
      return { unread_count: markReadBySeller(chatOf(seller, input.chat_id), input.from_message_id) };
    }),
    method("/v1/chat/start", startInput, (seller, input) => startChat(state, seller, input.posting_number)),
  ];
}

function sendMessage(state: OzonState, seller: Seller, input: z.output<typeof messageInput>): unknown {
  requirePremium(seller);
  const length = [...input.text].length;
  if (length < 1 || length > 1_000) throw invalidArgument("invalid SendMessageRequest.Text: value length must be between 1 and 1000 runes, inclusive");
  const chat = chatOf(seller, input.chat_id);
  requireOpen(state, seller, chat);
  appendOwn(state, seller, chat, [input.text], false);
  return { result: "success" };
}

function sendFile(state: OzonState, seller: Seller, input: z.output<typeof fileInput>): unknown {
  const chat = chatOf(seller, input.chat_id);
  if (chat.type.startsWith("BUYER_SELLER")) requirePremium(seller);
  const extension = /\.([a-z0-9]+)$/i.exec(input.name)?.[1]?.toLowerCase() ?? "";
  const contentType = CONTENT_TYPES[extension];
  if (!contentType) throw invalidArgument("file type is not supported");
  if (input.base64_content === "" || !/^[A-Za-z0-9+/]+={0,2}$/.test(input.base64_content) || input.base64_content.length % 4 !== 0) {
    throw invalidArgument("invalid value for bytes field base64_content");
  }
  const bytes = Buffer.from(input.base64_content, "base64");
  if (bytes.length > MAX_FILE_BYTES) throw invalidArgument("file is too large");
  requireOpen(state, seller, chat);
  const isImage = contentType.startsWith("image/");
  appendOwn(state, seller, chat, [storeFile(state, seller, input.name, contentType, bytes)], isImage);
  return { result: "success" };
}

/** Keeps a file and returns the Markdown under which chats show it. */
export function storeFile(state: OzonState, seller: Seller, name: string, contentType: string, bytes: Uint8Array): string {
  const id = state.random.uuid();
  state.files.set(id, { clientId: seller.clientId, name, contentType, bytes });
  const url = `${FILE_BASE}/v2/chat/file/${id}/${encodeURIComponent(name)}`;
  return contentType.startsWith("image/") ? `![](${url})` : `[${name}](${url})`;
}

function appendOwn(state: OzonState, seller: Seller, chat: Chat, data: string[], isImage: boolean): void {
  const createdAtMs = state.host.clock.nowMs();
  const message: Message = { id: nextMessageId(state, createdAtMs), createdAtMs, userType: "Seller", userId: seller.clientId, data, isImage, via: "api" };
  seller.chats.append(chat, message);
  state.onSellerMessage(seller, chat.id);
}

function requirePremium(seller: Seller): void {
  if (seller.subscription !== "PREMIUM_PLUS" && seller.subscription !== "PREMIUM_PRO") throw permissionDenied("not available with existing subscription");
}

/** The writing windows: 48 h after the buyer's last word; for FBS also from payment until 72 h after delivery. */
function requireOpen(state: OzonState, seller: Seller, chat: Chat): void {
  if (chat.status === "CLOSED") throw failedPrecondition("chat is closed");
  if (!chat.type.startsWith("BUYER_SELLER") && chat.type !== "SELLER_SUPPORT") throw failedPrecondition("chat does not accept messages");
  if (chat.type === "SELLER_SUPPORT") return;
  const nowMs = state.host.clock.nowMs();
  if (chat.lastBuyerAtMs !== null && nowMs - chat.lastBuyerAtMs <= REPLY_MS) return;
  const posting = chat.postingNumber === null ? undefined : seller.postings.get(chat.postingNumber);
  if (posting?.scheme === "FBS" && posting.status !== "cancelled" && nowMs >= posting.inProcessAtMs) {
    if (posting.deliveredAtMs === null || nowMs - posting.deliveredAtMs <= AFTER_DELIVERY_MS) return;
  }
  throw failedPrecondition("chat is not available for sending messages: reply period has expired");
}

function startChat(state: OzonState, seller: Seller, postingNumber: string): unknown {
  requirePremium(seller);
  const posting = seller.postings.get(postingNumber);
  if (!posting) throw notFound("posting not found");
  if (posting.scheme === "FBO") throw failedPrecondition("only a buyer can start a chat for FBO posting");
  const existing = seller.chats.newestFirst().find((chat) => chat.postingNumber === postingNumber && chat.status === "OPENED");
  if (existing) return { result: { chat_id: existing.id } };
  const nowMs = state.host.clock.nowMs();
  const since = posting.deliveredAtMs ?? posting.inProcessAtMs;
  if (posting.status === "cancelled" || nowMs - since > AFTER_DELIVERY_MS) throw failedPrecondition("chat cannot be started: period has expired");
  const chat: Chat = {
    id: state.random.uuid(),
    type: "BUYER_SELLER",
    status: "OPENED",
    createdAtMs: nowMs,
    buyerId: String(state.random.int(10_000_000, 99_999_999)),
    orderNumber: posting.orderNumber,
    postingNumber,
    sku: String(posting.products[0]?.sku ?? ""),
    messages: new MessageLog(),
    sortId: nextMessageId(state, nowMs),
    sellerReadId: "0",
    buyerReadId: "0",
    unread: 0,
    lastBuyerAtMs: null,
  };
  seller.chats.add(chat);
  return { result: { chat_id: chat.id } };
}
