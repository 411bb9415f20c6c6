import { z } from "zod";
import { slice } from "@/sandbox/kit/seq";
import { int64, whole } from "./body";
import { messageJson } from "./chat-format";
import { type Chat, compareIds, firstUnreadId, type Message } from "./chats";
import { invalidArgument, notFound } from "./errors";
import { type Method, method } from "./method";
import type { OzonState, Seller } from "./state";

const STATUSES = new Map([
  ["", null],
  ["ALL", null],
  ["OPENED", "OPENED"],
  ["CLOSED", "CLOSED"],
] as const);

const listInput = z.strictObject({
  filter: z.strictObject({ chat_status: z.string().optional(), unread_only: z.boolean().optional() }).optional(),
  limit: whole(1, 100),
  cursor: z.string().optional(),
});

const historyInput = z.strictObject({
  chat_id: z.string().min(1),
  direction: z.string().optional(),
  filter: z.strictObject({ message_ids: z.array(int64).optional() }).optional(),
  from_message_id: int64.optional(),
  limit: whole(0, 1_000).optional(),
});

/** /v3/chat/list and /v3/chat/history: open to every seller. */
export function chatMethods(state: OzonState): Method[] {
  return [
    method("/v3/chat/list", listInput, listChats),
    method("/v3/chat/history", historyInput, (seller, input) => chatHistory(seller, input, state.host.baseUrl())),
  ];
}

/** Finds a chat of the seller or refuses with 404. */
export function chatOf(seller: Seller, chatId: string): Chat {
  const chat = seller.chats.get(chatId);
  if (!chat) throw notFound("chat not found");
  return chat;
}

function listChats(seller: Seller, input: z.output<typeof listInput>): unknown {
  const wanted = STATUSES.get((input.filter?.chat_status ?? "").toUpperCase() as "");
  if (wanted === undefined) throw invalidArgument(`unknown chat_status "${input.filter?.chat_status}"`);
  const cursor = input.cursor ?? "";
  if (cursor !== "" && !/^\d+$/.test(cursor)) throw invalidArgument("invalid cursor");
  const chats: unknown[] = [];
  let lastSortId = "";
  let hasNext = false;
  for (const chat of seller.chats.newestFirst()) {
    if (cursor !== "" && compareIds(chat.sortId, cursor) >= 0) continue;
    if ((wanted && chat.status !== wanted) || (input.filter?.unread_only && chat.unread === 0)) continue;
    if (chats.length === input.limit) {
      hasNext = true;
      break;
    }
    chats.push(listedChat(chat));
    lastSortId = chat.sortId;
  }
  return {
    chats,
    total_unread_count: seller.chats.totalUnread(),
    cursor: hasNext ? lastSortId : "",
    has_next: seller.quirks.hasNextAsString ? String(hasNext) : hasNext,
  };
}

function listedChat(chat: Chat): unknown {
  return {
    chat: { created_at: new Date(chat.createdAtMs).toISOString(), chat_id: chat.id, chat_status: chat.status, chat_type: chat.type },
    first_unread_message_id: firstUnreadId(chat),
    last_message_id: chat.messages.last()?.id ?? "0",
    unread_count: chat.unread,
  };
}

function chatHistory(seller: Seller, input: z.output<typeof historyInput>, baseUrl: string): unknown {
  const chat = chatOf(seller, input.chat_id);
  const direction = input.direction ?? "Backward";
  if (direction !== "Backward" && direction !== "Forward") throw invalidArgument(`unknown direction "${direction}"`);
  const wantedIds = input.filter?.message_ids;
  if (wantedIds && wantedIds.length > 0) {
    const found = wantedIds.map((id) => chat.messages.find(id)).filter((message) => message !== undefined);
    found.sort((a, b) => compareIds(a.id, b.id) * (direction === "Forward" ? 1 : -1));
    return { has_next: false, messages: found.map((message) => messageJson(chat, message, baseUrl)) };
  }
  if (direction === "Forward" && input.from_message_id === undefined) throw invalidArgument("from_message_id is required when direction is Forward");
  const { page, hasNext } = historyPage(chat, direction, input.from_message_id, input.limit || 50, seller.quirks.historyFromExclusive);
  return { has_next: hasNext, messages: page.map((message) => messageJson(chat, message, baseUrl)) };
}

function historyPage(
  chat: Chat,
  direction: "Backward" | "Forward",
  fromId: string | undefined,
  limit: number,
  exclusive: boolean,
): { page: Message[]; hasNext: boolean } {
  const log = chat.messages;
  const at = fromId === undefined ? log.length : log.indexFrom(fromId);
  const isThere = at < log.length && log.get(at).id === fromId;
  if (direction === "Forward") {
    const start = isThere && exclusive ? at + 1 : at;
    return { page: slice(log, start, start + limit), hasNext: start + limit < log.length };
  }
  const end = isThere && !exclusive ? at + 1 : at;
  return { page: slice(log, end - limit, end).reverse(), hasNext: end - limit > 0 };
}
