import { z } from "zod";
import { badFormat, entityNotFound, incorrect, missing, pageOf } from "./envelope";
import { addMessage, orderChat, storeFile } from "./happenings";
import { stamp } from "./kyiv";
import { expandList, type Method, method, moment, number, page, sortBy, whole } from "./method";
import { orderOf } from "./routes-orders";
import type { Chat, Market, Message, RozetkaState } from "./state";

const PER_PAGE = 20;
const searchQuery = z.object({
  msgType: z.enum(["orders", "items", "deleted"]),
  searchType: z.enum(["0", "1", "2", "3"]).optional(),
  search: z.string().optional(),
  id: whole.optional(),
  star_market: z.enum(["0", "1"]).optional(),
  read: z.enum(["0", "1"]).optional(),
  created_from: moment.optional(),
  created_to: moment.optional(),
  updated_from: moment.optional(),
  updated_to: moment.optional(),
  page,
  sort: sortBy("id", "created", "updated").default("-updated"),
  expand: expandList,
});
/** Nothing says how long a text may be; this is what a TEXT column holds. */
const MAX_BODY = 16_000;
const createBody = z.object({
  chat_id: number,
  receiver_id: number,
  body: z.string().refine((text) => text.trim() !== "" && text.length <= MAX_BODY),
  sendEmailUser: z.union([z.literal(0), z.literal(1), z.literal("0"), z.literal("1")]),
});
const changeBody = z.object({ star_market: z.union([z.literal(0), z.literal(1)]).optional(), read_market: z.null().optional() });

