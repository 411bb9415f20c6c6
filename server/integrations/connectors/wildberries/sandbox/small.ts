import { addPicture, ask, openChat, review, say } from "./happenings";
import type { Chat, Seller, WbState } from "./state";
import { addFboOrder, packElsewhere, placeOrder, shipElsewhere } from "./trade-happenings";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What the `small` scenario holds; each entry stands for one rule. */
export const SMALL = {
  chats: {
    open: "1:0a000000-0000-4000-8000-000000000001",
    /** 130 messages: more than one page of the feed. */
    long: "1:0a000000-0000-4000-8000-000000000002",
    /** A picture, an event without message, a word of the platform, and an event id that is no uuid. */
    odd: "1:0a000000-0000-4000-8000-000000000003",
  },
  questions: { open: "2ncBtX4B9I0UHoornoq1", answered: "2ncBtX4B9I0UHoornoq2", rejected: "2ncBtX4B9I0UHoornoq3", old: "2ncBtX4B9I0UHoornoq4" },
  reviews: {
    open: "YX52RZEBhH9mrcYdEJu1",
    photo: "YX52RZEBhH9mrcYdEJu2",
    answered: "YX52RZEBhH9mrcYdEJu3",
    /** Edited once already: the answer is final. */
    edited: "YX52RZEBhH9mrcYdEJu4",
    /** Stars and nothing else: archived at once. */
    bare: "YX52RZEBhH9mrcYdEJu5",
    /** Nobody answered for 40 days: archived. */
    late: "YX52RZEBhH9mrcYdEJu6",
  },
} as const;

/** Builds the fixed world; ids never change, times are relative to the start. */
export function fillSmall(state: WbState, seller: Seller): void {
  fillChats(state, seller);
  fillAnswers(state, seller);
  fillOrders(state, seller);
}

/** One order for every way it can stand. */
function fillOrders(state: WbState, seller: Seller): void {
  const nowMs = state.host.clock.nowMs();
  const placed = (agoMs: number, given: Parameters<typeof placeOrder>[2] = {}) => placeOrder(state, seller, { createdAtMs: nowMs - agoMs, ...given });
  placed(50 * DAY_MS, { supplierStatus: "complete", wbStatus: "sold" });
  placed(12 * DAY_MS, { supplierStatus: "complete", wbStatus: "canceled_by_client" });
  const old = placed(4 * DAY_MS, { wbStatus: "sorted" });
  shipElsewhere(state, seller, packElsewhere(state, seller, [old]));
  placed(3 * DAY_MS, { supplierStatus: "cancel", wbStatus: "canceled" });
  placed(2 * DAY_MS, { wbStatus: "declined_by_client" });
  packElsewhere(state, seller, [placed(5 * HOUR_MS), placed(4 * HOUR_MS)]);
  placed(2 * HOUR_MS, { comment: "Упакуйте, пожалуйста, получше" });
  placed(HOUR_MS);
  addFboOrder(state, seller, { atMs: nowMs - 26 * HOUR_MS });
  addFboOrder(state, seller, { atMs: nowMs - 5 * HOUR_MS, isCancelled: true });
}

