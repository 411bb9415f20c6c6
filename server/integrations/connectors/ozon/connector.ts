import type { ConnectionFacts } from "../../contract/connector";
import { defineConnector } from "../../contract/connector";
import { ConnectorError } from "../../contract/errors";
import type { ConnectorContext } from "../../contract/ports";
import { ozonCatalog } from "./capabilities/catalog";
import { ozonMessaging } from "./capabilities/messaging";
import { ozonOffers } from "./capabilities/offers";
import { ozonOrders } from "./capabilities/orders";
import { ozonSales } from "./capabilities/sales";
import { type OzonClient, ozonClient } from "./client";
import { ozonCredentialFields, ozonCredentials } from "./credentials";
import { ENDPOINTS, type Endpoint, HOSTS, IMAGE_LIMIT, LIMIT, OZON_BASE_URL, STOCK_LIMIT } from "./endpoints";
import { ozonErrors } from "./error-codes";
import { companyName, isAllowed, learn } from "./facts";
import { type FeedbackClient, feedbackClient } from "./feedback-client";
import { ordersClient } from "./orders-client";
import { ozonWebhook } from "./webhook";

/**
 * `/v1/roles` proves the key and tells what it may do and how long; `/v1/seller/info` names the seller and the subscription.
 * Whether that holds questions and reviews it does not tell ("Review management" is no type of it): the cheapest method is tried.
 */
async function test(context: ConnectorContext): Promise<ConnectionFacts> {
  const client = ozonClient(context);
  const roles = await client.roles();
  const seller = await sellerInfo(client);
  const { facts, missing } = learn(roles, seller, await unsubscribed(feedbackClient(context), roles), await cancelReasons(context, roles));
  return {
    accountRef: context.credentials["clientId"],
    accountName: companyName(seller),
    credentialsExpireAt: roles.expires_at,
    missingPermissions: missing,
    subscription: seller?.subscription?.type,
    facts,
  };
}

/** A key without the role for it still works for the rest. */
async function sellerInfo(client: OzonClient): Promise<Awaited<ReturnType<OzonClient["sellerInfo"]>> | undefined> {
  try {
    return await client.sellerInfo();
  } catch (error) {
    if (error instanceof ConnectorError && error.code === "ozon.role_missing") return undefined;
    throw error;
  }
}

type Roles = Awaited<ReturnType<OzonClient["roles"]>>;

/** Only the service's own "no" counts; an outage of such a method says nothing about the key. */
async function unsubscribed(client: FeedbackClient, roles: Roles): Promise<readonly ("questions" | "reviews")[]> {
  const refused = async (method: Endpoint, ask: () => Promise<unknown>) => {
    if (!isAllowed(roles, method)) return false;
    try {
      await ask();
      return false;
    } catch (error) {
      if (error instanceof ConnectorError && error.kind === "subscription") return true;
      if (error instanceof ConnectorError && error.retryable) return false;
      throw error;
    }
  };
  const questions = await refused(ENDPOINTS.questionCount, () => client.countQuestions());
  const reviews = await refused(ENDPOINTS.reviewCount, () => client.countReviews());
  return [...(questions ? (["questions"] as const) : []), ...(reviews ? (["reviews"] as const) : [])];
}

/** What a seller may cancel a posting for. Worth knowing, not worth failing a test for. */
async function cancelReasons(context: ConnectorContext, roles: Roles): Promise<readonly { readonly value: string; readonly label: string }[]> {
  if (!isAllowed(roles, ENDPOINTS.cancelReasons)) return [];
  try {
    const { result } = await ordersClient(context).cancelReasons();
    return result
      .filter((reason) => reason.type_id === "seller" && reason.is_available_for_cancellation === true)
      .map(({ id, title }) => ({ value: id, label: title }));
  } catch (error) {
    if (error instanceof ConnectorError && error.kind !== "auth") return [];
    throw error;
  }
}

export const ozon = defineConnector({
  id: "ozon",
  label: "Ozon",
  defaultBaseUrl: OZON_BASE_URL,
  credentials: { schema: ozonCredentials, fields: ozonCredentialFields },
  hosts: HOSTS,
  limits: () => [LIMIT, STOCK_LIMIT, IMAGE_LIMIT],
  // The service counts by seller, whatever number of keys and connections there are.
  limitKey: (credentials) => `ozon:${credentials["clientId"] ?? ""}`,
  streams: [
    { id: "chats", defaultIntervalSeconds: 60, minIntervalSeconds: 30 },
    { id: "questions", defaultIntervalSeconds: 120, minIntervalSeconds: 60 },
    { id: "reviews", defaultIntervalSeconds: 300, minIntervalSeconds: 60 },
    { id: "orders", defaultIntervalSeconds: 300, minIntervalSeconds: 60 },
    { id: "sales", defaultIntervalSeconds: 6 * 3_600, minIntervalSeconds: 900 },
    { id: "products", defaultIntervalSeconds: 3_600, minIntervalSeconds: 900 },
  ],
  errors: ozonErrors,
  test,
  messaging: ozonMessaging,
  sales: ozonSales,
  catalog: ozonCatalog,
  orders: ozonOrders,
  offers: ozonOffers,
  webhook: ozonWebhook,
});
