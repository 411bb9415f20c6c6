import { createHash } from "node:crypto";
import { type ConnectionFacts, defineConnector } from "../../contract/connector";
import { ConnectorError } from "../../contract/errors";
import type { ConnectorContext } from "../../contract/ports";
import { yandexCatalog } from "./capabilities/catalog";
import { yandexMessaging } from "./capabilities/messaging";
import { yandexOffers } from "./capabilities/offers";
import { yandexOrders } from "./capabilities/orders";
import { yandexSales } from "./capabilities/sales";
import { accountClient, theOnlyBusiness } from "./client";
import { yandexCredentialFields, yandexCredentials } from "./credentials";
import { limitsOf, PARALLEL, YANDEX_BASE_URL, YANDEX_HOSTS } from "./endpoints";
import { yandexErrors } from "./error-codes";
import { businessesOf, missingScopes, readFacts, type YandexFacts } from "./facts";
import { yandexWebhook } from "./webhook";

const HOUR = 3_600;

/** `/v2/auth/token` proves the key and tells its scopes; the shops tell the cabinet; its settings the subscription. */
async function test(context: ConnectorContext): Promise<ConnectionFacts> {
  const client = accountClient(context);
  const { apiKey } = await client.token();
  const campaigns = await client.campaigns();
  const entered = context.credentials["businessId"] ?? "";
  const businesses = businessesOf(campaigns);
  if (entered !== "" && businesses.size > 0 && !businesses.has(entered)) {
    throw new ConnectorError("invalid", "yandex-market.business_foreign", { params: { id: entered, ids: [...businesses.keys()].join(", ") } });
  }
  const businessId = entered === "" ? theOnlyBusiness(campaigns) : entered;
  const settings = await client.settings(businessId);
  const businessName = settings.info?.name ?? businesses.get(businessId);
  const own = campaigns.filter((campaign) => campaign.business?.id === undefined || campaign.business.id === businessId);
  const facts: YandexFacts = {
    businessId,
    scopes: apiKey.authScopes,
    campaigns: own.flatMap((campaign) =>
      campaign.id === undefined
        ? []
        : [
            {
              id: campaign.id,
              ...(campaign.domain === undefined ? {} : { name: campaign.domain }),
              ...(campaign.placementType === undefined ? {} : { placementType: campaign.placementType }),
              ...(campaign.apiAvailability === undefined ? {} : { apiAvailability: campaign.apiAvailability }),
            },
          ],
    ),
    ...(businessName === undefined ? {} : { businessName }),
    ...(settings.subscriptionLevel === undefined ? {} : { subscriptionLevel: settings.subscriptionLevel }),
    ...(settings.settings?.currency === undefined ? {} : { currency: settings.settings.currency }),
  };
  return {
    accountRef: businessId,
    accountName: businessName,
    missingPermissions: missingScopes(apiKey.authScopes),
    subscription: settings.subscriptionLevel,
    facts: { ...facts },
  };
}

/** A key belongs to one cabinet; where its number was not entered, the key itself (never in clear) stands for it. */
function accountKey(credentials: Readonly<Record<string, string>>): string {
  const { businessId = "", apiKey = "" } = credentials as { businessId?: string; apiKey?: string };
  return businessId === "" ? `key-${createHash("sha256").update(apiKey).digest("hex").slice(0, 24)}` : businessId;
}

export const yandexMarket = defineConnector({
  id: "yandex-market",
  label: "Yandex Market",
  defaultBaseUrl: YANDEX_BASE_URL,
  hosts: YANDEX_HOSTS,
  credentials: { schema: yandexCredentials, fields: yandexCredentialFields },
  limits: (_, facts) => limitsOf(readFacts(facts ?? {}).subscriptionLevel),
  parallel: PARALLEL,
  limitKey: accountKey,
  streams: [
    { id: "chats", defaultIntervalSeconds: 60, minIntervalSeconds: 30 },
    { id: "questions", defaultIntervalSeconds: 300, minIntervalSeconds: 120 },
    { id: "reviews", defaultIntervalSeconds: 300, minIntervalSeconds: 60 },
    { id: "orders", defaultIntervalSeconds: 300, minIntervalSeconds: 60 },
    { id: "sales", defaultIntervalSeconds: 6 * HOUR, minIntervalSeconds: 900 },
    { id: "products", defaultIntervalSeconds: HOUR, minIntervalSeconds: 900 },
  ],
  errors: yandexErrors,
  test,
  messaging: yandexMessaging,
  sales: yandexSales,
  catalog: yandexCatalog,
  orders: yandexOrders,
  offers: yandexOffers,
  webhook: yandexWebhook,
});