function fillChats(state: WbState, seller: Seller): void {
  const nowMs = state.host.clock.nowMs();
  const chat = (id: string, index: number, clientName: string): Chat => openChat(state, seller, { id, clientName, product: seller.products[index] });
  const at = (agoMs: number) => ({ atMs: nowMs - agoMs, via: "scenario" as const });
  const long = chat(SMALL.chats.long, 1, "Иван");
  for (let index = 0; index < 130; index += 1) {
    say(state, seller, long, { sender: index % 2 === 0 ? "client" : "seller", text: `Сообщение ${index + 1}`, ...at((140 - index) * 5 * MINUTE_MS) });
  }
  const odd = chat(SMALL.chats.odd, 2, "Алёна");
  say(state, seller, odd, { text: 'Здравствуйте! У меня вопрос по товару "Чайник заварочный"', ...at(3 * DAY_MS) });
  say(state, seller, odd, { images: [addPicture(state, seller)], ...at(3 * DAY_MS - MINUTE_MS) });
  say(state, seller, odd, {
    sender: "seller",
    text: "Здравствуйте. Да, сейчас оформим возврат.",
    id: "fd22e5bf-64fd-43f7-b3a0-ad29uu027f97",
    ...at(3 * DAY_MS - 12 * MINUTE_MS),
  });
  say(state, seller, odd, { sender: "wb", text: "Мы проверили заявку и одобрили возврат.", ...at(2 * DAY_MS) });
  say(state, seller, odd, { sender: "seller", isBare: true, ...at(2 * DAY_MS - MINUTE_MS) });
  say(state, seller, chat(SMALL.chats.open, 0, "Мария"), { text: "Здравствуйте! Подойдёт ли крышка к духовке?", ...at(10 * MINUTE_MS) });
}

function fillAnswers(state: WbState, seller: Seller): void {
  const nowMs = state.host.clock.nowMs();
  const nmId = seller.products[0]?.nmId ?? 0;
  const { questions, reviews } = SMALL;
  ask(state, seller, { id: questions.open, nmId, text: "Можно мыть в посудомоечной машине?", atMs: nowMs - 2 * HOUR_MS });
  const answered = ask(state, seller, { id: questions.answered, nmId, text: "Какой диаметр дна?", atMs: nowMs - 3 * DAY_MS });
  answered.answer = { text: "18 см.", createdAtMs: nowMs - 2 * DAY_MS, edits: 0, via: "scenario" };
  answered.state = "wbRu";
  const rejected = ask(state, seller, { id: questions.rejected, nmId, text: "Продам дрова, звоните", atMs: nowMs - 5 * DAY_MS });
  rejected.answer = { text: "Вопрос не о товаре.", createdAtMs: nowMs - 4 * DAY_MS, edits: 0, via: "scenario" };
  rejected.state = "none";
  const old = ask(state, seller, { id: questions.old, nmId, text: "Есть в красном?", atMs: nowMs - 100 * DAY_MS });
  old.answer = { text: "Нет, только серый.", createdAtMs: nowMs - 99 * DAY_MS, edits: 0, via: "scenario" };
  old.state = "wbRu";

  review(state, seller, {
    id: reviews.open,
    nmId,
    stars: 2,
    text: "Крышка пришла с трещиной.",
    pros: "Цвет",
    cons: "Крышка",
    userName: "Николай",
    createdAtMs: nowMs - 5 * HOUR_MS,
  });
  review(state, seller, { id: reviews.photo, nmId, stars: 4, text: "", withPhoto: true, tags: ["цена"], userName: "Ольга", createdAtMs: nowMs - 26 * HOUR_MS });
  const praised = review(state, seller, {
    id: reviews.answered,
    nmId,
    stars: 5,
    text: "Спасибо, всё подошло",
    userName: "Пётр",
    createdAtMs: nowMs - 6 * DAY_MS,
  });
  praised.answer = { text: "Пожалуйста. Ждём вас снова!", createdAtMs: nowMs - 5 * DAY_MS, edits: 0, state: "wbRu", settlesAtMs: 0, via: "scenario" };
  const edited = review(state, seller, { id: reviews.edited, nmId, stars: 3, text: "Нормально", userName: "Светлана", createdAtMs: nowMs - 9 * DAY_MS });
  edited.answer = { text: "Спасибо за отзыв, учтём.", createdAtMs: nowMs - 8 * DAY_MS, edits: 1, state: "wbRu", settlesAtMs: 0, via: "scenario" };
  review(state, seller, { id: reviews.bare, nmId, stars: 5, createdAtMs: nowMs - 7 * HOUR_MS });
  review(state, seller, { id: reviews.late, nmId, stars: 1, text: "Не советую", createdAtMs: nowMs - 40 * DAY_MS });
}
