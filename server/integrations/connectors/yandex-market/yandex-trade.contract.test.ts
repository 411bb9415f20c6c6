import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ListingRef, OfferOutcome, PriceChange, StockChange } from "../../contract/offers";
import type { OrderFacts } from "../../contract/orders";
import type { ExternalProduct } from "../../contract/records";
import { MemoryOrders } from "../../contract/testing/memory-orders";
import { NOBODY, storedPush } from "../../contract/testing/push";
import { contextOf } from "../../contract/testing/stand";
import { yandexCatalog } from "./capabilities/catalog";
import { yandexOffers } from "./capabilities/offers";
import { yandexOrders } from "./capabilities/orders";
import { openReceiver } from "./testing/receiver";
import { type YandexStand, yandexStand } from "./testing/stand";
import { FBS_SHOP } from "./testing/trade-desks";
import { yandexWebhook } from "./webhook";

const DAY_MS = 86_400_000;
let stand: YandexStand;
beforeEach(async () => {
  stand = await yandexStand();
});
afterEach(() => stand.stop());

const refOf = ({ externalId, sku, offerId, remoteContext = {} }: ExternalProduct): ListingRef => ({ externalId, sku, offerId, remoteContext });
const stock = (product: ExternalProduct, quantity: number): StockChange => ({ listing: refOf(product), quantity, previous: null, requestId: "r" });
const price = (product: ExternalProduct, priceMinor: bigint, oldPriceMinor: bigint | null): PriceChange => ({
  listing: refOf(product),
  priceMinor,
  oldPriceMinor,
  currency: "RUB",
  requestId: "r",
});
const codes = (outcomes: readonly OfferOutcome[] = []) => outcomes.map((outcome) => (outcome.state === "rejected" ? outcome.code : outcome.state));
const listings = async () => (await yandexCatalog.pull(contextOf(stand), {})).records;
const listing = async (externalId: string) => {
  const found = (await listings()).find((product) => product.externalId === externalId);
  if (found === undefined) throw new Error(`no ${externalId}`);
  return found;
};
const setStock = (changes: readonly StockChange[]) => yandexOffers.stock?.set(contextOf(stand), changes);
const read = (orderId: number) => yandexOrders.read(contextOf(stand), { externalId: String(orderId) });
const factsOf = async (orderId: number): Promise<OrderFacts> => {
  const order = await read(orderId);
  return { ...order, remoteContext: order.remoteContext ?? {}, now: stand.clock.now() };
};

