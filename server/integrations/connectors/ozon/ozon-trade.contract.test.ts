import { describe, expect, it } from "vitest";
import type { ListingRef, PriceChange, StockChange } from "../../contract/offers";
import type { OrderFacts } from "../../contract/orders";
import type { ExternalProduct } from "../../contract/records";
import { MemoryOrders } from "../../contract/testing/memory-orders";
import { contextOf, onStand } from "../../contract/testing/stand";
import { ozonCatalog } from "./capabilities/catalog";
import { ozonOffers } from "./capabilities/offers";
import { ozonOrders } from "./capabilities/orders";
import { ozon } from "./connector";
import { type OzonStand, ozonStand } from "./testing/stand";

const on = (work: (stand: OzonStand) => Promise<void>, scenario = "small") =>
  onStand(
    () => ozonStand(scenario),
    (stand) => work(stand as OzonStand),
  );
const HOUR_MS = 3_600_000;
const houseOf = (stand: OzonStand, facts?: Readonly<Record<string, unknown>>) =>
  new MemoryOrders(ozonOrders, contextOf(stand, stand.credentials, facts), stand.advance);
const listings = async (stand: OzonStand) => (await ozonCatalog.pull(contextOf(stand), {})).records;
const refOf = ({ externalId, sku, offerId, remoteContext = {} }: ExternalProduct): ListingRef => ({ externalId, sku, offerId, remoteContext });
const stock = (product: ExternalProduct, quantity: number): StockChange => ({ listing: refOf(product), quantity, previous: null, requestId: "r" });
const price = (product: ExternalProduct, priceMinor: bigint, oldPriceMinor: bigint | null = null): PriceChange => ({
  listing: refOf(product),
  priceMinor,
  oldPriceMinor,
  currency: "RUB",
  requestId: "r",
});
const setStock = (stand: OzonStand, changes: readonly StockChange[]) => ozonOffers.stock?.set(contextOf(stand), changes) ?? [];
const setPrice = (stand: OzonStand, changes: readonly PriceChange[]) => ozonOffers.price?.set(contextOf(stand), changes) ?? [];
const first = async (stand: OzonStand) => {
  const [product] = await listings(stand);
  if (product === undefined) throw new Error("no products");
  return product;
};

