import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import type { Gate } from "./gate";
import { addProduct } from "./goods";
import type { Pushes } from "./push";
import { gid, idOf, nextId, type Order, orderNamed, type Shop, type ShopifyState, shopNamed, variantNamed } from "./state";
import {
  cancelOrder,
  deliverOrder,
  financialStatus,
  fulfilmentStatus,
  payOrder,
  placeOrder,
  refundOrder,
  refundTotal,
  setAvailable,
  shipOrder,
  touch,
} from "./trade";

const TOPICS = [
  "ORDERS_CREATE",
  "ORDERS_UPDATED",
  "ORDERS_CANCELLED",
  "ORDERS_PAID",
  "ORDERS_FULFILLED",
  "REFUNDS_CREATE",
  "PRODUCTS_UPDATE",
  "INVENTORY_LEVELS_UPDATE",
  "APP_UNINSTALLED",
] as const;
const whose = { shop: z.string().optional() };
const anOrder = { ...whose, id: z.string() };
const aVariant = { ...whose, id: z.string() };

/** What people do in the admin or as buyers, past the API. */
export function tradeDesk(state: ShopifyState) {
  const find = (input: { shop?: string | undefined; id: string }) => {
    const shop = shopNamed(state, input.shop);
    return { shop, order: orderNamed(shop, input.id) };
  };
  return {
    /** A buyer orders; tracked goods of the first location unless a variant is named. */
    placeOrder: deskCommand(
      z.strictObject({
        ...whose,
        variant: z.string().optional(),
        quantity: z.number().int().min(1).default(1),
        paid: z.boolean().default(true),
        lines: z.number().int().min(1).max(200).default(1),
      }),
      (input) => {
        const shop = shopNamed(state, input.shop);
        const goods = shop.variants.filter((variant) => variant.tracked && variant.levels.length > 0);
        const named = input.variant === undefined ? undefined : variantNamed(shop, idOf("ProductVariant", input.variant));
        const picked = Array.from({ length: input.lines }, (_, index) => goods[(shop.orders.length + index) % goods.length] ?? variantNamed(shop, 0));
        const order = placeOrder(
          state,
          shop,
          (named === undefined ? picked : [named]).map((variant) => ({ variant, quantity: input.quantity })),
          input.paid,
        );
        return { id: gid("Order", order.id), name: `#${order.number}` };
      },
    ),
    orders: deskCommand(z.strictObject(whose), (input) => shopNamed(state, input.shop).orders.map(summaryOf)),
    payOrder: deskCommand(z.strictObject(anOrder), (input) => {
      const { shop, order } = find(input);
      payOrder(state, shop, order);
    }),
    cancelOrder: deskCommand(z.strictObject({ ...anOrder, refund: z.boolean().default(true) }), (input) => {
      const { shop, order } = find(input);
      cancelOrder(state, shop, order, { reason: "CUSTOMER", restock: true, refund: input.refund });
    }),
    /** The admin ships everything, or only the first line. */
    shipOrder: deskCommand(z.strictObject({ ...anOrder, number: z.string().optional(), onlyFirstLine: z.boolean().default(false) }), (input) => {
      const { shop, order } = find(input);
      const picked = order.fulfilmentOrders.map(
        ({ id, lines }) => [id, input.onlyFirstLine ? new Map(lines.slice(0, 1).map((line) => [line.id, line.remaining])) : null] as const,
      );
      shipOrder(state, shop, order, new Map(picked), input.number === undefined ? null : { company: "Aras Kargo", number: input.number, url: null });
    }),
    deliverOrder: deskCommand(z.strictObject(anOrder), (input) => {
      const { shop, order } = find(input);
      deliverOrder(state, shop, order);
    }),
    holdOrder: deskCommand(z.strictObject(anOrder), (input) => {
      const { order } = find(input);
      for (const entry of order.fulfilmentOrders) if (entry.status === "OPEN") entry.status = "ON_HOLD";
      touch(state, order);
    }),
    /** Takes back so many of the first line; none of them pays back money alone. */
    refundOrder: deskCommand(
      z.strictObject({ ...anOrder, quantity: z.number().int().min(0).default(1), extraMinor: z.number().int().min(0).default(0) }),
      (input) => {
        const { shop, order } = find(input);
        refundOrder(state, shop, order, [{ lineId: order.lines[0]?.id ?? 0, quantity: input.quantity }], input.extraMinor);
      },
    ),
    /** What was paid and paid back between two moments, as a person adds it up. */
    books: deskCommand(z.strictObject({ ...whose, from: z.iso.datetime(), to: z.iso.datetime() }), (input) =>
      booksOf(shopNamed(state, input.shop), Date.parse(input.from), Date.parse(input.to)),
    ),
    variants: deskCommand(z.strictObject(whose), (input) =>
      shopNamed(state, input.shop).variants.map((variant) => ({
        id: gid("ProductVariant", variant.id),
        sku: variant.sku,
        priceMinor: variant.priceMinor,
        tracked: variant.tracked,
        available: variant.levels[0]?.available ?? null,
        committed: variant.levels[0]?.committed ?? null,
      })),
    ),
    setStock: deskCommand(z.strictObject({ ...aVariant, available: z.number().int() }), (input) => {
      const shop = shopNamed(state, input.shop);
      const variant = variantNamed(shop, idOf("ProductVariant", input.id));
      setAvailable(state, shop, variant, variant.levels[0]?.locationId ?? 0, input.available);
    }),
    addProducts: deskCommand(z.strictObject({ ...whose, count: z.number().int().min(1).max(1_000) }), (input) => {
      const shop = shopNamed(state, input.shop);
      return Array.from({ length: input.count }, (_, index) => addProduct(state, shop, `Ürün ${index + 1}`, ["Default Title"])).flatMap((made) =>
        made.map(({ id }) => gid("ProductVariant", id)),
      );
    }),
  };
}

