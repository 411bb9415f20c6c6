import { z } from "zod";
import { badRequest } from "./errors";
import { hourly, int64, type Method, method, ok, paged, pageOf, SCOPES } from "./method";
import { type Business, moscowDay, type Order, stamp } from "./state";
import { stockOf } from "./stock";
import { feesOf, substatusOf } from "./trade";

/** The service's number for a shop's own delivery. */
const OWN_SERVICE = 99;
const DAY_MS = 86_400_000;
const ORDERS_SPAN_DAYS = 30;
const day = z.iso.date();
const STATUSES = [
  "PLACING",
  "RESERVED",
  "UNPAID",
  "PROCESSING",
  "DELIVERY",
  "PICKUP",
  "DELIVERED",
  "CANCELLED",
  "PENDING",
  "PARTIALLY_RETURNED",
  "RETURNED",
  "UNKNOWN",
] as const;
const ordersBody = z.strictObject({
  orderIds: z.array(int64).min(1).max(50).nullish(),
  campaignIds: z.array(int64).min(1).max(50).nullish(),
  externalOrderIds: z.array(z.string().min(1)).min(1).max(50).nullish(),
  programTypes: z
    .array(z.enum(["FBY", "FBS", "DBS", "EXPRESS", "LAAS"]))
    .min(1)
    .nullish(),
  statuses: z.array(z.enum(STATUSES)).min(1).nullish(),
  substatuses: z.array(z.string()).min(1).nullish(),
  dates: z
    .strictObject({
      creationDateFrom: day.optional(),
      creationDateTo: day.optional(),
      shipmentDateFrom: day.optional(),
      shipmentDateTo: day.optional(),
      updateDateFrom: z.iso.datetime({ offset: true }).optional(),
      updateDateTo: z.iso.datetime({ offset: true }).optional(),
    })
    .optional(),
  fake: z.boolean().optional(),
  waitingForCancellationApprove: z.boolean().optional(),
  sourcePlatforms: z.array(z.string()).min(1).nullish(),
});
const statsBody = z.strictObject({
  dateFrom: day.optional(),
  dateTo: day.optional(),
  updateFrom: day.optional(),
  updateTo: day.optional(),
  orders: z.array(int64).min(1).nullish(),
  statuses: z.array(z.string()).min(1).nullish(),
  hasCis: z.boolean().optional(),
});
const offersBody = z.strictObject({ offerIds: z.array(z.string().min(1).max(255)).min(1).max(100).nullish(), archived: z.boolean().optional() });