describe("orders", () => {
  it("come from both kinds of warehouses, each told apart", () =>
    on(async (stand) => {
      const own = await stand.control.ozon.placeOrder({});
      const rfbs = await stand.control.ozon.placeOrder({ bySeller: true });
      const theirs = await stand.control.ozon.placeOrder({ scheme: "FBO" });
      const house = houseOf(stand);
      await house.run();
      expect([own, rfbs, theirs].map(({ postingNumber }) => house.held(postingNumber).fulfilment)).toEqual(["fbs", "dbs", "fbo"]);
      expect(house.held(own.postingNumber)).toMatchObject({ groupNumber: own.orderNumber, state: "confirmed", buyerName: undefined });
      expect(house.held(rfbs.postingNumber)).toMatchObject({ buyerName: "Иванова Мария", address: "ул. Садовая, 5, кв. 12", carrier: "Курьер продавца" });
    }));

  it("of Ozon's warehouses that moved on long after they were placed are found by the full sweep", () =>
    on(async (stand) => {
      const { postingNumber } = await stand.control.ozon.placeOrder({ scheme: "FBO" });
      const house = houseOf(stand);
      await house.run();
      await stand.advance(3 * 24 * HOUR_MS);
      await stand.control.ozon.setPostingStatus({ postingNumber, status: "delivered" });
      await house.run();
      expect(house.held(postingNumber).state).toBe("delivered");
    }));

  it("of a window are those placed in it, and the schedule's place stays where it was", () =>
    on(async (stand) => {
      const now = stand.clock.now().getTime();
      const window = { from: new Date(now - 72 * HOUR_MS), to: new Date(now - 24 * HOUR_MS) };
      const found: string[] = [];
      let page = await ozonOrders.pull(contextOf(stand), { window });
      for (;;) {
        found.push(...page.records.map(({ placedAt }) => placedAt.toISOString()));
        expect(page.checkpoint).toBeUndefined();
        if (page.next === undefined) break;
        page = await ozonOrders.pull(contextOf(stand), { window, cursor: page.next });
      }
      expect(found.length).toBeGreaterThan(2);
      expect(found.every((at) => at >= window.from.toISOString() && at <= window.to.toISOString())).toBe(true);
    }));

  it("are read as far as the key's roles go, and what it may not do is not offered", () =>
    on(async (stand) => {
      await stand.control.ozon.setRoles({ roles: ["fbo"] });
      const { facts } = await ozon.test(contextOf(stand));
      const house = houseOf(stand, facts);
      await house.run();
      expect(house.orders.size).toBeGreaterThan(0);
      expect(new Set([...house.orders.values()].map(({ fulfilment }) => fulfilment))).toEqual(new Set(["fbo"]));
      await stand.control.ozon.setRoles({ roles: ["chats"] });
      const none = houseOf(stand, (await ozon.test(contextOf(stand))).facts);
      await none.run();
      expect(none.orders.size).toBe(0);
    }));

  it("are cancelled for a reason of the service; its last one wants words", () =>
    on(async (stand) => {
      const { facts } = await ozon.test(contextOf(stand));
      const context = contextOf(stand, stand.credentials, facts);
      const { postingNumber } = await stand.control.ozon.placeOrder({});
      const order = await ozonOrders.read(context, { externalId: postingNumber });
      const known: OrderFacts = { ...order, remoteContext: order.remoteContext ?? {}, now: stand.clock.now() };
      const reasons = ozonOrders
        .transitions(known, facts)
        .find(({ id }) => id === "cancel")
        ?.fields[0]?.options?.map(({ value }) => value);
      expect(reasons).toEqual(["352", "400", "402"]);
      const cancel = (fields: Record<string, string>) => ozonOrders.change(context, { order: known, transitionId: "cancel", fields, requestId: "r" });
      await expect(cancel({ reason: "402" })).rejects.toMatchObject({ kind: "invalid", code: "ozon.cancel_comment" });
      await expect(cancel({ reason: "666" })).rejects.toMatchObject({ kind: "invalid", mayHaveTakenEffect: false });
      await cancel({ reason: "402", comment: "Не прошёл проверку" });
      expect(await ozonOrders.read(context, { externalId: postingNumber })).toMatchObject({ state: "cancelled", cancelReason: "Другое (вина продавца)" });
    }));

  it("that somebody else has moved on meanwhile are refused by the service itself, for every change", () =>
    on(async (stand) => {
      const context = contextOf(stand);
      const actions = "ship,cancel,set_track_number,non_int_delivering,non_int_last_mile,non_int_delivered";
      const fields = { reason: "352", trackingNumber: "RB1" };
      for (const transitionId of ["ship", "cancel", "track", "delivering", "last-mile", "delivered"]) {
        const { postingNumber } = await stand.control.ozon.placeOrder({ bySeller: true });
        const { lines, ...order } = await ozonOrders.read(context, { externalId: postingNumber });
        await stand.control.ozon.setPostingStatus({ postingNumber, status: "cancelled" });
        const stale: OrderFacts = { ...order, lines, remoteContext: { scheme: "fbs", actions }, now: stand.clock.now() };
        await expect(ozonOrders.change(context, { order: stale, transitionId, fields, requestId: "r" }), transitionId).rejects.toMatchObject({
          kind: "invalid",
          mayHaveTakenEffect: false,
          remoteText: expect.stringContaining("HAS_INCORRECT_STATUS"),
        });
        expect(await stand.orders.carriedOut(postingNumber)).toBe(0);
      }
    }));

  it("with an odd posting among them lose only that one", () =>
    on(async (stand) => {
      const odd = { posting_number: 5, status: ["?"] };
      const http = {
        ...stand.http,
        send: async (request: Parameters<typeof stand.http.send>[0]) => tampered(await stand.http.send(request), request.path, odd),
      };
      const page = await ozonOrders.pull({ ...contextOf(stand), http }, {});
      expect(page.rejected).toMatchObject([{ kind: "order", errorCode: "ozon.posting_shape", payload: odd }]);
      expect(page.records.length).toBe(page.received - 1);
      expect(page.records.length).toBeGreaterThan(0);
    }));
});

/** The service's answer with one odd posting in front. */
function tampered<R extends { text(): string }>(response: R, path: string, odd: unknown): R {
  if (path !== "/v4/posting/fbs/list") return response;
  const json = JSON.parse(response.text()) as { postings: unknown[] };
  return { ...response, text: () => JSON.stringify({ ...json, postings: [odd, ...json.postings] }) };
}

describe("listings", () => {
  it("carry price, barcodes, our stock without what is reserved, and Ozon's own", () =>
    on(async (stand) => {
      const product = await first(stand);
      const [good] = await stand.control.ozon.goods({});
      expect(product).toMatchObject({
        offerId: "PLED-150-GR",
        barcodes: ["OZN1480500100"],
        price: { amountMinor: 129_000n, oldMinor: 174_200n, currency: "RUB" },
        stock: { available: good?.stock[0]?.free, reserved: good?.stock[0]?.reserved },
        marketplaceStock: good?.fboStock,
        remoteContext: { productId: product.externalId, warehouseId: "20605650762000" },
      });
    }));

  it("without the right to stock are read all the same, and say that it is not known", () =>
    on(async (stand) => {
      const http = {
        ...stand.http,
        send: async (request: Parameters<typeof stand.http.send>[0]) =>
          stand.http.send(request.path.includes("stocks-by-warehouse") ? { ...request, path: "/v1/finance/balance" } : request),
      };
      const page = await ozonCatalog.pull({ ...contextOf(stand), http }, {});
      expect(page.records.map(({ stock: told }) => told)).toEqual(page.records.map(() => undefined));
      expect(page.warnings).toHaveLength(1);
    }));
});

