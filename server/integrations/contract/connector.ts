import type { z } from "zod";
import type { ErrorCodes } from "./error-codes";
import type { LimitGroup } from "./http";
import type { OffersPort } from "./offers";
import type { OrdersPort } from "./orders";
import type { CatalogPort, ConnectorContext, MessagingPort, SalesPort } from "./ports";
import type { WebhookPort } from "./webhook";

export interface CredentialField {
  readonly name: string;
  /** Secret fields come back as their last 4 characters only. */
  readonly secret: boolean;
  /** May be left empty; the connector's schema says the same. */
  readonly optional?: boolean | undefined;
  /** Catalogue keys: `connectors.<id>.fields.<name>.label|help`. The help says where the key is found. */
  readonly example?: string | undefined;
}

/** Streams whose records are conversations; each has its own cursor, interval and switch. */
export type ConversationStream = "chats" | "questions" | "reviews";
export type StreamId = ConversationStream | "sales" | "products" | "orders";

const CONVERSATION_STREAMS: readonly string[] = ["chats", "questions", "reviews"] satisfies ConversationStream[];

export function isConversationStream(stream: string): stream is ConversationStream {
  return CONVERSATION_STREAMS.includes(stream);
}

export interface StreamDescriptor {
  readonly id: StreamId;
  readonly defaultIntervalSeconds: number;
  /** Never more often than the service allows. */
  readonly minIntervalSeconds: number;
}

/** A successful connection test. Whatever it could not find out is absent. */
export interface ConnectionFacts {
  /** The service's own id and name of the account. */
  readonly accountRef?: string | undefined;
  readonly accountName?: string | undefined;
  readonly credentialsExpireAt?: Date | undefined;
  /** Capabilities this key cannot use, with the name of the missing permission in the service's own words. */
  readonly missingPermissions: readonly { readonly capability: StreamId | "send" | "stock" | "price" | "order_changes"; readonly permission: string }[];
  /** Subscription in the service's own word. */
  readonly subscription?: string | undefined;
  /** Kept as JSON on the connection and given back in `ConnectorContext.facts`. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** One remote system. An object with the ports it has: nobody asks "is it Ozon?", they ask "does it have `messaging`?". */
export interface Connector {
  /** kebab-case, also the folder, the simulator prefix and the `system` of its webhook address. */
  readonly id: string;
  readonly label: string;
  readonly defaultBaseUrl: string;
  /**
   * Where every account has an address of its own: made from credentials the schema has checked, so that it can only be one of the
   * service's. Absent = `defaultBaseUrl`.
   */
  readonly baseUrlOf?: ((credentials: Readonly<Record<string, string>>) => string) | undefined;
  /**
   * Further hosts of a service that has several, by the names `RemoteRequest.host` uses. A connection with an address of its own
   * (sandbox, test stand) reaches them all below it, as `<address>/<name>`.
   */
  readonly hosts?: Readonly<Record<string, string>> | undefined;
  /** Where the credentials choose between environments of the service (test and production): the same names, other addresses. */
  readonly hostsOf?: ((credentials: Readonly<Record<string, string>>) => Readonly<Record<string, string>>) | undefined;
  readonly credentials: { readonly schema: z.ZodType<Readonly<Record<string, string>>>; readonly fields: readonly CredentialField[] };
  /** What the service allows this key: limits may depend on its kind, and on what the last `test` learnt (a subscription). */
  readonly limits: (credentials: Readonly<Record<string, string>>, facts?: Readonly<Record<string, unknown>>) => readonly LimitGroup[];
  /** How many requests may be on their way at once, over all processes; absent = the service names no such limit. */
  readonly parallel?: number | undefined;
  /** What the shared limits are counted by: one connection, or the account behind several. */
  readonly limitKey: (credentials: Readonly<Record<string, string>>) => string;
  readonly streams: readonly StreamDescriptor[];
  /** Every code of its own that it raises or warns with (`<id>.<code>`), for the catalogue of errors. */
  readonly errors: ErrorCodes;
  /**
   * The cheapest authenticated calls that tell whether the credentials work and what they may do.
   * @throws ConnectorError `auth`, `forbidden`, `rate-limited`, `unavailable`, `timeout`, `malformed`.
   */
  test(context: ConnectorContext): Promise<ConnectionFacts>;
  readonly messaging?: MessagingPort | undefined;
  readonly sales?: SalesPort | undefined;
  readonly catalog?: CatalogPort | undefined;
  readonly orders?: OrdersPort | undefined;
  /** Stock and prices written back. */
  readonly offers?: OffersPort | undefined;
  readonly webhook?: WebhookPort | undefined;
}

/** Checks at module load what types cannot say. */
export function defineConnector(connector: Connector): Connector {
  if (!/^[a-z][a-z0-9-]*$/.test(connector.id)) throw new Error(`connector id is not kebab-case: ${connector.id}`);
  for (const stream of connector.streams) {
    if (stream.defaultIntervalSeconds < stream.minIntervalSeconds) throw new Error(`${connector.id}.${stream.id}: default interval is below the minimum`);
  }
  return connector;
}
