import type { SandboxControl } from "@/sandbox/control/client";
import type { OffersStand, OrdersStand, StandFault } from "@/server/integrations/contract/testing/stand";
import type { ExternalProduct } from "../../../contract/records";

type Kind = "list" | "read" | "change" | "stock" | "price";

const PATHS: Readonly<Record<Kind, readonly string[]>> = {
  list: ["/v4/posting/fbs/list"],
  read: ["/v3/posting/fbs/get"],
  change: ["/v4/posting/fbs/ship", "/v2/posting/fbs/cancel", "/v2/fbs/posting/"],
  stock: ["/v2/products/stocks"],
  price: ["/v1/product/import/prices"],
};

/** A fault strikes the first path of its kind: that is the one a test's first change goes to. */
function troubles(control: SandboxControl) {
  return {
    async fail(fault: StandFault, kind: Kind, times = 1) {
      await control.ozon.fail({ ...fault, match: PATHS[kind][0], times });
    },
    async requests(kind: Kind) {
      const { counts } = await control.ozon.requests({ last: 1 });
      const isOurs = (path: string) => PATHS[kind].some((part) => path.includes(part)) && !path.includes("reason");
      return Object.entries(counts).reduce((sum, [path, count]) => sum + (isOurs(path) ? count : 0), 0);
    },
  };
}

export function ordersOf(control: SandboxControl): OrdersStand {
  const { ozon } = control;
  const bring = (bySeller: boolean, status?: "awaiting_deliver" | "delivering" | "delivered" | "cancelled") => async () => {
    const { postingNumber } = await ozon.placeOrder({ bySeller });
    if (status !== undefined) await ozon.setPostingStatus({ postingNumber, status });
    return postingNumber;
  };
  return {
    ...troubles(control),
    stranger: "99999999-0001-1",
    async place() {
      const { postingNumber } = await ozon.placeOrder({});
      return { externalId: postingNumber, number: postingNumber };
    },
    async truth() {
      return new Map((await ozon.postings({})).map(({ postingNumber, status }) => [postingNumber, status]));
    },
    async changeElsewhere(externalId) {
      await ozon.setPostingStatus({ postingNumber: externalId, status: "cancelled" });
    },
    scenes: {
      "to be packed": bring(false),
      packed: bring(false, "awaiting_deliver"),
      "rFBS to be packed": bring(true),
      "rFBS packed": bring(true, "awaiting_deliver"),
      "rFBS on its way": bring(true, "delivering"),
      delivered: bring(false, "delivered"),
      cancelled: bring(false, "cancelled"),
      "Ozon's own": async () => (await ozon.placeOrder({ scheme: "FBO" })).postingNumber,
    },
    transitions: [
      { id: "ship", fields: {} },
      { id: "cancel", fields: { reason: "352" } },
      { id: "track", fields: { trackingNumber: "RB123456789RU" } },
      { id: "delivering", fields: {} },
      { id: "last-mile", fields: {} },
      { id: "delivered", fields: {} },
    ],
    async carriedOut(externalId) {
      return (await ozon.postings({})).find(({ postingNumber }) => postingNumber === externalId)?.changes ?? 0;
    },
  };
}

export function offersOf(control: SandboxControl, pass: (ms: number) => Promise<void>, readAll: () => Promise<readonly ExternalProduct[]>): OffersStand {
  const { ozon } = control;
  const find = async (externalId: string) => (await ozon.goods({})).find(({ productId }) => productId === externalId);
  return {
    ...troubles(control),
    settlesAfterMs: 0,
    pass,
    stranger: { externalId: "999999999", sku: "999999999", offerId: "NO-SUCH", remoteContext: { productId: "999999999", warehouseId: "20605650762000" } },
    stockOf: async (externalId) => (await find(externalId))?.stock.reduce((sum, { free }) => sum + free, 0),
    async priceOf(externalId) {
      const found = await find(externalId);
      return found === undefined ? undefined : { amountMinor: BigInt(found.priceMinor) };
    },
    async crowd(count) {
      await ozon.addGoods({ count });
      return readAll();
    },
    changeElsewhere: async (externalId, quantity) => {
      await ozon.setStock({ productId: externalId, free: quantity });
    },
  };
}
