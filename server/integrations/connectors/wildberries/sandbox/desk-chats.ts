import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import { addPicture, openChat, say } from "./happenings";
import { type Chat, type ChatEvent, replySignOf, type Seller, type WbState } from "./state";

/** A chat as the desk shows it. */
export interface DeskChat {
  readonly chatId: string;
  readonly clientName: string;
  readonly replySign: string;
  readonly rid: string | null;
  readonly messages: number;
  readonly lastMessageId: string | null;
}

export interface DeskMessage {
  readonly chatId: string;
  readonly messageId: string;
  readonly at: string;
  readonly sender: ChatEvent["sender"];
  readonly text: string;
  readonly files: readonly string[];
  readonly via: ChatEvent["via"];
}

export const whose = { sid: z.string().optional() };

/** Finds a seller of the desk's request; the first one when none is named. */
export function sellerOf(state: WbState, sid: string | undefined): Seller {
  const seller = sid === undefined ? Object.values(state.sellers)[0] : state.sellers[sid];
  if (!seller) throw new Error(`There is no seller "${sid}".`);
  return seller;
}

function chatOf(state: WbState, input: { sid?: string | undefined; chatId: string }): { seller: Seller; chat: Chat } {
  const seller = sellerOf(state, input.sid);
  const chat = seller.chats[input.chatId];
  if (!chat) throw new Error(`There is no chat "${input.chatId}".`);
  return { seller, chat };
}

/** Desk commands about chats and messages. */
export function chatDesk(state: WbState) {
  const inChat = { ...whose, chatId: z.string() };
  return {
    /** A new chat about a product, with the buyer's first message when `text` is given. */
    addChat: deskCommand(
      z.strictObject({ ...whose, text: z.string().optional(), clientName: z.string().optional(), nmId: z.number().optional() }),
      (input): DeskChat => {
        const seller = sellerOf(state, input.sid);
        const product = input.nmId === undefined ? seller.products[0] : seller.products.find((one) => one.nmId === input.nmId);
        const chat = openChat(state, seller, { product, clientName: input.clientName });
        if (input.text !== undefined) say(state, seller, chat, { text: input.text, via: "desk" });
        return deskChat(seller, chat);
      },
    ),
    /** Somebody writes: the buyer unless `sender` is given; `image` sends a picture instead of text; `bare` an event without message. */
    write: deskCommand(
      z.strictObject({
        ...inChat,
        text: z.string().optional(),
        image: z.boolean().default(false),
        bare: z.boolean().default(false),
        moderation: z.enum(["passed", "pending", "failed"]).default("passed"),
        pendingMs: z.number().int().min(0).default(0),
        sender: z.enum(["client", "seller", "wb"]).default("client"),
        atMs: z.number().optional(),
      }),
      (input): DeskMessage => {
        const { seller, chat } = chatOf(state, input);
        const images = input.image ? [addPicture(state, seller, input.moderation, input.pendingMs)] : [];
        return deskMessage(say(state, seller, chat, { sender: input.sender, text: input.text, images, isBare: input.bare, atMs: input.atMs, via: "desk" }));
      },
    ),
    /** The service renews the signature: the one handed out before is refused from now on. */
    renewSign: deskCommand(z.strictObject(inChat), (input): DeskChat => {
      const { seller, chat } = chatOf(state, input);
      chat.signVersion += 1;
      return deskChat(seller, chat);
    }),
    setFileModeration: deskCommand(z.strictObject({ ...whose, fileId: z.string(), moderation: z.enum(["passed", "pending", "failed"]) }), (input) => {
      const file = sellerOf(state, input.sid).files[input.fileId];
      if (!file) throw new Error(`There is no file "${input.fileId}".`);
      file.moderation = input.moderation;
      file.passesAtMs = 0;
    }),
    chats: deskCommand(z.strictObject({ ...whose, limit: z.number().int().default(10_000) }), (input): DeskChat[] => {
      const seller = sellerOf(state, input.sid);
      return Object.values(seller.chats)
        .slice(0, input.limit)
        .map((chat) => deskChat(seller, chat));
    }),
    /** All messages of a chat, oldest first. */
    messages: deskCommand(z.strictObject(inChat), (input): DeskMessage[] => {
      const { seller, chat } = chatOf(state, input);
      return seller.events.filter((event) => event.chatId === chat.id).map(deskMessage);
    }),
    /** Everything that arrived through the API's send method, oldest first. */
    sent: deskCommand(z.strictObject(whose), (input): DeskMessage[] =>
      sellerOf(state, input.sid)
        .events.filter((event) => event.via === "api")
        .map(deskMessage),
    ),
    /** Totals to compare a synchronised inbox with. */
    totals: deskCommand(z.strictObject(whose), (input): { chats: number; messages: number; questions: number; reviews: number } => {
      const seller = sellerOf(state, input.sid);
      return { chats: Object.keys(seller.chats).length, messages: seller.events.length, questions: seller.questions.length, reviews: seller.reviews.length };
    }),
  };
}

function deskChat(seller: Seller, chat: Chat): DeskChat {
  const events = seller.events.filter((event) => event.chatId === chat.id);
  return {
    chatId: chat.id,
    clientName: chat.clientName,
    replySign: replySignOf(chat),
    rid: chat.card?.rid ?? null,
    messages: events.length,
    lastMessageId: events.at(-1)?.id ?? null,
  };
}

function deskMessage(event: ChatEvent): DeskMessage {
  return {
    chatId: event.chatId,
    messageId: event.id,
    at: new Date(event.atMs).toISOString(),
    sender: event.sender,
    text: event.message?.text ?? "",
    files: [...(event.message?.files ?? []), ...(event.message?.images ?? [])],
    via: event.via,
  };
}
