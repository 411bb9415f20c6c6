import type { SimulatorHost } from "@/sandbox/kit";
import type { Random } from "@/sandbox/kit/random";
import type { Chat } from "./chats";

export type Scope =
  | "ALL_METHODS"
  | "ALL_METHODS_READ_ONLY"
  | "INVENTORY_AND_ORDER_PROCESSING"
  | "INVENTORY_AND_ORDER_PROCESSING_READ_ONLY"
  | "OFFERS_AND_CARDS_MANAGEMENT"
  | "OFFERS_AND_CARDS_MANAGEMENT_READ_ONLY"
  | "PRICING"
  | "FINANCE_AND_ACCOUNTING"
  | "COMMUNICATION"
  | "SETTINGS_MANAGEMENT";

export interface ApiKey {
  value: string;
  name: string;
  scopes: Scope[];
  revoked: boolean;
  /** Cabinets the key sees; by the documents one, more only as a quirk. */
  businessIds: string[];
}

export interface Campaign {
  id: string;
  domain: string;
  placementType: "FBS" | "FBY" | "DBS" | "LAAS";
  apiAvailability: "AVAILABLE" | "DISABLED_BY_INACTIVITY" | "MANUALLY_DISABLED";
}

export interface Good {
  offerId: string;
  marketSku: number;
  name: string;
  /** Kopecks. */
  priceMinor: number;
  /** Crossed out; 0 or absent = none. */
  discountBaseMinor?: number;
  archived: boolean;
  /** Pieces that can be ordered, by shop; absent = what `stock.ts` takes it for. */
  stock?: Record<string, number>;
}

export type OrderStatus = "PROCESSING" | "DELIVERY" | "PICKUP" | "DELIVERED" | "CANCELLED" | "PARTIALLY_RETURNED" | "RETURNED";

export interface Order {
  orderId: number;
  campaignId: string;
  status: OrderStatus;
  /** The stage of processing or the reason; absent = the usual one of the status. */
  substatus?: string;
  trackCode?: string;
  realDeliveryDate?: string;
  /** The buyer wants to cancel what is on its way (DBS). */
  cancelRequested?: boolean;
  /** Changes carried out through the API. */
  changes?: number;
  createdAtMs: number;
  updatedAtMs: number;
  deliveredAtMs: number | null;
  returnedAtMs: number | null;
  /** Set when a return was asked for. */
  returnId: number | null;
  items: { id: number; offerId: string; name: string; count: number; returned: number; unitMinor: number }[];
  fake: boolean;
}

export type Moderation = "PUBLISHED" | "UNMODERATED" | "BANNED" | "DELETED";
export type AuthorType = "USER" | "BUSINESS" | "BRAND";

export interface FeedbackComment {
  id: number;
  text: string;
  parentId: number | null;
  author: { type: AuthorType; name: string };
  status: Moderation;
  via: "api" | "desk" | "scenario";
}

export interface Feedback {
  feedbackId: number;
  createdAtMs: number;
  orderId: number | null;
  offerId: string;
  author: string;
  rating: number;
  advantages: string;
  disadvantages: string;
  comment: string;
  photos: string[];
  needReaction: boolean;
  skipped: boolean;
  comments: FeedbackComment[];
}

export interface AnswerText {
  id: number;
  text: string;
  author: { type: AuthorType; name: string };
  status: Moderation;
  createdAtMs: number;
  via: "api" | "desk" | "scenario";
}

export interface Question {
  id: number;
  offerId: string;
  text: string;
  author: string;
  createdAtMs: number;
  answers: (AnswerText & { comments: AnswerText[] })[];
}

export interface NotificationTarget {
  url: string;
  /** null = the cabinet's own; a shop's gets what is about the shop, and then the cabinet's does not. */
  campaignId: string | null;
  types: string[];
  enabled: boolean;
  failingSinceMs: number | null;
}

/** Places where the documents stay silent; a test may switch each of them. */
export interface Quirks {
  historyNewestFirst: boolean;
  /** `messageIdFrom` itself is left out. */
  historyFromExclusive: boolean;
  /** CHAT_MESSAGE_SENT also for the shop's own messages. */
  notifyOwnMessages: boolean;
  /** Real milliseconds each call takes. */
  latencyMs: number;
  /** 0 = quotas are not counted (only the benchmarks do). */
  quotaFactor: number;
}

export interface Business {
  businessId: string;
  name: string;
  subscriptionLevel: "NONE" | "LIGHT" | "MEDIUM";
  campaigns: Campaign[];
  goods: Good[];
  orders: Map<number, Order>;
  chats: Map<string, Chat>;
  feedbacks: Feedback[];
  questions: Question[];
  targets: NotificationTarget[];
  quirks: Quirks;
}

export interface StoredFile {
  name: string;
  contentType: string;
  bytes: Uint8Array;
}

export interface Report {
  businessId: string;
  campaignId: string;
  /** YYYY-MM */
  month: string;
  requestedAtMs: number;
}

export interface YandexState {
  host: SimulatorHost;
  random: Random;
  businesses: Map<string, Business>;
  keys: Map<string, ApiKey>;
  files: Map<string, StoredFile>;
  /** Not kept over a restart: whoever waits for one is told that it is not there and asks anew. */
  reports: Map<string, Report>;
  /** Counts chats, reviews, questions, answers, comments and files. */
  lastId: number;
  lastMessageId: bigint;
  /** Called after something of ours arrived; the live buyers listen here. */
  onPartnerMessage: (business: Business, chat: Chat) => void;
  onPartnerComment: (business: Business, feedback: Feedback) => void;
  /** Called at each authorised call. */
  onApiUse: () => void;
}

export function nextId(state: YandexState): number {
  state.lastId += 7;
  return state.lastId;
}

/** Message ids are int64 beyond what a double holds; they grow with time. */
export function nextMessageId(state: YandexState, atMs: number): string {
  const wanted = messageIdAt(atMs);
  state.lastMessageId = wanted > state.lastMessageId ? wanted : state.lastMessageId + 1n;
  return state.lastMessageId.toString();
}

export function messageIdAt(atMs: number): bigint {
  return 9_200_000_000_000_000n + BigInt(Math.floor(atMs)) * 10n;
}

export const QUIRKS: Quirks = { historyNewestFirst: false, historyFromExclusive: false, notifyOwnMessages: true, latencyMs: 0, quotaFactor: 1 };

export function createBusiness(given: Pick<Business, "businessId" | "name" | "campaigns"> & Partial<Business>): Business {
  return {
    subscriptionLevel: "NONE",
    goods: [],
    orders: new Map(),
    chats: new Map(),
    feedbacks: [],
    questions: [],
    targets: [],
    quirks: { ...QUIRKS },
    ...given,
  };
}

/** A date with an offset, as every answer prints it: Moscow time. */
export function stamp(ms: number): string {
  return `${new Date(ms + 3 * 3_600_000).toISOString().slice(0, -1)}+03:00`;
}

export function moscowDay(ms: number): string {
  return new Date(ms + 3 * 3_600_000).toISOString().slice(0, 10);
}
