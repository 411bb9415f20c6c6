import type { Clock } from "@/server/platform/clock";
import type { Connector } from "../connector";
import type { RemoteHttp } from "../http";
import type { ConnectorContext, DateWindow } from "../ports";

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

/** Where a fault strikes, in words every connector has. */
export type StandTarget = "list" | "history" | "send" | "send-file" | "sales" | "products" | "test";

export interface MessagingStand {
  /** Message ids per buyer conversation, oldest first, as the service itself has them. */
  truth(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** A buyer writes; a new conversation unless one is named. */
  buyerWrites(text: string, conversation?: string): Promise<{ readonly conversation: string; readonly message: string }>;
  buyerSendsImage(conversation: string): Promise<void>;
  /** The seller answers in the service's own pages, past us, and reads the chat there. */
  sellerWritesElsewhere(text: string, conversation: string): Promise<void>;
  close(conversation: string): Promise<void>;
  /** Texts that arrived through the API, per conversation. */
  arrived(conversation: string): Promise<readonly string[]>;
  /** How long after which a reply is no longer accepted, and how long until the next full reading. */
  readonly replyWindowMs: number;
  readonly fullReadingMs: number;
  /** A conversation whose order allows nothing but replies. */
  replyOnlyConversation(): Promise<string>;
}

export interface SalesStand {
  readonly window: DateWindow;
  /** Of the same window, in minor units; returns negative, other fees negative. */
  truth(): Promise<{ readonly lines: number; readonly quantity: number; readonly revenueMinor: number; readonly payoutMinor: number }>;
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
  readonly messaging?: MessagingStand | undefined;
  readonly sales?: SalesStand | undefined;
  /** External ids of all products. */
  products?(): Promise<readonly string[]>;
}

/** Makes a stand; every test gets its own. */
export type StandMaker = () => Promise<Stand>;

export function contextOf(
  stand: Stand,
  credentials: Readonly<Record<string, string>> = stand.credentials,
  facts: Readonly<Record<string, unknown>> = {},
): ConnectorContext {
  return { connectionId: "contract-test", credentials, baseUrl: stand.baseUrl, facts, http: stand.http, clock: stand.clock };
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
export function portOf<K extends "messaging" | "sales" | "catalog">(connector: Connector, name: K): NonNullable<Connector[K]> {
  const port = connector[name];
  if (port === undefined) throw new Error(`${connector.id} has no ${name}`);
  return port as NonNullable<Connector[K]>;
}
