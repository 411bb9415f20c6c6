import { type Call, demand } from "./call";
import { connection, numberKey, type PageArgs } from "./connection";
import { decimal, type Fulfilment, type FulfilmentOrder, gid, iso, type Line, type Order, type Refund, type Transaction, variantNamed } from "./state";
import { financialStatus, fulfilmentStatus, refundedOf, refundTotal, SHIPPABLE, totalOf } from "./trade";
import { locationView, productView, variantView } from "./views-goods";

const bag = ({ shop }: Call, minor: number) => {
  const money = { amount: decimal(minor), currencyCode: shop.currency };
  return { shopMoney: money, presentmentMoney: money };
};
const take = <T>(items: readonly T[], first: number | null | undefined) => (first === null || first === undefined ? [...items] : items.slice(0, first));

/** An order as the schema shows it. Buyers are shown to those who may read customers. */
export function orderView(call: Call, order: Order): unknown {
  const goods = totalOf(order) - order.shipping.priceMinor;
  const address = addressOf(order);
  return {
    id: gid("Order", order.id),
    legacyResourceId: String(order.id),
    name: `#${order.number}`,
    number: order.number,
    createdAt: iso(order.createdAtMs),
    processedAt: iso(order.createdAtMs),
    updatedAt: iso(order.updatedAtMs),
    cancelledAt: order.cancelledAtMs === null ? null : iso(order.cancelledAtMs),
    cancelReason: order.cancelReason,
    closedAt: null,
    confirmed: true,
    test: order.test,
    displayFinancialStatus: financialStatus(order),
    displayFulfillmentStatus: fulfilmentStatus(order),
    returnStatus: "NO_RETURN",
    currencyCode: call.shop.currency,
    presentmentCurrencyCode: call.shop.currency,
    taxesIncluded: true,
    sourceName: "web",
    tags: [],
    note: order.note,
    email: order.buyer.email,
    phone: order.buyer.phone,
    paymentGatewayNames: [...new Set(order.transactions.map(({ gateway }) => gateway))],
    totalPriceSet: bag(call, totalOf(order)),
    currentTotalPriceSet: bag(call, totalOf(order) - refundedOf(order)),
    subtotalPriceSet: bag(call, goods),
    totalTaxSet: bag(call, 0),
    totalDiscountsSet: bag(
      call,
      order.lines.reduce((sum, line) => sum + line.discountMinor, 0),
    ),
    totalShippingPriceSet: bag(call, order.shipping.priceMinor),
    totalRefundedSet: bag(call, refundedOf(order)),
    customer: () => customerView(call, order),
    shippingAddress: address,
    billingAddress: address,
    shippingLine: { title: order.shipping.title, code: "standard", originalPriceSet: bag(call, order.shipping.priceMinor) },
    lineItems: (args: PageArgs) =>
      connection(
        order.lines.map((line) => ({ key: numberKey(0, line.id), item: lineView(call, line) })),
        args,
        call.isBulk,
      ),
    fulfillmentOrders: (args: PageArgs) => fulfilmentOrders(call, order, args),
    fulfillments: ({ first }: { first?: number }) => take(order.fulfilments, first).map((entry) => fulfilmentView(order, entry)),
    transactions: ({ first }: { first?: number }) => take(order.transactions, first).map((entry) => transactionView(call, entry)),
    refunds: ({ first }: { first?: number }) => take(order.refunds, first).map((refund) => refundView(call, order, refund)),
  };
}

function customerView(call: Call, { buyer }: Order): unknown {
  demand(call, "customer", "read_customers");
  return {
    id: gid("Customer", buyer.id),
    displayName: `${buyer.firstName} ${buyer.lastName}`,
    firstName: buyer.firstName,
    lastName: buyer.lastName,
    defaultEmailAddress: { emailAddress: buyer.email },
    defaultPhoneNumber: { phoneNumber: buyer.phone },
  };
}

function addressOf({ id, buyer }: Order) {
  return {
    id: `gid://shopify/MailingAddress/${id}?model_name=Address`,
    name: `${buyer.firstName} ${buyer.lastName}`,
    firstName: buyer.firstName,
    lastName: buyer.lastName,
    company: null,
    address1: buyer.street,
    address2: null,
    city: buyer.city,
    province: null,
    provinceCode: null,
    zip: buyer.zip,
    country: "Turkey",
    countryCodeV2: "TR",
    phone: buyer.phone,
  };
}

