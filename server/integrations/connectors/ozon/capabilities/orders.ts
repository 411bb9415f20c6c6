import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { ExternalOrder, OrderChange, OrderFacts, OrdersPort } from "../../../contract/orders";
import { refuse } from "../../../contract/outgoing";
import type { ConnectorContext } from "../../../contract/ports";
import { ENDPOINTS } from "../endpoints";
import { mayCall } from "../facts";
import { ORDER_STATES, type Scheme, toOrder } from "../order-mapper";
import { postingSchema } from "../order-schemas";
import { hasTaken, OTHER_REASON, transitions } from "../order-transitions";
import { type OrdersClient, ordersClient } from "../orders-client";
import { pullOrders } from "./orders-pull";

/** What is read for the sake of one order has to be understood: there is no page to set it aside from. */
function understood(raw: unknown, scheme: Scheme, readAt: Date): ExternalOrder {
  const parsed = postingSchema.safeParse(raw);
  if (!parsed.success)
    throw new ConnectorError("malformed", "ozon.posting_shape", { cause: parsed.error, remoteText: z.prettifyError(parsed.error).slice(0, 500) });
  return toOrder(parsed.data, scheme, readAt);
}

async function readFbs(client: OrdersClient, postingNumber: string, readAt: Date): Promise<ExternalOrder | undefined> {
  try {
    return understood((await client.fbsPosting(postingNumber)).result, "fbs", readAt);
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === "not-found") return undefined;
    throw error;
  }
}

async function readFbo(client: OrdersClient, postingNumber: string, readAt: Date): Promise<ExternalOrder | undefined> {
  const { postings } = await client.fboPostings({ postingNumber });
  return postings.length === 0 ? undefined : understood(postings[0], "fbo", readAt);
}

/** A push does not always say whose warehouse a posting is from: then both are asked, the seller's own first. */
async function read(context: ConnectorContext, order: Parameters<OrdersPort["read"]>[1]): Promise<ExternalOrder> {
  const client = ordersClient(context);
  const readAt = context.clock.now();
  const scheme = order.remoteContext?.["scheme"];
  const asksFbs = scheme !== "fbo" && mayCall(context.facts, ENDPOINTS.fbsGet);
  const asksFbo = scheme !== "fbs" && mayCall(context.facts, ENDPOINTS.fboList);
  const found =
    (asksFbs ? await readFbs(client, order.externalId, readAt) : undefined) ?? (asksFbo ? await readFbo(client, order.externalId, readAt) : undefined);
  if (found === undefined) throw new ConnectorError("not-found", undefined, { params: { id: order.externalId } });
  return found;
}

/** @throws ConnectorError `invalid` before any call for what the service would refuse; else what the call says. */
async function change(context: ConnectorContext, { order, transitionId, fields }: OrderChange): Promise<void> {
  if (!transitions(order, context.facts).some((transition) => transition.id === transitionId)) refuse("ozon.change_not_allowed");
  const client = ordersClient(context);
  const given = (name: string) => (fields[name] ?? "").trim();
  const number = order.externalId;
  switch (transitionId) {
    case "ship":
      await client.ship(number, packed(order));
      return;
    case "cancel": {
      const reason = given("reason");
      if (!/^\d{1,9}$/.test(reason)) refuse("ozon.cancel_reason");
      if (reason === OTHER_REASON && given("comment") === "") refuse("ozon.cancel_comment");
      const { result } = await client.cancel(number, reason, given("comment"));
      if (result === false) refuse("ozon.change_refused", { method: ENDPOINTS.fbsCancel });
      return;
    }
    case "track":
      if (given("trackingNumber") === "") refuse("ozon.tracking_empty");
      return client.setTracking(number, given("trackingNumber"));
    case "delivering":
      return client.delivering(number);
    case "last-mile":
      return client.lastMile(number);
    case "delivered":
      return client.delivered(number);
  }
}

/** @throws ConnectorError `invalid` when a line lacks what the service knows its goods by. */
function packed(order: OrderFacts): { readonly sku: string; readonly quantity: number }[] {
  const pieces = new Map<string, number>();
  for (const line of order.lines) {
    if (line.sku === undefined || !/^\d{1,15}$/.test(line.sku)) return refuse("ozon.line_without_sku");
    const wanted = line.quantity - line.cancelledQuantity;
    if (wanted > 0) pieces.set(line.sku, (pieces.get(line.sku) ?? 0) + wanted);
  }
  return [...pieces].map(([sku, quantity]) => ({ sku, quantity }));
}

export const ozonOrders: OrdersPort = { states: ORDER_STATES, pull: pullOrders, read, transitions, change, hasTaken };
