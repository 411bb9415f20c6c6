import { z } from "zod";
import type { StreamId } from "../../contract/connector";
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

const NEEDED: readonly { readonly capability: StreamId; readonly category: Category }[] = [
  { capability: "chats", category: "chats" },
  { capability: "questions", category: "feedbacks" },
  { capability: "reviews", category: "feedbacks" },
  { capability: "sales", category: "finance" },
  { capability: "products", category: "content" },
];

/** In the cabinet's own words: the box a person left unticked when the token was made. */
export const READ_ONLY_PERMISSION = "Чтение и запись";

export function missingPermissions(token: DecodedToken): readonly { readonly capability: StreamId | "send"; readonly permission: string }[] {
  const missing: { capability: StreamId | "send"; permission: string }[] = NEEDED.filter(({ category }) => !token.categories.includes(category)).map(
    ({ capability, category }) => ({ capability, permission: CATEGORIES[category].name }),
  );
  if (token.isReadOnly) missing.push({ capability: "send", permission: READ_ONLY_PERMISSION });
  else if (!token.categories.includes("chats") && !token.categories.includes("feedbacks")) {
    missing.push({ capability: "send", permission: `${CATEGORIES.chats.name}, ${CATEGORIES.feedbacks.name}` });
  }
  return missing;
}

const TYPE_NAMES: Readonly<Record<string, string>> = { base: "Базовый токен", personal: "Персональный токен", service: "Сервисный токен" };

/** The kind of the token in the service's own word: it decides the limits, as a subscription does elsewhere. */
export function tokenTypeName(type: string): string | undefined {
  return TYPE_NAMES[type];
}
