import type { SimulatorHost } from "@/sandbox/kit";
import type { Random } from "@/sandbox/kit/random";
import type { DeliveryType } from "./statuses";

export interface Good {
  /** Public number; null until the item is published. */
  rzItemId: number | null;
  itemId: number;
  offerId: string;
  name: string;
  /** Whole hryvnias. */
  price: number;
  priceOld: number | null;
  pricePromo: number | null;
  /** A price that waits for a manager. */
  waitingPrice: number | null;
  stock: number;
  isFf: boolean;
  /** 3 = stock by the price feed, 4 = by API. */
  availability: 3 | 4;
  status: number;
  sellStatus: number;
  /** Processing of an earlier change goes on. */
  locked: boolean;
}

export interface Purchase {
  id: number;
  rzItemId: number;
  itemId: number;
  offerId: string;
  name: string;
  quantity: number;
  /** Kopecks. */
  unitMinor: number;
  discountedMinor: number;
  /** 0 removed, 1 actual, 2 returned. */
  status: 0 | 1 | 2;
}

export interface Order {
  id: number;
  createdMs: number;
  changedMs: number;
  status: number;
  history: { status: number; atMs: number }[];
  ttn: string;
  delivery: DeliveryType;
  buyer: Buyer;
  city: string;
  branch: number;
  purchases: Purchase[];
  sellerComments: { comment: string; atMs: number }[];
  comment: string;
  /** Of the payment directory; 3 = unpaid. */
  paymentStatus: number;
  paymentType: "cash" | "nocash";
  isFulfilment: boolean;
  mayChange: boolean;
  /** Changes carried out through the API. */
  apiChanges: number;
}

export interface Buyer {
  id: number;
  name: string;
  phone: string;
}

export interface Message {
  id: number;
  body: string;
  createdMs: number;
  readMs: number | null;
  sender: 0 | 1 | 2 | 3;
  files: number[];
  status: 0 | 1 | 2 | 3 | 4 | 5;
  via: "api" | "desk" | "scenario";
}

export interface Chat {
  id: number;
  /** 0 about an order, 1 about an item, 2 to the seller. */
  type: 0 | 1 | 2;
  subject: string;
  orderId: number | null;
  rzItemId: number | null;
  buyer: Buyer;
  createdMs: number;
  updatedMs: number;
  readMs: number | null;
  trash: boolean;
  star: boolean;
  messages: Message[];
}

export interface StoredFile {
  name: string;
  contentType: string;
  bytes: Uint8Array;
  messageId: number;
  chatId: number;
}

/** Where the documents stay silent; a test may switch each of them. */
export interface Quirks {
  /** A new login ends the sessions before it. */
  loginEndsOthers: boolean;
  /** The machine passes our messages at once (5); else they wait (0) for a moderator. */
  passesAtOnce: boolean;
  /** A mass update with one bad item still applies the others. */
  appliesGoodItems: boolean;
  /** Every call is answered with 5503. */
  maintenance: boolean;
}

export interface Market {
  id: number;
  title: string;
  login: string;
  password: string;
  permissions: string[];
  goods: Good[];
  orders: Map<number, Order>;
  chats: Map<number, Chat>;
  quirks: Quirks;
}

/** Sections a role of a token may use. */
export type Section = "orders" | "goods" | "messages";

export interface Token {
  value: string;
  marketId: number;
  kind: "session" | "role";
  expiresMs: number | null;
  sections: Section[];
  revoked: boolean;
}

export interface RozetkaState {
  host: SimulatorHost;
  random: Random;
  markets: Map<number, Market>;
  tokens: Map<string, Token>;
  files: Map<number, StoredFile>;
  /** Counts messages, chats, purchases, files. */
  lastId: number;
  lastOrderId: number;
  /** Called after something of the shop arrived through the API; the live buyers listen here. */
  onSellerMessage: (market: Market, chat: Chat) => void;
  /** Called at each authorised call. */
  onApiUse: () => void;
}

export const QUIRKS: Quirks = { loginEndsOthers: false, passesAtOnce: true, appliesGoodItems: true, maintenance: false };
export const EVERY_SECTION: readonly Section[] = ["orders", "goods", "messages"];
/** "About 24 hours". */
export const SESSION_MS = 24 * 3_600_000;

export function createMarket(given: Pick<Market, "id" | "title" | "login" | "password">): Market {
  return { ...given, permissions: ["order_edit", "correspondence"], goods: [], orders: new Map(), chats: new Map(), quirks: { ...QUIRKS } };
}

export function nextId(state: RozetkaState): number {
  state.lastId += 3;
  return state.lastId;
}

export function nextOrderId(state: RozetkaState): number {
  state.lastOrderId += 17;
  return state.lastOrderId;
}

export const money = (minor: number) => (minor / 100).toFixed(2);
