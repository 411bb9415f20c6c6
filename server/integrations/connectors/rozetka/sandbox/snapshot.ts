import type { Chat, Market, Order, RozetkaState, StoredFile, Token } from "./state";

interface Saved {
  version: 1;
  markets: (Omit<Market, "orders" | "chats"> & { orders: Order[]; chats: Chat[] })[];
  tokens: Token[];
  files: [id: number, file: Omit<StoredFile, "bytes"> & { base64: string }][];
  lastId: number;
  lastOrderId: number;
}

/** The whole state as plain JSON data, so that a demo can go on after a restart. */
export function saveState(state: RozetkaState): Saved {
  return {
    version: 1,
    markets: [...state.markets.values()].map(({ orders, chats, ...plain }) => ({ ...plain, orders: [...orders.values()], chats: [...chats.values()] })),
    tokens: [...state.tokens.values()],
    files: [...state.files].map(([id, { bytes, ...file }]) => [id, { ...file, base64: Buffer.from(bytes).toString("base64") }]),
    lastId: state.lastId,
    lastOrderId: state.lastOrderId,
  };
}

/** Fills an empty state from what {@link saveState} gave; false when it is of another kind. */
export function restoreState(state: RozetkaState, saved: unknown): boolean {
  if (typeof saved !== "object" || saved === null || !("version" in saved) || saved.version !== 1) return false;
  const data = saved as Saved;
  for (const { orders, chats, ...plain } of data.markets) {
    const market = { ...plain, orders: new Map(orders.map((order) => [order.id, order])), chats: new Map(chats.map((chat) => [chat.id, chat])) };
    state.markets.set(plain.id, market);
  }
  for (const token of data.tokens) state.tokens.set(token.value, token);
  for (const [id, { base64, ...file }] of data.files) state.files.set(id, { ...file, bytes: Buffer.from(base64, "base64") });
  state.lastId = data.lastId;
  state.lastOrderId = data.lastOrderId;
  return true;
}
