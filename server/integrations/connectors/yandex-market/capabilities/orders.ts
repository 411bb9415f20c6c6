import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { ExternalOrder, OrderChange, OrdersPort } from "../../../contract/orders";
import { refuse } from "../../../contract/outgoing";
import type { ConnectorContext } from "../../../contract/ports";
import { openMarket } from "../client";
import { ORDER_STATES, toOrder } from "../order-mapper";
import { orderSchema } from "../order-schemas";
import { hasTaken, STATUS_CHANGES, transitions } from "../order-transitions";
import { buyerOf, pullOrders } from "./orders-pull";

/** What is read for the sake of one order has to be understood: there is no page to set it aside from. */
async function read(context: ConnectorContext, { externalId }: Parameters<OrdersPort["read"]>[1]): Promise<ExternalOrder> {
  if (!/^\d{1,19}$/.test(externalId)) throw new ConnectorError("not-found", undefined, { params: { id: externalId } });
  const client = await openMarket(context);
  const [raw] = (await client.ordersByIds([externalId])).orders;
  if (raw === undefined) throw new ConnectorError("not-found", undefined, { params: { id: externalId } });
  const parsed = orderSchema.safeParse(raw);
  if (!parsed.success) {
    throw new ConnectorError("malformed", "yandex-market.order_shape", { cause: parsed.error, remoteText: z.prettifyError(parsed.error).slice(0, 500) });
  }
  return toOrder(parsed.data, await buyerOf(client, parsed.data, []));
}

/** @throws ConnectorError `invalid` before any call for what the service would refuse; else what the call says. */
async function change(context: ConnectorContext, { order, transitionId, fields }: OrderChange): Promise<void> {
  if (!transitions(order, context.facts).some(({ id }) => id === transitionId)) refuse("yandex-market.change_not_allowed");
  const client = await openMarket(context);
  const target = { campaignId: order.remoteContext["campaignId"] ?? "", orderId: order.externalId };
  const given = (name: string) => (fields[name] ?? "").trim();
  switch (transitionId) {
    case "track":
      if (given("trackingNumber") === "") refuse("yandex-market.tracking_empty");
      await client.setTrack(target, given("trackingNumber"), order.remoteContext["deliveryServiceId"] ?? "");
      return;
    case "cancellation-accept":
      await client.answerCancellation(target, { accepted: true });
      return;
    case "cancellation-refuse": {
      const reason = given("reason");
      if (reason !== "ORDER_DELIVERED" && reason !== "ORDER_IN_DELIVERY") refuse("yandex-market.cancellation_reason");
      await client.answerCancellation(target, { accepted: false, reason });
      return;
    }
    default: {
      const wanted = STATUS_CHANGES[transitionId];
      if (wanted === undefined) return refuse("yandex-market.change_not_allowed");
      await client.setStatus(target, wanted, realDay(given("date"), order.now));
    }
  }
}

const MOSCOW_MS = 3 * 3_600_000;

/** Today's day is left out, as the service asks; a day to come it refuses. */
function realDay(day: string, now: Date): string | undefined {
  if (day === "") return undefined;
  const today = new Date(now.getTime() + MOSCOW_MS).toISOString().slice(0, 10);
  if (!z.iso.date().safeParse(day).success || day > today) return refuse("yandex-market.delivery_day");
  return day === today ? undefined : day;
}

export const yandexOrders: OrdersPort = { states: ORDER_STATES, pull: pullOrders, read, transitions, change, hasTaken };
