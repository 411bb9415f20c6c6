import { z } from "zod";
import type { ConnectionFacts } from "../../contract/connector";
import type { ConnectorContext, WriteState, WriteStateInput } from "../../contract/ports";
import type { ExternalConversation } from "../../contract/records";
import { CHANNEL } from "./channels";
import type { RemoteCampaign } from "./schemas";

/** What the connection test learns, kept on the connection and read back here and nowhere else. */
const factsSchema = z.object({
  businessId: z.string().optional(),
  businessName: z.string().optional(),
  /** `NONE`, `LIGHT` or `MEDIUM`: quotas depend on it. */
  subscriptionLevel: z.string().optional(),
  currency: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  campaigns: z
    .array(
      z.object({
        id: z.string(),
        name: z.string().optional(),
        placementType: z.string().optional(),
        apiAvailability: z.string().optional(),
      }),
    )
    .optional(),
});
export type YandexFacts = z.output<typeof factsSchema>;

export function readFacts(facts: Readonly<Record<string, unknown>>): YandexFacts {
  const parsed = factsSchema.safeParse(facts);
  return parsed.success ? parsed.data : {};
}

const READ_ALL = ["ALL_METHODS", "ALL_METHODS_READ_ONLY"];

type Capability = ConnectionFacts["missingPermissions"][number]["capability"];

/** Any one of the scopes is enough (x-auth-scopes of the methods used, 2026-07). The first is named to people when all are missing. */
const NEEDED = {
  chats: ["COMMUNICATION", ...READ_ALL],
  questions: ["COMMUNICATION", ...READ_ALL],
  reviews: ["COMMUNICATION", ...READ_ALL],
  send: ["COMMUNICATION", "ALL_METHODS"],
  sales: ["INVENTORY_AND_ORDER_PROCESSING", "INVENTORY_AND_ORDER_PROCESSING_READ_ONLY", ...READ_ALL],
  orders: ["INVENTORY_AND_ORDER_PROCESSING", "INVENTORY_AND_ORDER_PROCESSING_READ_ONLY", ...READ_ALL],
  products: ["OFFERS_AND_CARDS_MANAGEMENT", "OFFERS_AND_CARDS_MANAGEMENT_READ_ONLY", ...READ_ALL],
  order_changes: ["INVENTORY_AND_ORDER_PROCESSING", "ALL_METHODS"],
  stock: ["OFFERS_AND_CARDS_MANAGEMENT", "ALL_METHODS"],
  price: ["PRICING", "ALL_METHODS"],
} satisfies Readonly<Record<Capability, readonly string[]>>;

/** The realization report. */
const REPORT_SCOPES = ["FINANCE_AND_ACCOUNTING", ...READ_ALL];

/** Orders behind chats: worth having, not needed. */
const ORDER_SCOPES = [...NEEDED.sales, "FINANCE_AND_ACCOUNTING"];

export function missingScopes(scopes: readonly string[]): { readonly capability: Capability; readonly permission: string }[] {
  return Object.entries(NEEDED).flatMap(([capability, needed]) =>
    needed.some((scope) => scopes.includes(scope)) ? [] : [{ capability: capability as Capability, permission: needed[0] ?? "" }],
  );
}

export function mayReadOrders(facts: Readonly<Record<string, unknown>>): boolean {
  const { scopes } = readFacts(facts);
  return scopes === undefined || ORDER_SCOPES.some((scope) => scopes.includes(scope));
}

export function mayReadReports(facts: Readonly<Record<string, unknown>>): boolean {
  const { scopes } = readFacts(facts);
  return scopes === undefined || REPORT_SCOPES.some((scope) => scopes.includes(scope));
}

export function mayChangeOrders(facts: Readonly<Record<string, unknown>>): boolean {
  const { scopes } = readFacts(facts);
  return scopes === undefined || NEEDED.order_changes.some((scope) => scopes.includes(scope));
}

/** The cabinets a key's shops belong to; a shop without one does not count. */
export function businessesOf(campaigns: readonly RemoteCampaign[]): Map<string, string | undefined> {
  return new Map(campaigns.flatMap(({ business }) => (business?.id === undefined ? [] : [[business.id, business.name] as const])));
}

/** The cabinet as far as credentials and the last test tell it. */
export function knownBusiness({ credentials, facts }: Pick<ConnectorContext, "credentials" | "facts">): string | undefined {
  return credentials["businessId"] || readFacts(facts).businessId;
}

const SCHEMAS: Readonly<Record<string, NonNullable<ExternalConversation["order"]>["schema"]>> = { FBY: "fbo", FBS: "fbs", EXPRESS: "fbs", DBS: "rfbs" };

/** Our word for how a shop's (or an order's) goods are delivered. */
export function schemaOf(program: string | undefined): NonNullable<ExternalConversation["order"]>["schema"] {
  return SCHEMAS[program ?? ""] ?? "other";
}

export function placementOf(facts: Readonly<Record<string, unknown>>, campaignId: string | undefined): string | undefined {
  return readFacts(facts).campaigns?.find((campaign) => campaign.id === campaignId)?.placementType;
}

/**
 * Market publishes no reply window. A finished chat takes nothing more until the buyer writes again [I]; a review put away can still
 * be answered; a key without the scope may not write anywhere. What the facts do not tell is not held against it.
 */
export function writeState(facts: Readonly<Record<string, unknown>>, input: WriteStateInput): WriteState {
  if (input.remoteStatus === "closed" && input.channel === CHANNEL) return { open: false, code: "chat_closed" };
  const { scopes } = readFacts(facts);
  if (scopes !== undefined && !NEEDED.send.some((scope) => scopes.includes(scope))) {
    return { open: false, code: "permission", params: { permission: NEEDED.send[0] ?? "" } };
  }
  return { open: true };
}
