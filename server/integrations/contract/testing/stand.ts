import { expect } from "vitest";
import type { Clock } from "@/server/platform/clock";
import type { Connector } from "../connector";
import { ConnectorError, type FailureKind } from "../errors";
import type { RemoteHttp } from "../http";
import { memoryTokens } from "../memory-tokens";
import type { ListingRef } from "../offers";
import type { ChannelRules, ConnectorContext, DateWindow, MessagingPort } from "../ports";
import type { ExternalProduct } from "../records";

/** What the suites can make go wrong; the names of the sandbox's fault kinds. */
export type StandFault =
  | {
      readonly kind:
        | "timeout-after-accept"
        | "error-after-accept"
        | "error-before"
        | "drop-before"
        | "drop-after-accept"
        | "malformed-json"
        | "unknown-enum"
        | "html-gateway";
    }
  | { readonly kind: "rate-limit"; readonly retryAfterSeconds: number };

/** Where a fault strikes, in words every connector has. `questions` and `reviews` are their lists, `…-answer` the writing into them. */
export type StandTarget =
  | "list"
  | "history"
  | "send"
  | "send-file"
  | "questions"
  | "question-answer"
  | "reviews"
  | "review-answer"
  | "sales"
  | "products"
  | "test";

/** What a service's chats cannot do is said here, where a suite decides which of its tests there are. */
export interface MessagingTraits {
  /** The requests every run of the chat stream makes; a service without histories of single chats has only its list. */
  readonly reads: readonly StandTarget[];
  /** So many new chats certainly make more than one page. */
  readonly crowd: number;
  /** The service closes chats, and the stand can. */
  readonly closes: boolean;
}

export const FULL_MESSAGING: MessagingTraits = { reads: ["list", "history"], crowd: 120, closes: true };

