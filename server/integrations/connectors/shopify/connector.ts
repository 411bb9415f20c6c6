import { type ConnectionFacts, defineConnector } from "../../contract/connector";
import { ConnectorError } from "../../contract/errors";
import type { ConnectorContext } from "../../contract/ports";
import { shopifyCatalog } from "./capabilities/catalog";
import { shopifyOffers } from "./capabilities/offers";
import { shopifyOrders } from "./capabilities/orders";
import { shopifySales } from "./capabilities/sales";
import { readPrimaryLocation, readShop } from "./capabilities/shop";
import { checkPushes, subscribe } from "./capabilities/subscribe";
import { shopifyClient } from "./client";
import { shopifyCredentialFields, shopifyCredentials, shopUrl } from "./credentials";
import { limitsOf, SHOPIFY_HOSTS } from "./endpoints";
import { shopifyErrors } from "./error-codes";
import { missingScopes, type ShopifyFacts } from "./facts";
import { shopifyWebhook } from "./webhook";

const HOUR = 3_600;
const MINUTES_5 = 300;

/** The token proves the app, the shop names itself and what the app may do; its primary location is where stock is kept. */
async function test(context: ConnectorContext): Promise<ConnectionFacts> {
  const client = shopifyClient(context);
  const { data, restoreRate } = await readShop(client);
  const { shop, currentAppInstallation } = data;
  const entered = context.credentials["shop"] ?? "";
  if (shop.myshopifyDomain.toLowerCase() !== entered) {
    throw new ConnectorError("invalid", "shopify.shop_differs", { params: { entered, found: shop.myshopifyDomain } });
  }
  const scopes = currentAppInstallation.accessScopes.map(({ handle }) => handle);
  const location = await readPrimaryLocation(client);
  const facts: ShopifyFacts = {
    shop: shop.myshopifyDomain,
    currency: shop.currencyCode,
    timeZone: shop.ianaTimezone,
    scopes,
    ...(location === undefined ? {} : { locationId: location.id, locationName: location.name }),
    ...(restoreRate === undefined ? {} : { restoreRate: Math.round(restoreRate) }),
  };
  return {
    accountRef: shop.myshopifyDomain.toLowerCase(),
    accountName: shop.name,
    missingPermissions: missingScopes(scopes),
    subscription: shop.plan.publicDisplayName,
    facts: { ...facts },
  };
}

export const shopify = defineConnector({
  id: "shopify",
  label: "Shopify",
  // Every shop has a host of its own; this one is never called.
  defaultBaseUrl: "https://myshopify.com",
  baseUrlOf: shopUrl,
  hosts: SHOPIFY_HOSTS,
  credentials: { schema: shopifyCredentials, fields: shopifyCredentialFields },
  limits: limitsOf,
  // The bucket belongs to one app in one shop.
  limitKey: (credentials) => `${credentials["shop"] ?? ""}:${credentials["clientId"] ?? ""}`,
  streams: [
    { id: "orders", defaultIntervalSeconds: MINUTES_5, minIntervalSeconds: 30 },
    { id: "products", defaultIntervalSeconds: MINUTES_5, minIntervalSeconds: 60 },
    { id: "sales", defaultIntervalSeconds: HOUR, minIntervalSeconds: MINUTES_5 },
  ],
  errors: shopifyErrors,
  test,
  orders: shopifyOrders,
  catalog: shopifyCatalog,
  offers: shopifyOffers,
  sales: shopifySales,
  webhook: { ...shopifyWebhook, subscribe, checkPushes },
});
