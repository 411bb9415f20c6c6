import type { Random } from "@/sandbox/kit/random";
import { type Chat, type ContextType, type Sender, statusAfter } from "./chats";
import { openChat } from "./events";
import { type Business, type Feedback, nextId, nextMessageId, type Order, type Question, type YandexState } from "./state";
import { ask, BUYERS, QUESTIONS, REVIEWS, TOPICS } from "./talk";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A message of the past; nobody is notified. */
export function addPast(state: YandexState, chat: Chat, sender: Sender, atMs: number, text: string): void {
  chat.status = statusAfter(chat, sender, chat.messages.length === 0);
  chat.updatedAtMs = atMs;
  chat.messages.append({ id: nextMessageId(state, atMs), createdAtMs: atMs, sender, text, payload: [], via: "scenario" });
}

/** A chat with its messages, each so long before now. */
export function pastChat(
  state: YandexState,
  business: Business,
  about: { readonly type: ContextType; readonly order?: Order | undefined; readonly offerId?: string | undefined },
  lines: readonly (readonly [sender: Sender, agoMs: number, text: string])[],
): Chat {
  const nowMs = state.host.clock.nowMs();
  const chat = openChat(state, { ...about, atMs: nowMs - (lines[0]?.[1] ?? 0) });
  for (const [sender, agoMs, text] of lines) addPast(state, chat, sender, nowMs - agoMs, text);
  business.chats.set(chat.chatId, chat);
  return chat;
}

export function makeFeedback(state: YandexState, random: Random, business: Business, createdAtMs: number): Feedback {
  const topic = random.pick(REVIEWS);
  const orders = [...business.orders.values()];
  const order = orders.length > 0 && random.chance(0.7) ? random.pick(orders) : undefined;
  return {
    feedbackId: nextId(state),
    createdAtMs,
    orderId: order?.orderId ?? null,
    offerId: order?.items[0]?.offerId ?? random.pick(business.goods).offerId,
    author: random.pick(BUYERS),
    rating: topic.rating,
    advantages: topic.advantages,
    disadvantages: topic.disadvantages,
    comment: topic.comment,
    photos: [],
    needReaction: true,
    skipped: false,
    comments: [],
  };
}

export function makeQuestion(state: YandexState, random: Random, business: Business, createdAtMs: number): Question {
  return {
    id: nextId(state),
    offerId: random.pick(business.goods).offerId,
    text: random.pick(QUESTIONS),
    author: random.pick(BUYERS),
    createdAtMs,
    answers: [],
  };
}

/** Chats of the last two weeks, most of them answered. Oldest first, so that message ids grow with time. */
export function fillChats(state: YandexState, business: Business, count: number): void {
  const { random } = state;
  const orders = [...business.orders.values()];
  for (let index = 0; index < count; index += 1) {
    const topic = TOPICS[index % TOPICS.length] ?? random.pick(TOPICS);
    const order = topic.needsOrder && orders.length > 0 ? random.pick(orders) : undefined;
    const good = random.pick(business.goods);
    const agoMs = Math.round(((count - index) / count) * 14 * DAY_MS) + random.int(10 * MINUTE_MS, HOUR_MS);
    const lines: [Sender, number, string][] = [["CUSTOMER", agoMs, ask(topic, order?.items[0]?.name ?? good.name)]];
    if (index % 3 !== 0) lines.push(["PARTNER", agoMs - 5 * MINUTE_MS, topic.answer]);
    if (index % 3 === 2) lines.push(["CUSTOMER", agoMs - 9 * MINUTE_MS, topic.thanks]);
    const chat = pastChat(state, business, order === undefined ? { type: "DIRECT", offerId: good.offerId } : { type: "ORDER", order }, lines);
    if (index % 3 === 2) chat.status = "FINISHED";
  }
}

/** Reviews and questions of the last weeks, part of them answered. */
export function fillFeedback(state: YandexState, business: Business, size: { readonly reviews: number; readonly questions: number }): void {
  const { random } = state;
  const nowMs = state.host.clock.nowMs();
  const ago = (index: number, count: number, days: number) => nowMs - Math.round(((count - index) / count) * days * DAY_MS) - random.int(0, HOUR_MS);
  for (let index = 0; index < size.reviews; index += 1) {
    const feedback = makeFeedback(state, random, business, ago(index, size.reviews, 40));
    business.feedbacks.push(feedback);
    if (index % 2 === 0) continue;
    feedback.needReaction = false;
    const author = { type: "BUSINESS" as const, name: business.name };
    feedback.comments.push({
      id: nextId(state),
      text: "Спасибо за отзыв! Передали вашу оценку команде.",
      parentId: null,
      author,
      status: "PUBLISHED",
      via: "scenario",
    });
  }
  for (let index = 0; index < size.questions; index += 1) {
    const question = makeQuestion(state, random, business, ago(index, size.questions, 20));
    business.questions.push(question);
    if (index % 2 === 0) continue;
    const author = { type: "BUSINESS" as const, name: business.name };
    const createdAtMs = Math.min(nowMs, question.createdAtMs + HOUR_MS);
    question.answers.push({
      id: nextId(state),
      text: "Здравствуйте! Да, гарантия 12 месяцев.",
      author,
      status: "PUBLISHED",
      createdAtMs,
      via: "scenario",
      comments: [],
    });
  }
}
