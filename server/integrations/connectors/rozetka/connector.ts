import { createHash } from "node:crypto";
import { type ConnectionFacts, defineConnector } from "../../contract/connector";
import { ConnectorError } from "../../contract/errors";
import type { ConnectorContext } from "../../contract/ports";
import { rozetkaCatalog } from "./capabilities/catalog";
import { rozetkaMessaging } from "./capabilities/messaging";
import { rozetkaOffers } from "./capabilities/offers";
import { rozetkaOrders } from "./capabilities/orders";
import { rozetkaSales } from "./capabilities/sales";
import { freshLogin, openRozetka, type RozetkaClient } from "./client";
import { rozetkaCredentialFields, rozetkaCredentials } from "./credentials";
import { GROUPS, PARALLEL, ROZETKA_BASE_URL } from "./endpoints";
import { rozetkaErrors } from "./error-codes";
import type { RozetkaFacts } from "./facts";
import type { RemoteLogin } from "./schemas";
import { orderSchema } from "./schemas-orders";

const HOUR = 3_600;
type Missing = ConnectionFacts["missingPermissions"][number];

/** What a role may not read is found by reading; a refusal names the section. */
async function probe<T>(call: Promise<T>, capabilities: readonly Missing["capability"][], missing: Missing[]): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== "forbidden") throw error;
    const permission = String(error.params["permission"] ?? "");
    missing.push(...capabilities.map((capability) => ({ capability, permission })));
    return undefined;
  }
}

/** A login tells what the user may write; a role token tells nothing [I]. */
function missingRights(login: RemoteLogin | undefined): Missing[] {
  if (login === undefined || login.permissions.length === 0) return [];
  const needed = [
    { capability: "order_changes", permission: "order_edit" },
    { capability: "send", permission: "correspondence" },
  ] as const;
  return needed.filter(({ permission }) => !login.permissions.includes(permission));
}

async function statusNames(client: RozetkaClient): Promise<NonNullable<RozetkaFacts["statuses"]>> {
  const { orderStatus } = await client.statuses();
  return Object.fromEntries(
    orderStatus.flatMap(({ id, name, name_uk }) => {
      const known = name_uk ?? name;
      return known === undefined ? [] : [[id, known]];
    }),
  );
}

/** A fresh login proves the password and names the shop; one read of each section tells what the role may see. */
async function test(context: ConnectorContext): Promise<ConnectionFacts> {
  const login = await freshLogin(context);
  const client = openRozetka(context);
  const missing = missingRights(login);
  const statuses = await probe(statusNames(client), [], []);
  const orders = await probe(client.orders({ page: 1 }), ["orders", "sales"], missing);
  await probe(client.chatCounts(), ["chats"], missing);
  await probe(client.goods({ page: 1, pageSize: 1 }), ["products", "stock", "price"], missing);
  const first = orderSchema.safeParse(orders?.orders[0]);
  // Without a login the shop is named by its orders only.
  const marketId = login?.market?.id ?? (first.success ? first.data.market_id : undefined);
  const facts: RozetkaFacts = {
    ...(marketId === undefined ? {} : { marketId }),
    ...(login?.market?.title === undefined ? {} : { marketTitle: login.market.title }),
    ...(statuses === undefined ? {} : { statuses }),
  };
  return { accountRef: marketId, accountName: login?.market?.title, missingPermissions: missing, facts: { ...facts } };
}

/** A login stands for its shop, a role token (never in clear) for itself. */
function accountKey(credentials: Readonly<Record<string, string>>): string {
  const { token = "", login = "" } = credentials as { token?: string; login?: string };
  return `key-${createHash("sha256")
    .update(token === "" ? `login ${login.toLowerCase()}` : token)
    .digest("hex")
    .slice(0, 24)}`;
}

export const rozetka = defineConnector({
  id: "rozetka",
  label: "Rozetka",
  defaultBaseUrl: ROZETKA_BASE_URL,
  credentials: { schema: rozetkaCredentials, fields: rozetkaCredentialFields },
  limits: () => GROUPS,
  parallel: PARALLEL,
  limitKey: accountKey,
  streams: [
    { id: "orders", defaultIntervalSeconds: 120, minIntervalSeconds: 60 },
    { id: "chats", defaultIntervalSeconds: 60, minIntervalSeconds: 30 },
    { id: "products", defaultIntervalSeconds: HOUR, minIntervalSeconds: 900 },
    { id: "sales", defaultIntervalSeconds: 6 * HOUR, minIntervalSeconds: 900 },
  ],
  errors: rozetkaErrors,
  test,
  messaging: rozetkaMessaging,
  orders: rozetkaOrders,
  catalog: rozetkaCatalog,
  offers: rozetkaOffers,
  sales: rozetkaSales,
});
