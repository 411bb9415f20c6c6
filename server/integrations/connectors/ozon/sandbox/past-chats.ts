import type { Random } from "@/sandbox/kit/random";
import { type Chat, type Message, MessageLog, markReadBySeller } from "./chats";
import type { Posting } from "./postings";
import { storeFile } from "./routes-chat-send";
import { messageIdAt, type OzonState, type Seller } from "./state";
import { ask, TOPICS, type Topic } from "./talk";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** A one-pixel PNG: what buyers "photograph" here. */
export const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

/** An empty chat about a posting or a product. */
export function openChat(
  state: OzonState,
  random: Random,
  about: { posting?: Posting | undefined; sku?: number | undefined },
  createdAtMs: number,
  id = random.uuid(),
): Chat {
  return {
    id,
    type: "BUYER_SELLER",
    status: "OPENED",
    createdAtMs,
    buyerId: String(random.int(10_000_000, 99_999_999)),
    orderNumber: about.posting?.orderNumber ?? "",
    postingNumber: about.posting?.postingNumber ?? null,
    sku: String(about.posting?.products[0]?.sku ?? about.sku ?? ""),
    messages: new MessageLog(),
    sortId: uniqueId(state, createdAtMs),
    sellerReadId: "0",
    buyerReadId: "0",
    unread: 0,
    lastBuyerAtMs: null,
  };
}

/** Adds a message of the past; ids follow the time given. */
export function addPast(state: OzonState, seller: Seller, chat: Chat, userType: Message["userType"], atMs: number, data: string[], isImage = false): Message {
  const userId = userType === "Seller" ? seller.clientId : userType === "Customer" ? chat.buyerId : "1";
  const drawnId = uniqueId(state, atMs);
  const lastId = chat.messages.last()?.id;
  const id = lastId !== undefined && BigInt(drawnId) <= BigInt(lastId) ? (BigInt(lastId) + 1n).toString() : drawnId;
  const message: Message = { id, createdAtMs: atMs, userType, userId, data, isImage, via: "scenario" };
  seller.chats.append(chat, message);
  if (userType === "Seller") {
    markReadBySeller(chat, message.id);
    chat.buyerReadId = message.id;
  }
  return message;
}

/** Distinguishes ids drawn for the same moment of the past by the digits below a millisecond. */
const drawn = new WeakMap<OzonState, number>();
function uniqueId(state: OzonState, atMs: number): string {
  const serial = ((drawn.get(state) ?? 0) + 1) % 1_000;
  drawn.set(state, serial);
  const id = messageIdAt(atMs) + BigInt(serial);
  if (id > state.lastMessageId) state.lastMessageId = id;
  return id.toString();
}

/** Writes `count` talks of the last ten days: most answered and done, about a fifth still waiting for the shop. */
export function fillChats(state: OzonState, seller: Seller, count: number): void {
  const { random } = state;
  const nowMs = state.host.clock.nowMs();
  const postings = seller.postings.all().filter((posting) => nowMs - posting.inProcessAtMs < 14 * 24 * HOUR_MS);
  for (let index = 0; index < count; index += 1) {
    const waiting = index % 5 === 0;
    const startedAtMs = nowMs - (waiting ? random.int(20, 30 * 60) * MINUTE_MS : random.int(6, 10 * 24) * HOUR_MS);
    const topic = TOPICS[index % TOPICS.length] ?? random.pick(TOPICS);
    const posting = topic.needsOrder || random.chance(0.3) ? random.pick(postings) : undefined;
    const product = posting ? posting.products[0] : random.pick(seller.products);
    const chat = openChat(state, random, { posting, sku: product?.sku }, startedAtMs);
    if (index % 11 === 3) chat.type = "BUYER_SELLER_SELECT";
    seller.chats.add(chat);
    writeTalk(state, seller, chat, topic, product?.name ?? "", startedAtMs, waiting);
    if (!waiting && nowMs - startedAtMs > 4 * 24 * HOUR_MS && random.chance(0.5)) chat.status = "CLOSED";
  }
}

function writeTalk(state: OzonState, seller: Seller, chat: Chat, topic: Topic, productName: string, startedAtMs: number, waiting: boolean): void {
  const { random } = state;
  let atMs = startedAtMs;
  const say = (who: Message["userType"], text: string) => {
    addPast(state, seller, chat, who, atMs, [text]);
    atMs = Math.min(atMs + random.int(2, 45) * MINUTE_MS, state.host.clock.nowMs() - MINUTE_MS);
  };
  say("Customer", ask(topic, productName));
  if (topic.question.includes("на фото") || topic.question.includes("мятая")) {
    addPast(state, seller, chat, "Customer", atMs, [storeFile(state, seller, "photo.png", "image/png", PIXEL)], true);
    atMs += MINUTE_MS;
  }
  if (waiting && random.chance(0.6)) return;
  say("Seller", topic.answer);
  if (topic.followUp) say("Customer", topic.followUp);
  if (waiting) return;
  if (topic.followUp) say("Seller", topic.followUpAnswer);
  say("Customer", topic.thanks);
  say("Seller", "Рады помочь! Хорошего дня.");
}

/** The service's own chats: they are in the list too and must not be taken for buyers. */
export function fillServiceChats(state: OzonState, seller: Seller): void {
  const nowMs = state.host.clock.nowMs();
  const support = openChat(state, state.random, {}, nowMs - 50 * HOUR_MS);
  support.type = "SELLER_SUPPORT";
  seller.chats.add(support);
  addPast(state, seller, support, "Seller", nowMs - 50 * HOUR_MS, ["Здравствуйте! Когда обновится индекс цен?"]);
  addPast(state, seller, support, "Support", nowMs - 49 * HOUR_MS, ["Здравствуйте! Индекс пересчитывается раз в сутки, ночью."]);
  const news = openChat(state, state.random, {}, nowMs - 30 * HOUR_MS);
  news.type = "SELLER_API_NOTIFICATIONS";
  seller.chats.add(news);
  addPast(state, seller, news, "NotificationUser", nowMs - 30 * HOUR_MS, [
    "Метод /v3/finance/transaction/list отключён. Используйте /v1/finance/accrual/by-day.",
  ]);
}
