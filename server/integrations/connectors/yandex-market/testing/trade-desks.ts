import type { SimulatorControl } from "@/sandbox/control/client";
import type { OffersStand, OrdersStand, StandFault } from "@/server/integrations/contract/testing/stand";
import type { ExternalProduct } from "../../../contract/records";
import type { YandexDesk } from "../sandbox";

type Kind = "list" | "read" | "change" | "stock" | "price";
type Market = SimulatorControl<YandexDesk>;

/** The shop of the default cabinet that sells from its own warehouse. */
export const FBS_SHOP = "21000101";

const PATHS: Readonly<Record<Kind, readonly string[]>> = {
  // One order is read by the same method as many.
  list: ["/v1/businesses/7100210/orders"],
  read: ["/v1/businesses/7100210/orders"],
  change: ["/status", "/delivery/track", "/cancellation/accept"],
  stock: ["/offers/stocks"],
  price: ["/offer-prices/updates"],
};

function troubles(market: Market) {
  return {
    async fail(fault: StandFault, kind: Kind, times = 1) {
      await market.fail({ ...fault, match: PATHS[kind][0], times });
    },
    async requests(kind: Kind) {
      const { counts } = await market.requests({ last: 1 });
      return Object.entries(counts).reduce((sum, [path, count]) => sum + (PATHS[kind].some((part) => path.endsWith(part)) ? count : 0), 0);
    },
  };
}

export function ordersOf(market: Market): OrdersStand {
  let dbsShop: Promise<string> | undefined;
  const dbs = () => {
    dbsShop ??= market.addCampaign({ placementType: "DBS" }).then(({ campaignId }) => campaignId);
    return dbsShop;
  };
  const bring =
    (shop: () => Promise<string>, ...statuses: ("DELIVERY" | "PICKUP" | "DELIVERED" | "CANCELLED")[]) =>
    async () => {
      const { orderId } = await market.addOrder({ campaignId: await shop() });
      for (const status of statuses) await market.setOrderStatus({ orderId, status });
      return String(orderId);
    };
  const fbs = async () => FBS_SHOP;
  return {
    ...troubles(market),
    stranger: "49999999999",
    async place() {
      const { orderId } = await market.addOrder({ campaignId: FBS_SHOP });
      return { externalId: String(orderId), number: String(orderId) };
    },
    async truth() {
      return new Map(
        (await market.orders()).map(({ orderId, status, substatus }) => [
          String(orderId),
          status === "PROCESSING" ? `PROCESSING/${substatus ?? "STARTED"}` : status,
        ]),
      );
    },
    async changeElsewhere(externalId) {
      await market.setOrderStatus({ orderId: Number(externalId), status: "CANCELLED" });
    },
    scenes: {
      "to be packed": bring(fbs),
      "on its way by Market": bring(fbs, "DELIVERY"),
      cancelled: bring(fbs, "CANCELLED"),
      "Market's own": bring(async () => "21000102"),
      "DBS to be sent": bring(dbs),
      "DBS on its way": bring(dbs, "DELIVERY"),
      "DBS waiting for its buyer": bring(dbs, "DELIVERY", "PICKUP"),
      "DBS delivered": bring(dbs, "DELIVERED"),
      "DBS the buyer wants to cancel": async () => {
        const orderId = await bring(dbs, "DELIVERY")();
        await market.requestCancellation({ orderId: Number(orderId) });
        return orderId;
      },
    },
    transitions: [
      { id: "pack", fields: {} },
      { id: "cancel", fields: {} },
      { id: "ship", fields: {} },
      { id: "pickup", fields: {} },
      { id: "deliver", fields: {} },
      { id: "track", fields: { trackingNumber: "RB123456789RU" } },
      { id: "cancellation-accept", fields: {} },
      { id: "cancellation-refuse", fields: { reason: "ORDER_IN_DELIVERY" } },
    ],
    async carriedOut(externalId) {
      return (await market.orders()).find(({ orderId }) => String(orderId) === externalId)?.changes ?? 0;
    },
  };
}

export function offersOf(market: Market, pass: (ms: number) => Promise<void>, readAll: () => Promise<readonly ExternalProduct[]>): OffersStand {
  return {
    ...troubles(market),
    settlesAfterMs: 0,
    pass,
    stranger: { externalId: "NO-SUCH", offerId: "NO-SUCH", remoteContext: { campaignId: FBS_SHOP } },
    stockOf: async (externalId) => (await market.stocks({ campaignId: FBS_SHOP }))[externalId],
    async priceOf(externalId) {
      const good = (await market.goods()).find(({ offerId }) => offerId === externalId);
      return good === undefined ? undefined : { amountMinor: BigInt(good.priceMinor) };
    },
    async crowd(count) {
      await market.addGoods({ count });
      return readAll();
    },
    changeElsewhere: (offerId, count) => market.putStock({ offerId, campaignId: FBS_SHOP, count }),
  };
}
