import { z } from "zod";
import type { ConnectionFacts } from "../../contract/connector";

/** What the connection test learns, kept on the connection and read back here and nowhere else. */
const factsSchema = z.object({
  shop: z.string().optional(),
  currency: z.string().optional(),
  timeZone: z.string().optional(),
  /** Primary location: stock is read and written there. */
  locationId: z.string().optional(),
  locationName: z.string().optional(),
  restoreRate: z.number().int().min(1).max(10_000).optional().catch(undefined),
  scopes: z.array(z.string()).optional(),
});
export type ShopifyFacts = z.output<typeof factsSchema>;

export function readFacts(facts: Readonly<Record<string, unknown>>): ShopifyFacts {
  const parsed = factsSchema.safeParse(facts);
  return parsed.success ? parsed.data : {};
}

type Capability = ConnectionFacts["missingPermissions"][number]["capability"];

/** All of these are needed; a write scope includes reading (required-scopes map of 2026-10). */
const NEEDED: readonly (readonly [Capability, readonly string[]])[] = [
  ["orders", ["read_orders"]],
  ["sales", ["read_orders"]],
  ["products", ["read_products", "read_inventory"]],
  ["stock", ["write_inventory"]],
  ["price", ["write_products"]],
  ["order_changes", ["write_orders", "write_merchant_managed_fulfillment_orders"]],
];

export function hasScope(scopes: readonly string[], scope: string): boolean {
  return scopes.includes(scope) || scopes.includes(scope.replace(/^read_/, "write_"));
}

export function missingScopes(scopes: readonly string[]): ConnectionFacts["missingPermissions"] {
  return NEEDED.flatMap(([capability, needed]) => {
    const permission = needed.find((scope) => !hasScope(scopes, scope));
    return permission === undefined ? [] : [{ capability, permission }];
  });
}

/** What the last test did not tell is not held against the key. */
export function mayChange(facts: Readonly<Record<string, unknown>>, scope: string): boolean {
  const { scopes } = readFacts(facts);
  return scopes === undefined || hasScope(scopes, scope);
}