describe("orders", () => {
  it("of our own delivery come with the buyer, others without", async () => {
    const { campaignId } = await stand.market.addCampaign({ placementType: "DBS" });
    const ours = await stand.market.addOrder({ campaignId });
    const theirs = await stand.market.addOrder({ campaignId: FBS_SHOP });
    const house = new MemoryOrders(yandexOrders, contextOf(stand), stand.advance);
    await house.run();
    expect(house.held(String(ours.orderId))).toMatchObject({
      fulfilment: "dbs",
      buyerName: "Иванова Мария",
      buyerPhone: "+79000000000",
      city: "Москва",
      address: "Льва Толстого, 16, 5",
      comment: "Позвоните за час",
      deliveryMethod: "Собственная служба",
    });
    expect(house.held(String(theirs.orderId)).buyerName).toBeUndefined();
  });

  it("are read although the buyer is refused, with a word about it", async () => {
    const { campaignId } = await stand.market.addCampaign({ placementType: "DBS" });
    await stand.market.addOrder({ campaignId });
    await stand.market.setApiAvailability({ campaignId, availability: "DISABLED_BY_INACTIVITY" });
    const page = await yandexOrders.pull(contextOf(stand), {});
    expect(page.rejected).toEqual([]);
    expect(page.warnings).toMatchObject([{ code: "yandex-market.api_disabled" }]);
    expect(page.records.some(({ fulfilment }) => fulfilment === "dbs")).toBe(true);
  });

  it("go on from the newest change the service wrote, whatever our clock says", async () => {
    const behind = { ...contextOf(stand), clock: { now: () => new Date(stand.clock.now().getTime() - 30 * 60_000) } };
    const house = new MemoryOrders(yandexOrders, behind, stand.advance);
    await house.run();
    const { orderId } = await stand.market.addOrder({ campaignId: FBS_SHOP });
    await house.run();
    expect(house.held(String(orderId)).state).toBe("confirmed");
    await stand.market.setOrderStatus({ orderId, status: "CANCELLED" });
    await house.run();
    expect(house.held(String(orderId)).state).toBe("cancelled");
  });

  it("after a long silence are asked for in parts the service allows", async () => {
    const house = new MemoryOrders(yandexOrders, contextOf(stand), stand.advance);
    await house.run();
    await stand.advance(70 * DAY_MS);
    const { orderId } = await stand.market.addOrder({ campaignId: FBS_SHOP });
    const before = house.pages;
    await house.run();
    expect(house.held(String(orderId)).externalId).toBe(String(orderId));
    expect(house.pages - before).toBeGreaterThanOrEqual(3);
  });

  it("of a window are those placed in it, and the schedule's place stays", async () => {
    const now = stand.clock.now().getTime();
    const window = { from: new Date(now - 6 * DAY_MS), to: new Date(now - 3 * DAY_MS) };
    const page = await yandexOrders.pull(contextOf(stand), { window });
    expect(page.records.length).toBeGreaterThan(2);
    expect(page.checkpoint).toBeUndefined();
    for (const { placedAt } of page.records) expect(Math.abs(placedAt.getTime() - (now - 4.5 * DAY_MS))).toBeLessThanOrEqual(2.5 * DAY_MS);
  });

  it("are moved on by the service's rules alone: what somebody else has done meanwhile is refused", async () => {
    const { campaignId } = await stand.market.addCampaign({ placementType: "DBS" });
    const context = contextOf(stand);
    for (const transitionId of ["ship", "track", "cancel"]) {
      const { orderId } = await stand.market.addOrder({ campaignId });
      const stale = await factsOf(orderId);
      await stand.market.setOrderStatus({ orderId, status: "CANCELLED" });
      const change = { order: stale, transitionId, fields: { trackingNumber: "RB1" }, requestId: "r" };
      await expect(yandexOrders.change(context, change), transitionId).rejects.toMatchObject({ kind: "invalid", mayHaveTakenEffect: false });
      expect(await stand.orders.carriedOut(String(orderId))).toBe(0);
    }
  });

  it("delivered on another day say which; a day to come is refused before any call", async () => {
    const { campaignId } = await stand.market.addCampaign({ placementType: "DBS" });
    const { orderId } = await stand.market.addOrder({ campaignId });
    await stand.market.setOrderStatus({ orderId, status: "DELIVERY" });
    const order = await factsOf(orderId);
    const deliver = (date: string) => yandexOrders.change(contextOf(stand), { order, transitionId: "deliver", fields: { date }, requestId: "r" });
    const day = (ago: number) => new Date(stand.clock.now().getTime() + 3 * 3_600_000 - ago * DAY_MS).toISOString().slice(0, 10);
    const seen = await stand.orders.requests("change");
    for (const wrong of [day(-1), "вчера", "2026-13-45"]) await expect(deliver(wrong)).rejects.toMatchObject({ code: "yandex-market.delivery_day" });
    expect(await stand.orders.requests("change")).toBe(seen);
    await deliver(day(1));
    expect((await read(orderId)).deliveredAt?.toISOString().slice(0, 10)).toBe(day(1));
  });

  it("tell by notification which of them changed", async () => {
    const receiver = await openReceiver();
    try {
      await stand.market.registerNotifications({ url: receiver.url });
      const { orderId } = await stand.market.addOrder({ campaignId: FBS_SHOP });
      await stand.market.setOrderStatus({ orderId, status: "CANCELLED" });
      const [, ...bodies] = await receiver.waitFor(3);
      const events = bodies.flatMap((body) => yandexWebhook.parse(storedPush(new TextEncoder().encode(JSON.stringify(body)))).events);
      expect(events).toEqual([1, 2].map(() => ({ type: "order-changed", orderExternalId: String(orderId) })));
    } finally {
      await receiver.stop();
    }
  });
});

describe("the sample", () => {
  it("goes through the whole door, names its cabinet and changes nothing by itself", () => {
    const made = yandexWebhook.sample?.({ credentials: {}, facts: { businessId: "9007199254740993" } }, new Date("2026-11-21T12:00:00Z"));
    if (made === undefined) throw new Error("no sample");
    expect(yandexWebhook.receive({ ...made, receivedAt: new Date() }, NOBODY)).toMatchObject({ action: "accept", accountRef: "9007199254740993" });
    expect(yandexWebhook.parse(storedPush(made.body)).events).toEqual([{ type: "stream-changed", stream: "questions" }]);
  });
});

describe("listings", () => {
  it("carry price, barcodes, our stock and the Market's own apart", async () => {
    const product = await listing("YM-1001");
    const own = await stand.market.stocks({ campaignId: FBS_SHOP });
    const theirs = await stand.market.stocks({ campaignId: "21000102" });
    expect(product).toMatchObject({
      barcodes: [expect.stringMatching(/^\d{13}$/)],
      price: { amountMinor: 49_000n, currency: "RUB" },
      status: "active",
      url: expect.stringContaining("market.yandex.ru"),
      stock: { available: own["YM-1001"] },
      marketplaceStock: theirs["YM-1001"],
      remoteContext: { campaignId: FBS_SHOP },
    });
  });

  it("without the right to a shop's stock are read all the same, and say that it is not known", async () => {
    await stand.market.setApiAvailability({ campaignId: FBS_SHOP, availability: "DISABLED_BY_INACTIVITY" });
    const facts = { businessId: "7100210", campaigns: [{ id: FBS_SHOP, placementType: "FBS", apiAvailability: "AVAILABLE" }] };
    const page = await yandexCatalog.pull(contextOf(stand, stand.credentials, facts), {});
    expect(page.warnings).toMatchObject([{ code: "yandex-market.api_disabled" }]);
    expect(page.records.length).toBeGreaterThan(0);
    expect(page.records.every((product) => product.stock === undefined)).toBe(true);
  });
});

