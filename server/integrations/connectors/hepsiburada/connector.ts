import { type ConnectionFacts, defineConnector } from "../../contract/connector";
import { ConnectorError } from "../../contract/errors";
import type { ConnectorContext } from "../../contract/ports";
import { hepsiburadaCatalog } from "./capabilities/catalog";
import { hepsiburadaMessaging } from "./capabilities/messaging";
import { hepsiburadaOffers } from "./capabilities/offers";
import { hepsiburadaOrders } from "./capabilities/orders";
import { hepsiburadaSales } from "./capabilities/sales";
import { hepsiburadaClient } from "./client";
import { hepsiburadaCredentialFields, hepsiburadaCredentials } from "./credentials";
import { HEPSIBURADA_BASE_URL, HOSTS, hostsOf, LIMITS } from "./endpoints";
import { hepsiburadaErrors } from "./error-codes";
import { FINANCE_PERMISSION, type HepsiburadaFacts, QUESTIONS_PERMISSION } from "./facts";
import { hepsiburadaWebhook } from "./webhook";

/**
 * One page of orders proves key, merchant and user agent; what else the seller was given is asked for one by one, because nothing
 * tells it in one place. No call names the shop.
 */
async function test(context: ConnectorContext): Promise<ConnectionFacts> {
  const client = hepsiburadaClient(context);
  await client.openLines({ offset: 0, limit: 1 });
  const now = context.clock.now();
  const hasQuestions = await isAllowed(client.issueCount());
  const hasFinance = await isAllowed(client.transactions({ from: now, to: now, offset: 0, limit: 1 }));
  const { environment = "production", ownCarrier } = context.credentials;
  return {
    accountRef: context.credentials["merchantId"],
    missingPermissions: [
      ...(hasQuestions ? [] : [{ capability: "questions", permission: QUESTIONS_PERMISSION } as const]),
      ...(hasFinance ? [] : [{ capability: "sales", permission: FINANCE_PERMISSION } as const]),
    ],
    ...(environment === "sit" ? { subscription: "SIT" } : {}),
    facts: { questions: hasQuestions, ownCarrier: ownCarrier === "yes", environment } satisfies HepsiburadaFacts,
  };
}

async function isAllowed(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === "forbidden") return false;
    throw error;
  }
}

export const hepsiburada = defineConnector({
  id: "hepsiburada",
  label: "Hepsiburada",
  defaultBaseUrl: HEPSIBURADA_BASE_URL,
  hosts: HOSTS,
  hostsOf,
  credentials: { schema: hepsiburadaCredentials, fields: hepsiburadaCredentialFields },
  limits: () => LIMITS,
  limitKey: ({ merchantId = "", environment = "" }) => `hepsiburada:${environment}:${merchantId}`,
  streams: [
    { id: "orders", defaultIntervalSeconds: 900, minIntervalSeconds: 300 },
    { id: "products", defaultIntervalSeconds: 3_600, minIntervalSeconds: 900 },
    { id: "questions", defaultIntervalSeconds: 120, minIntervalSeconds: 60 },
    { id: "sales", defaultIntervalSeconds: 6 * 3_600, minIntervalSeconds: 1_800 },
  ],
  errors: hepsiburadaErrors,
  test,
  messaging: hepsiburadaMessaging,
  sales: hepsiburadaSales,
  catalog: hepsiburadaCatalog,
  orders: hepsiburadaOrders,
  offers: hepsiburadaOffers,
  webhook: hepsiburadaWebhook,
});
