import type { LimitGroup } from "../../contract/http";
import type { TokenType } from "./token";

export const WILDBERRIES_BASE_URL = "https://common-api.wildberries.ru";

/** Reviews' photos lie on numbered public hosts; how many there are is not told, the samples show 01 to 04. */
const PHOTO_HOSTS = Array.from({ length: 60 }, (_, index) => `feedback${String(index + 1).padStart(2, "0")}`);

/** Named as the first label of the domain. */
export const HOSTS: Readonly<Record<string, string>> = {
  "common-api": WILDBERRIES_BASE_URL,
  "buyer-chat-api": "https://buyer-chat-api.wildberries.ru",
  "feedbacks-api": "https://feedbacks-api.wildberries.ru",
  "finance-api": "https://finance-api.wildberries.ru",
  "content-api": "https://content-api.wildberries.ru",
  "marketplace-api": "https://marketplace-api.wildberries.ru",
  "discounts-prices-api": "https://discounts-prices-api.wildberries.ru",
  "statistics-api": "https://statistics-api.wildberries.ru",
  ...Object.fromEntries(PHOTO_HOSTS.map((name) => [name, `https://${name}.wbbasket.ru`])),
};

type Group =
  | "seller-info"
  | "ping"
  | "chats"
  | "events"
  | "message"
  | "download"
  | "feedbacks"
  | "sales"
  | "cards"
  | "photos"
  | "orders"
  | "order-cancel"
  | "stocks"
  | "warehouses"
  | "prices"
  | "early-sales"
  | "early-orders";

export interface Endpoint {
  readonly method: "GET" | "POST" | "PUT" | "PATCH";
  readonly host: keyof typeof HOSTS & string;
  readonly path: string;
  readonly group: Group;
}

/** Every remote operation this connector calls; the OpenAPI test walks them. */
export const ENDPOINTS = {
  sellerInfo: { method: "GET", host: "common-api", path: "/api/v1/seller-info", group: "seller-info" },
  ping: { method: "GET", host: "common-api", path: "/ping", group: "ping" },
  chats: { method: "GET", host: "buyer-chat-api", path: "/api/v1/seller/chats", group: "chats" },
  events: { method: "GET", host: "buyer-chat-api", path: "/api/v1/seller/events", group: "events" },
  message: { method: "POST", host: "buyer-chat-api", path: "/api/v1/seller/message", group: "message" },
  download: { method: "GET", host: "buyer-chat-api", path: "/api/v1/seller/download/{id}", group: "download" },
  questions: { method: "GET", host: "feedbacks-api", path: "/api/v1/questions", group: "feedbacks" },
  question: { method: "GET", host: "feedbacks-api", path: "/api/v1/question", group: "feedbacks" },
  changeQuestion: { method: "PATCH", host: "feedbacks-api", path: "/api/v1/questions", group: "feedbacks" },
  reviews: { method: "GET", host: "feedbacks-api", path: "/api/v1/feedbacks", group: "feedbacks" },
  reviewArchive: { method: "GET", host: "feedbacks-api", path: "/api/v1/feedbacks/archive", group: "feedbacks" },
  review: { method: "GET", host: "feedbacks-api", path: "/api/v1/feedback", group: "feedbacks" },
  answerReview: { method: "POST", host: "feedbacks-api", path: "/api/v1/feedbacks/answer", group: "feedbacks" },
  editReviewAnswer: { method: "PATCH", host: "feedbacks-api", path: "/api/v1/feedbacks/answer", group: "feedbacks" },
  salesDetailed: { method: "POST", host: "finance-api", path: "/api/finance/v1/sales-reports/detailed", group: "sales" },
  cards: { method: "POST", host: "content-api", path: "/content/v2/get/cards/list", group: "cards" },
  newOrders: { method: "GET", host: "marketplace-api", path: "/api/v3/orders/new", group: "orders" },
  orders: { method: "GET", host: "marketplace-api", path: "/api/v3/orders", group: "orders" },
  orderStates: { method: "POST", host: "marketplace-api", path: "/api/v3/orders/status", group: "orders" },
  cancelOrder: { method: "PATCH", host: "marketplace-api", path: "/api/v3/orders/{id}/cancel", group: "order-cancel" },
  supplies: { method: "GET", host: "marketplace-api", path: "/api/v3/supplies", group: "orders" },
  createSupply: { method: "POST", host: "marketplace-api", path: "/api/v3/supplies", group: "orders" },
  addToSupply: { method: "PATCH", host: "marketplace-api", path: "/api/marketplace/v3/supplies/{id}/orders", group: "orders" },
  supplyOrders: { method: "GET", host: "marketplace-api", path: "/api/marketplace/v3/supplies/{id}/order-ids", group: "orders" },
  deliverSupply: { method: "PATCH", host: "marketplace-api", path: "/api/v3/supplies/{id}/deliver", group: "orders" },
  warehouses: { method: "GET", host: "marketplace-api", path: "/api/v3/warehouses", group: "warehouses" },
  stocks: { method: "POST", host: "marketplace-api", path: "/api/v3/stocks/{id}", group: "stocks" },
  setStocks: { method: "PUT", host: "marketplace-api", path: "/api/v3/stocks/{id}", group: "stocks" },
  prices: { method: "POST", host: "discounts-prices-api", path: "/api/v2/list/goods/filter", group: "prices" },
  setPrices: { method: "POST", host: "discounts-prices-api", path: "/api/v2/upload/task", group: "prices" },
  priceTask: { method: "GET", host: "discounts-prices-api", path: "/api/v2/history/tasks", group: "prices" },
  priceTaskGoods: { method: "GET", host: "discounts-prices-api", path: "/api/v2/history/goods/task", group: "prices" },
  earlySales: { method: "GET", host: "statistics-api", path: "/api/v1/supplier/sales", group: "early-sales" },
  earlyOrders: { method: "GET", host: "statistics-api", path: "/api/v1/supplier/orders", group: "early-orders" },
} as const satisfies Readonly<Record<string, Endpoint>>;