describe("stock and prices", () => {
  it("of an article in several of our shops cannot be one number", async () => {
    const { campaignId } = await stand.market.addCampaign({ placementType: "DBS" });
    const both = await listing("YM-1001");
    expect(both.remoteContext).toEqual({ campaignId: "several" });
    expect(codes(await setStock([stock(both, 1)]))).toEqual(["yandex-market.stock_several_shops"]);
    await stand.market.putStock({ offerId: "YM-1001", campaignId, count: 0 });
    const one = await listing("YM-1001");
    expect(one.remoteContext).toEqual({ campaignId: FBS_SHOP });
    expect(codes(await setStock([stock(one, 1)]))).toEqual(["acknowledged"]);
  });

  it("many bad lines among good ones are each found, and the good ones all arrive", async () => {
    const all = (await listings()).filter(({ status }) => status !== "archived");
    const bad = (name: string): StockChange => ({
      listing: { externalId: name, offerId: name, remoteContext: { campaignId: FBS_SHOP } },
      quantity: 1,
      previous: null,
      requestId: "r",
    });
    const changes = [
      bad("NO-1"),
      ...all.slice(0, 3).map((product) => stock(product, 31)),
      bad("NO-2"),
      ...all.slice(3, 6).map((product) => stock(product, 32)),
    ];
    const outcomes = await setStock(changes);
    expect(codes(outcomes)).toEqual([
      "yandex-market.offer_refused",
      "acknowledged",
      "acknowledged",
      "acknowledged",
      "yandex-market.offer_refused",
      "acknowledged",
      "acknowledged",
      "acknowledged",
    ]);
    expect(outcomes?.[0]).toMatchObject({ text: expect.stringContaining("NO-1") });
    const held = await stand.market.stocks({ campaignId: FBS_SHOP });
    expect(all.slice(0, 6).map(({ externalId }) => held[externalId])).toEqual([31, 31, 31, 32, 32, 32]);
  });

  it("the same article twice in one call is said once, the other one later", async () => {
    const product = await listing("YM-1002");
    expect(await setStock([stock(product, 3), stock(product, 4)])).toMatchObject([{ state: "acknowledged" }, { state: "rejected", isConflict: true }]);
    expect((await stand.market.stocks({ campaignId: FBS_SHOP }))["YM-1002"]).toBe(3);
  });

  it("what the service would refuse is refused here", async () => {
    const product = await listing("YM-1002");
    const homeless = { ...product, remoteContext: {} };
    expect(codes(await setStock([stock(product, -1)]))).toEqual(["yandex-market.stock_negative"]);
    expect(codes(await setStock([stock(homeless, 1)]))).toEqual(["yandex-market.stock_no_shop"]);
    const set = async (priceMinor: bigint, oldMinor: bigint | null) =>
      codes(await yandexOffers.price?.set(contextOf(stand), [price(product, priceMinor, oldMinor)]));
    expect(await set(0n, null)).toEqual(["yandex-market.price_not_positive"]);
    expect(await set(100_000n, 100_050n)).toEqual(["yandex-market.price_old_whole"]);
    expect(await set(100_000n, 104_000n)).toEqual(["yandex-market.price_discount"]);
    expect(await set(90_050n, 120_000n)).toEqual(["acknowledged"]);
    expect((await listing("YM-1002")).price).toEqual({ amountMinor: 90_050n, oldMinor: 120_000n, currency: "RUB" });
    expect(await set(90_050n, null)).toEqual(["acknowledged"]);
    expect((await listing("YM-1002")).price).toEqual({ amountMinor: 90_050n, currency: "RUB" });
  });

  it("the quota counts articles, and its end is waited for", async () => {
    await stand.market.setQuirks({ quotaFactor: 0.00005 });
    const all = (await listings()).slice(0, 6);
    await expect(setStock(all.map((product) => stock(product, 5)))).rejects.toMatchObject({ kind: "rate-limited", mayHaveTakenEffect: false });
  });

  it("goes with the order that takes it and comes back with the one that is cancelled", async () => {
    const total = async () => (await listings()).reduce((sum, product) => sum + (product.stock?.available ?? 0), 0);
    const before = await total();
    const { orderId } = await stand.market.addOrder({ campaignId: FBS_SHOP });
    const ordered = await total();
    expect(ordered).toBeLessThan(before);
    await stand.market.setOrderStatus({ orderId, status: "CANCELLED" });
    expect(await total()).toBe(before);
  });
});