describe("stock", () => {
  it("falls when somebody orders and comes back when the order is cancelled", () =>
    on(async (stand) => {
      const { postingNumber } = await stand.control.ozon.placeOrder({});
      const before = new Map((await listings(stand)).map(({ externalId, stock: told }) => [externalId, told?.available ?? 0]));
      await stand.control.ozon.setPostingStatus({ postingNumber, status: "cancelled" });
      const after = new Map((await listings(stand)).map(({ externalId, stock: told }) => [externalId, told?.available ?? 0]));
      expect([...after.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan([...before.values()].reduce((sum, count) => sum + count, 0));
    }));

  it("said again within half a minute is to be said later; after it, it is taken", () =>
    on(async (stand) => {
      const product = await first(stand);
      expect(await setStock(stand, [stock(product, 3)])).toEqual([{ externalId: product.externalId, state: "acknowledged" }]);
      const [soon] = await setStock(stand, [stock(product, 4)]);
      expect(soon).toMatchObject({ state: "rejected", code: "ozon.stock_too_soon", isConflict: true });
      expect(await stand.offers.stockOf(product.externalId)).toBe(3);
      await stand.advance(31_000);
      expect(await setStock(stand, [stock(product, 4)])).toMatchObject([{ state: "acknowledged" }]);
      expect(await stand.offers.stockOf(product.externalId)).toBe(4);
    }));

  it("in several warehouses cannot be one number; in the only one that holds it, it can", () =>
    on(async (stand) => {
      const { warehouseId } = await stand.control.ozon.addWarehouse({});
      const { externalId } = await first(stand);
      await stand.control.ozon.setStock({ productId: externalId, free: 2 });
      await stand.control.ozon.setStock({ productId: externalId, free: 7, warehouseId });
      const both = await first(stand);
      expect(both.stock?.available).toBe(9);
      expect(await setStock(stand, [stock(both, 1)])).toMatchObject([{ state: "rejected", code: "ozon.stock_several_warehouses" }]);
      // What waits to be shipped still lies in the first one.
      const free = (await listings(stand)).find(({ stock: told }) => told?.reserved === 0);
      if (free === undefined) throw new Error("everything is reserved");
      await stand.control.ozon.setStock({ productId: free.externalId, free: 0 });
      await stand.control.ozon.setStock({ productId: free.externalId, free: 7, warehouseId });
      const other = (await listings(stand)).find((product) => product.externalId === free.externalId) ?? free;
      expect(other.remoteContext?.["warehouseId"]).toBe(warehouseId);
      await setStock(stand, [stock(other, 5)]);
      expect(await stand.offers.stockOf(other.externalId)).toBe(5);
    }));

  it("is refused here where the service would refuse it, and a warehouse nobody knows is named", () =>
    on(async (stand) => {
      const product = await first(stand);
      const homeless = { ...product, remoteContext: { productId: product.externalId } };
      const lost = { ...product, remoteContext: { productId: product.externalId, warehouseId: "1" } };
      const outcomes = [
        ...(await setStock(stand, [stock(product, 1.5), stock(product, 1_000_000), stock(homeless, 1)])),
        ...(await setStock(stand, [stock(lost, 1)])),
      ];
      expect(outcomes.map((outcome) => (outcome.state === "rejected" ? outcome.code : outcome.state))).toEqual([
        "ozon.stock_negative",
        "ozon.stock_too_big",
        "ozon.stock_no_warehouse",
        "ozon.stock_no_warehouse",
      ]);
    }));
});

describe("prices", () => {
  it("follow the service's rules of discounts, and a crossed-out price is taken away", () =>
    on(async (stand) => {
      const product = await first(stand);
      expect(await setPrice(stand, [price(product, 100_000n, 102_000n)])).toMatchObject([{ state: "rejected", code: "ozon.price_discount" }]);
      expect(await setPrice(stand, [price(product, 100_000n, 90_000n)])).toMatchObject([{ state: "rejected", code: "ozon.price_old_lower" }]);
      expect(await setPrice(stand, [price(product, 0n)])).toMatchObject([{ state: "rejected", code: "ozon.price_not_positive" }]);
      expect(await setPrice(stand, [price(product, 100_050n, 150_000n)])).toMatchObject([{ state: "acknowledged" }]);
      expect((await first(stand)).price).toEqual({ amountMinor: 100_050n, oldMinor: 150_000n, currency: "RUB" });
      await setPrice(stand, [price(product, 100_050n)]);
      expect((await first(stand)).price).toEqual({ amountMinor: 100_050n, currency: "RUB" });
    }));

  it("change ten times an hour and no more", () =>
    on(async (stand) => {
      const product = await first(stand);
      for (let count = 0; count < 10; count += 1) await setPrice(stand, [price(product, 100_000n + BigInt(count) * 100n)]);
      expect(await setPrice(stand, [price(product, 120_000n)])).toMatchObject([{ state: "rejected", code: "ozon.price_too_often", isConflict: true }]);
      await stand.advance(HOUR_MS);
      expect(await setPrice(stand, [price(product, 120_000n)])).toMatchObject([{ state: "acknowledged" }]);
    }));
});
