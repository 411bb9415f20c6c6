import { gateway } from "./errors";
import type { Seller, WbState } from "./state";
import { allows, type Category, isReadOnly, readToken, type TokenClaims } from "./token";

/** [capacity of the bucket, seconds until one more call] */
type Bucket = readonly [burst: number, intervalSeconds: number];

export interface Rights {
  /** null: any token. */
  readonly category: Category | null;
  readonly isWrite: boolean;
  readonly group: string;
  readonly usual: Bucket;
  readonly base: Bucket;
  /** What a refusal with 4XX costs besides the call itself. */
  readonly refusalCost?: number;
}

interface Level {
  tokens: number;
  atMs: number;
}

/** Who may call what, how often. One per running simulator. */
export class Gate {
  private readonly levels = new Map<string, Level>();

  constructor(private readonly state: WbState) {}

  /** Checks token, rights and limits of a call. Throws the gateway's refusals; returns the seller otherwise, and what a refusal then takes. */
  admit(authorization: string | undefined, rights: Rights): { seller: Seller; remaining: number; charge: () => void } {
    const claims = this.claimsOf(authorization);
    const seller = this.state.sellers[claims.sid];
    if (!seller) throw this.refusal(401, "token problem; seller not found");
    if (seller.revokedTokens.includes(claims.id)) throw this.refusal(401, "token problem; token withdrawn");
    if (claims.expiresAtMs <= this.state.host.clock.nowMs()) throw this.refusal(401, "token problem; token is expired");
    if (claims.kind === "test") throw this.refusal(401, "token problem; test token is not allowed on this host");
    if (rights.category !== null && !allows(claims, rights.category)) throw this.refusal(401, "token scope not allowed for this API route");
    if (rights.isWrite && isReadOnly(claims)) throw this.refusal(401, "read-only token scope not allowed for this route");
    const remaining = this.take(claims, rights);
    this.state.onApiUse();
    return { seller, remaining, charge: () => this.charge(claims, rights) };
  }

  private claimsOf(authorization: string | undefined): TokenClaims {
    const token = (authorization ?? "").replace(/^Bearer /, "");
    if (token === "") throw this.refusal(401, "empty Authorization header");
    try {
      return readToken(token);
    } catch (error) {
      throw this.refusal(401, error instanceof Error ? error.message : "token problem");
    }
  }

  private refusal(status: 401 | 403, detail: string) {
    return gateway(status, detail, this.state.host.clock.now().toISOString());
  }

  /** The next calls wait for it; the bucket may owe. */
  private charge(claims: TokenClaims, rights: Rights): void {
    const level = this.levels.get(keyOf(claims, rights));
    if (level) level.tokens -= rights.refusalCost ?? 0;
  }

  /** A token bucket per seller, token type and group, in simulated time: who advances the clock has waited. */
  private take(claims: TokenClaims, rights: Rights): number {
    const [burst, intervalSeconds] = claims.kind === "base" ? rights.base : rights.usual;
    if (this.state.settings.limits === 0) return burst;
    const key = keyOf(claims, rights);
    const nowMs = this.state.host.clock.nowMs();
    const level = this.levels.get(key) ?? { tokens: burst, atMs: nowMs };
    const refilled = Math.min(burst, level.tokens + (nowMs - level.atMs) / (intervalSeconds * 1_000));
    if (refilled < 1) {
      this.levels.set(key, { tokens: refilled, atMs: nowMs });
      const retry = Math.max(1, Math.ceil((1 - refilled) * intervalSeconds));
      const reset = Math.max(retry, Math.ceil((burst - refilled) * intervalSeconds));
      throw gateway(429, `limited by ${claims.id}`, this.state.host.clock.now().toISOString(), {
        "X-Ratelimit-Retry": String(retry),
        "X-Ratelimit-Limit": String(burst),
        "X-Ratelimit-Reset": String(reset),
      });
    }
    this.levels.set(key, { tokens: refilled - 1, atMs: nowMs });
    return Math.floor(refilled - 1);
  }
}

function keyOf(claims: TokenClaims, rights: Rights): string {
  return `${claims.sid} ${claims.kind} ${rights.group}`;
}
