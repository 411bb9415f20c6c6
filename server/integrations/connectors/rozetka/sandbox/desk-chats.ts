import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import { marketOf, whose } from "./desk-account";
import { addMessage, openChat, orderChat, PIXEL, storeFile } from "./happenings";
import type { Chat, Market, Message, RozetkaState } from "./state";
import { makeBuyer } from "./trade";

interface DeskMessage {
  readonly chatId: number;
  readonly messageId: number;
  readonly sender: Message["sender"];
  readonly body: string;
  readonly files: readonly string[];
  readonly status: Message["status"];
  readonly via: Message["via"];
}

function chatOf(market: Market, chatId: number): Chat {
  const chat = market.chats.get(chatId);
  if (chat === undefined) throw new Error(`There is no chat ${chatId}.`);
  return chat;
}

const inChat = { ...whose, chatId: z.number().int() };

/** Desk commands about chats. */
export function chatDesk(state: RozetkaState) {
  const now = () => state.host.clock.nowMs();
  const shown = (chat: Chat): DeskMessage[] =>
    chat.messages.map((message) => ({
      chatId: chat.id,
      messageId: message.id,
      sender: message.sender,
      body: message.body,
      files: message.files.map((id) => state.files.get(id)?.name ?? ""),
      status: message.status,
      via: message.via,
    }));
  return {
    /** A buyer begins: about an order if one is named, about an item otherwise. */
    addChat: deskCommand(
      z.strictObject({ ...whose, text: z.string().min(1), orderId: z.number().int().optional(), toSeller: z.boolean().optional() }),
      (input) => {
        const market = marketOf(state, input.marketId);
        const order = input.orderId === undefined ? undefined : market.orders.get(input.orderId);
        if (input.orderId !== undefined && order === undefined) throw new Error(`There is no order ${input.orderId}.`);
        const rzItemId = input.toSeller === true ? undefined : (state.random.pick(market.goods).rzItemId ?? undefined);
        const type = rzItemId === undefined ? 2 : 1;
        const chat =
          order === undefined
            ? openChat(state, market, { type, buyer: makeBuyer(state.random), subject: "Питання", rzItemId, atMs: now() })
            : orderChat(state, market, order, now());
        const message = addMessage(state, chat, { body: input.text, sender: 3, via: "desk", atMs: now() });
        return { chatId: chat.id, messageId: message.id };
      },
    ),
    /** 3 = the buyer, 2 = the shop in its cabinet, which reads the chat there; 0 and 1 = whoever that is. */
    write: deskCommand(
      z.strictObject({
        ...inChat,
        text: z.string().default(""),
        sender: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).default(3),
        image: z.boolean().default(false),
      }),
      (input) => {
        const chat = chatOf(marketOf(state, input.marketId), input.chatId);
        const files = input.image ? [storeFile(state, chat.id, "фото.png", "image/png", PIXEL)] : [];
        if (input.sender === 2) for (const message of chat.messages) if (message.sender === 3) message.readMs ??= now();
        return { messageId: addMessage(state, chat, { body: input.text, sender: input.sender, via: "desk", atMs: now(), files }).id };
      },
    ),
    /** A moderator decides about the newest message of the shop. */
    moderate: deskCommand(z.strictObject({ ...inChat, passed: z.boolean() }), (input) => {
      const chat = chatOf(marketOf(state, input.marketId), input.chatId);
      const message = chat.messages.filter(({ sender }) => sender === 2).at(-1);
      if (message === undefined) throw new Error(`The shop has not written in chat ${input.chatId}.`);
      message.status = input.passed ? 3 : 2;
    }),
    chats: deskCommand(z.strictObject(whose), (input) =>
      [...marketOf(state, input.marketId).chats.values()].map((chat) => ({
        chatId: chat.id,
        type: chat.type,
        orderId: chat.orderId,
        messages: chat.messages.length,
        unread: chat.messages.filter(({ sender, readMs }) => sender === 3 && readMs === null).length,
      })),
    ),
    messages: deskCommand(z.strictObject(inChat), (input): DeskMessage[] => shown(chatOf(marketOf(state, input.marketId), input.chatId))),
    /** Everything that arrived through the API, oldest first. */
    sent: deskCommand(z.strictObject(whose), (input): DeskMessage[] =>
      [...marketOf(state, input.marketId).chats.values()].flatMap(shown).filter(({ via }) => via === "api"),
    ),
  };
}
