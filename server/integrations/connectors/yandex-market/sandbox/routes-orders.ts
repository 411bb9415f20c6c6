import { z } from "zod";
import { badRequest, notFound } from "./errors";
import type { Events } from "./events";
import { hourly, int64, type Method, method, ok, SCOPES } from "./method";
import { type Business, moscowDay, type Order, type OrderStatus } from "./state";
import { substatusOf } from "./trade";

const CHANGES = ["PROCESSING", "DELIVERY", "PICKUP", "DELIVERED", "CANCELLED"] as const satisfies OrderStatus[];
const statusBody = z.strictObject({
  order: z.strictObject({
    status: z.enum(CHANGES),
    substatus: z.string().optional(),
    delivery: z.strictObject({ dates: z.strictObject({ realDeliveryDate: z.iso.date().optional() }).optional() }).optional(),
  }),
});
const trackBody = z.strictObject({ trackCode: z.string().min(1), deliveryServiceId: int64 });
const cancellationBody = z.strictObject({ accepted: z.boolean(), reason: z.enum(["ORDER_DELIVERED", "ORDER_IN_DELIVERY"]).optional() });

/** From which status and stage a shop may go where. */
const FBS: Readonly<Record<string, readonly string[]>> = {
  "PROCESSING/STARTED": ["PROCESSING/READY_TO_SHIP", "CANCELLED/SHOP_FAILED"],
  "PROCESSING/READY_TO_SHIP": ["CANCELLED/SHOP_FAILED"],
};
const DBS: Readonly<Record<string, readonly string[]>> = {
  "PROCESSING/STARTED": ["DELIVERY/DELIVERY_SERVICE_RECEIVED", "CANCELLED/SHOP_FAILED"],
  "DELIVERY/DELIVERY_SERVICE_RECEIVED": ["PICKUP/PICKUP_SERVICE_RECEIVED", "DELIVERED/DELIVERY_SERVICE_DELIVERED"],
  "PICKUP/PICKUP_SERVICE_RECEIVED": ["DELIVERED/DELIVERY_SERVICE_DELIVERED"],
};

/** What a shop does with an order. */
export function orderMethods(events: Events): Method[] {
  const path = "/v2/campaigns/{campaignId}/orders/{orderId}";
  return [
    method({
      verb: "GET",
      path: `${path}/buyer`,
      scopes: SCOPES.orderRead,
      quota: hourly(3_000),
      answer: ({ business, campaignId, orderId }) => {
        const order = find(business, campaignId, orderId);
        if (!["PROCESSING", "DELIVERY", "PICKUP"].includes(order.status)) throw badRequest(`Order ${orderId} has no buyer information in its status`);
        return ok({ id: `buyer-${order.orderId % 1_000}`, lastName: "Иванова", firstName: "Мария", type: "PERSON", phone: "+79000000000", trusted: true });
      },
    }),
    method({
      verb: "PUT",
      path: `${path}/status`,
      scopes: SCOPES.orderWrite,
      quota: hourly(10_000),
      body: statusBody,
      answer: ({ business, campaignId, orderId, body }) => changeStatus(events, business, find(business, campaignId, orderId), body.order),
    }),
    method({
      path: `${path}/delivery/track`,
      scopes: SCOPES.orderWrite,
      quota: hourly(10_000),
      body: trackBody,
      answer: ({ business, campaignId, orderId, body }) => {
        const order = find(business, campaignId, orderId);
        if (placementOf(business, order) !== "DBS") throw badRequest("Track codes are for DBS orders only");
        if (!["PROCESSING", "DELIVERY", "PICKUP"].includes(order.status)) throw badRequest("STATUS_NOT_ALLOWED", "STATUS_NOT_ALLOWED");
        order.trackCode = body.trackCode;
        events.touched(order);
        return { status: "OK" };
      },
    }),
    method({
      verb: "PUT",
      path: `${path}/cancellation/accept`,
      scopes: SCOPES.orderWrite,
      quota: hourly(500),
      body: cancellationBody,
      answer: ({ business, campaignId, orderId, body }) => {
        const order = find(business, campaignId, orderId);
        if (order.cancelRequested !== true) throw badRequest(`Order ${orderId} has no cancellation request`);
        if (!body.accepted && body.reason === undefined) throw badRequest("reason is required");
        order.cancelRequested = false;
        if (body.accepted) events.setOrderStatus(business, order, "CANCELLED", "USER_CHANGED_MIND");
        events.touched(order);
        return { status: "OK" };
      },
    }),
  ];
}

function find(business: Business, campaignId: string, orderId: string): Order {
  const order = business.orders.get(Number(orderId));
  if (order === undefined || order.campaignId !== campaignId) throw notFound(`Order not found: ${orderId}`);
  return order;
}

function placementOf(business: Business, order: Order): string {
  return business.campaigns.find(({ id }) => id === order.campaignId)?.placementType ?? "FBS";
}

function changeStatus(events: Events, business: Business, order: Order, wanted: z.output<typeof statusBody>["order"]): unknown {
  const placement = placementOf(business, order);
  const allowed = (placement === "DBS" ? DBS : placement === "FBS" ? FBS : {})[`${order.status}/${substatusOf(order)}`] ?? [];
  const found = allowed.find((target) =>
    wanted.substatus === undefined ? target.startsWith(`${wanted.status}/`) : target === `${wanted.status}/${wanted.substatus}`,
  );
  if (found === undefined) {
    throw badRequest(
      `Order ${order.orderId} with status ${order.status} and substatus ${substatusOf(order)} is not allowed for status ${wanted.status}`,
      "STATUS_NOT_ALLOWED",
    );
  }
  const day = wanted.delivery?.dates?.realDeliveryDate;
  if (day !== undefined && (wanted.status === "DELIVERY" || wanted.status === "PROCESSING" || wanted.status === "CANCELLED"))
    throw badRequest("realDeliveryDate is not allowed");
  if (day !== undefined && day > moscowDay(events.nowMs)) throw badRequest("realDeliveryDate must not be in the future");
  events.setOrderStatus(business, order, wanted.status, found.split("/")[1]);
  if (wanted.status === "DELIVERED") order.realDeliveryDate = day ?? moscowDay(events.nowMs);
  events.touched(order);
  return { order: oldJson(order, placement) };
}

/** An order as the older methods print it: days first, prices of one piece. */
function oldJson(order: Order, placement: string): unknown {
  const total = order.items.reduce((sum, item) => sum + item.unitMinor * item.count, 0) / 100;
  const [year, month, day] = moscowDay(order.createdAtMs).split("-");
  const date = `${day}-${month}-${year}`;
  return {
    id: order.orderId,
    status: order.status,
    substatus: substatusOf(order),
    creationDate: `${date} 12:00:00`,
    currency: "RUR",
    itemsTotal: total,
    deliveryTotal: 0,
    buyerItemsTotalBeforeDiscount: total,
    paymentType: "PREPAID",
    paymentMethod: "YANDEX",
    fake: order.fake,
    items: order.items.map((item) => ({
      id: item.id,
      offerId: item.offerId,
      offerName: item.name,
      price: item.unitMinor / 100,
      buyerPrice: item.unitMinor / 100,
      buyerPriceBeforeDiscount: item.unitMinor / 100,
      count: item.count,
    })),
    delivery: {
      type: "PICKUP",
      serviceName: "Яндекс Маркет",
      deliveryPartnerType: placement === "DBS" ? "SHOP" : "YANDEX_MARKET",
      dates: { fromDate: date },
      deliveryServiceId: 1,
    },
    buyer: { type: "PERSON" },
    taxSystem: "USN",
  };
}
