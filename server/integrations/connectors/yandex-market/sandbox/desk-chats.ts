import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import type { Chat, Message } from "./chats";
import { type Events, openChat } from "./events";
import { PIXEL, storeFile } from "./files";
import type { Business, YandexState } from "./state";

/** A chat as the desk shows it; times are ISO 8601, ids digits. */
export interface DeskChat {
  businessId: string;
  chatId: string;
  type: Chat["type"];
  status: Chat["status"];
  contextType: Chat["context"]["type"];
  orderId: number | null;
  messages: number;
  lastMessageId: string | null;
}

export interface DeskMessage {
  chatId: string;
  messageId: string;
  at: string;
  sender: Message["sender"];
  text: string;
  files: string[];
  /** `api`: it arrived through the simulated API, so the system under test sent it. */
  via: Message["via"];
}

export const whose = { businessId: z.string().optional() };
const inChat = { ...whose, chatId: z.string() };

/** The cabinet of the desk's request; the first one when none is named. */
export function businessOf(state: YandexState, businessId: string | undefined): Business {
  const business = businessId === undefined ? state.businesses.values().next().value : state.businesses.get(businessId);
  if (business === undefined) throw new Error(`There is no cabinet "${businessId}".`);
  return business;
}

/** Desk commands about chats and messages. */
export function chatDesk(state: YandexState, events: Events) {
  const find = (input: { businessId?: string | undefined; chatId: string }) => {
    const business = businessOf(state, input.businessId);
    const chat = business.chats.get(input.chatId);
    if (chat === undefined) throw new Error(`There is no chat "${input.chatId}".`);
    return { business, chat };
  };
  return {
    /** A new chat, with the buyer's first message when `text` is given; about an order, a return, or (without) a product. */
    addChat: deskCommand(
      z.strictObject({ ...whose, text: z.string().optional(), orderId: z.number().optional(), isReturn: z.boolean().default(false) }),
      (input): DeskChat => {
        const business = businessOf(state, input.businessId);
        const order = input.orderId === undefined ? undefined : business.orders.get(input.orderId);
        if (input.orderId !== undefined && order === undefined) throw new Error(`There is no order ${input.orderId}.`);
        const chat = openChat(state, {
          type: order === undefined ? "DIRECT" : input.isReturn ? "RETURN" : "ORDER",
          order,
          offerId: business.goods[0]?.offerId,
        });
        events.open(business, chat);
        if (input.text !== undefined) events.message(business, chat, { sender: "CUSTOMER", text: input.text, via: "desk" });
        return deskChat(business, chat);
      },
    ),
    /** A message of the buyer (or of `sender`); `image` sends a picture instead of text. */
    pushBuyerMessage: deskCommand(
      z.strictObject({
        ...inChat,
        text: z.string().default(""),
        image: z.boolean().default(false),
        sender: z.enum(["CUSTOMER", "PARTNER", "MARKET", "SUPPORT"]).default("CUSTOMER"),
      }),
      (input): DeskMessage => {
        const { business, chat } = find(input);
        const content = input.image ? { payload: [storeFile(state, "photo.png", "image/png", PIXEL)] } : { text: input.text };
        return deskMessage(chat, events.message(business, chat, { ...content, sender: input.sender, via: "desk" }));
      },
    ),
    finishChat: deskCommand(z.strictObject(inChat), (input): DeskChat => {
      const { business, chat } = find(input);
      events.finish(chat);
      return deskChat(business, chat);
    }),
    /** Starts (or, with `finish`, ends) a dispute. */
    arbitrage: deskCommand(z.strictObject({ ...inChat, finish: z.boolean().default(false) }), (input): DeskChat => {
      const { business, chat } = find(input);
      events.arbitrage(business, chat, !input.finish);
      return deskChat(business, chat);
    }),
    chats: deskCommand(z.strictObject({ ...whose, limit: z.number().int().default(10_000) }), (input): DeskChat[] => {
      const business = businessOf(state, input.businessId);
      return [...business.chats.values()].slice(-input.limit).map((chat) => deskChat(business, chat));
    }),
    /** All messages of a chat, oldest first. */
    messages: deskCommand(z.strictObject(inChat), (input): DeskMessage[] => {
      const { chat } = find(input);
      return chat.messages.all().map((message) => deskMessage(chat, message));
    }),
    /** Everything that arrived through the API's send methods, oldest first. */
    sent: deskCommand(z.strictObject(whose), (input): DeskMessage[] =>
      [...businessOf(state, input.businessId).chats.values()]
        .flatMap((chat) => chat.messages.all().map((message) => deskMessage(chat, message)))
        .filter((message) => message.via === "api")
        .sort((left, right) => (BigInt(left.messageId) < BigInt(right.messageId) ? -1 : 1)),
    ),
    /** Totals to compare a synchronised inbox with. */
    totals: deskCommand(z.strictObject(whose), (input): { chats: number; messages: number; reviews: number; questions: number } => {
      const { chats, feedbacks, questions } = businessOf(state, input.businessId);
      const messages = [...chats.values()].reduce((sum, chat) => sum + chat.messages.length, 0);
      return { chats: chats.size, messages, reviews: feedbacks.length, questions: questions.length };
    }),
  };
}

function deskChat(business: Business, chat: Chat): DeskChat {
  return {
    businessId: business.businessId,
    chatId: chat.chatId,
    type: chat.type,
    status: chat.status,
    contextType: chat.context.type,
    orderId: chat.context.orderId,
    messages: chat.messages.length,
    lastMessageId: chat.messages.last()?.id ?? null,
  };
}

function deskMessage(chat: Chat, message: Message): DeskMessage {
  return {
    chatId: chat.chatId,
    messageId: message.id,
    at: new Date(message.createdAtMs).toISOString(),
    sender: message.sender,
    text: message.text,
    files: message.payload.map((file) => file.name),
    via: message.via,
  };
}
