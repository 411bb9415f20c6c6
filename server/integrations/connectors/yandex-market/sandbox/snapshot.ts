import { type Chat, type Message, MessageLog } from "./chats";
import type { ApiKey, Business, Order, StoredFile, YandexState } from "./state";

type SavedChat = Omit<Chat, "messages"> & { messages: Message[] };
type SavedBusiness = Omit<Business, "chats" | "orders"> & { chats: SavedChat[]; orders: Order[] };

interface Saved {
  version: 1;
  businesses: SavedBusiness[];
  keys: ApiKey[];
  files: [id: string, file: Omit<StoredFile, "bytes"> & { base64: string }][];
  lastId: number;
  lastMessageId: string;
}

/** The whole state as plain JSON data, so that a demo can go on after a restart. Not for `bulk`, whose rows are formulas. */
export function saveState(state: YandexState): Saved {
  return {
    version: 1,
    businesses: [...state.businesses.values()].map(({ chats, orders, ...plain }) => ({
      ...plain,
      chats: [...chats.values()].map((chat) => ({ ...chat, messages: chat.messages.all() })),
      orders: [...orders.values()],
    })),
    keys: [...state.keys.values()],
    files: [...state.files].map(([id, { bytes, ...file }]) => [id, { ...file, base64: Buffer.from(bytes).toString("base64") }]),
    lastId: state.lastId,
    lastMessageId: state.lastMessageId.toString(),
  };
}

/** Fills an empty state from what {@link saveState} gave; false when it is of another kind. */
export function restoreState(state: YandexState, saved: unknown): boolean {
  if (typeof saved !== "object" || saved === null || !("version" in saved) || saved.version !== 1) return false;
  const data = saved as Saved;
  for (const { chats, orders, ...plain } of data.businesses) {
    state.businesses.set(plain.businessId, {
      ...plain,
      chats: new Map(chats.map((chat) => [chat.chatId, { ...chat, messages: new MessageLog(undefined, chat.messages) }])),
      orders: new Map(orders.map((order) => [order.orderId, order])),
    });
  }
  for (const key of data.keys) state.keys.set(key.value, key);
  for (const [id, { base64, ...file }] of data.files) state.files.set(id, { ...file, bytes: Buffer.from(base64, "base64") });
  state.lastId = data.lastId;
  state.lastMessageId = BigInt(data.lastMessageId);
  return true;
}
