import { z } from "zod";
import type { StreamId } from "../../contract/connector";
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

/** What each capability cannot do without. */
const NEEDED: readonly { readonly capability: StreamId | "send"; readonly methods: readonly Endpoint[] }[] = [
  { capability: "chats", methods: [ENDPOINTS.chatList, ENDPOINTS.chatHistory] },
  { capability: "send", methods: [ENDPOINTS.sendMessage, ENDPOINTS.sendFile] },
  { capability: "sales", methods: [ENDPOINTS.accrualByDay, ENDPOINTS.accrualTypes] },
  { capability: "products", methods: [ENDPOINTS.productList, ENDPOINTS.productInfo] },
];

type Roles = z.output<typeof rolesSchema>;
type SellerInfo = z.output<typeof sellerInfoSchema>;

/** true, false, or undefined where the service does not say which subscription it is. */
export function sendingSubscription(type: string | undefined): boolean | undefined {
  if (type === undefined || type === "UNKNOWN") return undefined;
  return type === "PREMIUM_PLUS" || type === "PREMIUM_PRO";
}

/**
 * Reads the two answers of the connection test. `UNSPECIFIED` means a seller without a subscription.
 * The methods of a role may be listed whole or as a prefix (the official sample has `/v1/posting`); "Admin" may do everything.
 */
export function learn(
  roles: Roles,
  seller: SellerInfo | undefined,
): { readonly facts: OzonFacts; readonly missing: readonly { readonly capability: StreamId | "send"; readonly permission: string }[] } {
  const listed = roles.roles.flatMap((role) => role.methods);
  const isAdmin = roles.roles.some((role) => role.name.trim().toLowerCase() === "admin");
  const allowed = (method: string) => isAdmin || listed.some((entry) => entry === method || method.startsWith(`${entry.replace(/\/$/, "")}/`));
  const subscription = seller?.subscription?.type;

  const missing = NEEDED.flatMap(({ capability, methods }) => {
    const lacking = methods.filter((method) => !allowed(method));
    return lacking.length === 0 ? [] : [{ capability, permission: lacking.join(", ") }];
  });
  if (sendingSubscription(subscription) === false) missing.push({ capability: "send", permission: "PREMIUM_PLUS / PREMIUM_PRO" });

  return {
    facts: {
      roles: roles.roles.map((role) => role.name),
      methods: Object.values(ENDPOINTS).filter(allowed),
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
