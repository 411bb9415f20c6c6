/**
 * Every GraphQL document that is sent, by operation name. `documents.test.ts` validates each against the introspection of 2026-10.
 * Cost grows with `first`: pages are sized so that one stays below the 1000 points a query may cost.
 */
const MONEY = "{ shopMoney { amount currencyCode } }";

const LINE = `id title variantTitle sku quantity currentQuantity
  discountedUnitPriceAfterAllDiscountsSet ${MONEY}
  variant { id barcode }`;

const HEAD = `id name createdAt processedAt updatedAt cancelledAt cancelReason displayFinancialStatus displayFulfillmentStatus
  email phone note totalPriceSet ${MONEY}
  customer { id displayName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } }
  shippingAddress { name address1 address2 city province zip country phone }
  shippingLine { title }
  transactions(first: 5) { kind status processedAt }
  fulfillments(first: 5) { id status displayStatus createdAt deliveredAt trackingInfo(first: 1) { company number } }`;

const PAGE = "pageInfo { hasNextPage endCursor }";
const SALE_LINE = `id title sku quantity originalTotalSet ${MONEY} discountAllocations { allocatedAmountSet ${MONEY} } variant { id }`;

/** Lines that come with an order; more of them are read one order at a time. */
const LINES_WITH_ORDER = 10;

/** The whole first load in one go; rows of lines follow their order. */
export const ORDERS_IN_BULK = `{ orders(sortKey: UPDATED_AT) { edges { node { ${HEAD}
  lineItems { edges { node { ${LINE} } } } } } } }`;

export const QUERIES = {
  ShopFacts:
    "query ShopFacts { shop { id name myshopifyDomain currencyCode ianaTimezone plan { publicDisplayName } } currentAppInstallation { accessScopes { handle } } }",
  PrimaryLocation: "query PrimaryLocation { location { id name } }",
  OrdersPage: `query OrdersPage($first: Int!, $after: String, $query: String) {
    orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) { ${PAGE} nodes { ${HEAD}
      lineItems(first: ${LINES_WITH_ORDER}) { ${PAGE} nodes { ${LINE} } } } } }`,
  OneOrder: `query OneOrder($id: ID!) { order(id: $id) { ${HEAD} lineItems(first: 50) { ${PAGE} nodes { ${LINE} } } } }`,
  OrderLines: `query OrderLines($id: ID!, $after: String) { order(id: $id) { lineItems(first: 100, after: $after) { ${PAGE} nodes { ${LINE} } } } }`,
  FulfilmentOrders: `query FulfilmentOrders($id: ID!, $after: String) { order(id: $id) { cancelledAt
    fulfillmentOrders(first: 25, after: $after) { ${PAGE} nodes { id status supportedActions { action } assignedLocation { location { id } } } } } }`,
  SalesCount: "query SalesCount($query: String) { ordersCount(query: $query, limit: null) { count } }",
  SalesPage: `query SalesPage($first: Int!, $after: String, $query: String) {
    orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) { ${PAGE} nodes { id name processedAt test displayFinancialStatus
      transactions(first: 5) { id kind status processedAt fees { id type amount { amount currencyCode } } }
      refunds(first: 5) { id createdAt totalRefundedSet ${MONEY} }
      lineItems(first: ${LINES_WITH_ORDER}) { ${PAGE} nodes { ${SALE_LINE} } } } } }`,
  SaleLines: `query SaleLines($id: ID!, $after: String) { order(id: $id) { lineItems(first: 50, after: $after) { ${PAGE} nodes { ${SALE_LINE} } } } }`,
  RefundLines: `query RefundLines($id: ID!, $after: String) { refund(id: $id) { refundLineItems(first: 50, after: $after) { ${PAGE}
    nodes { id quantity subtotalSet ${MONEY} lineItem { id title sku variant { id } } } } } }`,
  VariantsPage: `query VariantsPage($first: Int!, $after: String, $location: ID!) {
    productVariants(first: $first, after: $after, sortKey: ID) { ${PAGE} nodes { id title sku barcode price compareAtPrice updatedAt
      product { id title status hasOnlyDefaultVariant onlineStoreUrl featuredMedia { preview { image { url } } } }
      inventoryItem { id tracked inventoryLevel(locationId: $location) { quantities(names: ["available", "committed"]) { name quantity } } } } } }`,
  BulkStatus: "query BulkStatus($id: ID!) { bulkOperation(id: $id) { id status createdAt errorCode objectCount rootObjectCount fileSize url } }",
  Subscriptions: `query Subscriptions($after: String) { webhookSubscriptions(first: 100, after: $after) { ${PAGE} nodes { id topic uri } } }`,
} as const;

export const MUTATIONS = {
  Ship: "mutation Ship($fulfillment: FulfillmentInput!) { fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } userErrors { field message } } }",
  Track: `mutation Track($id: ID!, $tracking: FulfillmentTrackingInput!) {
    fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking, notifyCustomer: true) { fulfillment { id } userErrors { field message } } }`,
  Cancel: `mutation Cancel($id: ID!, $reason: OrderCancelReason!, $refundMethod: OrderCancelRefundMethodInput, $note: String) {
    orderCancel(orderId: $id, reason: $reason, restock: true, refundMethod: $refundMethod, notifyCustomer: true, staffNote: $note) {
      job { id } orderCancelUserErrors { code field message } } }`,
  SetStock: `mutation SetStock($input: InventorySetQuantitiesInput!, $key: String!) {
    inventorySetQuantities(input: $input) @idempotent(key: $key) { userErrors { code field message } } }`,
  Activate: `mutation Activate($item: ID!, $location: ID!, $key: String!) {
    inventoryActivate(inventoryItemId: $item, locationId: $location) @idempotent(key: $key) { inventoryLevel { id } userErrors { field message } } }`,
  SetPrices: `mutation SetPrices($product: ID!, $variants: [ProductVariantsBulkInput!]!) {
    productVariantsBulkUpdate(productId: $product, variants: $variants, allowPartialUpdates: true) { productVariants { id } userErrors { code field message } } }`,
  RunBulk: `mutation RunBulk($query: String!) {
    bulkOperationRunQuery(query: $query, groupObjects: true) { bulkOperation { id status } userErrors { code field message } } }`,
  Subscribe: `mutation Subscribe($topic: WebhookSubscriptionTopic!, $subscription: WebhookSubscriptionInput!) {
    webhookSubscriptionCreate(topic: $topic, webhookSubscription: $subscription) { webhookSubscription { id } userErrors { field message } } }`,
  Unsubscribe: "mutation Unsubscribe($id: ID!) { webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { field message } } }",
} as const;

export type QueryName = keyof typeof QUERIES;
export type MutationName = keyof typeof MUTATIONS;