/** Orders, their statistics and the catalogue. */
export function tradeMethods(): Method[] {
  return [
    method({
      path: "/v1/businesses/{businessId}/orders",
      scopes: SCOPES.orders,
      quota: hourly(10_000),
      query: z.object(paged(50, 50)),
      body: ordersBody,
      answer: ({ business, body, query }) => {
        const { creationDateFrom: from, creationDateTo: to, updateDateFrom: changedFrom, updateDateTo: changedTo } = body.dates ?? {};
        const isLong = (first: string | undefined, last: string | undefined) =>
          first !== undefined && last !== undefined && (Date.parse(last) - Date.parse(first)) / DAY_MS > ORDERS_SPAN_DAYS;
        if (isLong(from, to) || isLong(changedFrom, changedTo)) throw badRequest("Date interval must not exceed 30 days");
        const fitting = [...business.orders.values()].filter((order) => {
          if (body.orderIds) return body.orderIds.includes(String(order.orderId));
          const created = moscowDay(order.createdAtMs);
          return (
            order.fake === (body.fake ?? false) &&
            (from === undefined || created >= from) &&
            // The last day is not part of the span.
            (to === undefined || created < to || to === from) &&
            (changedFrom === undefined || order.updatedAtMs >= Date.parse(changedFrom)) &&
            (changedTo === undefined || order.updatedAtMs <= Date.parse(changedTo)) &&
            (!body.statuses || body.statuses.includes(order.status)) &&
            (!body.campaignIds || body.campaignIds.includes(order.campaignId)) &&
            (body.waitingForCancellationApprove !== true || order.cancelRequested === true)
          );
        });
        const { page, paging } = pageOf(fitting, query, (order) => String(order.orderId));
        return { orders: page.map((order) => orderJson(business, order)), paging };
      },
    }),
    method({
      path: "/v2/campaigns/{campaignId}/stats/orders",
      scopes: SCOPES.stats,
      quota: hourly(10_000),
      query: z.object(paged(200, 100)),
      body: statsBody,
      answer: ({ business, body, query, campaignId }) => {
        if ((body.dateFrom ?? body.dateTo) !== undefined && (body.updateFrom ?? body.updateTo) !== undefined)
          throw badRequest("Use either dates of creation or of update");
        const within = (ms: number, from: string | undefined, to: string | undefined) =>
          (from === undefined || moscowDay(ms) >= from) && (to === undefined || moscowDay(ms) <= to);
        const fitting = [...business.orders.values()].filter(
          (order) =>
            order.campaignId === campaignId &&
            within(order.createdAtMs, body.dateFrom, body.dateTo) &&
            within(order.updatedAtMs, body.updateFrom, body.updateTo) &&
            (!body.orders || body.orders.includes(String(order.orderId))),
        );
        const { page, paging } = pageOf(fitting, query, (order) => String(order.orderId));
        return ok({ orders: page.map((order) => statsJson(business, order)), paging });
      },
    }),
    method({
      path: "/v2/businesses/{businessId}/offer-mappings",
      scopes: SCOPES.offers,
      quota: { none: 100, medium: 600, seconds: 60 },
      query: z.object({ ...paged(100, 50), language: z.enum(["RU", "UZ"]).optional() }),
      body: offersBody,
      answer: ({ business, body, query }) => {
        const fitting = business.goods.filter((good) =>
          body.offerIds ? body.offerIds.includes(good.offerId) : body.archived === undefined || good.archived === body.archived,
        );
        const { page, paging } = pageOf(fitting, query, (good) => good.offerId);
        return ok({
          offerMappings: page.map((good) => ({
            offer: {
              offerId: good.offerId,
              name: good.name,
              pictures: [`https://avatars.mds.yandex.net/get-mpic/${good.marketSku}/orig`],
              barcodes: [`46${good.marketSku}`.slice(0, 13)],
              basicPrice: {
                value: good.priceMinor / 100,
                currencyId: "RUR",
                ...(good.discountBaseMinor ? { discountBase: good.discountBaseMinor / 100 } : {}),
                updatedAt: stamp(0),
              },
              campaigns: business.campaigns.map((campaign) => ({
                campaignId: Number(campaign.id),
                status: good.archived ? "ARCHIVED" : stockOf(good, campaign.id) > 0 ? "PUBLISHED" : "NO_STOCKS",
              })),
              archived: good.archived,
            },
            mapping: { marketSku: good.marketSku, marketSkuName: good.name, marketCategoryId: 91_012 },
            showcaseUrls: [{ showcaseType: "B2C", showcaseUrl: `https://market.yandex.ru/product/${good.marketSku}` }],
          })),
          paging,
        });
      },
    }),
  ];
}

const rub = (minor: number) => ({ value: minor / 100, currencyId: "RUR" });