/** Chats: reading, writing, opening. */
export function chatMethods(state: RozetkaState): Method[] {
  return [
    method({
      path: "/messages/search",
      section: "messages",
      query: searchQuery,
      whenWrong: { chats: [], _meta: pageOf([], 1, PER_PAGE)._meta },
      answer: ({ market, query }) => {
        const fitting = sorted(
          [...market.chats.values()].filter((chat) => fits(chat, query)),
          query.sort,
        );
        const { page: shown, _meta } = pageOf(fitting, query.page, PER_PAGE);
        return { chats: shown.map((chat) => chatJson(state, market, chat, query.expand)), _meta };
      },
    }),
    method({
      path: "/messages/counts",
      section: "messages",
      answer: ({ market }) => {
        const chats = [...market.chats.values()].filter((chat) => !chat.trash);
        const unread = chats.filter((chat) => unreadOf(chat) > 0);
        const orders = chats.filter(({ type }) => type === 0);
        return { totalUnread: unread.length, total: chats.length, ordersChatAll: orders.length, itemsChatAll: chats.length - orders.length };
      },
    }),
    method({
      path: "/messages/{id}",
      section: "messages",
      query: z.object({ expand: expandList }),
      answer: ({ market, id, query }) => {
        const chat = chatOf(market, id);
        const nowMs = state.host.clock.nowMs();
        // Opening is reading.
        chat.readMs = nowMs;
        for (const message of chat.messages) if (message.sender === 3) message.readMs ??= nowMs;
        return chatJson(state, market, chat, query.expand);
      },
    }),
    method({
      verb: "PUT",
      path: "/messages/{id}",
      section: "messages",
      body: changeBody,
      answer: ({ market, id, body }) => {
        const chat = chatOf(market, id);
        if (body.star_market !== undefined) chat.star = body.star_market === 1;
        if (body.read_market === null) chat.readMs = null;
        return chatJson(state, market, chat, new Set());
      },
    }),
    method({
      path: "/messages/{id}/order-chat",
      section: "messages",
      answer: ({ market, id }) => chatJson(state, market, orderChat(state, market, orderOf(market, id), state.host.clock.nowMs()), new Set()),
    }),
    method({
      verb: "POST",
      path: "/messages/{id}/delete-chat",
      section: "messages",
      answer: ({ market, id }) => {
        chatOf(market, id).trash = true;
        return true;
      },
    }),
    method({
      verb: "POST",
      path: "/messages/create",
      section: "messages",
      permission: "correspondence",
      body: createBody,
      multipart: true,
      answer: ({ market, body, form }) => send(state, market, body, form),
    }),
    method({
      path: "/messages/download-file/{id}",
      section: "messages",
      answer: ({ market, id }) => {
        const file = state.files.get(id);
        if (file === undefined || !market.chats.has(file.chatId)) throw entityNotFound();
        return new Response(Buffer.from(file.bytes), {
          headers: { "content-type": file.contentType, "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}` },
        });
      },
    }),
  ];
}

export function chatOf(market: Market, id: number): Chat {
  const chat = market.chats.get(id);
  if (chat === undefined) throw entityNotFound();
  return chat;
}

async function send(state: RozetkaState, market: Market, body: z.output<typeof createBody>, form: FormData | undefined): Promise<unknown> {
  const chat = chatOf(market, body.chat_id);
  if (chat.buyer.id !== body.receiver_id) throw incorrect("receiver_id");
  const file = form?.get("file");
  if (form !== undefined && !(file instanceof File)) throw missing("file");
  if (file instanceof File && file.size === 0) throw badFormat("file");
  const files = file instanceof File ? [storeFile(state, chat.id, file.name, file.type, new Uint8Array(await file.arrayBuffer()))] : [];
  const status = market.quirks.passesAtOnce ? 5 : 0;
  const message = addMessage(state, chat, { body: body.body, sender: 2, via: "api", atMs: state.host.clock.nowMs(), status, files });
  state.onSellerMessage(market, chat);
  return messageJson(state, chat, message, market);
}

/** "orders" holds chats about orders, "items" those about items and to the seller, "deleted" the bin. */
function fits(chat: Chat, query: z.output<typeof searchQuery>): boolean {
  const inside = (at: number, from: number | undefined, to: number | undefined) => {
    const second = Math.floor(at / 1_000) * 1_000;
    return (from === undefined || second >= from) && (to === undefined || second <= to);
  };
  const isListed = query.msgType === "deleted" ? chat.trash : !chat.trash && (chat.type === 0) === (query.msgType === "orders");
  return (
    isListed &&
    (query.id === undefined || query.id === chat.id) &&
    (query.read === undefined || (unreadOf(chat) === 0) === (query.read === "1")) &&
    inside(chat.createdMs, query.created_from, query.created_to) &&
    inside(chat.updatedMs, query.updated_from, query.updated_to)
  );
}

function sorted(chats: Chat[], sort: string): Chat[] {
  const key = (chat: Chat) => (sort.endsWith("updated") ? chat.updatedMs : sort.endsWith("created") ? chat.createdMs : chat.id);
  return chats.sort((left, right) => (key(left) - key(right) || left.id - right.id) * (sort.startsWith("-") ? -1 : 1));
}

const unreadOf = (chat: Chat) => chat.messages.filter((message) => message.sender === 3 && message.readMs === null).length;

function chatJson(state: RozetkaState, market: Market, chat: Chat, expand: ReadonlySet<string>): unknown {
  const good = market.goods.find(({ rzItemId }) => rzItemId !== null && rzItemId === chat.rzItemId);
  return {
    id: chat.id,
    created: stamp(chat.createdMs),
    updated: stamp(chat.updatedMs),
    subject: chat.subject,
    user: { id: chat.buyer.id, has_email: true, contact_fio: chat.buyer.name, email: "true" },
    read_market: chat.readMs === null ? null : stamp(chat.readMs),
    trash_market: chat.trash ? 1 : 0,
    star_market: chat.star ? 1 : 0,
    order_id: chat.orderId,
    type: chat.type,
    item_id: chat.rzItemId,
    user_id: chat.buyer.id,
    unread_messages_count: unreadOf(chat),
    ...(expand.has("messages") ? { messages: chat.messages.map((message) => messageJson(state, chat, message, market)) } : {}),
    ...(expand.has("user_fio") ? { user_fio: chat.buyer.name } : {}),
    ...(expand.has("item")
      ? { item: good === undefined ? null : { id: good.rzItemId, name: good.name, name_ua: good.name, price_offer_id: good.offerId } }
      : {}),
    ...(expand.has("market_title") ? { market_title: market.title } : {}),
  };
}

function messageJson(state: RozetkaState, chat: Chat, message: Message, market: Market): unknown {
  const isOurs = message.sender === 2;
  return {
    id: message.id,
    chat_id: chat.id,
    body: message.body,
    created: stamp(message.createdMs),
    read: message.readMs === null ? null : stamp(message.readMs),
    receiver_id: isOurs ? chat.buyer.id : market.id,
    sender: message.sender,
    seller: isOurs ? { id: market.id + 111, fio: "Олена Мельник" } : null,
    seller_id: isOurs ? market.id + 111 : null,
    files: message.files.map((id) => {
      const file = state.files.get(id);
      return { id, name: file?.name, size: file?.bytes.byteLength ?? 0, chat_message_id: message.id, chat_id: chat.id, typeName: file?.contentType ?? "" };
    }),
    status: message.status,
  };
}
