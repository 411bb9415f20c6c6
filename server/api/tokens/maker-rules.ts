import { isPermitted, type Permission } from "@/server/access/index";
import type { Role } from "@/server/access/schema";
import { type ApiScope, apiScopeSchema } from "../schema";

/** What a person needs to do by hand what a scope lets a machine do. Calls may hold buyers' words: they are for those who manage connections. */
const NEEDED: Readonly<Record<ApiScope, Permission>> = {
  "orders:read": "orders.read",
  "sales:read": "sales.read",
  "products:read": "catalog.read",
  "conversations:read": "inbox.read",
  "integrations:read": "connections.manage",
  "integrations:write": "connections.manage",
  "integrations:sync": "sync.run",
};

/** Who made a token, as a member by now; null = no member any more. */
export interface Maker {
  readonly role: Role;
  readonly isDisabled: boolean;
}

/** A token never does more than its maker may: scopes of it that the maker's role does not cover any more. All, where the maker is gone. */
export function blockedScopes(scopes: readonly string[], maker: Maker | null): ApiScope[] {
  const known = apiScopeSchema.options.filter((scope) => scopes.includes(scope));
  if (maker === null || maker.isDisabled) return known;
  return known.filter((scope) => !isPermitted(maker.role, NEEDED[scope]));
}

export const isGone = (maker: Maker | null): boolean => maker === null || maker.isDisabled;
