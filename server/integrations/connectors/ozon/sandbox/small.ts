import type { Chat } from "./chats";
import { addPast, openChat, PIXEL } from "./past-chats";
import type { Posting } from "./postings";
import { storeFile } from "./routes-chat-send";
import type { OzonState, Seller } from "./state";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The chats and postings of the `small` scenario; each stands for one rule. */
export const SMALL = {
  /** FBS, delivered a day ago, one unread question. */
  open: "0a000000-0000-4000-8000-000000000001",
  /** FBO, the buyer's last word was three days ago: writing is closed. */
  fboExpired: "0a000000-0000-4000-8000-000000000002",
  /** FBS, delivered ten days ago, last word five days ago: writing is closed. */
  fbsExpired: "0a000000-0000-4000-8000-000000000003",
  closed: "0a000000-0000-4000-8000-000000000004",
  support: "0a000000-0000-4000-8000-000000000005",
  /** 130 messages: more than two default pages. */
  long: "0a000000-0000-4000-8000-000000000006",
  /** Ozon Select, about a product only, with a picture. */
  select: "0a000000-0000-4000-8000-000000000007",
  /** FBS on its way, last word five days ago: open, because it is not delivered. */
  fbsOnTheWay: "0a000000-0000-4000-8000-000000000008",
  /** FBO, the buyer's last word was 47 h 50 min ago: closes in ten minutes. */
  fboClosing: "0a000000-0000-4000-8000-000000000009",
  postings: { fbsDelivered: "70000001-0001-1", fbsOld: "70000002-0001-1", fbsOnTheWay: "70000003-0001-1", fbo: "70000004-0001-1", fbsNew: "70000005-0001-1" },
} as const;

/** Builds the fixed chats; ids never change, times are relative to the start. */
export function fillSmallChats(state: OzonState, seller: Seller): void {
  const nowMs = state.host.clock.nowMs();
  const posting = (
    postingNumber: string,
    scheme: Posting["scheme"],
    paidDaysAgo: number,
    status: Posting["status"],
    deliveredDaysAgo: number | null,
  ): Posting => {
    const product = seller.products[0];
    if (!product) throw new Error("the small scenario needs products");
    const inProcessAtMs = nowMs - paidDaysAgo * DAY_MS;
    const deliveredAtMs = deliveredDaysAgo === null ? null : nowMs - deliveredDaysAgo * DAY_MS;
    const made: Posting = {
      postingNumber,
      orderNumber: postingNumber.replace(/-1$/, ""),
      orderId: Number(postingNumber.slice(0, 8)) * 10,
      scheme,
      status,
      inProcessAtMs,
      shipmentAtMs: inProcessAtMs + 20 * HOUR_MS,
      changedAtMs: deliveredAtMs ?? inProcessAtMs,
      deliveredAtMs,
      city: "Казань",
      cancelReason: null,
      products: [{ sku: product.sku, offerId: product.offerId, name: product.name, quantity: 1, unitMinor: product.priceMinor }],
    };
    seller.postings.add(made);
    return made;
  };
  const delivered = posting(SMALL.postings.fbsDelivered, "FBS", 4, "delivered", 1);
  const old = posting(SMALL.postings.fbsOld, "FBS", 14, "delivered", 10);
  const onTheWay = posting(SMALL.postings.fbsOnTheWay, "FBS", 6, "delivering", null);
  const fbo = posting(SMALL.postings.fbo, "FBO", 7, "delivered", 4);
  posting(SMALL.postings.fbsNew, "FBS", 0.2, "awaiting_packaging", null);

  const talk = (
    id: string,
    about: { posting?: Posting; sku?: number },
    lines: [who: "Customer" | "Seller" | "Support", agoMs: number, text: string][],
  ): Chat => {
    const first = lines[0]?.[1] ?? 0;
    const chat = openChat(state, state.random, about, nowMs - first, id);
    seller.chats.add(chat);
    for (const [who, agoMs, text] of lines) addPast(state, seller, chat, who, nowMs - agoMs, [text]);
    return chat;
  };
  talk(SMALL.fbsExpired, { posting: old }, [
    ["Customer", 6 * DAY_MS, "Как ухаживать за пледом?"],
    ["Seller", 5.9 * DAY_MS, "Стирка при 30 градусах."],
    ["Customer", 5 * DAY_MS, "Спасибо!"],
  ]);
  talk(SMALL.fbsOnTheWay, { posting: onTheWay }, [
    ["Customer", 5 * DAY_MS, "Когда приедет заказ?"],
    ["Seller", 4.9 * DAY_MS, "Через неделю."],
  ]);
  talk(SMALL.closed, { posting: delivered }, [
    ["Customer", 4 * DAY_MS, "Можно отменить?"],
    ["Seller", 3.9 * DAY_MS, "Уже в пути."],
  ]).status = "CLOSED";
  talk(SMALL.fboExpired, { posting: fbo }, [["Customer", 3 * DAY_MS, "Пришёл не тот цвет."]]);
  talk(SMALL.fboClosing, { posting: fbo }, [["Customer", 48 * HOUR_MS - 10 * 60_000, "А второй цвет есть?"]]);
  talk(SMALL.support, {}, [
    ["Seller", 30 * HOUR_MS, "Не приходит уведомление."],
    ["Support", 29 * HOUR_MS, "Проверим."],
  ]).type = "SELLER_SUPPORT";
  const select = talk(SMALL.select, { sku: seller.products[1]?.sku ?? 0 }, [["Customer", 20 * HOUR_MS, "Это такой же оттенок?"]]);
  select.type = "BUYER_SELLER_SELECT";
  addPast(state, seller, select, "Customer", nowMs - 19.9 * HOUR_MS, [storeFile(state, seller, "оттенок.png", "image/png", PIXEL)], true);
  talk(
    SMALL.long,
    { posting: delivered },
    Array.from({ length: 130 }, (_, index) => [index % 2 === 0 ? "Customer" : "Seller", (140 - index) * 60_000 * 5, `Сообщение ${index + 1}`]),
  );
  talk(SMALL.open, { posting: delivered }, [["Customer", 10 * 60_000, "Здравствуйте! Подскажите, можно ли стирать плед в машинке?"]]);
}