function orderJson(business: Business, order: Order): unknown {
  const placement = business.campaigns.find((campaign) => campaign.id === order.campaignId)?.placementType ?? "FBS";
  return {
    orderId: order.orderId,
    campaignId: Number(order.campaignId),
    programType: placement,
    status: order.status,
    substatus: substatusOf(order),
    creationDate: stamp(order.createdAtMs),
    updateDate: stamp(order.updatedAtMs),
    paymentType: "PREPAID",
    paymentMethod: "YANDEX",
    fake: order.fake,
    items: order.items.map((item) => ({
      id: item.id,
      offerId: item.offerId,
      offerName: item.name,
      count: item.count,
      prices: { payment: rub(item.unitMinor * item.count), vat: "NO_VAT" },
    })),
    prices: { payment: rub(order.items.reduce((sum, item) => sum + item.unitMinor * item.count, 0)) },
    delivery: deliveryJson(order, placement === "DBS"),
    ...(placement === "DBS" ? { notes: "Позвоните за час" } : {}),
    cancelRequested: order.cancelRequested ?? false,
    sourcePlatform: "MARKET",
  };
}

function deliveryJson(order: Order, isOurs: boolean): unknown {
  const dates = {
    fromDate: moscowDay(order.createdAtMs + 3 * DAY_MS),
    ...(order.realDeliveryDate === undefined ? {} : { realDeliveryDate: order.realDeliveryDate }),
  };
  const shipment = { id: order.orderId % 100_000, shipmentDate: moscowDay(order.createdAtMs + DAY_MS) };
  if (!isOurs) {
    return { type: "PICKUP", serviceName: "Яндекс Маркет", deliveryServiceId: 1, deliveryPartnerType: "YANDEX_MARKET", dates, shipment };
  }
  return {
    type: "DELIVERY",
    serviceName: "Собственная служба",
    deliveryServiceId: OWN_SERVICE,
    deliveryPartnerType: "SHOP",
    dates,
    shipment,
    courier: { address: { country: "Россия", city: "Москва", street: "Льва Толстого", house: "16", apartment: "5" } },
    ...(order.trackCode === undefined ? {} : { tracks: [{ trackCode: order.trackCode, deliveryServiceId: OWN_SERVICE }] }),
  };
}

function statsJson(business: Business, order: Order): unknown {
  const total = order.items.reduce((sum, item) => sum + item.unitMinor * item.count, 0);
  const returned = order.items.reduce((sum, item) => sum + item.unitMinor * item.returned, 0);
  const isPaid = order.deliveredAtMs !== null;
  return {
    id: order.orderId,
    creationDate: moscowDay(order.createdAtMs),
    statusUpdateDate: stamp(order.updatedAtMs),
    status: order.status === "CANCELLED" ? "CANCELLED_IN_PROCESSING" : order.status,
    partnerOrderId: String(order.orderId),
    paymentType: "PREPAID",
    fake: order.fake,
    deliveryRegion: { id: 213, name: "Москва" },
    items: order.items.map((item) => ({
      offerName: item.name,
      marketSku: business.goods.find((good) => good.offerId === item.offerId)?.marketSku ?? 1,
      shopSku: item.offerId,
      count: item.count,
      prices: [
        { type: "BUYER", costPerItem: (item.unitMinor * 0.9) / 100, total: (item.unitMinor * item.count * 0.9) / 100 },
        { type: "MARKETPLACE", costPerItem: (item.unitMinor * 0.1) / 100, total: (item.unitMinor * item.count * 0.1) / 100 },
      ],
      ...(item.returned === 0
        ? {}
        : {
            details: [{ itemStatus: "RETURNED", itemCount: item.returned, updateDate: moscowDay(order.returnedAtMs ?? order.updatedAtMs), stockType: "FIT" }],
          }),
    })),
    payments: isPaid
      ? [
          { id: `${order.orderId}-1`, date: moscowDay(order.deliveredAtMs ?? 0), type: "PAYMENT", source: "BUYER", total: total / 100 },
          ...(returned === 0
            ? []
            : [{ id: `${order.orderId}-2`, date: moscowDay(order.returnedAtMs ?? 0), type: "REFUND", source: "BUYER", total: returned / 100 }]),
        ]
      : [],
    commissions: isPaid ? feesOf(order).map(({ type, minor }) => ({ type, actual: minor / 100 })) : [],
    currency: "RUR",
  };
}