function summaryOf(order: Order) {
  const delivered = order.fulfilments.length > 0 && order.fulfilments.every(({ displayStatus }) => displayStatus === "DELIVERED");
  return {
    id: gid("Order", order.id),
    name: `#${order.number}`,
    financial: financialStatus(order),
    fulfilment: fulfilmentStatus(order),
    cancelled: order.cancelledAtMs !== null,
    delivered,
    /** Every piece went back. */
    emptied: order.lines.every((line) => line.gone >= line.quantity),
    tracking: order.fulfilments.at(-1)?.tracking?.number ?? null,
    cancelReason: order.cancelReason,
    staffNote: order.staffNote,
    changes: order.changes,
    fulfilments: order.fulfilments.length,
    updatedAtMs: order.updatedAtMs,
  };
}

function booksOf(shop: Shop, fromMs: number, toMs: number) {
  const isInside = (atMs: number) => atMs >= fromMs && atMs < toMs;
  const totals = { lines: 0, quantity: 0, revenueMinor: 0, feesMinor: 0, correctionsMinor: 0 };
  for (const order of shop.orders) {
    const sale = order.transactions.find(({ kind, status }) => kind === "SALE" && status === "SUCCESS");
    if (sale === undefined) continue;
    if (isInside(sale.atMs)) {
      totals.lines += order.lines.length;
      totals.quantity += order.lines.reduce((sum, line) => sum + line.quantity, 0);
      totals.revenueMinor += order.lines.reduce((sum, line) => sum + line.priceMinor * line.quantity - line.discountMinor, 0);
      totals.feesMinor += sale.feeMinor;
    }
    for (const refund of order.refunds.filter(({ atMs }) => isInside(atMs))) {
      totals.lines += refund.lines.length;
      totals.quantity -= refund.lines.reduce((sum, line) => sum + line.quantity, 0);
      totals.revenueMinor -= refund.lines.reduce((sum, line) => sum + line.subtotalMinor, 0);
      if (refund.lines.length === 0) totals.correctionsMinor += refundTotal(refund);
    }
  }
  return totals;
}

