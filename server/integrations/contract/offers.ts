import type { ConnectorContext } from "./ports";

/** Stock and prices written to a service. Quantities and prices are absolute, so that saying them again changes nothing. */

/** The listing a change is for, as `ExternalProduct` named it. */
export interface ListingRef {
  readonly externalId: string;
  readonly sku?: string | undefined;
  readonly offerId?: string | undefined;
  readonly barcode?: string | undefined;
  /** The newest `ExternalProduct.remoteContext`. */
  readonly remoteContext: Readonly<Record<string, string>>;
}

export interface StockChange {
  readonly listing: ListingRef;
  /** Wanted, never below zero. */
  readonly quantity: number;
  /** What the service last acknowledged or told, for services that compare before they set; null = not known. */
  readonly previous: number | null;
  /** The same in every try of this change. */
  readonly requestId: string;
}

export interface PriceChange {
  readonly listing: ListingRef;
  readonly priceMinor: bigint;
  /** Crossed-out price; null = none. */
  readonly oldPriceMinor: bigint | null;
  readonly currency: string;
  readonly requestId: string;
}

/**
 * acknowledged: the service has taken it · pending: it answers later, under `tracking` · rejected: it will not, `code` is in the
 * catalogue and `text` in the service's words (a rejected `conflict` is tried again after the listing was read anew).
 */
export type OfferOutcome =
  | { readonly externalId: string; readonly state: "acknowledged" }
  | { readonly externalId: string; readonly state: "pending"; readonly tracking: string }
  | {
      readonly externalId: string;
      readonly state: "rejected";
      readonly code: string;
      readonly text?: string | undefined;
      readonly isConflict?: boolean | undefined;
    };

export interface OfferWriter<C> {
  /** Changes of one call of `set`; the house never gives more. */
  readonly maxBatch: number;
  /**
   * One outcome for every change. Repeating it after an unknown outcome is safe.
   * @throws ConnectorError when the call as a whole failed: nothing is then known of any of them.
   */
  set(context: ConnectorContext, changes: readonly C[]): Promise<readonly OfferOutcome[]>;
}

export interface OffersPort {
  readonly stock?: OfferWriter<StockChange> | undefined;
  readonly price?: OfferWriter<PriceChange> | undefined;
  /** Outcomes of what was `pending`; still pending ones are `pending` again. */
  check?(context: ConnectorContext, kind: "stock" | "price", tracking: string): Promise<readonly OfferOutcome[]>;
}