export interface MessagingStand {
  /** Message ids per buyer conversation, oldest first, as the service itself has them. */
  truth(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** A buyer writes; a new conversation unless one is named. */
  buyerWrites(text: string, conversation?: string): Promise<{ readonly conversation: string; readonly message: string }>;
  buyerSendsImage(conversation: string): Promise<void>;
  /** The seller answers in the service's own pages, past us, and reads the chat there. */
  sellerWritesElsewhere(text: string, conversation: string): Promise<void>;
  /** Absent with `MessagingTraits.closes` false. */
  close?(conversation: string): Promise<void>;
  /** Texts that arrived through the API, per conversation. */
  arrived(conversation: string): Promise<readonly string[]>;
  /** How long until the next full reading; 0 where every run reads everything. */
  readonly fullReadingMs: number;
  /** A conversation that takes nothing but replies, for so long after the buyer's last word. Absent where the channel states no `windows`. */
  readonly replyOnly?: { readonly windowMs: number; conversation(): Promise<string> } | undefined;
}

/** Questions or reviews; one entry per channel that the answering suite is run for. */
export interface AnsweringStand {
  /** Where faults strike the reading and the writing. */
  readonly list: StandTarget;
  readonly answer: StandTarget;
  /** How long until a run sees what the seller did in the service's own pages. */
  readonly fullReadingMs: number;
  /** Message ids per conversation, oldest first, as the connector names them. */
  truth(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** A buyer asks or reviews a product. @returns the conversation id as the connector names it, and the service's product number. */
  buyerPosts(input: { readonly text: string; readonly stars?: number | undefined }): Promise<{ readonly conversation: string; readonly sku: string }>;
  /** The seller answers in the service's own pages. */
  sellerAnswersElsewhere(text: string, conversation: string): Promise<void>;
  /** Texts of ours that the service holds for it now, oldest first: a replaced answer is gone, a doubled one is there twice. */
  arrived(conversation: string): Promise<readonly string[]>;
  /** Whether the service takes it as seen, turned down or put away; called after `act`. */
  standing(conversation: string): Promise<"new" | "viewed" | "rejected" | "skipped" | "answered">;
  /** The service's moderators decide about the newest answer. Absent where `ChannelRules.isModerated` is false. */
  moderate?(conversation: string, verdict: "passed" | "failed"): Promise<void>;
  /** Takes the right to this channel away and says what the refusal has to be. */
  withhold(): Promise<{ readonly kind: FailureKind }>;
}

export interface SalesStand {
  readonly window: DateWindow;
  /** Of the same window, in minor units; returns negative, other fees negative. */
  truth(): Promise<{ readonly lines: number; readonly quantity: number; readonly revenueMinor: number; readonly payoutMinor: number }>;
}

/** Stock and prices as the service holds them. Listings are named as the connector's own catalogue names them. */
export interface OffersStand {
  /** How long the service thinks about what it took before it answers for every line; 0 where its first answer is the last. */
  readonly settlesAfterMs: number;
  /** Moves time on by so much, also for a service that works in real time. */
  pass(ms: number): Promise<void>;
  stockOf(externalId: string): Promise<number | undefined>;
  priceOf?(externalId: string): Promise<{ readonly amountMinor: bigint } | undefined>;
  /** A listing that looks real and that the service does not have (or no longer). */
  readonly stranger: ListingRef;
  /** False for listings that cannot be written (the marketplace's own stock); absent = all can. */
  isWritable?(externalId: string): boolean;
  /** Makes so many more listings, for a batch of the largest size. */
  crowd?(count: number): Promise<readonly ExternalProduct[]>;
  /** The stock changes past us; needed where the service compares before it sets. */
  changeElsewhere?(externalId: string, quantity: number): Promise<void>;
  fail(fault: StandFault, kind: "stock" | "price", times?: number): Promise<void>;
  /** Writing requests the service has seen. */
  requests(kind: "stock" | "price"): Promise<number>;
}

export interface OrdersStand {
  /** A buyer orders something the shop sells. */
  place(): Promise<{ readonly externalId: string; readonly number: string }>;
  /** The service's own word (`ExternalOrder.remoteState`) of every order a first run brings, by external id. */
  truth(): Promise<ReadonlyMap<string, string>>;
  /** Moves an order on past us: the buyer cancels, the cabinet ships. */
  changeElsewhere(externalId: string): Promise<void>;
  /**
   * Makes an order in one state and names it; called as often as a test needs one. The first scene offers at least one change, and
   * together the scenes offer every change there is.
   */
  readonly scenes: Readonly<Record<string, () => Promise<string>>>;
  /** Every change the connector knows, with values for its fields. */
  readonly transitions: readonly { readonly id: string; readonly fields: Readonly<Record<string, string>> }[];
  /** How many changes through the API the service has carried out on it. */
  carriedOut(externalId: string): Promise<number>;
  /** An id that looks real and that the service does not have. */
  readonly stranger: string;
  /** How long the service takes to show a change it took; absent = at once. */
  readonly settlesAfterMs?: number | undefined;
  fail(fault: StandFault, on: "list" | "read" | "change", times?: number): Promise<void>;
  requests(on: "list" | "read" | "change"): Promise<number>;
}

/** One simulator made ready for one test. */
export interface Stand {
  readonly baseUrl: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly wrongCredentials: Readonly<Record<string, string>>;
  readonly clock: Clock;
  /** One for the whole stand, so that it can keep the limits. */
  readonly http: RemoteHttp;
  fail(fault: StandFault, on: StandTarget, times?: number): Promise<void>;
  /** How many requests the service has seen since the start, of one kind. */
  requests(on: StandTarget): Promise<number>;
  /** How often the service itself has said "too many requests" without being told to. */
  refusedForLimit(): Promise<number>;
  advance(ms: number): Promise<void>;
  stop(): Promise<void>;
  /** By how much a told wait may be off: 0 where the service says seconds, more where it says a moment in whole seconds. */
  readonly waitSlackMs?: number | undefined;
  /** What a connection test would have learnt, where the connector cannot work without it. */
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
  readonly messaging?: MessagingStand | undefined;
  /** By channel id. */
  readonly answering?: Readonly<Record<string, AnsweringStand>> | undefined;
  readonly sales?: SalesStand | undefined;
  readonly offers?: OffersStand | undefined;
  readonly orders?: OrdersStand | undefined;
  /** External ids of all products. */
  products?(): Promise<readonly string[]>;
}

/** Makes a stand; every test gets its own. */
export type StandMaker = () => Promise<Stand>;

export function contextOf(
  stand: Stand,
  credentials: Readonly<Record<string, string>> = stand.credentials,
  facts: Readonly<Record<string, unknown>> = stand.facts ?? {},
): ConnectorContext {
  return { connectionId: "contract-test", credentials, baseUrl: stand.baseUrl, facts, http: stand.http, clock: stand.clock, tokens: memoryTokens() };
}

/** Runs `work` on a fresh stand and takes the stand down whatever happens. */
export async function onStand(make: StandMaker, work: (stand: Stand) => Promise<void>): Promise<void> {
  const stand = await make();
  try {
    await work(stand);
  } finally {
    await stand.stop();
  }
}

/** The port of a connector that a suite is about; a missing one is a mistake in the three lines that call the suite. */
export function portOf<K extends "messaging" | "sales" | "catalog" | "orders" | "offers">(connector: Connector, name: K): NonNullable<Connector[K]> {
  const port = connector[name];
  if (port === undefined) throw new Error(`${connector.id} has no ${name}`);
  return port as NonNullable<Connector[K]>;
}

/** The channel chats come through: the first of its kind. */
export function chatChannel(port: MessagingPort): ChannelRules {
  const rules = port.channels.find((channel) => channel.kind === "chat");
  if (rules === undefined) throw new Error("this connector has no chats");
  return rules;
}

/** Expects a refusal for too many calls that passes the service's own wait on. */
export async function expectLimited(stand: Stand, work: Promise<unknown>, waitMs: number): Promise<void> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConnectorError)) throw new Error(`expected a limit, got ${String(error)}`);
  expect(error).toMatchObject({ kind: "rate-limited", mayHaveTakenEffect: false });
  expect(Math.abs((error.retryAfterMs ?? Number.NaN) - waitMs)).toBeLessThanOrEqual(stand.waitSlackMs ?? 0);
}
