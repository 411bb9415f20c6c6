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
  readonly isPreliminary: boolean;
  readonly fees: readonly ExternalFee[];
}

export interface ExternalProduct {
  readonly externalId: string;
  readonly sku?: string | undefined;
  readonly offerId?: string | undefined;
  readonly name: string;
  readonly imageUrl?: string | undefined;
}

/** A received record the mapper could not understand: kept whole, shown to a person, replayed after a fix. */
export interface RejectedRecord {
  readonly kind: "conversation" | "message" | "sale" | "product" | "push";
  readonly externalId?: string | undefined;
  readonly payload: unknown;
  readonly errorCode: string;
  readonly errorText: string;
}