function lineView(call: Call, line: Line): unknown {
  const unit = line.quantity === 0 ? 0 : Math.round((line.priceMinor * line.quantity - line.discountMinor) / line.quantity);
  const variant = variantNamed(call.shop, line.variantId);
  return {
    id: gid("LineItem", line.id),
    name: line.variantTitle === null ? line.title : `${line.title} - ${line.variantTitle}`,
    title: line.title,
    variantTitle: line.variantTitle,
    sku: line.sku,
    quantity: line.quantity,
    currentQuantity: line.quantity - line.gone,
    unfulfilledQuantity: 0,
    requiresShipping: true,
    originalUnitPriceSet: bag(call, line.priceMinor),
    originalTotalSet: bag(call, line.priceMinor * line.quantity),
    discountedUnitPriceAfterAllDiscountsSet: bag(call, unit),
    discountAllocations: line.discountMinor === 0 ? [] : [{ allocatedAmountSet: bag(call, line.discountMinor) }],
    variant: () => variantView(call, variant),
    product: () => {
      const product = call.shop.products.find((candidate) => candidate.id === variant.productId);
      return product === undefined ? null : productView(call, product);
    },
  };
}

function fulfilmentOrders(call: Call, order: Order, args: PageArgs): unknown {
  demand(call, "fulfillmentOrders", "read_merchant_managed_fulfillment_orders", "read_assigned_fulfillment_orders");
  return connection(
    order.fulfilmentOrders.map((entry) => ({ key: numberKey(0, entry.id), item: fulfilmentOrderView(call, order, entry) })),
    args,
    call.isBulk,
  );
}

function fulfilmentOrderView(call: Call, order: Order, entry: FulfilmentOrder): unknown {
  const actions = SHIPPABLE.includes(entry.status) ? ["CREATE_FULFILLMENT", "HOLD", "MOVE"] : entry.status === "ON_HOLD" ? ["RELEASE_HOLD"] : [];
  return {
    id: gid("FulfillmentOrder", entry.id),
    status: entry.status,
    requestStatus: "UNSUBMITTED",
    fulfillBy: null,
    supportedActions: actions.map((action) => ({ action, externalUrl: null })),
    assignedLocation: { name: call.shop.locations.find(({ id }) => id === entry.locationId)?.name ?? "", location: () => locationView(call, entry.locationId) },
    lineItems: (args: PageArgs) =>
      connection(
        entry.lines.map((line) => ({
          key: numberKey(0, line.id),
          item: {
            id: gid("FulfillmentOrderLineItem", line.id),
            remainingQuantity: line.remaining,
            totalQuantity: line.total,
            sku: order.lines.find(({ id }) => id === line.lineId)?.sku,
            lineItem: () => order.lines.filter(({ id }) => id === line.lineId).map((own) => lineView(call, own))[0],
          },
        })),
        args,
        call.isBulk,
      ),
  };
}

export function fulfilmentView(order: Order, entry: Fulfilment): unknown {
  return {
    id: gid("Fulfillment", entry.id),
    name: `#${order.number}-F${order.fulfilments.indexOf(entry) + 1}`,
    status: entry.status,
    displayStatus: entry.displayStatus,
    createdAt: iso(entry.createdAtMs),
    updatedAt: iso(entry.createdAtMs),
    deliveredAt: entry.deliveredAtMs === null ? null : iso(entry.deliveredAtMs),
    trackingInfo: ({ first }: { first?: number }) => take(entry.tracking === null ? [] : [entry.tracking], first),
  };
}

function transactionView(call: Call, entry: Transaction): unknown {
  const money = { amount: decimal(entry.feeMinor), currencyCode: call.shop.currency };
  return {
    id: gid("OrderTransaction", entry.id),
    kind: entry.kind,
    status: entry.status,
    gateway: entry.gateway,
    createdAt: iso(entry.atMs),
    processedAt: iso(entry.atMs),
    amountSet: bag(call, entry.amountMinor),
    fees: entry.feeMinor === 0 ? [] : [{ id: gid("TransactionFee", entry.id), type: "processing_fee", amount: money, rate: "0.029", rateName: "web" }],
  };
}

export function refundView(call: Call, order: Order, refund: Refund): unknown {
  return {
    id: gid("Refund", refund.id),
    createdAt: iso(refund.atMs),
    updatedAt: iso(refund.atMs),
    note: null,
    totalRefundedSet: bag(call, refundTotal(refund)),
    refundLineItems: (args: PageArgs) =>
      connection(
        refund.lines.map((line) => {
          const own = order.lines.find(({ id }) => id === line.lineId);
          const item = {
            id: gid("RefundLineItem", line.id),
            quantity: line.quantity,
            restockType: "RETURN",
            subtotalSet: bag(call, line.subtotalMinor),
            totalTaxSet: bag(call, 0),
            priceSet: bag(call, own?.priceMinor ?? 0),
            lineItem: () => (own === undefined ? null : lineView(call, own)),
          };
          return { key: numberKey(0, line.id), item };
        }),
        args,
        call.isBulk,
      ),
  };
}
