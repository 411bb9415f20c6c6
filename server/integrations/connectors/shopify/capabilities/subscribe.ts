import { ConnectorError } from "../../../contract/errors";
import type { ConnectorContext } from "../../../contract/ports";
import { shopifyClient } from "../client";
import { subscribeSchema, subscriptionsSchema, type UserError, unsubscribeSchema } from "../schemas";
import { everyNode } from "./every-node";

/** Privacy topics are no part of this: they are declared in the app's own settings. */
export const TOPICS = [
  "ORDERS_CREATE",
  "ORDERS_UPDATED",
  "ORDERS_CANCELLED",
  "ORDERS_PAID",
  "ORDERS_FULFILLED",
  "REFUNDS_CREATE",
  "PRODUCTS_CREATE",
  "PRODUCTS_UPDATE",
  "PRODUCTS_DELETE",
  "INVENTORY_LEVELS_UPDATE",
  "APP_UNINSTALLED",
] as const;

/** Up to the token that names the connection: what lies below it and is not the new address is one of ours from before. */
const OURS = /\/api\/integrations\/webhook\/shopify\/[^/]+$/;

/** Makes what is missing and takes away addresses of ours that are no longer good; another installation's are left alone. */
export async function subscribe(context: ConnectorContext, address: string): Promise<void> {
  const client = shopifyClient(context);
  const present = await readSubscriptions(context);
  for (const topic of TOPICS) {
    if (present.some((entry) => entry.topic === topic && entry.uri === address)) continue;
    const { webhookSubscriptionCreate: answer } = await client.mutate("Subscribe", { topic, subscription: { uri: address, format: "JSON" } }, subscribeSchema);
    check(answer?.userErrors);
  }
  const origin = URL.canParse(address) ? new URL(address).origin : address;
  for (const { id, uri } of present) {
    if (uri === address || !URL.canParse(uri) || new URL(uri).origin !== origin || !OURS.test(new URL(uri).pathname)) continue;
    const { webhookSubscriptionDelete: answer } = await client.mutate("Unsubscribe", { id }, unsubscribeSchema);
    check(answer?.userErrors);
  }
}

/** Topics without a subscription at our address: Shopify takes one away after four hours of failed pushes. */
export async function checkPushes(context: ConnectorContext, isOurs: (address: string) => boolean): Promise<{ readonly missing: readonly string[] }> {
  const present = await readSubscriptions(context);
  return { missing: TOPICS.filter((topic) => !present.some((entry) => entry.topic === topic && isOurs(entry.uri))) };
}

function readSubscriptions(context: ConnectorContext) {
  const client = shopifyClient(context);
  return everyNode(undefined, async (after) => (await client.query("Subscriptions", { after }, subscriptionsSchema)).data.webhookSubscriptions);
}

/** "Address for this topic has already been taken" is what a repeat hears, and is no failure. */
function check(errors: readonly UserError[] | undefined): void {
  const words = (errors ?? []).map(({ message }) => message).filter((message) => !/already been taken/i.test(message));
  if (words.length > 0) throw new ConnectorError("invalid", "shopify.subscription_refused", { params: { reason: words.join("; ").slice(0, 300) } });
}
