import { createHash } from "node:crypto";
import type { SimulatorHost } from "@/sandbox/kit";
import type { Random } from "@/sandbox/kit/random";
import { newTrade, type Trade } from "./trade-state";

/** Everything here is plain JSON data: a snapshot is a copy of it. */
export interface Size {
  chrtId: number;
  /** "0" for what has no sizes. */
  techSize: string;
  barcode: string;
}

export interface Product {
  nmId: number;
  imtId: number;
  vendorCode: string;
  title: string;
  subject: string;
  sizes: Size[];
  /** Whole roubles, before the discount. */
  fullPrice: number;
  /** Per cent. */
  discount: number;
  /** Kopecks, after the discount. */
  priceMinor: number;
  updatedAtMs: number;
}

export interface GoodCard {
  nmId: number;
  /** Whole roubles. */
  price: number;
  rid: string;
  size: string;
}

export interface Chat {
  id: string;
  clientName: string;
  card: GoodCard | null;
  /** Grows when the signature is renewed; the old one is refused then. */
  signVersion: number;
}

export type Via = "api" | "scenario" | "desk";

export interface ChatEvent {
  id: string;
  chatId: string;
  atMs: number;
  isNewChat: boolean;
  sender: "client" | "seller" | "wb";
  source: string | null;
  /** null: the event has no `message` at all, as in the documents' last sample. */
  message: { text: string | null; card: boolean; files: string[]; images: string[] } | null;
  via: Via;
}

export interface StoredFile {
  name: string;
  contentType: string;
  base64: string;
  moderation: "pending" | "passed" | "failed";
  /** Pending until then. */
  passesAtMs: number;
}

export interface Question {
  id: string;
  nmId: number;
  text: string;
  createdAtMs: number;
  state: "suppliersPortalSynch" | "wbRu" | "none";
  answer: { text: string; createdAtMs: number; edits: number; via: Via } | null;
  wasViewed: boolean;
  isWarned: boolean;
}

export interface Review {
  id: string;
  nmId: number;
  userName: string;
  text: string;
  pros: string;
  cons: string;
  stars: number;
  createdAtMs: number;
  /** File ids below the photo hosts. */
  photos: string[];
  hasVideo: boolean;
  tags: string[];
  answer: { text: string; createdAtMs: number; edits: number; state: "none" | "wbRu" | "reviewRequired" | "rejected"; settlesAtMs: number; via: Via } | null;
}

/** One row of the realisation report; amounts in kopecks, all positive as the service prints them. */
export interface SaleRow {
  rrdId: number;
  /** Moscow day. */
  day: string;
  nmId: number;
  operation: "Продажа" | "Возврат" | "Логистика" | "Хранение" | "Штраф";
  quantity: number;
  /** The seller's price after his own discount. */
  priceMinor: number;
  /** What the buyer paid. */
  retailMinor: number;
  forPayMinor: number;
  deliveryMinor: number;
  storageMinor: number;
  penaltyMinor: number;
  srid: string;
}

export interface Seller {
  sid: string;
  name: string;
  tradeMark: string;
  tin: string;
  products: Product[];
  chats: Record<string, Chat>;
  /** By time; two may share a millisecond. */
  events: ChatEvent[];
  files: Record<string, StoredFile>;
  questions: Question[];
  reviews: Review[];
  sales: SaleRow[];
  trade: Trade;
  revokedTokens: string[];
}

interface Settings {
  /** Events on one page of the feed; the real size is not told. */
  eventsPage: number;
  /** 1 = as documented; 0 switches the limits off (only tests do). */
  limits: 0 | 1;
  /** Rows of a report in one answer at most, whatever the caller would take. */
  reportPage: number;
  /** How long an answer to a review is checked. */
  moderationMs: number;
  /** Orders in one answer at most, whatever the caller would take; rows of the statistics too. */
  ordersPage: number;
  statisticsPage: number;
  /** How long an upload of prices is worked on. */
  pricesMs: number;
}

export interface WbState {
  host: SimulatorHost;
  random: Random;
  sellers: Record<string, Seller>;
  settings: Settings;
  /** Called after a message of ours arrived; the live buyers listen here. */
  onSellerMessage: (seller: Seller, chatId: string) => void;
  /** Called at each authorised call. */
  onApiUse: () => void;
}

export function newState(host: SimulatorHost, random: Random): WbState {
  return {
    host,
    random,
    sellers: {},
    settings: { eventsPage: 50, limits: 1, reportPage: 100_000, moderationMs: 30_000, ordersPage: 1_000, statisticsPage: 80_000, pricesMs: 4_000 },
    onSellerMessage: () => undefined,
    onApiUse: () => undefined,
  };
}

export function createSeller(given: Pick<Seller, "sid" | "name" | "tradeMark" | "tin">): Seller {
  return { ...given, products: [], chats: {}, events: [], files: {}, questions: [], reviews: [], sales: [], trade: newTrade(), revokedTokens: [] };
}

/** Opaque to callers; half of them have a middle part, as in the documents' two samples. */
export function replySignOf(chat: Chat): string {
  const hex = createHash("sha512").update(`${chat.id} ${chat.signVersion}`).digest("hex");
  const hasMiddle = Number.parseInt(hex.slice(0, 1), 16) % 2 === 0;
  return hasMiddle ? `${chat.id}:${Number.parseInt(hex.slice(0, 7), 16)}:${hex}` : `${chat.id}:${hex}`;
}

/** Adds an event at its place in time. */
export function addEvent(seller: Seller, event: ChatEvent): ChatEvent {
  let at = seller.events.length;
  while (at > 0 && (seller.events[at - 1]?.atMs ?? 0) > event.atMs) at -= 1;
  seller.events.splice(at, 0, event);
  return event;
}

export function addFile(
  state: WbState,
  seller: Seller,
  file: { name: string; contentType: string; bytes: Uint8Array; moderation?: StoredFile["moderation"]; pendingMs?: number },
): string {
  const id = state.random.uuid();
  const { bytes, name, contentType, moderation = "passed", pendingMs = 0 } = file;
  seller.files[id] = { name, contentType, base64: Buffer.from(bytes).toString("base64"), moderation, passesAtMs: state.host.clock.nowMs() + pendingMs };
  return id;
}

/** 20 letters and digits, as questions and reviews have them. */
export function shortId(random: Random): string {
  return random.uuid().replaceAll("-", "").slice(0, 20);
}
