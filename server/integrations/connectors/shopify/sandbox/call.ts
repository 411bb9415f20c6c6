import { GraphQLError } from "graphql";
import type { Shop, ShopifyState } from "./state";

/** One GraphQL request on its way through the resolvers. */
export interface Call {
  readonly state: ShopifyState;
  readonly shop: Shop;
  /** Inside a bulk operation pages have no size. */
  readonly isBulk: boolean;
}

/** A write scope includes reading. Any of several is enough. */
export function demand({ shop }: Call, field: string, ...scopes: readonly string[]): void {
  if (scopes.some((scope) => shop.scopes.includes(scope) || shop.scopes.includes(scope.replace(/^read_/, "write_")))) return;
  const requiredAccess = `\`${scopes.join("` or `")}\` access scope.`;
  throw new GraphQLError(`Access denied for ${field} field. Required access: ${requiredAccess}`, {
    extensions: { code: "ACCESS_DENIED", documentation: "https://shopify.dev/api/usage/access-scopes", requiredAccess },
  });
}
