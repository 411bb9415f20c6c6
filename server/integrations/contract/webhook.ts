import type { ConnectorContext } from "./ports";
import type { RejectedRecord } from "./records";

export interface RawDelivery {
  /** Below the connection's address, e.g. `/orders/123`; empty = the address itself. */
  readonly subPath: string;
  readonly method: string;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  readonly receivedAt: Date;
}

/** An accepted push as it lies stored. */
export interface StoredDelivery {
  readonly body: Uint8Array;
  readonly eventType: string;
  readonly subPath: string;
}

/** Whose address was called. Without a connection (one address for everybody) both are empty. */
export interface WebhookAccount {
  /** Opened only where the port says `needsCredentials`. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What a push says happened. The facts are read again from the API: pushes without a signature are hints, not truth. */
export type PushEvent =
  | { readonly type: "conversation-changed"; readonly conversationExternalId: string; readonly messageIds: readonly string[] }
  | { readonly type: "conversation-closed"; readonly conversationExternalId: string }
  | { readonly type: "conversation-read"; readonly conversationExternalId: string; readonly upToMessageId: string }
  | { readonly type: "order-changed"; readonly orderExternalId: string }
  /** The service tells the new value itself, signed: the cheapest way to learn of a sale elsewhere. */
  | { readonly type: "product-changed"; readonly productExternalId: string }
  | { readonly type: "stream-changed"; readonly stream: string }
  /** The merchant took our access away. */
  | { readonly type: "access-revoked"; readonly reason: string }
  /** What privacy law lets a buyer ask for: a person has to see to it. */
  | {
      readonly type: "personal-data";
      readonly request: "export" | "erase-buyer" | "erase-shop";
      readonly buyerRef?: string | undefined;
      readonly orders: readonly string[];
    }
  | { readonly type: "ignored"; readonly reason: string };

/** Decided over the raw bytes, before anything is stored. */
export type Reception =
  | { readonly action: "handshake"; readonly answer: HttpAnswer }
  | {
      readonly action: "accept";
      /** The account the push is for, where the body names it: must be the connection's own. */
      readonly accountRef?: string | undefined;
      readonly eventType: string;
      /** Permanent dedupe key within the connection. */
      readonly dedupeKey: string;
      readonly answer: HttpAnswer;
    }
  | { readonly action: "refuse"; readonly code: string; readonly answer: HttpAnswer };

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
}

export interface WebhookPort {
  /** Published source ranges (CIDR); empty = any. Checked only where a trusted proxy tells the address. */
  readonly sourceRanges: readonly string[];
  readonly maxBytes: number;
  /** `receive` checks a signature or a password that is part of the credentials. */
  readonly needsCredentials?: boolean | undefined;
  /** Methods besides POST the service pushes with. */
  readonly methods?: readonly ("PUT" | "PATCH" | "DELETE")[] | undefined;
  receive(delivery: RawDelivery, account: WebhookAccount): Reception;
  /** A push as the service would send it now, genuinely signed, for the test button; it changes nothing when it is worked off. */
  sample?(account: WebhookAccount, now: Date): Pick<RawDelivery, "subPath" | "method" | "body" | "headers">;
  /** Tells the service where to push, where it can be told by API. Repeating it changes nothing. */
  subscribe?(context: ConnectorContext, address: string): Promise<void>;
  /**
   * Which of what is to be pushed the service does not push to us (any more); empty = all is well. `isOurs` tells whether an address is the
   * one that counts now. Reads only; `subscribe` mends.
   * @throws ConnectorError.
   */
  checkPushes?(context: ConnectorContext, isOurs: (address: string) => boolean): Promise<{ readonly missing: readonly string[] }>;
  /** What we answer when a delivery repeats, comes from a foreign address or names a foreign account. */
  refusal(code: "not_found" | "forbidden_source" | "foreign_account" | "too_large" | "unavailable"): HttpAnswer;
  /** Runs later, in the durable step. */
  parse(delivery: StoredDelivery): { readonly events: readonly PushEvent[]; readonly rejected: readonly RejectedRecord[] };
}
