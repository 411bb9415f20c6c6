import type { LimitGroup } from "../../contract/http";

export const ROZETKA_BASE_URL = "https://api-seller.rozetka.com.ua";

/** No limits are published: two at once and about two calls a second is our own modesty. */
export const PARALLEL = 2;

export const GROUPS: readonly LimitGroup[] = [
  { group: "login", points: 5, perSeconds: 60 },
  { group: "read", points: 2, perSeconds: 1 },
  { group: "write", points: 1, perSeconds: 1 },
];

export interface Operation {
  readonly method: "GET" | "POST" | "PUT";
  /** `{id}` is put in by the client. */
  readonly path: string;
  readonly group: "login" | "read" | "write";
  /** `search` lists answer a wrong parameter with an empty list unless asked to say so. */
  readonly validates?: boolean;
}

/** Every remote method this connector calls; the specification test walks them. */
export const OPERATIONS = {
  login: { method: "POST", path: "/sites", group: "login" },
  orders: { method: "GET", path: "/orders/search", group: "read", validates: true },
  order: { method: "GET", path: "/orders/{id}", group: "read" },
  updateOrder: { method: "PUT", path: "/orders/{id}", group: "write" },
  statuses: { method: "GET", path: "/order-statuses/search", group: "read", validates: true },
  goods: { method: "GET", path: "/goods/all", group: "read" },
  goodsPrices: { method: "GET", path: "/goods/prices", group: "read" },
  goodsDetails: { method: "GET", path: "/goods/details", group: "read" },
  massUpdate: { method: "PUT", path: "/items/mass-update", group: "write" },
  chats: { method: "GET", path: "/messages/search", group: "read", validates: true },
  chat: { method: "GET", path: "/messages/{id}", group: "read" },
  chatCounts: { method: "GET", path: "/messages/counts", group: "read" },
  orderChat: { method: "GET", path: "/messages/{id}/order-chat", group: "read" },
  sendMessage: { method: "POST", path: "/messages/create", group: "write" },
  file: { method: "GET", path: "/messages/download-file/{id}", group: "read" },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof OPERATIONS;
