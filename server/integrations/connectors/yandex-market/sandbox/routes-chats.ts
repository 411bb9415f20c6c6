import { z } from "zod";
import type { Chat, ContextType, Message, Sender } from "./chats";
import { badRequest, notFound } from "./errors";
import { type Events, openChat } from "./events";
import { storeFile, urlOf } from "./files";
import { type Call, hourly, int64, type Method, method, ok, paged, pageOf, queryId, SCOPES } from "./method";
import { type Business, stamp, type YandexState } from "./state";

const STATUSES = ["NEW", "WAITING_FOR_CUSTOMER", "WAITING_FOR_PARTNER", "WAITING_FOR_ARBITER", "WAITING_FOR_MARKET", "FINISHED"] as const;
const listOf = <S extends z.ZodType>(item: S) => z.array(item).min(1).nullish();
const identifiable = z.strictObject({ type: z.enum(["ORDER", "RETURN"]), id: int64 });
const listBody = z.strictObject({
  orderIds: listOf(int64),
  contexts: listOf(identifiable),
  contextTypes: listOf(z.enum(["ORDER", "RETURN", "DIRECT"])),
  types: listOf(z.enum(["CHAT", "ARBITRAGE"])),
  statuses: listOf(z.enum(STATUSES)),
});
const newBody = z.strictObject({ orderId: int64.optional(), context: identifiable.optional() });
const MAX_FILE_BYTES = 5 * 1024 * 1024;
const MAX_TEXT = 4_096;
const inChat = { chatId: queryId };

/** Chats: reading, writing, starting. */
export function chatMethods(state: YandexState, events: Events): Method[] {
  const base = "/v2/businesses/{businessId}";
  return [
    method({
      path: `${base}/chats`,
      scopes: SCOPES.talkRead,
      quota: hourly(5_000),
      query: z.object(paged(20, 10)),
      body: listBody,
      answer: ({ business, body, query }) => {
        // Newest chats first; no order is documented.
        const fitting = [...business.chats.values()].reverse().filter((chat) => fits(chat, body));
        const { page, paging } = pageOf(fitting, query, (chat) => chat.chatId);
        return ok({ chats: page.map(chatJson), paging });
      },
    }),
    method({
      verb: "GET",
      path: `${base}/chat`,
      scopes: SCOPES.talkRead,
      quota: hourly(1_000),
      query: z.object(inChat),
      answer: ({ business, query }) => ok(chatJson(chatOf(business, query.chatId))),
    }),
    method({
      path: `${base}/chats/history`,
      scopes: SCOPES.talkRead,
      quota: hourly(10_000),
      query: z.object({ ...inChat, ...paged(100, 50) }),
      body: z.strictObject({ messageIdFrom: int64.optional() }),
      answer: ({ business, body, query }) => {
        const chat = chatOf(business, query.chatId);
        const { historyFromExclusive, historyNewestFirst } = business.quirks;
        const from = body.messageIdFrom === undefined ? undefined : BigInt(body.messageIdFrom);
        const wanted = chat.messages.all().filter(({ id }) => from === undefined || (historyFromExclusive ? BigInt(id) > from : BigInt(id) >= from));
        const { page, paging } = pageOf(historyNewestFirst ? wanted.reverse() : wanted, query, (message) => message.id);
        return ok({ ...legacyOrder(chat), context: contextJson(chat), messages: page.map((message) => messageJson(message, state)), paging });
      },
    }),
    method({
      verb: "GET",
      path: `${base}/chats/message`,
      scopes: SCOPES.talkRead,
      quota: hourly(1_000),
      query: z.object({ ...inChat, messageId: queryId }),
      answer: ({ business, query }) => {
        const message = chatOf(business, query.chatId)
          .messages.all()
          .find(({ id }) => id === query.messageId);
        if (message === undefined) throw notFound("Message not found");
        return ok(messageJson(message, state));
      },
    }),
    method({
      path: `${base}/chats/message`,
      scopes: SCOPES.talkWrite,
      quota: hourly(1_000),
      query: z.object(inChat),
      body: z.strictObject({ message: z.string().refine((text) => text.length > 0 && [...text].length <= MAX_TEXT, `length must be from 1 to ${MAX_TEXT}`) }),
      answer: ({ business, body, query }) => {
        events.message(business, writableChat(business, query.chatId), { sender: "PARTNER", text: body.message, via: "api" });
        return { status: "OK" };
      },
    }),
    method({
      path: `${base}/chats/file/send`,
      scopes: SCOPES.talkWrite,
      quota: hourly(1_000),
      query: z.object(inChat),
      multipart: true,
      answer: (call) => sendFile(state, events, call),
    }),
    method({
      path: `${base}/chats/new`,
      scopes: SCOPES.talkWrite,
      quota: hourly(1_000),
      body: newBody,
      answer: ({ business, body }) => ok({ chatId: Number(startChat(state, events, business, body).chatId) }),
    }),
  ];
}

