import { chatError, fileBlocked, fileGone } from "./errors";
import type { Call, Operation } from "./operation";
import { addEvent, addFile, type Chat, type ChatEvent, type GoodCard, replySignOf, type Seller, type StoredFile, type WbState } from "./state";

const HOST = "buyer-chat-api";
const MAX_FILE = 5 * 1_024 * 1_024;
const MAX_ALL = 30 * 1_024 * 1_024;
const rights = (group: string, isWrite = false) => ({ category: "chat" as const, isWrite, group, usual: [10, 1] as const, base: [1, 3_600] as const });

/** Lists, feed, sending and files of the buyer chats. */
export function chatOperations(state: WbState): Operation[] {
  return [
    { ...rights("chats"), method: "GET", host: HOST, path: "/api/v1/seller/chats", answer: ({ seller }) => ({ result: listChats(seller), errors: null }) },
    { ...rights("events"), method: "GET", host: HOST, path: "/api/v1/seller/events", answer: (call) => feed(state, call) },
    { ...rights("message", true), method: "POST", host: HOST, path: "/api/v1/seller/message", answer: (call) => send(state, call) },
    { ...rights("download"), base: [1, 360], method: "GET", host: HOST, path: "/api/v1/seller/download/{id}", answer: (call) => download(state, call) },
  ];
}

function cardJson(card: GoodCard): unknown {
  return { nmID: card.nmId, price: card.price, priceCurrency: "RUB", rid: card.rid, size: card.size };
}

function listChats(seller: Seller): unknown[] {
  const last = new Map<string, ChatEvent>();
  for (const event of seller.events) last.set(event.chatId, event);
  return Object.values(seller.chats)
    .map((chat) => ({ chat, event: last.get(chat.id) }))
    .sort((left, right) => (right.event?.atMs ?? 0) - (left.event?.atMs ?? 0))
    .map(({ chat, event }) => ({
      chatID: chat.id,
      replySign: replySignOf(chat),
      clientName: chat.clientName,
      ...(chat.card === null ? {} : { goodCard: cardJson(chat.card) }),
      lastMessage: { text: event?.message?.text ?? "", addTimestamp: event?.atMs ?? 0 },
    }));
}

function feed(state: WbState, { seller, query }: Call): unknown {
  const next = query.get("next");
  if (next !== null && !/^-?\d+$/.test(next)) throw chatError("Invalid number", "application/json");
  if (next !== null && Number(next) <= 0) throw chatError('Invalid value for "next"', "application/json");
  const after = next === null ? 0 : Number(next);
  const start = firstAfter(seller.events, after);
  let end = Math.min(seller.events.length, start + state.settings.eventsPage);
  // A page never ends between two events of one millisecond: the cursor could not tell them apart.
  while (end < seller.events.length && seller.events[end]?.atMs === seller.events[end - 1]?.atMs) end += 1;
  const page = seller.events.slice(start, end);
  const newest = page.at(-1);
  const oldest = page[0];
  return {
    result: {
      next: newest?.atMs ?? (next === null ? state.host.clock.nowMs() : after),
      ...(newest && oldest ? { newestEventTime: iso(newest.atMs), oldestEventTime: iso(oldest.atMs) } : {}),
      totalEvents: page.length,
      events: page.map((event) => eventJson(seller, event)),
    },
    errors: null,
  };
}

function firstAfter(events: readonly ChatEvent[], afterMs: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle]?.atMs ?? 0) <= afterMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whole seconds, as the samples print times. */
const iso = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

function eventJson(seller: Seller, event: ChatEvent): unknown {
  const chat = seller.chats[event.chatId];
  return {
    chatID: event.chatId,
    eventID: event.id,
    eventType: "message",
    ...(event.isNewChat ? { isNewChat: true } : {}),
    ...(event.message === null ? {} : { message: messageJson(seller, chat, event.message, event.atMs) }),
    ...(event.source === null ? {} : { source: event.source }),
    addTimestamp: event.atMs,
    addTime: iso(event.atMs),
    ...(event.isNewChat && chat ? { replySign: replySignOf(chat) } : {}),
    sender: event.sender,
    ...(event.sender === "client" && chat ? { clientName: chat.clientName } : {}),
  };
}

