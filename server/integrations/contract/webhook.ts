import type { RejectedRecord } from "./records";

export interface RawDelivery {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  readonly receivedAt: Date;
}

/** What a push says happened. The facts are read again from the API: pushes without a signature are hints, not truth. */
export type PushEvent =
  | { readonly type: "conversation-changed"; readonly conversationExternalId: string; readonly messageIds: readonly string[] }
  | { readonly type: "conversation-closed"; readonly conversationExternalId: string }
  | { readonly type: "conversation-read"; readonly conversationExternalId: string; readonly upToMessageId: string }
  | { readonly type: "stream-changed"; readonly stream: string }
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
  receive(delivery: RawDelivery): Reception;
  /** What we answer when a delivery repeats, comes from a foreign address or names a foreign account. */
  refusal(code: "not_found" | "forbidden_source" | "foreign_account" | "too_large" | "unavailable"): HttpAnswer;
  /** Runs later, in the durable step. */
  parse(body: Uint8Array): { readonly events: readonly PushEvent[]; readonly rejected: readonly RejectedRecord[] };
}
