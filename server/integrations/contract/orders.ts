import type { ConnectorContext, Cursor, DateWindow, PullPage } from "./ports";

/** Orders: normalised records and the port. Unknown states of a service become `unknown` of ours, with the service's word beside it. */

/**
 * One vocabulary for all services: new (nobody has looked) → confirmed (accepted, to be packed) → packed (ready to be handed over) →
 * shipped → delivered; cancelled and returned end it from anywhere. `unknown`: the service's word means nothing to us yet; a person
 * can map it per connection.
 */
export const ORDER_STATES = ["new", "confirmed", "packed", "shipped", "delivered", "cancelled", "returned", "unknown"] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export interface ExternalOrderLine {
  /** Unique within the order; the service's own line id where it has one. */
  readonly externalId: string;
  readonly sku?: string | undefined;
  readonly offerId?: string | undefined;
  /** Id of the listing (`ExternalProduct.externalId`) where the service names it. */
  readonly productExternalId?: string | undefined;
  readonly barcode?: string | undefined;
  readonly name: string;
  readonly quantity: number;
  /** Of `quantity`: no longer wanted. */
  readonly cancelledQuantity: number;
  /** Of one piece, as the buyer pays it. */
  readonly priceMinor: bigint;
}

export interface ExternalOrder {
  /** The service's id of what is packed and shipped as one: a posting, an assembly order, an order. */
  readonly externalId: string;
  /** What people call it (may differ from the id): searched, shown, joined with conversations and sales. */
  readonly number: string;
  /** What the service's other records (conversations, sales) call it, where that is not `number`: joined, found when asked for whole. */
  readonly recordNumber?: string | undefined;
  /** Number of the buyer's whole order where the service splits it. */
  readonly groupNumber?: string | undefined;
  /** Whose warehouse: ours (fbs, dbs, own) or the marketplace's (fbo). Only ours reserve stock. */
  readonly fulfilment: "fbs" | "dbs" | "fbo" | "own" | "other";
  /** The service's own word, e.g. `awaiting_packaging`, `PROCESSING/STARTED`, `26`. */
  readonly remoteState: string;
  /** What people read in the service's cabinet for it, where the service tells. */
  readonly remoteStateName?: string | undefined;
  /** The connector's own reading of `remoteState`. */
  readonly state: OrderState;
  readonly placedAt: Date;
  /** Newest timestamp of the source for this order; older news changes nothing. */
  readonly versionAt: Date;
  /** Until when it has to be handed over. */
  readonly shipBy?: Date | undefined;
  readonly paidAt?: Date | undefined;
  readonly shippedAt?: Date | undefined;
  readonly deliveredAt?: Date | undefined;
  readonly cancelledAt?: Date | undefined;
  readonly cancelReason?: string | undefined;
  readonly payment?: "unpaid" | "paid" | "on_delivery" | "refunded" | "partly_refunded" | undefined;
  readonly buyerRef?: string | undefined;
  readonly buyerName?: string | undefined;
  readonly buyerPhone?: string | undefined;
  readonly buyerEmail?: string | undefined;
  readonly city?: string | undefined;
  readonly address?: string | undefined;
  /** Delivery as the service names it: "Нова Пошта, відділення 12". */
  readonly deliveryMethod?: string | undefined;
  readonly carrier?: string | undefined;
  readonly trackingNumber?: string | undefined;
  readonly currency: string;
  /** What the buyer pays for the goods (and the delivery where it is part of the order). */
  readonly totalMinor: bigint;
  readonly comment?: string | undefined;
  readonly lines: readonly ExternalOrderLine[];
  /** What the service wants back with every change, or what decides its transitions. Opaque to the house, replaced as a whole, never shown. */
  readonly remoteContext?: Readonly<Record<string, string>> | undefined;
}

/** One thing a person may enter with a transition; labels are catalogue keys `orders.fields.<name>`. */
export interface TransitionField {
  readonly name: "trackingNumber" | "carrier" | "reason" | "comment" | "date" | "supply";
  readonly required: boolean;
  /** Choices with the service's own ids; absent = free text (`date`: YYYY-MM-DD). `label` is the service's own text. */
  readonly options?: readonly { readonly value: string; readonly label: string }[] | undefined;
}

/** A change the service allows from the order's present state. */
export interface OrderTransition {
  /** The connector's own id of it, e.g. `ship`, `status:26`. */
  readonly id: string;
  /** Catalogue key `orders.actions.<action>`: the words of the button. */
  readonly action: "confirm" | "pack" | "ship" | "deliver" | "cancel" | "set_tracking" | "set_state";
  /** For `set_state`: the service's own name of the state. */
  readonly label?: string | undefined;
  /** Where it leads in our vocabulary; absent = the state stays. */
  readonly to?: OrderState | undefined;
  readonly fields: readonly TransitionField[];
  /** What the service does besides, which people must know before they press: catalogue key `orders.consequences.<consequence>`. */
  readonly consequence?: "refunds_buyer" | undefined;
}

/** What decides which transitions there are; a pure function of these. */
export interface OrderFacts {
  readonly externalId: string;
  readonly remoteState: string;
  readonly fulfilment: ExternalOrder["fulfilment"];
  readonly remoteContext: Readonly<Record<string, string>>;
  readonly trackingNumber?: string | undefined;
  readonly lines: readonly Pick<ExternalOrderLine, "externalId" | "sku" | "offerId" | "quantity" | "cancelledQuantity">[];
  readonly now: Date;
}

export interface OrderChange {
  readonly order: OrderFacts;
  readonly transitionId: string;
  readonly fields: Readonly<Record<string, string>>;
  /** The change's own id, the same in every try: for services that take an idempotency key. */
  readonly requestId: string;
}

export interface OrdersPullInput {
  readonly cursor?: Cursor | undefined;
  readonly checkpoint?: Cursor | undefined;
  readonly window?: DateWindow | undefined;
}

export interface OrdersPort {
  /** The service's own states with the connector's reading: what the mapping editor lists. Names are the service's own words. */
  readonly states: readonly { readonly remote: string; readonly name: string; readonly state: OrderState }[];
  /** Orders new or changed since the checkpoint (or in the window), whole, in the order of their change where the service can. */
  pull(context: ConnectorContext, input: OrdersPullInput): Promise<PullPage<ExternalOrder>>;
  /** One order as it is now: after a push, and to settle an unknown change. @throws ConnectorError `not-found`. */
  read(
    context: ConnectorContext,
    order: { readonly externalId: string; readonly remoteContext?: Readonly<Record<string, string>> | undefined },
  ): Promise<ExternalOrder>;
  /** Pure. Empty where nothing can be changed (or the key may not). */
  transitions(order: OrderFacts, facts: Readonly<Record<string, unknown>>): readonly OrderTransition[];
  /**
   * Carries a transition out, once. Resolves when the service accepted it.
   * @throws ConnectorError; with `mayHaveTakenEffect` the outcome is unknown and is settled by `read` and `hasTaken` before any repeat.
   */
  change(context: ConnectorContext, change: OrderChange): Promise<void>;
  /** Whether an order read back shows that the change has been carried out. */
  hasTaken(found: ExternalOrder, change: OrderChange): boolean;
}
