import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import { printedData } from "./chat-format";
import type { Chat, ChatType, Message } from "./chats";
import { CHAT_TYPES } from "./chats";
import type { Events } from "./events";
import { openChat, PIXEL } from "./past-chats";
import { storeFile } from "./routes-chat-send";
import type { OzonState, Seller } from "./state";

/** A chat as the desk shows it; times are ISO 8601, ids digits. */
export interface DeskChat {
  clientId: string;
  chatId: string;
  type: ChatType;
  status: "OPENED" | "CLOSED";
  orderNumber: string;
  sku: string;
  unread: number;
  messages: number;
  lastMessageId: string | null;
  lastBuyerAt: string | null;
}

export interface DeskMessage {
  chatId: string;
  messageId: string;
  at: string;
  userType: Message["userType"];
  /** The Markdown parts joined by line breaks. */
  text: string;
  isImage: boolean;
  /** `api`: it arrived through the simulated API, so the system under test sent it. */
  via: Message["via"];
}

const whose = { clientId: z.string().optional() };
const inChat = { ...whose, chatId: z.string() };

/** Finds a seller of the desk's request; the first one when none is named. */
export function sellerOf(state: OzonState, clientId: string | undefined): Seller {
  const seller = clientId === undefined ? state.sellers.values().next().value : state.sellers.get(clientId);
  if (!seller) throw new Error(`There is no seller "${clientId}".`);
  return seller;
}

/** Desk commands about chats and messages. */
export function chatDesk(state: OzonState, events: Events) {
  return { ...happeningsDesk(state, events), ...lookDesk(state) };
}

function find(state: OzonState, input: { clientId?: string | undefined; chatId: string }): { seller: Seller; chat: Chat } {
  const seller = sellerOf(state, input.clientId);
  const chat = seller.chats.get(input.chatId);
  if (!chat) throw new Error(`There is no chat "${input.chatId}".`);
  return { seller, chat };
}

function happeningsDesk(state: OzonState, events: Events) {
  return {
    /** A new chat, with the buyer's first message when `text` is given. */
    addChat: deskCommand(
      z.strictObject({
        ...whose,
        text: z.string().optional(),
        postingNumber: z.string().optional(),
        sku: z.number().optional(),
        type: z.enum(CHAT_TYPES).optional(),
      }),
      (input): DeskChat => {
        const seller = sellerOf(state, input.clientId);
        const posting = input.postingNumber === undefined ? undefined : seller.postings.get(input.postingNumber);
        if (input.postingNumber !== undefined && !posting) throw new Error(`There is no posting "${input.postingNumber}".`);
        const chat = openChat(state, state.random, { posting, sku: input.sku ?? seller.products[0]?.sku }, state.host.clock.nowMs());
        chat.type = input.type ?? "BUYER_SELLER";
        seller.chats.add(chat);
        if (input.text !== undefined) events.message(seller, chat, { data: [input.text], via: "desk" });
        return deskChat(seller, chat);
      },
    ),
    /** A message of the buyer (or of `userType`); `image` sends a picture instead of text. */
    pushBuyerMessage: deskCommand(
      z.strictObject({
        ...inChat,
        text: z.string().default(""),
        image: z.boolean().default(false),
        userType: z.enum(["Customer", "Support", "NotificationUser", "Crm", "Courier", "ChatBot", "Seller"]).optional(),
      }),
      (input): DeskMessage => {
        const { seller, chat } = find(state, input);
        const data = input.image ? [storeFile(state, seller, "photo.png", "image/png", PIXEL)] : [input.text];
        return deskMessage(state, chat, events.message(seller, chat, { data, isImage: input.image, userType: input.userType, via: "desk" }));
      },
    ),
    editMessage: deskCommand(z.strictObject({ ...inChat, messageId: z.string(), text: z.string() }), (input): DeskMessage => {
      const { seller, chat } = find(state, input);
      const message = chat.messages.find(input.messageId);
      if (!message) throw new Error(`There is no message "${input.messageId}".`);
      return deskMessage(state, chat, events.edit(seller, chat, message, input.text));
    }),
    readByBuyer: deskCommand(z.strictObject(inChat), (input) => {
      const { seller, chat } = find(state, input);
      events.readByBuyer(seller, chat);
    }),
    closeChat: deskCommand(z.strictObject(inChat), (input): DeskChat => {
      const { seller, chat } = find(state, input);
      events.closeChat(seller, chat);
      return deskChat(seller, chat);
    }),
  };
}

function lookDesk(state: OzonState) {
  return {
    /** All chats as the simulator knows them, newest first. */
    chats: deskCommand(z.strictObject({ ...whose, limit: z.number().int().default(200) }), (input): DeskChat[] => {
      const seller = sellerOf(state, input.clientId);
      return seller.chats
        .newestFirst()
        .slice(0, input.limit)
        .map((chat) => deskChat(seller, chat));
    }),
    /** All messages of a chat, oldest first. */
    messages: deskCommand(z.strictObject(inChat), (input): DeskMessage[] => messagesOf(state, find(state, input).chat)),
    /** Everything that arrived through the API's send methods, over all chats, oldest first. */
    sent: deskCommand(z.strictObject(whose), (input): DeskMessage[] =>
      sellerOf(state, input.clientId)
        .chats.newestFirst()
        .flatMap((chat) => messagesOf(state, chat).filter((message) => message.via === "api"))
        .sort((a, b) => a.messageId.length - b.messageId.length || (a.messageId < b.messageId ? -1 : 1)),
    ),
    /** Totals to compare a synchronised inbox with. */
    totals: deskCommand(z.strictObject(whose), (input): { chats: number; messages: number; unread: number } => {
      const { chats } = sellerOf(state, input.clientId);
      const all = chats.newestFirst();
      return { chats: all.length, messages: all.reduce((sum, chat) => sum + chat.messages.length, 0), unread: chats.totalUnread() };
    }),
  };
}

function messagesOf(state: OzonState, chat: Chat): DeskMessage[] {
  return Array.from({ length: chat.messages.length }, (_, index) => deskMessage(state, chat, chat.messages.get(index)));
}

function deskChat(seller: Seller, chat: Chat): DeskChat {
  return {
    clientId: seller.clientId,
    chatId: chat.id,
    type: chat.type,
    status: chat.status,
    orderNumber: chat.orderNumber,
    sku: chat.sku,
    unread: chat.unread,
    messages: chat.messages.length,
    lastMessageId: chat.messages.last()?.id ?? null,
    lastBuyerAt: chat.lastBuyerAtMs === null ? null : new Date(chat.lastBuyerAtMs).toISOString(),
  };
}

function deskMessage(state: OzonState, chat: Chat, message: Message): DeskMessage {
  return {
    chatId: chat.id,
    messageId: message.id,
    at: new Date(message.createdAtMs).toISOString(),
    userType: message.userType,
    text: printedData(message, state.host.baseUrl()).join("\n"),
    isImage: message.isImage,
    via: message.via,
  };
}
