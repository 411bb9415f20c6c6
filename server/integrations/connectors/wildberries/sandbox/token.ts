import { createHmac } from "node:crypto";

export type TokenKind = "base" | "test" | "personal" | "service";
export const CATEGORY_BITS = {
  content: 1,
  analytics: 2,
  prices: 3,
  marketplace: 4,
  statistics: 5,
  promotion: 6,
  feedbacks: 7,
  chat: 9,
  supplies: 10,
  returns: 11,
  documents: 12,
  finance: 13,
} as const;
export type Category = keyof typeof CATEGORY_BITS;
export const ALL_CATEGORIES = Object.keys(CATEGORY_BITS) as Category[];
const READ_ONLY_BIT = 30;
const ACCOUNT: Readonly<Record<TokenKind, number>> = { base: 1, test: 2, personal: 3, service: 4 };

export interface TokenPlan {
  readonly sid: string;
  readonly kind: TokenKind;
  readonly categories: readonly Category[];
  readonly readOnly: boolean;
  readonly expiresAtMs: number;
  /** Told apart by it: two tokens of one seller. */
  readonly id: string;
}

export interface TokenClaims {
  readonly id: string;
  readonly sid: string;
  readonly kind: TokenKind;
  readonly mask: number;
  readonly expiresAtMs: number;
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token of the real form. Its signature only this simulator accepts, and it accepts nothing else. */
export function makeToken(plan: TokenPlan): string {
  const mask = plan.categories.reduce((sum, category) => sum + 2 ** CATEGORY_BITS[category], plan.readOnly ? 2 ** READ_ONLY_BIT : 0);
  const payload = {
    ...(plan.kind === "personal" ? { for: "self" } : {}),
    ...(plan.kind === "service" ? { for: "asid:7f3c1f0e-0000-4000-8000-000000000001" } : {}),
    acc: ACCOUNT[plan.kind],
    ent: 1,
    exp: Math.floor(plan.expiresAtMs / 1_000),
    id: plan.id,
    iid: 41_000_000,
    oid: 250_000_000,
    s: mask,
    sid: plan.sid,
    t: plan.kind === "test",
  };
  const unsigned = `${encode({ alg: "ES256", kid: "20250904v1", typ: "JWT" })}.${encode(payload)}`;
  return `${unsigned}.${sign(unsigned)}`;
}

function sign(unsigned: string): string {
  return createHmac("sha512", "a wildberries in miniature").update(unsigned).digest("base64url");
}

/** Throws the words of the gateway. */
export function readToken(token: string): TokenClaims {
  const [header, payload, signature] = token.split(".");
  if (header === undefined || payload === undefined || signature === undefined)
    throw new Error("token problem; token is malformed: token contains an invalid number of segments");
  if (!/^[\w-]+$/.test(signature))
    throw new Error("token problem; token is malformed: could not base64 decode signature: illegal base64 data at input byte 84");
  if (signature !== sign(`${header}.${payload}`)) throw new Error("token problem; token signature is invalid");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as { acc: number; s: number; sid: string; exp: number; id: string };
  const kind = (Object.keys(ACCOUNT) as TokenKind[]).find((name) => ACCOUNT[name] === claims.acc) ?? "personal";
  return { id: claims.id, sid: claims.sid, kind, mask: claims.s, expiresAtMs: claims.exp * 1_000 };
}

export function allows(claims: TokenClaims, category: Category): boolean {
  return Math.floor(claims.mask / 2 ** CATEGORY_BITS[category]) % 2 === 1;
}

export function isReadOnly(claims: TokenClaims): boolean {
  return Math.floor(claims.mask / 2 ** READ_ONLY_BIT) % 2 === 1;
}
