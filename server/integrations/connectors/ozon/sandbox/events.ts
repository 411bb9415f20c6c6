import { chatPush } from "./chat-format";
import type { Chat, Message } from "./chats";
import type { Posting, PostingStatus } from "./postings";
import { substatusOf } from "./postings";
import type { PushService } from "./push";
import { bookPosting } from "./shop";
import { nextMessageId, type OzonState, type Product, type Seller } from "./state";
import { stockRows } from "./stock";

/** What happens in the simulated world after its start; each event changes the state first and is pushed then. */
export class Events {
  constructor(
    private readonly state: OzonState,
    private readonly push: PushService,
  ) {}

  /** A message of somebody else than the seller arrives. */
  message(
    seller: Seller,
    chat: Chat,
    input: { data: string[]; isImage?: boolean | undefined; userType?: Message["userType"] | undefined; via: "scenario" | "desk" },
  ): Message {
    const createdAtMs = this.state.host.clock.nowMs();
    const userType = input.userType ?? "Customer";
    const userId = userType === "Customer" ? chat.buyerId : userType === "Seller" ? seller.clientId : "1";
    const message: Message = {
      id: nextMessageId(this.state, createdAtMs),
      createdAtMs,
      userType,
      userId,
      data: input.data,
      isImage: input.isImage ?? false,
      via: input.via,
    };
    seller.chats.append(chat, message);
    if (userType !== "Seller")
      this.push.emit(seller, "TYPE_NEW_MESSAGE", chatPush({ seller, chat, baseUrl: this.state.host.baseUrl() }, "TYPE_NEW_MESSAGE", message));
    return message;
  }

  edit(seller: Seller, chat: Chat, message: Message, text: string): Message {
    const edited = { ...message, data: [text] };
    chat.messages.edit(edited);
    this.push.emit(
      seller,
      "TYPE_UPDATE_MESSAGE",
      chatPush({ seller, chat, baseUrl: this.state.host.baseUrl() }, "TYPE_UPDATE_MESSAGE", edited, { updated_at: this.state.host.clock.now().toISOString() }),
    );
    return edited;
  }

  /** The buyer has read everything so far. */
  readByBuyer(seller: Seller, chat: Chat): void {
    const last = chat.messages.last();
    if (!last) return;
    chat.buyerReadId = last.id;
    const reader = { ...last, userType: "Customer" as const, userId: chat.buyerId };
    this.push.emit(
      seller,
      "TYPE_MESSAGE_READ",
      chatPush({ seller, chat, baseUrl: this.state.host.baseUrl() }, "TYPE_MESSAGE_READ", reader, { last_read_message_id: last.id }),
    );
  }

  closeChat(seller: Seller, chat: Chat): void {
    chat.status = "CLOSED";
    this.push.emit(seller, "TYPE_CHAT_CLOSED", chatPush({ seller, chat, baseUrl: this.state.host.baseUrl() }, "TYPE_CHAT_CLOSED"));
  }

  newPosting(seller: Seller, posting: Posting): void {
    seller.postings.add(posting);
    this.moveStock(seller, posting, -1);
    const products = posting.products.map((product) => ({ sku: product.sku, quantity: product.quantity }));
    if (posting.scheme === "FBO") {
      this.push.emit(seller, "TYPE_FBO_POSTING_NEW", {
        ...this.fboHead(seller, "TYPE_FBO_POSTING_NEW", posting),
        products,
        creation_date: iso(posting.inProcessAtMs),
      });
      return;
    }
    this.push.emit(seller, "TYPE_NEW_POSTING", {
      message_type: "TYPE_NEW_POSTING",
      posting_number: posting.postingNumber,
      products: posting.products.map((product) => ({ sku: product.sku, offer_id: product.offerId, quantity: product.quantity })),
      in_process_at: iso(posting.inProcessAtMs),
      warehouse_id: WAREHOUSE_ID,
      shipment_date: iso(posting.shipmentAtMs),
      tpl_integration_type: posting.bySeller === undefined ? "ozon" : "non_integrated",
      is_express: false,
      tracking_number: "",
      delivery_date_begin: iso(posting.inProcessAtMs + 4 * DAY_MS),
      delivery_date_end: iso(posting.inProcessAtMs + 5 * DAY_MS),
      seller_id: Number(seller.clientId),
    });
  }