const HOUR = 3_600;
/**
 * Personal and service tokens, per seller account (API sheet §1.3 and Appendix A, 2026-08-19), one call short of what is allowed:
 * the service counts when a call arrives, we when it leaves.
 */
const USUAL: Readonly<Record<Group, readonly [points: number, perSeconds: number]>> = {
  // 1 a minute with a burst of 10: the burst is what a person pressing "test" needs.
  "seller-info": [9, 600],
  ping: [2, 30],
  chats: [9, 10],
  events: [9, 10],
  message: [9, 10],
  download: [9, 10],
  // One budget for all methods of questions and reviews: 3 a second with a burst of 6.
  feedbacks: [5, 2],
  sales: [1, 61],
  // 100 a minute with a burst of 5 only.
  cards: [4, 3],
  photos: [10, 1],
  // 300 a minute with a burst of 20 for all methods of assembly orders and supplies. A refusal with 4XX counts as ten calls there
  // and with stocks, which no counter of ours can know beforehand: a quarter is left for it.
  orders: [15, 4],
  "order-cancel": [15, 11],
  stocks: [15, 4],
  warehouses: [15, 4],
  // 10 in 6 seconds with a burst of 5, one budget for all methods of prices.
  prices: [4, 3],
  "early-sales": [1, 61],
  // 1 a minute with a burst of 10.
  "early-orders": [9, 600],
};
const BASE: Readonly<Record<Group, readonly [points: number, perSeconds: number]>> = {
  ...USUAL,
  "seller-info": [1, 24 * HOUR + 5],
  chats: [1, HOUR + 5],
  events: [1, HOUR + 5],
  message: [1, HOUR + 5],
  download: [1, 365],
  feedbacks: [1, 725],
  sales: [1, 12 * HOUR + 5],
  prices: [1, 905],
  "early-sales": [1, 2 * HOUR + 5],
  "early-orders": [1, 3 * HOUR + 5],
};

export function limitsOf(type: TokenType): readonly LimitGroup[] {
  return Object.entries(type === "base" ? BASE : USUAL).map(([group, [points, perSeconds]]) => ({ group, points, perSeconds }));
}
