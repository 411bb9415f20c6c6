import { addPicture, ask, openChat, review, say } from "./happenings";
import type { Seller, WbState } from "./state";
import { about, OPINIONS, QUESTIONS, TOPICS, type Topic } from "./talk";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Writes the past of a shop: most of it answered, about a fifth still waiting. */
export function fillPast(state: WbState, seller: Seller, size: { chats: number; questions: number; reviews: number; days: number }): void {
  fillChats(state, seller, size.chats);
  fillQuestions(state, seller, size.questions, size.days);
  fillReviews(state, seller, size.reviews, size.days);
}

function fillChats(state: WbState, seller: Seller, count: number): void {
  const { random } = state;
  const nowMs = state.host.clock.nowMs();
  for (let index = 0; index < count; index += 1) {
    const isWaiting = index % 5 === 0;
    const topic = TOPICS[index % TOPICS.length] ?? random.pick(TOPICS);
    const startedAtMs = nowMs - (isWaiting ? random.int(20, 20 * 60) * MINUTE_MS : random.int(6, 10 * 24) * HOUR_MS);
    writeTalk(state, seller, topic, startedAtMs, isWaiting, index % 4 === 0);
  }
}

function writeTalk(state: WbState, seller: Seller, topic: Topic, startedAtMs: number, isWaiting: boolean, withPicture: boolean): void {
  const { random } = state;
  const product = random.pick(seller.products);
  const chat = openChat(state, seller, { product });
  let atMs = startedAtMs;
  const next = () => {
    const at = atMs;
    atMs = Math.min(atMs + random.int(2, 40) * MINUTE_MS, state.host.clock.nowMs() - MINUTE_MS);
    return { atMs: at, via: "scenario" as const };
  };
  say(state, seller, chat, { text: about(topic.question, product.title), ...next() });
  if (withPicture) say(state, seller, chat, { images: [addPicture(state, seller)], ...next() });
  if (isWaiting) return;
  say(state, seller, chat, { sender: "seller", text: topic.answer, ...next() });
  if (topic.followUp !== null) {
    say(state, seller, chat, { text: topic.followUp, ...next() });
    say(state, seller, chat, { sender: "seller", text: "Уточнили: да, всё верно.", ...next() });
  }
  say(state, seller, chat, { text: topic.thanks, ...next() });
  say(state, seller, chat, { sender: "seller", text: "Рады помочь! Хорошего дня.", ...next() });
}

function fillQuestions(state: WbState, seller: Seller, count: number, days: number): void {
  const { random } = state;
  const nowMs = state.host.clock.nowMs();
  for (let index = 0; index < count; index += 1) {
    const isWaiting = index % 4 === 0;
    const atMs = nowMs - (isWaiting ? random.int(15, 30 * 60) * MINUTE_MS : random.int(24, days * 24) * HOUR_MS);
    const question = ask(state, seller, { nmId: random.pick(seller.products).nmId, text: QUESTIONS[index % QUESTIONS.length] ?? random.pick(QUESTIONS), atMs });
    if (isWaiting) continue;
    question.answer = {
      text: "Здравствуйте! Подробности в характеристиках товара, всё указано.",
      createdAtMs: atMs + random.int(1, 20) * HOUR_MS,
      edits: 0,
      via: "scenario",
    };
    question.state = "wbRu";
    question.wasViewed = true;
  }
}

function fillReviews(state: WbState, seller: Seller, count: number, days: number): void {
  const { random } = state;
  const nowMs = state.host.clock.nowMs();
  for (let index = 0; index < count; index += 1) {
    const isWaiting = index % 4 === 0;
    const createdAtMs = nowMs - (isWaiting ? random.int(1, 6 * 24) * HOUR_MS : random.int(2 * 24, days * 24) * HOUR_MS);
    const opinion = OPINIONS[index % OPINIONS.length] ?? random.pick(OPINIONS);
    const made = review(state, seller, {
      ...opinion,
      tags: [...opinion.tags],
      nmId: random.pick(seller.products).nmId,
      createdAtMs,
      withPhoto: index % 6 === 2,
    });
    if (isWaiting) continue;
    const answeredAtMs = Math.min(createdAtMs + random.int(2, 40) * HOUR_MS, nowMs - HOUR_MS);
    made.answer = { text: "Спасибо за отзыв! Нам важно ваше мнение.", createdAtMs: answeredAtMs, edits: 0, state: "wbRu", settlesAtMs: 0, via: "scenario" };
  }
}
