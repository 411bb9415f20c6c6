import { lazySeq, lowerBound, type Seq } from "@/sandbox/kit/seq";

export const CHAT_TYPES = [
  "BUYER_SELLER",
  "BUYER_SELLER_SELECT",
  "SELLER_SUPPORT",
  "SELLER_API_UPDATES",
  "SELLER_API_NOTIFICATIONS",
  "SELLER_NOTIFICATION_LOGISTICS",
] as const;
export type ChatType = (typeof CHAT_TYPES)[number];
type UserType = "Customer" | "Seller" | "Support" | "NotificationUser" | "Crm" | "Courier" | "ChatBot";

export interface Message {
  /** 19 digits, about 3.0e18; grows with time within a chat and over all chats. */
  id: string;
  createdAtMs: number;
  userType: UserType;
  userId: string;
  data: string[];
  isImage: boolean;
  /** How it came into being: through our API, by the scenario or live buyers, or from the control desk. */
  via: "api" | "scenario" | "desk";
}

/** Messages in id order: a computed past (kept as a formula) and a stored tail. */
export class MessageLog implements Seq<Message> {
  private readonly tail: Message[] = [];
  private readonly edits = new Map<string, Message>();

  constructor(
    private readonly past: Seq<Message> = lazySeq<Message>(0, () => {
      throw new RangeError("empty past");
    }),
  ) {}

  get length(): number {
    return this.past.length + this.tail.length;
  }

  get(index: number): Message {
    const message = index < this.past.length ? this.past.get(index) : this.tail[index - this.past.length];
    if (!message) throw new RangeError(`no message ${index}`);
    return this.edits.get(message.id) ?? message;
  }

  append(message: Message): void {
    this.tail.push(message);
  }

  edit(message: Message): void {
    this.edits.set(message.id, message);
  }

  last(): Message | undefined {
    return this.length === 0 ? undefined : this.get(this.length - 1);
  }

  /** Index of the first message whose id is not below `id`. */
  indexFrom(id: string): number {
    return lowerBound(this, (message) => compareIds(message.id, id) < 0);
  }

  find(id: string): Message | undefined {
    const index = this.indexFrom(id);
    const message = index < this.length ? this.get(index) : undefined;
    return message?.id === id ? message : undefined;
  }
}

export interface Chat {
  id: string;
  type: ChatType;
  status: "OPENED" | "CLOSED";
  createdAtMs: number;
  buyerId: string;
  /** The order (not posting) the talk is about, "" when it is about a product only. */
  orderNumber: string;
  postingNumber: string | null;
  sku: string;
  messages: MessageLog;
  /** Sorts the chat list; the last message's id, or one drawn at creation for an empty chat. */
  sortId: string;
  /** Up to here the seller has read. */
  sellerReadId: string;
  /** Up to here the buyer has read. */
  buyerReadId: string;
  unread: number;
  lastBuyerAtMs: number | null;
}

/** Compares decimal ids of any length. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** All chats of one seller, newest activity first. */
export class ChatStore {
  private readonly byId = new Map<string, Chat>();
  private sorted: Chat[] = [];
  private dirty = false;

  add(chat: Chat): void {
    this.byId.set(chat.id, chat);
    this.dirty = true;
  }

  get(id: string): Chat | undefined {
    return this.byId.get(id);
  }

  /** Puts a message at the end of a chat and keeps order and counters right. */
  append(chat: Chat, message: Message): void {
    chat.messages.append(message);
    chat.sortId = message.id;
    this.dirty = true;
    if (message.userType === "Seller") {
      chat.buyerReadId = chat.buyerReadId || "0";
      return;
    }
    chat.unread += 1;
    if (message.userType === "Customer") chat.lastBuyerAtMs = message.createdAtMs;
  }

  newestFirst(): readonly Chat[] {
    if (this.dirty) {
      this.sorted = [...this.byId.values()].sort((a, b) => compareIds(b.sortId, a.sortId));
      this.dirty = false;
    }
    return this.sorted;
  }

  totalUnread(): number {
    let total = 0;
    for (const chat of this.byId.values()) total += chat.unread;
    return total;
  }
}

/** Marks everything up to `id` (or all) as read by the seller; returns what is left unread. */
export function markReadBySeller(chat: Chat, id: string | undefined): number {
  const upTo = id ?? chat.messages.last()?.id ?? "0";
  if (compareIds(upTo, chat.sellerReadId) > 0) chat.sellerReadId = upTo;
  chat.unread = countUnread(chat);
  return chat.unread;
}

export function firstUnreadId(chat: Chat): string {
  if (chat.unread === 0) return "0";
  for (let index = firstAfter(chat); index < chat.messages.length; index += 1) {
    const message = chat.messages.get(index);
    if (message.userType !== "Seller") return message.id;
  }
  return "0";
}

function countUnread(chat: Chat): number {
  let unread = 0;
  for (let index = firstAfter(chat); index < chat.messages.length; index += 1) if (chat.messages.get(index).userType !== "Seller") unread += 1;
  return unread;
}

function firstAfter(chat: Chat): number {
  return lowerBound(chat.messages, (message) => compareIds(message.id, chat.sellerReadId) <= 0);
}