function chatOf(business: Business, chatId: string): Chat {
  const chat = business.chats.get(chatId);
  if (chat === undefined) throw notFound(`Chat ${chatId} not found`);
  return chat;
}

/** What a finished chat answers is published nowhere [I]. */
function writableChat(business: Business, chatId: string): Chat {
  const chat = chatOf(business, chatId);
  if (chat.status === "FINISHED") throw badRequest(`Chat ${chatId} is finished`);
  return chat;
}

function fits(chat: Chat, filter: z.output<typeof listBody>): boolean {
  const { context } = chat;
  const orderId = String(context.orderId ?? "");
  if (filter.orderIds && !filter.orderIds.includes(orderId)) return false;
  if (filter.contexts && !filter.contexts.some(({ type, id }) => context.type === type && id === (type === "ORDER" ? orderId : String(context.returnId ?? ""))))
    return false;
  if (filter.contextTypes && !filter.contextTypes.includes(context.type)) return false;
  if (filter.types && !filter.types.includes(chat.type)) return false;
  return !filter.statuses || filter.statuses.includes(chat.status);
}

async function sendFile(state: YandexState, events: Events, { business, query, form }: Call<unknown, { chatId: string }>): Promise<unknown> {
  const chat = writableChat(business, query.chatId);
  const file = form?.get("file");
  if (!(file instanceof File)) throw badRequest("Required part 'file' is not present", "MISSING_PARAM");
  if (file.size === 0) throw badRequest("File is empty");
  if (file.size > MAX_FILE_BYTES) throw badRequest("File size exceeds 5 MB", "LIMIT_EXCEEDED");
  const payload = storeFile(state, file.name, file.type, new Uint8Array(await file.arrayBuffer()));
  events.message(business, chat, { sender: "PARTNER", payload: [payload], via: "api" });
  return { status: "OK" };
}

/** Gives the chat there is. */
function startChat(state: YandexState, events: Events, business: Business, body: z.output<typeof newBody>): Chat {
  const about = body.context ?? (body.orderId === undefined ? undefined : { type: "ORDER" as const, id: body.orderId });
  if (about === undefined) throw badRequest("context is required", "MISSING_PARAM");
  const orders = [...business.orders.values()];
  const order = orders.find((candidate) => String(about.type === "ORDER" ? candidate.orderId : candidate.returnId) === about.id);
  if (order === undefined) throw notFound(about.type === "ORDER" ? `Order ${about.id} not found` : `Return ${about.id} not found`);
  const placement = business.campaigns.find((campaign) => campaign.id === order.campaignId)?.placementType;
  if (about.type === "RETURN" && placement === "DBS") throw badRequest("Chats about returns are not available for DBS");
  const existing = [...business.chats.values()].find((chat) => chat.context.type === about.type && chat.context.orderId === order.orderId);
  if (existing !== undefined) return existing;
  const chat = openChat(state, { type: about.type, order });
  events.open(business, chat);
  return chat;
}

const legacyOrder = (chat: Chat) => (chat.context.orderId === null ? {} : { orderId: chat.context.orderId });

function contextJson(chat: Chat): { type: ContextType } {
  const { type, orderId, returnId, campaignId } = chat.context;
  return {
    type,
    customer: chat.customer,
    ...(campaignId === null ? {} : { campaignId: Number(campaignId) }),
    ...(orderId === null ? {} : { orderId }),
    ...(returnId === null ? {} : { returnId }),
  } as { type: ContextType };
}

function chatJson(chat: Chat): unknown {
  return {
    chatId: Number(chat.chatId),
    ...legacyOrder(chat),
    context: contextJson(chat),
    type: chat.type,
    status: chat.status,
    createdAt: stamp(chat.createdAtMs),
    updatedAt: stamp(chat.updatedAtMs),
  };
}

function messageJson(message: Message, state: YandexState): { sender: Sender } {
  return {
    messageId: BigInt(message.id),
    createdAt: stamp(message.createdAtMs),
    sender: message.sender,
    ...(message.text === "" ? {} : { message: message.text }),
    ...(message.payload.length === 0 ? {} : { payload: message.payload.map((file) => ({ name: file.name, url: urlOf(state, file), size: file.size })) }),
  } as { sender: Sender };
}
