import { z } from "zod";
import type { ConnectionFacts } from "../../contract/connector";
import { ENDPOINTS, type Endpoint } from "./endpoints";
import type { rolesSchema, sellerInfoSchema } from "./schemas";

/** What the connection test learns, kept on the connection and read back here and nowhere else. */
const factsSchema = z.object({
  roles: z.array(z.string()).optional(),
  /** Of the methods this connector uses, those the key may call; absent = not told. */
  methods: z.array(z.string()).optional(),
  subscription: z.string().optional(),
  currency: z.string().optional(),
  companyName: z.string().optional(),
  expiresAt: z.string().optional(),
  /** Streams the account is not subscribed to; absent = none known. */
  unsubscribed: z.array(z.string()).optional(),
  /** What a posting may be cancelled for; absent = not told. */
  cancelReasons: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
});
type OzonFacts = z.output<typeof factsSchema>;

export function readFacts(facts: Readonly<Record<string, unknown>>): OzonFacts {
  const parsed = factsSchema.safeParse(facts);
  return parsed.success ? parsed.data : {};
}

export function mayCall(facts: Readonly<Record<string, unknown>>, method: Endpoint): boolean {
  const { methods } = readFacts(facts);
  return methods === undefined || methods.includes(method);
}

/** false only where the service itself has said that the subscription does not hold it. */
export function isSubscribed(facts: Readonly<Record<string, unknown>>, stream: "questions" | "reviews"): boolean {
  return readFacts(facts).unsubscribed?.includes(stream) !== true;
}

type Capability = ConnectionFacts["missingPermissions"][number]["capability"];

/** What each capability cannot do without. */
const NEEDED: readonly { readonly capability: Capability; readonly methods: readonly Endpoint[] }[] = [
  { capability: "chats", methods: [ENDPOINTS.chatList, ENDPOINTS.chatHistory] },
  { capability: "send", methods: [ENDPOINTS.sendMessage, ENDPOINTS.sendFile] },
  { capability: "questions", methods: [ENDPOINTS.questionList, ENDPOINTS.answerList, ENDPOINTS.answerCreate] },
  { capability: "reviews", methods: [ENDPOINTS.reviewList, ENDPOINTS.commentList, ENDPOINTS.commentCreate] },
  { capability: "sales", methods: [ENDPOINTS.accrualByDay, ENDPOINTS.accrualTypes] },
  { capability: "products", methods: [ENDPOINTS.productList, ENDPOINTS.productInfo] },
  { capability: "orders", methods: [ENDPOINTS.fbsList, ENDPOINTS.fbsUnfulfilled, ENDPOINTS.fbsGet] },
  { capability: "order_changes", methods: [ENDPOINTS.fbsShip, ENDPOINTS.fbsCancel] },
  { capability: "stock", methods: [ENDPOINTS.setStocks, ENDPOINTS.fbsStocks] },
  { capability: "price", methods: [ENDPOINTS.setPrices] },
];

/** The subscriptions that hold a stream, in the service's own words (method descriptions, 2026-06-11). */
const SUBSCRIPTIONS = { questions: "PREMIUM_PLUS", reviews: "Управление отзывами / PREMIUM_PRO" } as const;

type Roles = z.output<typeof rolesSchema>;
type SellerInfo = z.output<typeof sellerInfoSchema>;

/** true, false, or undefined where the service does not say which subscription it is. */
export function sendingSubscription(type: string | undefined): boolean | undefined {
  if (type === undefined || type === "UNKNOWN") return undefined;
  return type === "PREMIUM_PLUS" || type === "PREMIUM_PRO";
}

/** The methods of a role may be listed whole or as a prefix (the official sample has `/v1/posting`); "Admin" may do everything. */
export function isAllowed(roles: Roles, method: Endpoint): boolean {
  const listed = roles.roles.flatMap((role) => role.methods);
  const isAdmin = roles.roles.some((role) => role.name.trim().toLowerCase() === "admin");
  return isAdmin || listed.some((entry) => entry === method || method.startsWith(`${entry.replace(/\/$/, "")}/`));
}

/**
 * Reads the answers of the connection test. `UNSPECIFIED` means a seller without a subscription.
 * @param cancelReasons as `/v2/posting/fbs/cancel-reason/list` tells them; empty = not told.
 * @param unsubscribed streams whose methods the service refused for the subscription.
 */
export function learn(
  roles: Roles,
  seller: SellerInfo | undefined,
  unsubscribed: readonly ("questions" | "reviews")[],
  cancelReasons: readonly { readonly value: string; readonly label: string }[] = [],
): { readonly facts: OzonFacts; readonly missing: readonly { readonly capability: Capability; readonly permission: string }[] } {
  const subscription = seller?.subscription?.type;
  const missing = NEEDED.flatMap(({ capability, methods }) => {
    const lacking = methods.filter((method) => !isAllowed(roles, method));
    return lacking.length === 0 ? [] : [{ capability, permission: lacking.join(", ") }];
  });
  if (sendingSubscription(subscription) === false) missing.push({ capability: "send", permission: "PREMIUM_PLUS / PREMIUM_PRO" });
  for (const stream of unsubscribed) missing.push({ capability: stream, permission: SUBSCRIPTIONS[stream] });

  return {
    facts: {
      roles: roles.roles.map((role) => role.name),
      methods: Object.values(ENDPOINTS).filter((method) => isAllowed(roles, method)),
      unsubscribed: [...unsubscribed],
      ...(cancelReasons.length === 0 ? {} : { cancelReasons: [...cancelReasons] }),
      ...(subscription === undefined ? {} : { subscription }),
      ...(seller?.company?.currency === undefined ? {} : { currency: seller.company.currency }),
      ...(companyName(seller) === undefined ? {} : { companyName: companyName(seller) }),
      ...(roles.expires_at === undefined ? {} : { expiresAt: roles.expires_at.toISOString() }),
    },
    missing,
  };
}

export function companyName(seller: SellerInfo | undefined): string | undefined {
  return seller?.company?.name ?? seller?.company?.legal_name;
}
