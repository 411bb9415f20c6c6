import { PIXEL, storeFile } from "./files";
import { fillFeedback, pastChat } from "./past";
import { type Business, nextMessageId, type YandexState } from "./state";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The fixed conversations of the quiet scenarios, one per rule; times are relative to the start. */
export function fillSmall(state: YandexState, business: Business): void {
  const orders = [...business.orders.values()];
  const [first, second] = orders;
  const returned = orders.find((order) => order.returnId !== null) ?? second;
  if (first === undefined || second === undefined || returned === undefined) throw new Error("the small scenario needs orders");
  returned.returnId ??= returned.orderId + 7;
  const nowMs = state.host.clock.nowMs();
  pastChat(state, business, { type: "ORDER", order: first }, [
    ["CUSTOMER", 9 * DAY_MS, "Где мой заказ?"],
    ["PARTNER", 9 * DAY_MS - HOUR_MS, "Уже в пути."],
    ["CUSTOMER", 8 * DAY_MS, "Получила, спасибо."],
  ]).status = "FINISHED";
  const dispute = pastChat(state, business, { type: "RETURN", order: returned }, [
    ["CUSTOMER", 3 * DAY_MS, "Хочу вернуть, товар с браком."],
    ["PARTNER", 2.9 * DAY_MS, "Пришлите, пожалуйста, фото."],
    ["SUPPORT", 2.5 * DAY_MS, "Подключаемся к разбору."],
  ]);
  dispute.type = "ARBITRAGE";
  dispute.status = "WAITING_FOR_ARBITER";
  const picture = pastChat(state, business, { type: "DIRECT", offerId: business.goods[1]?.offerId }, [["CUSTOMER", 20 * HOUR_MS, "Это такой же оттенок?"]]);
  const atMs = nowMs - 19 * HOUR_MS;
  picture.messages.append({
    id: nextMessageId(state, atMs),
    createdAtMs: atMs,
    sender: "CUSTOMER",
    text: "",
    payload: [storeFile(state, "оттенок.png", "image/png", PIXEL)],
    via: "scenario",
  });
  // More than one page of history.
  pastChat(
    state,
    business,
    { type: "ORDER", order: second },
    Array.from({ length: 130 }, (_, index) => [index % 2 === 0 ? "CUSTOMER" : "PARTNER", (140 - index) * 300_000, `Сообщение ${index + 1}`] as const),
  );
  pastChat(state, business, { type: "DIRECT", offerId: business.goods[0]?.offerId }, [["CUSTOMER", 600_000, "Здравствуйте! Можно ли стирать в машинке?"]]);
  fillFeedback(state, business, { reviews: 6, questions: 4 });
}
