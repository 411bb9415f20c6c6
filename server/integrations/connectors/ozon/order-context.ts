import { ConnectorError } from "../../contract/errors";
import type { ConnectorContext, PullWarning } from "../../contract/ports";
import type { ExternalConversation } from "../../contract/records";
import type { OzonClient } from "./client";
import { ENDPOINTS } from "./endpoints";
import { mayCall } from "./facts";
import { schemaOfFbs } from "./mapper";
import type { RemoteFbsPosting } from "./schemas";

const DAY_MS = 86_400_000;
/** The lists take at most a year, and FBS at most 100 order numbers. */
const LOOK_BACK_MS = 364 * DAY_MS;
const BATCH = 100;
const AFTER_DELIVERY_MS = 3 * DAY_MS;

type Order = NonNullable<ExternalConversation["order"]>;

/**
 * Delivery schema and moments of the orders behind conversations, a few calls for a whole page. The lists tell no moment of
 * delivery; only "status last changed within" can be asked, so `deliveredAt` is the latest possible one.
 * Orders are context: a key that may not read postings gets the chats without it, and a warning.
 */
export async function withOrders(
  context: ConnectorContext,
  client: OzonClient,
  conversations: readonly ExternalConversation[],
): Promise<{ readonly conversations: readonly ExternalConversation[]; readonly warnings: readonly PullWarning[] }> {
  const numbers = [...new Set(conversations.flatMap((conversation) => conversation.orderNumber ?? []))];
  if (numbers.length === 0) return { conversations, warnings: [] };
  const orders = new Map<string, Order>();
  const warnings: PullWarning[] = [];
  for (let start = 0; start < numbers.length; start += BATCH) {
    const batch = numbers.slice(start, start + BATCH);
    warnings.push(...(await lookUp(ENDPOINTS.fbsList, context, () => findFbs(client, batch, context.clock.now(), orders))));
    const rest = batch.filter((number) => !orders.has(number));
    if (rest.length > 0) warnings.push(...(await lookUp(ENDPOINTS.fboList, context, () => findFbo(client, rest, context.clock.now(), orders))));
  }
  return {
    conversations: conversations.map((conversation) => {
      const order = conversation.orderNumber === undefined ? undefined : orders.get(conversation.orderNumber);
      return order === undefined ? conversation : { ...conversation, order };
    }),
    warnings,
  };
}

/** Refusals become a warning; what may pass (limits, outages) is thrown, and the page is read again. */
async function lookUp(
  method: typeof ENDPOINTS.fbsList | typeof ENDPOINTS.fboList,
  context: ConnectorContext,
  find: () => Promise<void>,
): Promise<PullWarning[]> {
  if (!mayCall(context.facts, method)) return [];
  try {
    await find();
    return [];
  } catch (error) {
    if (error instanceof ConnectorError && !error.retryable && error.kind !== "auth") return [{ code: error.code, params: { ...error.params, method } }];
    throw error;
  }
}

async function findFbs(client: OzonClient, numbers: readonly string[], now: Date, orders: Map<string, Order>): Promise<void> {
  const span = { since: new Date(now.getTime() - LOOK_BACK_MS), to: now };
  const postings = await allPages((cursor) => client.fbsPostings({ orderNumbers: numbers, ...span, cursor }));
  const delivered = postings.filter((posting) => posting.status === "delivered");
  const recently = new Set<string>();
  if (delivered.length > 0) {
    const orderNumbers = [...new Set(delivered.flatMap((posting) => posting.order_number ?? []))];
    const deliveredBetween = { from: new Date(now.getTime() - AFTER_DELIVERY_MS), to: now };
    const recent = await allPages((cursor) => client.fbsPostings({ orderNumbers, ...span, cursor, deliveredBetween }));
    for (const posting of recent) recently.add(posting.posting_number);
  }
  for (const [number, group] of byOrder(postings)) orders.set(number, fbsOrder(group, recently, now));
}

/** Several postings of one order: the one delivered last decides; as long as one is under way, nothing is over. */
function fbsOrder(postings: readonly RemoteFbsPosting[], recently: ReadonlySet<string>, now: Date): Order {
  const [first] = postings;
  const paid = postings.flatMap((posting) => posting.in_process_at ?? []).sort((left, right) => left.getTime() - right.getTime());
  const living = postings.filter((posting) => !posting.status.startsWith("cancelled"));
  const isDelivered = living.length > 0 && living.every((posting) => posting.status === "delivered");
  const isRecent = living.some((posting) => recently.has(posting.posting_number));
  return {
    schema: first === undefined ? "other" : schemaOfFbs(first),
    paidAt: paid[0],
    ...(isDelivered ? { deliveredAt: isRecent ? now : new Date(now.getTime() - AFTER_DELIVERY_MS) } : {}),
  };
}

async function findFbo(client: OzonClient, numbers: readonly string[], now: Date, orders: Map<string, Order>): Promise<void> {
  const postings = await allPages((cursor) => client.fboPostings({ orderNumbers: numbers, since: new Date(now.getTime() - LOOK_BACK_MS), to: now, cursor }));
  for (const [number, group] of byOrder(postings)) orders.set(number, { schema: "fbo", paidAt: group[0]?.in_process_at });
}

function byOrder<P extends { readonly order_number?: string | undefined }>(postings: readonly P[]): Map<string, P[]> {
  const groups = new Map<string, P[]>();
  for (const posting of postings) {
    if (posting.order_number !== undefined) groups.set(posting.order_number, [...(groups.get(posting.order_number) ?? []), posting]);
  }
  return groups;
}

async function allPages<P>(
  read: (cursor: string | undefined) => Promise<{ postings: readonly P[]; cursor?: string | undefined; has_next?: boolean | undefined }>,
): Promise<P[]> {
  const found: P[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    found.push(...page.postings);
    cursor = page.has_next === true && page.cursor !== cursor ? page.cursor : undefined;
  } while (cursor !== undefined);
  return found;
}
