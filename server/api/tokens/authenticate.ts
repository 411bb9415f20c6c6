import { clientAddress } from "@/server/access/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { hashToken } from "@/server/platform/crypto";
import { AppError } from "@/server/platform/errors";
import { limiter } from "@/server/platform/rate-limit";
import type { ApiScope } from "../schema";
import { blockedScopes, isGone } from "./maker-rules";
import { TOKEN_PREFIX } from "./manage-tokens";
import { findLiveToken } from "./token.repository";

/** A machine that proved itself. */
export interface Principal {
  readonly workspaceId: string;
  readonly tokenId: string;
  readonly scopes: ReadonlySet<string>;
  /** Scopes of the token that its maker's role does not cover any more. */
  readonly blocked: ReadonlySet<string>;
  /** Who made the token: what depends on a person's sight is seen with theirs. */
  readonly createdBy: string;
  readonly actor: { readonly kind: "api-key"; readonly id: string; readonly ip?: string | undefined };
}

/** Wrong tokens from one address; beyond this it has to wait, whatever it brings. */
const guesses = limiter("api-guess", { points: 30, perSeconds: 60 });

/**
 * A token lives no longer than its maker's membership, and does no more than their role allows now: both are looked up at every request.
 * @throws AppError `api.unauthorized` (401) | `api.maker_gone` (401) | `api.too_many_requests` (429, `retryAfterSeconds`).
 */
export async function authenticate(headers: Headers, clock: Clock = systemClock): Promise<Principal> {
  const token = /^Bearer ([\w-]{1,200})$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (token === undefined || !token.startsWith(TOKEN_PREFIX)) throw unauthorized();
  const ip = clientAddress(headers);
  const place = ip ?? "unknown";
  const row = await findLiveToken(hashToken(token), clock.now(), ip);
  if (row === null) {
    const verdict = await guesses.consume(place);
    if (!verdict.allowed) throw tooMany(verdict.retryAfterMs);
    throw unauthorized();
  }
  const { workspaceId, id, scopes, createdBy, maker } = row;
  if (isGone(maker)) throw new AppError("api.maker_gone", { status: 401 });
  const blocked = new Set<string>(blockedScopes(scopes, maker));
  const open = new Set(scopes.filter((scope) => !blocked.has(scope)));
  return { workspaceId, tokenId: id, scopes: open, blocked, createdBy, actor: { kind: "api-key", id, ...(ip === null ? {} : { ip }) } };
}

/** @throws AppError `api.scope_missing` | `api.maker_lacks` (403). */
export function requireScope(principal: Principal, scope: ApiScope): void {
  if (principal.blocked.has(scope)) throw new AppError("api.maker_lacks", { status: 403, params: { scope } });
  if (!principal.scopes.has(scope)) throw new AppError("api.scope_missing", { status: 403, params: { scope } });
}

const unauthorized = () => new AppError("api.unauthorized", { status: 401 });

export function tooMany(retryAfterMs: number): AppError {
  return new AppError("api.too_many_requests", { status: 429, retryable: true, params: { retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1_000)) } });
}
