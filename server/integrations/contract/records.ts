/** Normalised records: what connectors hand to the house. Unknown enum values of a service become the "other" member, never an error. */

export interface ExternalAttachment {
  readonly kind: "image" | "file";
  /** The service's address; fetched only through `MessagingPort.fetchAttachment`. */
  readonly url: string;
  readonly name: string;
  readonly moderation?: "passed" | "pending" | "failed" | undefined;
}

export interface ExternalMessage {
  readonly externalId: string;
  readonly side: "buyer" | "seller" | "system";
  /** Author in the service's sense, lower-cased: buyer, seller, support, courier, bot, … */
  readonly authorKind: string;
  readonly authorRef?: string | undefined;
  readonly text: string;
  readonly attachments: readonly ExternalAttachment[];
  readonly sentAt: Date;
  /** Newest timestamp of the source for this message (edit time where it has one). */
  readonly versionAt: Date;
  readonly isRead?: boolean | undefined;
  readonly orderNumber?: string | undefined;
  readonly sku?: string | undefined;
  /** Where the service checks our words before it shows them (answers to questions and reviews). */
  readonly moderation?: "passed" | "pending" | "failed" | undefined;
}

export interface ExternalConversation {
  /** Unique within the connection over all channels: connectors prefix the ids of questions and reviews where kinds could collide. */
  readonly externalId: string;
  /** Channel id, e.g. `ozon.chat`; its rules come from `MessagingPort.channels`. */
  readonly channel: string;
  /** Where a read does not tell (after a push): the oldest message it carries. Keep the earlier of two. */
  readonly createdAt: Date;
  /** `unknown` never replaces a known state. */
  readonly remoteStatus: "open" | "closed" | "unknown";
  readonly buyerRef?: string | undefined;
  readonly buyerName?: string | undefined;
  readonly orderNumber?: string | undefined;
  readonly sku?: string | undefined;
  /**
   * Delivery schema and moments that decide the reply window, where the service tells.
   * `deliveredAt` is the latest moment the delivery can have happened when the service tells no exact one.
   */
  readonly order?:
    | { readonly schema: "fbo" | "fbs" | "rfbs" | "other"; readonly paidAt?: Date | undefined; readonly deliveredAt?: Date | undefined }
    | undefined;
  readonly productName?: string | undefined;
  /** Stars of a review, 1 to 5. */
  readonly rating?: number | undefined;
  /**
   * What the service wants back with every write into this conversation (a signature, the id of a cabinet). Opaque to the house:
   * kept beside the conversation, replaced as a whole by the newest one given, never shown.
   */
  readonly remoteContext?: Readonly<Record<string, string>> | undefined;
  /** Newest message of the source, also when this page does not carry it. */
  readonly lastMessageId?: string | undefined;
  readonly messages: readonly ExternalMessage[];
}

export interface ExternalFee {
  /** The service's own type id. */
  readonly typeId: string;
  readonly name: string;
  readonly amountMinor: bigint;
}

export interface ExternalSaleLine {
  /** The service's own line id, or the composite of its own ids that is unique and stable; never a hash of amounts. */
  readonly externalId: string;
  readonly kind: "sale" | "return" | "fee" | "correction";
  /** Accounting date in the service's calendar, YYYY-MM-DD. */
  readonly date: string;
  /** Negative for returns. */
  readonly quantity: number;
  /** Negative for returns; 0 for fee lines. */
  readonly revenueMinor: bigint;
  /** Sum of fees; negative = charged to us. */
  readonly feesMinor: bigint;
  readonly payoutMinor?: bigint | undefined;
  readonly currency: string;
  readonly description: string;
  readonly orderNumber?: string | undefined;
  readonly postingNumber?: string | undefined;
  readonly sku?: string | undefined;
  readonly offerId?: string | undefined;
  readonly productName?: string | undefined;
  /** Not yet in the service's accounts: replaced by the final lines of the same `settlementKey`, and left out of totals from then on. */
  readonly isPreliminary: boolean;
  /** The same on a preliminary line and on the final ones that stand for it (an id of the service: srid, posting and sku). */
  readonly settlementKey?: string | undefined;
  readonly fees: readonly ExternalFee[];
}

/** One listing: a variant as one service sells it. Whatever the service does not tell is absent and leaves what is known. */
export interface ExternalProduct {
  readonly externalId: string;
  /** The service's own number of the variant. */
  readonly sku?: string | undefined;
  /** Our article as the service knows it: what listings of several services are matched by, with the barcodes. */
  readonly offerId?: string | undefined;
  readonly name: string;
  readonly imageUrl?: string | undefined;
  readonly barcodes?: readonly string[] | undefined;
  /** What variants of one product share. */
  readonly groupRef?: string | undefined;
  /** What tells it from its siblings: "Blue / 42". */
  readonly variantName?: string | undefined;
  readonly status?: "active" | "inactive" | "archived" | "rejected" | undefined;
  /** Address of its page in the shop, for people. */
  readonly url?: string | undefined;
  /** What buyers can order from our own stock, as the service shows it now. */
  readonly stock?: { readonly available: number; readonly reserved?: number | undefined } | undefined;
  /** In the marketplace's own warehouses (FBO): shown, never written. */
  readonly marketplaceStock?: number | undefined;
  readonly price?: { readonly amountMinor: bigint; readonly oldMinor?: bigint | undefined; readonly currency: string } | undefined;
  /** When the service's figures are from, where it tells. */
  readonly versionAt?: Date | undefined;
  /** What the service wants back with stock and prices (a warehouse, an inventory item). Opaque, never shown. */
  readonly remoteContext?: Readonly<Record<string, string>> | undefined;
}

/** A received record the mapper could not understand: kept whole, shown to a person, replayed after a fix. */
export interface RejectedRecord {
  readonly kind: "conversation" | "message" | "sale" | "product" | "order" | "push";
  readonly externalId?: string | undefined;
  readonly payload: unknown;
  readonly errorCode: string;
  readonly errorText: string;
}