  /** Moves a posting on; a delivery is booked as a sale of that day. */
  setStatus(seller: Seller, posting: Posting, status: PostingStatus, cancelReason = { id: 507, text: "Покупатель передумал" }): void {
    const oldState = substatusOf(posting);
    if (status === "cancelled" && posting.status !== "cancelled") this.moveStock(seller, posting, 1);
    const nowMs = this.state.host.clock.nowMs();
    const wasDelivered = posting.deliveredAtMs !== null;
    posting.status = status;
    posting.changedAtMs = nowMs;
    if (status === "delivered" && !wasDelivered) {
      posting.deliveredAtMs = nowMs;
      bookPosting(seller, this.state.random, posting, nowMs, 1);
    }
    if (status === "cancelled") posting.cancelReason = cancelReason;
    this.pushStatus(seller, posting, oldState);
  }

  /** Free pieces of the seller's warehouse changed; told as one push for all products. */
  stocksChanged(seller: Seller, products: readonly Product[]): void {
    if (products.length === 0) return;
    const updatedAt = iso(this.state.host.clock.nowMs());
    this.push.emit(seller, "TYPE_STOCKS_CHANGED", {
      message_type: "TYPE_STOCKS_CHANGED",
      seller_id: Number(seller.clientId),
      items: products.map((product) => ({
        product_id: product.productId,
        sku: product.sku,
        updated_at: updatedAt,
        stocks: stockRows(seller, product).map(({ warehouse, present, reserved }) => ({ warehouse_id: warehouse.id, present, reserved })),
      })),
    });
  }

  itemChanged(seller: Seller, product: Product): void {
    this.push.emit(seller, "TYPE_CREATE_OR_UPDATE_ITEM", {
      message_type: "TYPE_CREATE_OR_UPDATE_ITEM",
      seller_id: Number(seller.clientId),
      offer_id: product.offerId,
      product_id: product.productId,
      is_error: false,
      changed_at: iso(this.state.host.clock.nowMs()),
    });
  }

  /** What is ordered is no longer free; what is cancelled is again. */
  private moveStock(seller: Seller, posting: Posting, direction: 1 | -1): void {
    const moved = posting.products.flatMap((line) => {
      const product = seller.products.find(({ sku }) => sku === line.sku);
      if (product === undefined) return [];
      if (posting.scheme === "FBO") product.fboStock = Math.max(0, product.fboStock + direction * line.quantity);
      else product.fbsStock = Math.max(0, product.fbsStock + direction * line.quantity);
      return posting.scheme === "FBS" ? [product] : [];
    });
    this.stocksChanged(seller, moved);
  }

  /** rFBS: the courier has it. Told like a change of state. */
  lastMile(seller: Seller, posting: Posting): void {
    if (posting.bySeller === undefined) return;
    posting.bySeller.lastMile = true;
    posting.changedAtMs = this.state.host.clock.nowMs();
    this.pushStatus(seller, posting, "");
  }

  private pushStatus(seller: Seller, posting: Posting, oldState: string): void {
    const products = posting.products.map((product) => ({ sku: product.sku, quantity: product.quantity }));
    const cancelled = posting.status === "cancelled";
    const change = cancelled
      ? {
          products,
          old_state: oldState,
          new_state: "posting_canceled",
          reason: { id: posting.cancelReason?.id ?? 0, message: posting.cancelReason?.text ?? "" },
        }
      : { new_state: posting.status === "delivered" ? "posting_delivered" : substatusOf(posting) };
    const when = iso(posting.changedAtMs);
    if (posting.scheme === "FBO") {
      const type = cancelled ? "TYPE_FBO_POSTING_CANCELLED" : "TYPE_FBO_POSTING_STATE_CHANGED";
      this.push.emit(seller, type, {
        ...this.fboHead(seller, type, posting),
        ...change,
        ...(cancelled ? { cancel_date: when } : { changed_state_date: when }),
      });
      return;
    }
    const type = cancelled ? "TYPE_POSTING_CANCELLED" : "TYPE_STATE_CHANGED";
    this.push.emit(seller, type, {
      message_type: type,
      posting_number: posting.postingNumber,
      ...change,
      changed_state_date: when,
      warehouse_id: WAREHOUSE_ID,
      seller_id: Number(seller.clientId),
    });
  }

  private fboHead(seller: Seller, type: string, posting: Posting): Record<string, unknown> {
    return {
      message_type: type,
      posting_number: posting.postingNumber,
      order_number: posting.orderNumber,
      uuid: this.state.random.uuid(),
      warehouse_id: 1020001835658000,
      seller_id: Number(seller.clientId),
    };
  }
}

const DAY_MS = 86_400_000;
const WAREHOUSE_ID = 20605650762000;
const iso = (ms: number) => new Date(ms).toISOString();
