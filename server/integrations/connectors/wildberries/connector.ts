import type { ConnectionFacts } from "../../contract/connector";
import { defineConnector } from "../../contract/connector";
import { ConnectorError } from "../../contract/errors";
import type { ConnectorContext } from "../../contract/ports";
import { wildberriesCatalog } from "./capabilities/catalog";
import { wildberriesMessaging } from "./capabilities/messaging";
import { wildberriesOffers } from "./capabilities/offers";
import { wildberriesOrders } from "./capabilities/orders";
import { wildberriesSales } from "./capabilities/sales";
import { wildberriesClient } from "./client";
import { wildberriesCredentialFields, wildberriesCredentials } from "./credentials";
import { HOSTS, limitsOf, WILDBERRIES_BASE_URL } from "./endpoints";
import { wildberriesErrors } from "./error-codes";
import { missingPermissions, tokenTypeName, type WildberriesFacts } from "./facts";
import { decodeToken } from "./token";

/**
 * The token itself tells type, rights and end; one call proves that it is genuine. A base token may ask seller-info once a day
 * only, so it is proven by a ping.
 */
async function test(context: ConnectorContext): Promise<ConnectionFacts> {
  const token = decodeToken(context.credentials["token"] ?? "");
  if (token === undefined) throw new ConnectorError("auth", "wildberries.token_malformed");
  if (token.type === "test") throw new ConnectorError("forbidden", "wildberries.token_test");
  const client = wildberriesClient(context);
  const seller = token.type === "base" ? undefined : await client.sellerInfo();
  if (token.type === "base") await client.ping();
  const name = seller?.tradeMark ?? seller?.name;
  return {
    accountRef: token.sellerId ?? seller?.sid,
    accountName: name,
    credentialsExpireAt: token.expiresAt,
    missingPermissions: missingPermissions(token),
    subscription: tokenTypeName(token.type),
    facts: {
      tokenType: token.type,
      categories: [...token.categories],
      isReadOnly: token.isReadOnly,
      ...(token.expiresAt === undefined ? {} : { expiresAt: token.expiresAt.toISOString() }),
      ...(name === undefined ? {} : { sellerName: name }),
      ...(seller?.tin === undefined ? {} : { inn: seller.tin }),
    } satisfies WildberriesFacts,
  };
}

function typeOf(credentials: Readonly<Record<string, string>>) {
  return decodeToken(credentials["token"] ?? "")?.type ?? "unknown";
}

export const wildberries = defineConnector({
  id: "wildberries",
  label: "Wildberries",
  defaultBaseUrl: WILDBERRIES_BASE_URL,
  hosts: HOSTS,
  credentials: { schema: wildberriesCredentials, fields: wildberriesCredentialFields },
  limits: (credentials) => limitsOf(typeOf(credentials)),
  // The budget belongs to the seller; tokens of one type share it.
  limitKey: (credentials) => `wildberries:${decodeToken(credentials["token"] ?? "")?.sellerId ?? ""}:${typeOf(credentials)}`,
  streams: [
    { id: "chats", defaultIntervalSeconds: 30, minIntervalSeconds: 15 },
    { id: "questions", defaultIntervalSeconds: 180, minIntervalSeconds: 60 },
    { id: "reviews", defaultIntervalSeconds: 300, minIntervalSeconds: 60 },
    { id: "orders", defaultIntervalSeconds: 120, minIntervalSeconds: 60 },
    { id: "sales", defaultIntervalSeconds: 6 * 3_600, minIntervalSeconds: 1_800 },
    { id: "products", defaultIntervalSeconds: 3_600, minIntervalSeconds: 900 },
  ],
  errors: wildberriesErrors,
  test,
  messaging: wildberriesMessaging,
  sales: wildberriesSales,
  catalog: wildberriesCatalog,
  orders: wildberriesOrders,
  offers: wildberriesOffers,
});
