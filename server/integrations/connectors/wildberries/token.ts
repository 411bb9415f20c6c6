import { z } from "zod";
import { parseJson } from "@/lib/json";

export type TokenType = "base" | "test" | "personal" | "service" | "unknown";

/** Rights we use, with the zero-based bit of the token's mask `s` and the name the cabinet gives them. */
export const CATEGORIES = {
  content: { bit: 1, name: "Контент" },
  chats: { bit: 9, name: "Чат с покупателями" },
  feedbacks: { bit: 7, name: "Вопросы и отзывы" },
  finance: { bit: 13, name: "Финансы" },
  marketplace: { bit: 4, name: "Маркетплейс" },
  prices: { bit: 3, name: "Цены и скидки" },
  statistics: { bit: 5, name: "Статистика" },
} as const;
export type Category = keyof typeof CATEGORIES;

const READ_ONLY_BIT = 30;

export interface DecodedToken {
  readonly type: TokenType;
  readonly categories: readonly Category[];
  readonly isReadOnly: boolean;
  /** Seller id, the same as `sid` of seller-info. */
  readonly sellerId?: string | undefined;
  readonly expiresAt?: Date | undefined;
}

const payloadSchema = z.object({
  acc: z.number().optional(),
  t: z.boolean().optional(),
  s: z.number().int().nonnegative(),
  sid: z.string().min(1).optional(),
  exp: z.number().optional(),
});

const TYPES: Readonly<Record<number, TokenType>> = { 1: "base", 2: "test", 3: "personal", 4: "service" };

/**
 * Reads what a token says of itself (API sheet §1.1). No verification key is published: only the service can tell whether it is genuine.
 * @returns undefined for anything that is not such a token.
 */
export function decodeToken(token: string): DecodedToken | undefined {
  const payload = payloadSchema.safeParse(readPayload(token));
  if (!payload.success) return undefined;
  const { acc, t, s, sid, exp } = payload.data;
  return {
    type: t === true ? "test" : ((acc === undefined ? undefined : TYPES[acc]) ?? "unknown"),
    categories: (Object.keys(CATEGORIES) as Category[]).filter((category) => has(s, CATEGORIES[category].bit)),
    isReadOnly: has(s, READ_ONLY_BIT),
    sellerId: sid,
    expiresAt: exp === undefined ? undefined : new Date(exp * 1_000),
  };
}

/** Not `>>`: bit 30 and the ones above would be read as a sign. */
function has(mask: number, bit: number): boolean {
  return Math.floor(mask / 2 ** bit) % 2 === 1;
}

function readPayload(token: string): unknown {
  const part = token.split(".")[1];
  if (part === undefined) return undefined;
  try {
    return parseJson(Buffer.from(part, "base64url").toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
