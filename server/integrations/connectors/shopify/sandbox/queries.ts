import { GraphQLError } from "graphql";
import { bulkView } from "./bulk";
import { type Call, demand } from "./call";
import { connection, numberKey, type PageArgs } from "./connection";
import { type Fields, search } from "./search";
import { gid, idOf, iso, type Order, type Subscription, type Variant } from "./state";
import { financialStatus, fulfilmentStatus } from "./trade";
import { itemView, locationView, productView, variantView } from "./views-goods";
import { orderView, refundView } from "./views-orders";

type Listed = PageArgs & { query?: string | null; sortKey?: string };

const ORDER_FIELDS: Fields<Order> = {
  updated_at: (order) => order.updatedAtMs,
  created_at: (order) => order.createdAtMs,
  processed_at: (order) => order.createdAtMs,
  status: (order) => (order.cancelledAtMs === null ? "open" : "cancelled"),
  financial_status: (order) => financialStatus(order),
  fulfillment_status: (order) => fulfilmentStatus(order),
  name: (order) => `#${order.number}`,
};
const VARIANT_FIELDS: Fields<Variant> = {
  updated_at: (variant) => variant.updatedAtMs,
  sku: (variant) => variant.sku,
  product_id: (variant) => String(variant.productId),
};

/** What an app sees of orders without `read_all_orders`. */
const SHOWN_MS = 60 * 86_400_000;

function shownOrders({ state, shop }: Call): Order[] {
  const since = shop.scopes.includes("read_all_orders") ? 0 : state.host.clock.nowMs() - SHOWN_MS;
  return shop.orders.filter((order) => order.createdAtMs >= since);
}

const sortOf = (sortKey: string | undefined) => (order: Order) => {
  if (sortKey === "UPDATED_AT") return numberKey(order.updatedAtMs, order.id);
  return sortKey === "ID" ? numberKey(0, order.id) : numberKey(order.createdAtMs, order.id);
};
const byKey = (left: { key: string }, right: { key: string }) => (left.key < right.key ? -1 : 1);

/** The query root, one function a field. */
export const queries = {
  shop: (_: unknown, { shop }: Call) => ({
    id: gid("Shop", shop.id),
    name: shop.name,
    myshopifyDomain: shop.domain,
    currencyCode: shop.currency,
    ianaTimezone: shop.timeZone,
    email: `hello@${shop.domain}`,
    plan: { publicDisplayName: shop.plan, shopifyPlus: shop.plan === "Shopify Plus", partnerDevelopment: false },
  }),
  currentAppInstallation: (_: unknown, { shop }: Call) => ({
    id: gid("AppInstallation", shop.id),
    accessScopes: shop.scopes.map((handle) => ({ handle, description: handle })),
  }),
  publicApiVersions: () => ["2026-01", "2026-04", "2026-07", "2026-10"].map((handle) => ({ handle, supported: true, displayName: handle })),
  location({ id }: { id?: string | null }, call: Call) {
    demand(call, "location", "read_locations", "read_inventory");
    return locationView(call, id === null || id === undefined ? (call.shop.locations[0]?.id ?? 0) : idOf("Location", id));
  },
  locations(args: PageArgs, call: Call) {
    demand(call, "locations", "read_locations", "read_inventory");
    return connection(
      call.shop.locations.map(({ id }) => ({ key: numberKey(0, id), item: locationView(call, id) })),
      args,
      call.isBulk,
    );
  },
  orders(args: Listed, call: Call) {
    demand(call, "orders", "read_orders");
    const keyOf = sortOf(args.sortKey);
    const found = search(shownOrders(call), args.query, ORDER_FIELDS).map((order) => ({ key: keyOf(order), item: order }));
    const { nodes: _nodes, edges, pageInfo } = connection(found.sort(byKey), args, call.isBulk);
    const views = edges.map(({ node, cursor }) => ({ node: orderView(call, node), cursor }));
    return { edges: views, nodes: views.map(({ node }) => node), pageInfo };
  },
  order({ id }: { id: string }, call: Call) {
    demand(call, "order", "read_orders");
    if (!id.startsWith("gid://shopify/")) throw new GraphQLError("Invalid global id 'order'", { extensions: { code: "argumentLiteralsIncompatible" } });
    const order = shownOrders(call).find((candidate) => gid("Order", candidate.id) === id);
    return order === undefined ? null : orderView(call, order);
  },
  ordersCount({ limit, query }: { limit?: number | null; query?: string | null }, call: Call) {
    demand(call, "ordersCount", "read_orders");
    const count = search(shownOrders(call), query, ORDER_FIELDS).length;
    const most = limit ?? Number.POSITIVE_INFINITY;
    return { count: Math.min(count, most), precision: count > most ? "AT_LEAST" : "EXACT" };
  },
  refund({ id }: { id: string }, call: Call) {
    demand(call, "refund", "read_orders");
    for (const order of call.shop.orders) {
      const refund = order.refunds.find((candidate) => gid("Refund", candidate.id) === id);
      if (refund !== undefined) return refundView(call, order, refund);
    }
    return null;
  },
  products(args: Listed, call: Call) {
    demand(call, "products", "read_products");
    const items = call.shop.products.map((product) => ({ key: numberKey(0, product.id), item: productView(call, product) }));
    return connection(items, args, call.isBulk);
  },
  product({ id }: { id: string }, call: Call) {
    demand(call, "product", "read_products");
    const product = call.shop.products.find((candidate) => gid("Product", candidate.id) === id);
    return product === undefined ? null : productView(call, product);
  },
  productVariants(args: Listed, call: Call) {
    demand(call, "productVariants", "read_products");
    const items = search(call.shop.variants, args.query, VARIANT_FIELDS).map((variant) => ({
      key: numberKey(0, variant.id),
      item: variantView(call, variant),
    }));
    return connection(items, args, call.isBulk);
  },
  productVariantsCount: (_: unknown, { shop }: Call) => ({ count: shop.variants.length, precision: "EXACT" }),
  inventoryItem({ id }: { id: string }, call: Call) {
    demand(call, "inventoryItem", "read_inventory", "read_products");
    const variant = call.shop.variants.find((candidate) => gid("InventoryItem", candidate.itemId) === id);
    return variant === undefined ? null : itemView(call, variant);
  },
  bulkOperation({ id }: { id: string }, { shop }: Call) {
    const operation = shop.operations.find((candidate) => gid("BulkOperation", candidate.id) === id);
    return operation === undefined ? null : bulkView(operation);
  },
  bulkOperations: (args: PageArgs, { shop, isBulk }: Call) =>
    connection(
      shop.operations.map((operation) => ({ key: numberKey(0, operation.id), item: bulkView(operation) })),
      args,
      isBulk,
    ),
  webhookSubscriptions: (args: PageArgs & { topics?: string[] | null; uri?: string | null }, { shop, isBulk }: Call) =>
    connection(
      shop.subscriptions
        .filter((entry) => (args.topics?.includes(entry.topic) ?? true) && (args.uri ?? entry.uri) === entry.uri)
        .map((entry) => ({ key: numberKey(0, entry.id), item: subscriptionView(entry) })),
      args,
      isBulk,
    ),
};

export function subscriptionView(entry: Subscription): unknown {
  const at = iso(entry.createdAtMs);
  return {
    id: gid("WebhookSubscription", entry.id),
    topic: entry.topic,
    uri: entry.uri,
    format: "JSON",
    filter: entry.filter,
    includeFields: [],
    createdAt: at,
    updatedAt: at,
  };
}
