import type { Clock } from "@/server/platform/clock";
import type { ConversationStream } from "./connector";
import type { RemoteHttp } from "./http";
import type { ExternalConversation, ExternalMessage, ExternalProduct, ExternalSaleLine, RejectedRecord } from "./records";

/** What a connector gets for one piece of work on one connection. */
export interface ConnectorContext {
  readonly connectionId: string;
  /** Opened credentials, already parsed by the connector's own schema. Never logged. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly baseUrl: string;
  /** Facts learnt by the last `test`: roles, subscription, expiry. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly http: RemoteHttp;
  readonly clock: Clock;
  readonly tokens: TokenStore;
}

export interface AccessToken {
  readonly value: string;
  readonly expiresAt: Date;
}

/** Short-lived tokens a service gives for the credentials, shared by all processes and kept sealed; a new key forgets them. */
export interface TokenStore {
  /** The stored one if it is good for another minute, else what `make` brings; within a process one of several that ask at once makes it. */
  get(name: string, make: () => Promise<AccessToken>): Promise<string>;
  /** The service no longer takes this value: the next `get` makes another. A value already replaced is left alone. */
  drop(name: string, value: string): Promise<void>;
}

/** Opaque, JSON-serialisable position in a source. Stored in the same transaction as the rows of its page. */
export type Cursor = Readonly<Record<string, unknown>>;

export interface DateWindow {
  readonly from: Date;
  readonly to: Date;
}

/** Something a page had to do without (a lookup the key may not use, a method switched off): shown on the run, never a failure of it. */
export interface PullWarning {
  /** Catalogue key, like an error code. */
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>> | undefined;
}

export interface PullPage<R> {
  readonly records: readonly R[];
  readonly rejected: readonly RejectedRecord[];
  /**
   * How many source records this page carried, for the conservation line (received = applied + duplicate + rejected + dead-letter).
   * Of conversations every message counts one, and so does a conversation that carries none (see `countOf`).
   */
  readonly received: number;
  readonly warnings?: readonly PullWarning[] | undefined;
  /** Where to go on within this run; undefined = the run is done. */
  readonly next?: Cursor | undefined;
  /** What the next scheduled run starts from, with the overlap the source needs. */
  readonly checkpoint?: Cursor | undefined;
  readonly progress?: { readonly done: number; readonly total?: number | undefined } | undefined;
}

export interface MessagingPullInput {
  readonly stream: ConversationStream;
  /** Set inside a run; absent for its first page. */
  readonly cursor?: Cursor | undefined;
  /** From the stream's last committed run. */
  readonly checkpoint?: Cursor | undefined;
  readonly window?: DateWindow | undefined;
  /**
   * Newest message id up to which a *pull* has carried each conversation: lets the connector skip unchanged ones.
   * A message that came by push alone does not move it, or one lost before it would stay lost.
   */
  knownHeads(externalIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Which of these conversations we hold as closed; where given, an unchanged one whose state differs is handed over without messages. */
  knownClosed?(externalIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** What a conversation counts in the conservation line. */
export function countOf(conversation: Pick<ExternalConversation, "messages">): number {
  return Math.max(1, conversation.messages.length);
}

/** Writing is possible for `hours` after `from`, where the condition named by `code` (text `inbox.windows.<code>`) holds. */
export interface ReplyWindow {
  readonly code: string;
  readonly from: "last_buyer_message" | "order_paid" | "order_delivered" | "created";
  readonly hours: number;
}

/** mark_viewed: the service counts it as seen · reject: a question is turned down · skip: no answer will be given. */
export type ConversationAction = "mark_viewed" | "reject" | "skip";

/** Rules of one channel as data: the composer, follow-ups and the guard read these. */
export interface ChannelRules {
  readonly channel: string;
  readonly kind: "chat" | "question" | "review";
  /** The stream that carries it. */
  readonly stream: ConversationStream;
  /** Characters; 1 where the service only refuses empty text. */
  readonly minTextLength: number;
  readonly maxTextLength: number;
  /** `types` are MIME types. */
  readonly files: { readonly allowed: boolean; readonly maxBytes: number; readonly types: readonly string[] };
  /** What we may open a conversation about; empty = only the buyer starts. */
  readonly starts: readonly ("order" | "return")[];
  /** Known limits of writing, as plain data for people and the follow-up rules; `MessagingPort.writeState` decides a single case. */
  readonly windows: readonly ReplyWindow[];
  /** How many answers one conversation takes: 1 for most reviews and questions; absent = any number. */
  readonly maxAnswers?: number | undefined;
  /** A given answer may be replaced: so many days after it was given, so many times. */
  readonly editing?: { readonly days: number; readonly times: number } | undefined;
  /** What can be done besides writing. */
  readonly actions: readonly ConversationAction[];
  /** Until when the service itself wants an answer: the default of the reply deadlines, editable there. */
  readonly replyLimit?: { readonly minutes: number; readonly source: string; readonly checkedOn: string } | undefined;
  /** Our answers appear only after the service's own moderation. */
  readonly isModerated: boolean;
  /** What the service reports back about our messages. */
  readonly deliveryStates: readonly ("accepted" | "confirmed" | "read")[];
  /** Where these facts come from and when they were read, for the person who doubts them. */
  readonly source: string;
}

export interface WriteStateInput {
  readonly channel: string;
  /** Our messages in it that were not refused. */
  readonly answers: number;
  readonly lastAnswerAt?: Date | undefined;
  readonly createdAt: Date;
  readonly remoteStatus: "open" | "closed" | "unknown";
  readonly lastBuyerMessageAt?: Date | undefined;
  readonly order?: ExternalConversation["order"];
  readonly now: Date;
}

/** Whether the channel lets us write now. `code` names the reason in the catalogues (`inbox.closed.<code>`). */
export type WriteState =
  | { readonly open: true; readonly until?: Date | undefined }
  | { readonly open: false; readonly code: string; readonly params?: Readonly<Record<string, string | number>> };

/** The conversation a call is about. */
export interface ConversationRef {
  readonly conversationExternalId: string;
  readonly channel: string;
  /** The newest `ExternalConversation.remoteContext`. */
  readonly remoteContext: Readonly<Record<string, string>>;
}

export interface OutgoingMessage extends ConversationRef {
  readonly text?: string | undefined;
  readonly file?: { readonly name: string; readonly content: Uint8Array } | undefined;
}

export interface ReadConversationInput {
  readonly externalId: string;
  /** Absent after a push that does not name it: then the id alone tells. */
  readonly channel?: string | undefined;
  readonly remoteContext?: Readonly<Record<string, string>> | undefined;
  readonly messageIds?: readonly string[];
  readonly since?: Date;
}

export interface MessagingPort {
  readonly channels: readonly ChannelRules[];
  pull(context: ConnectorContext, input: MessagingPullInput): Promise<PullPage<ExternalConversation>>;
  /** Reads named messages (or the newest) of one conversation: after a push, and to settle an unknown send. */
  readConversation(context: ConnectorContext, input: ReadConversationInput): Promise<ExternalConversation>;
  writeState(facts: Readonly<Record<string, unknown>>, input: WriteStateInput): WriteState;
  /**
   * Sends once. Resolves when the service accepted it; `externalId` where the service names it.
   * @throws ConnectorError; with `mayHaveTakenEffect` the outcome is unknown and must be settled from history.
   */
  send(context: ConnectorContext, message: OutgoingMessage): Promise<{ readonly externalId?: string | undefined }>;
  /** Whether a message found in history is the one we sent (text after the service's own normalisation, or file name). */
  isSame(sent: { readonly text?: string | undefined; readonly fileName?: string | undefined }, found: ExternalMessage): boolean;
  markRead?(context: ConnectorContext, input: ConversationRef & { readonly messageExternalId: string }): Promise<void>;
  /** Opens a conversation, or names the one there is. */
  start?(context: ConnectorContext, input: { readonly about: "order" | "return"; readonly number: string }): Promise<{ readonly externalId: string }>;
  /** Repeating it changes nothing. `text` where the service wants words with it. */
  act?(context: ConnectorContext, input: ConversationRef & { readonly action: ConversationAction; readonly text?: string | undefined }): Promise<void>;
  /** Only addresses the service itself serves; anything else is refused before a request is made. */
  fetchAttachment?(context: ConnectorContext, url: string): Promise<{ readonly content: Uint8Array; readonly contentType: string }>;
}

export interface SalesPort {
  /** Longest window one run may ask for; the house cuts longer ones. */
  readonly maxWindowDays: number;
  /** How many days back a scheduled run reads again, because the service corrects its figures. */
  readonly rereadDays: number;
  pull(context: ConnectorContext, input: { readonly window: DateWindow; readonly cursor?: Cursor | undefined }): Promise<PullPage<ExternalSaleLine>>;
}

export interface CatalogPort {
  pull(context: ConnectorContext, input: { readonly cursor?: Cursor | undefined }): Promise<PullPage<ExternalProduct>>;
}
