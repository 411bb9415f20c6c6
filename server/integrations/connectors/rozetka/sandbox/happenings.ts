import { type Buyer, type Chat, type Good, type Market, type Message, nextId, nextOrderId, type Order, type RozetkaState } from "./state";
import type { DeliveryType } from "./statuses";

/** What happens in the shop, whoever makes it happen. Every change moves the moment the lists are filtered by. */

export function setStatus(order: Order, status: number, atMs: number): void {
  order.status = status;
  order.history.push({ status, atMs });
  order.changedMs = atMs;
}

export interface NewOrder {
  readonly buyer: Buyer;
  readonly goods: readonly { readonly good: Good; readonly quantity: number; readonly discountedMinor?: number | undefined }[];
  readonly atMs: number;
  readonly delivery: DeliveryType;
  readonly city: string;
  readonly branch: number;
  readonly paid: boolean;
  readonly comment?: string | undefined;
}

export function placeOrder(state: RozetkaState, market: Market, given: NewOrder): Order {
  const order: Order = {
    id: nextOrderId(state),
    createdMs: given.atMs,
    changedMs: given.atMs,
    status: 1,
    history: [{ status: 1, atMs: given.atMs }],
    ttn: "",
    delivery: given.delivery,
    buyer: given.buyer,
    city: given.city,
    branch: given.branch,
    purchases: given.goods.map(({ good, quantity, discountedMinor }) => ({
      id: nextId(state),
      rzItemId: good.rzItemId ?? 0,
      itemId: good.itemId,
      offerId: good.offerId,
      name: good.name,
      quantity,
      unitMinor: good.price * 100,
      discountedMinor: discountedMinor ?? good.price * 100,
      status: 1,
    })),
    sellerComments: [],
    comment: given.comment ?? "",
    paymentStatus: given.paid ? 2 : 3,
    paymentType: given.paid ? "nocash" : "cash",
    isFulfilment: false,
    mayChange: true,
    apiChanges: 0,
  };
  for (const { good, quantity } of given.goods) good.stock = Math.max(0, good.stock - quantity);
  market.orders.set(order.id, order);
  return order;
}

export interface NewChat {
  readonly type: Chat["type"];
  readonly buyer: Buyer;
  readonly subject: string;
  readonly orderId?: number | undefined;
  readonly rzItemId?: number | undefined;
  readonly atMs: number;
}

export function openChat(state: RozetkaState, market: Market, given: NewChat): Chat {
  const chat: Chat = {
    id: nextId(state),
    type: given.type,
    subject: given.subject,
    orderId: given.orderId ?? null,
    rzItemId: given.rzItemId ?? null,
    buyer: given.buyer,
    createdMs: given.atMs,
    updatedMs: given.atMs,
    readMs: null,
    trash: false,
    star: false,
    messages: [],
  };
  market.chats.set(chat.id, chat);
  return chat;
}

/** There is one chat about an order; whoever asks first opens it. */
export function orderChat(state: RozetkaState, market: Market, order: Order, atMs: number): Chat {
  const known = [...market.chats.values()].find((chat) => chat.orderId === order.id);
  return known ?? openChat(state, market, { type: 0, buyer: order.buyer, subject: `Замовлення № ${order.id}`, orderId: order.id, atMs });
}

export function addMessage(
  state: RozetkaState,
  chat: Chat,
  given: Pick<Message, "body" | "sender" | "via"> & { readonly atMs: number; readonly status?: Message["status"]; readonly files?: readonly number[] },
): Message {
  const message: Message = {
    id: nextId(state),
    body: given.body,
    createdMs: given.atMs,
    readMs: null,
    sender: given.sender,
    files: [...(given.files ?? [])],
    status: given.status ?? 5,
    via: given.via,
  };
  chat.messages.push(message);
  chat.updatedMs = given.atMs;
  if (given.sender === 3) chat.readMs = null;
  return message;
}

/** A picture of one pixel. */
export const PIXEL = Uint8Array.from(Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"));

export function storeFile(state: RozetkaState, chatId: number, name: string, contentType: string, bytes: Uint8Array): number {
  const id = nextId(state);
  state.files.set(id, { name, contentType: contentType || "application/octet-stream", bytes, messageId: 0, chatId });
  return id;
}