/** The app in the shop: what it may do, its tokens, its limits, its webhooks. */
export function accountDesk(state: ShopifyState, gate: Gate, pushes: Pushes) {
  return {
    setScopes: deskCommand(z.strictObject({ ...whose, scopes: z.array(z.string()) }), (input) => {
      shopNamed(state, input.shop).scopes = input.scopes;
    }),
    scopes: deskCommand(z.strictObject(whose), (input) => [...shopNamed(state, input.shop).scopes]),
    /** Ends every token that was given; the client credentials stay good. */
    endTokens: deskCommand(z.strictObject(whose), (input) => {
      shopNamed(state, input.shop).tokens = {};
    }),
    setPlan: deskCommand(z.strictObject({ ...whose, restoreRate: z.number().int().min(1) }), (input) => {
      shopNamed(state, input.shop).restoreRate = input.restoreRate;
    }),
    /** Takes all points out of the bucket. */
    drain: deskCommand(z.strictObject(whose), (input) => gate.drain(shopNamed(state, input.shop))),
    setSettings: deskCommand(
      z.strictObject({ limits: z.union([z.literal(0), z.literal(1)]).optional(), bulkMs: z.number().int().min(0).optional() }),
      (input) => {
        state.settings = { limits: input.limits ?? state.settings.limits, bulkMs: input.bulkMs ?? state.settings.bulkMs };
        return { ...state.settings };
      },
    ),
    failBulk: deskCommand(z.strictObject(whose), (input) => {
      for (const operation of shopNamed(state, input.shop).operations) {
        operation.status = "FAILED";
        operation.errorCode = "INTERNAL_SERVER_ERROR";
      }
    }),
    operations: deskCommand(z.strictObject(whose), (input) =>
      shopNamed(state, input.shop).operations.map(({ status, objectCount, rootObjectCount }) => ({ status, objectCount, rootObjectCount })),
    ),
    subscriptions: deskCommand(z.strictObject(whose), (input) =>
      shopNamed(state, input.shop).subscriptions.map(({ topic, uri, failures }) => ({ topic, uri, failures })),
    ),
    /** What an app does with `webhookSubscriptionCreate`: the topics a shop's desk cares for. */
    subscribe: deskCommand(z.strictObject({ ...whose, uri: z.string() }), (input) => {
      const shop = shopNamed(state, input.shop);
      const createdAtMs = state.host.clock.nowMs();
      shop.subscriptions = TOPICS.map((topic) => ({ id: nextId(state), topic, uri: input.uri, filter: null, createdAtMs, failures: 0 }));
    }),
    /** The merchant takes the app out of the shop: its token and subscriptions are gone at once. */
    uninstall: deskCommand(z.strictObject(whose), (input) => {
      const shop = shopNamed(state, input.shop);
      state.onEvent(shop, "app/uninstalled", { id: shop.id, myshopify_domain: shop.domain, name: shop.name });
      Object.assign(shop, { installed: false, tokens: {}, subscriptions: [] });
    }),
    /** A request of privacy law about an order's buyer, to an address of the app's settings. */
    sendCompliance: deskCommand(
      z.strictObject({ ...whose, uri: z.string(), topic: z.enum(["customers/data_request", "customers/redact", "shop/redact"]), order: z.string().optional() }),
      (input) => {
        const shop = shopNamed(state, input.shop);
        const order = input.order === undefined ? shop.orders[0] : orderNamed(shop, input.order);
        const base = { shop_id: shop.id, shop_domain: shop.domain };
        const customer = { id: order?.buyer.id, email: order?.buyer.email, phone: order?.buyer.phone };
        const bodies = {
          "customers/data_request": { ...base, customer, orders_requested: [order?.id], data_request: { id: 9_999 } },
          "customers/redact": { ...base, customer, orders_to_redact: [order?.id] },
          "shop/redact": base,
        };
        pushes.send(shop, input.uri, input.topic, bodies[input.topic]);
      },
    ),
  };
}
