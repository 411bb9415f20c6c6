import { z } from "zod";
import type { ConnectionFacts } from "../../contract/connector";
import { CATEGORIES, type Category, type DecodedToken } from "./token";

/** What the connection test learns, kept on the connection and read back here and nowhere else. */
const factsSchema = z.object({
  tokenType: z.string().optional(),
  categories: z.array(z.string()).optional(),
  isReadOnly: z.boolean().optional(),
  expiresAt: z.string().optional(),
  sellerName: z.string().optional(),
  inn: z.string().optional(),
});
export type WildberriesFacts = z.output<typeof factsSchema>;

export function readFacts(facts: Readonly<Record<string, unknown>>): WildberriesFacts {
  const parsed = factsSchema.safeParse(facts);
  return parsed.success ? parsed.data : {};
}

type Missing = ConnectionFacts["missingPermissions"][number];

const NEEDED: readonly { readonly capability: Missing["capability"]; readonly category: Category }[] = [
  { capability: "chats", category: "chats" },
  { capability: "questions", category: "feedbacks" },
  { capability: "reviews", category: "feedbacks" },
  { capability: "sales", category: "finance" },
  { capability: "products", category: "content" },
  { capability: "orders", category: "marketplace" },
  { capability: "order_changes", category: "marketplace" },
  { capability: "stock", category: "marketplace" },
  { capability: "price", category: "prices" },
];
const WRITING: readonly Missing["capability"][] = ["send", "order_changes", "stock", "price"];

/** In the cabinet's own words: the box a person left unticked when the token was made. */
export const READ_ONLY_PERMISSION = "Чтение и запись";

export function missingPermissions(token: DecodedToken): readonly Missing[] {
  const missing: Missing[] = NEEDED.filter(({ category }) => !token.categories.includes(category)).map(({ capability, category }) => ({
    capability,
    permission: CATEGORIES[category].name,
  }));
  if (!token.categories.includes("chats") && !token.categories.includes("feedbacks")) {
    missing.push({ capability: "send", permission: `${CATEGORIES.chats.name}, ${CATEGORIES.feedbacks.name}` });
  }
  if (!token.isReadOnly) return missing;
  return [
    ...missing.filter(({ capability }) => !WRITING.includes(capability)),
    ...WRITING.map((capability) => ({ capability, permission: READ_ONLY_PERMISSION })),
  ];
}

/** Whether the last connection test saw the category; not known = it may. */
export function mayUse(facts: Readonly<Record<string, unknown>>, category: Category): boolean {
  return readFacts(facts).categories?.includes(category) ?? true;
}

const TYPE_NAMES: Readonly<Record<string, string>> = { base: "Базовый токен", personal: "Персональный токен", service: "Сервисный токен" };

/** The kind of the token in the service's own word: it decides the limits, as a subscription does elsewhere. */
export function tokenTypeName(type: string): string | undefined {
  return TYPE_NAMES[type];
}