function messageJson(seller: Seller, chat: Chat | undefined, message: NonNullable<ChatEvent["message"]>, atMs: number): unknown {
  const date = new Date(atMs).toISOString();
  const fileOf = (id: string) => {
    const file = seller.files[id];
    const url = `https://chat-basket-01.wbbasket.ru/vol0/part3265/${id}/${file?.contentType === "application/pdf" ? "pdf" : "jpg"}/${id}`;
    return { file, base: { date, downloadID: id, url } };
  };
  const attachments = {
    ...(message.card && chat?.card ? { goodCard: cardJson(chat.card) } : {}),
    ...(message.files.length === 0
      ? {}
      : {
          files: message.files.map((id) => {
            const { file, base } = fileOf(id);
            return { contentType: file?.contentType ?? "", ...base, name: file?.name ?? "", size: Buffer.byteLength(file?.base64 ?? "", "base64") };
          }),
        }),
    ...(message.images.length === 0 ? {} : { images: message.images.map((id) => fileOf(id).base) }),
  };
  return { ...(Object.keys(attachments).length === 0 ? {} : { attachments }), ...(message.text === null ? {} : { text: message.text }) };
}

async function send(state: WbState, call: Call): Promise<unknown> {
  const { seller } = call;
  if (!/^multipart\/form-data\s*;\s*boundary=/i.test(call.contentType)) throw chatError("request Content-Type isn't multipart/form-data");
  const form = await readForm(call);
  const sign = form.get("replySign");
  const chat = Object.values(seller.chats).find((one) => typeof sign === "string" && sign.length <= 255 && replySignOf(one) === sign);
  if (!chat) throw chatError("Invalid signature");
  const text = form.get("message");
  if (text !== null && (typeof text !== "string" || [...text].length > 1_000)) throw chatError('Invalid value for "message"');
  const parts = form.getAll("file");
  if (parts.length === 0 && (text === null || text.trim() === "")) throw chatError('Invalid value for "message"');
  const files = await Promise.all(parts.map(readFile));
  if (files.reduce((sum, file) => sum + file.bytes.length, 0) > MAX_ALL) throw chatError("A24FA09844E: attachments too big. Max size: 30MiB");
  const ids = files.map((file) => ({ file, id: addFile(state, seller, file) }));
  const atMs = state.host.clock.nowMs();
  addEvent(seller, {
    id: state.random.uuid(),
    chatId: chat.id,
    atMs,
    isNewChat: false,
    sender: "seller",
    source: "seller-public-api",
    message: {
      text: text === null || text === "" ? null : text,
      card: false,
      files: ids.filter(({ file }) => file.contentType === "application/pdf").map(({ id }) => id),
      images: ids.filter(({ file }) => file.contentType !== "application/pdf").map(({ id }) => id),
    },
    via: "api",
  });
  state.onSellerMessage(seller, chat.id);
  return { result: { addTime: atMs, chatID: chat.id }, errors: [] };
}

async function readForm(call: Call): Promise<FormData> {
  try {
    return await call.form();
  } catch {
    // The parser of this machine has words of its own; the service's are what counts.
    throw chatError("multipart: NextPart: EOF");
  }
}

async function readFile(part: FormDataEntryValue): Promise<{ name: string; contentType: string; bytes: Uint8Array }> {
  if (typeof part === "string") throw chatError('4A9F2544E29: "file" has unsupported mime type');
  const bytes = new Uint8Array(await part.arrayBuffer());
  if (bytes.length > MAX_FILE) throw chatError("A24FA09844E: attachment too big. Max size: 5MiB");
  const contentType = sniff(bytes);
  if (contentType === undefined) throw chatError(`4A9F2544E29: "${part.name}" has unsupported mime type`);
  return { name: part.name, contentType, bytes };
}

/** By the first bytes, whatever the name says. */
function sniff(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 4)).toString("hex");
  if (head.startsWith("ffd8ff")) return "image/jpeg";
  if (head === "89504e47") return "image/png";
  return head === "25504446" ? "application/pdf" : undefined;
}

function download(state: WbState, { seller, id }: Call): Response {
  const file = seller.files[id];
  if (!file) throw fileGone();
  const moderation = moderationOf(state, file);
  if (moderation === "failed") throw fileBlocked();
  if (moderation === "pending") return Response.json({ moderationState: "pending", retrySeconds: 30 }, { status: 202 });
  return new Response(Buffer.from(file.base64, "base64"), { headers: { "content-type": file.contentType } });
}

function moderationOf(state: WbState, file: StoredFile): StoredFile["moderation"] {
  if (file.moderation !== "passed") return file.moderation;
  return state.host.clock.nowMs() < file.passesAtMs ? "pending" : "passed";
}
