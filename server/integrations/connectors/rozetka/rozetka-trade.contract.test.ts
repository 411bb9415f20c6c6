import { afterEach, describe, expect, it } from "vitest";
import type { ExternalOrder, OrderFacts } from "../../contract/orders";
import type { ConnectorContext, Cursor } from "../../contract/ports";
import type { ExternalProduct } from "../../contract/records";
import { contextOf } from "../../contract/testing/stand";
import { rozetkaCatalog } from "./capabilities/catalog";
import { rozetkaOffers } from "./capabilities/offers";
import { rozetkaOrders } from "./capabilities/orders";
import { type RozetkaStand, rozetkaStand } from "./testing/stand";

const open: RozetkaStand[] = [];
afterEach(async () => {
  for (const stand of open.splice(0)) await stand.stop();
});

async function begin(): Promise<{ readonly stand: RozetkaStand; readonly context: ConnectorContext }> {
  const stand = await rozetkaStand();
  open.push(stand);
  return { stand, context: contextOf(stand) };
}

const factsOf = (order: ExternalOrder, stand: RozetkaStand): OrderFacts => ({
  externalId: order.externalId,
  remoteState: order.remoteState,
  fulfilment: order.fulfilment,
  remoteContext: order.remoteContext ?? {},
  trackingNumber: order.trackingNumber,
  lines: order.lines,
  now: stand.clock.now(),
});

describe("orders", () => {
  const read = (context: ConnectorContext, externalId: string) => rozetkaOrders.read(context, { externalId });

  it("keeps a status nobody has heard of, and offers nothing by guess", async () => {
    const { stand, context } = await begin();
    const { externalId } = await stand.orders.place();
    await stand.desk.setStatus({ id: Number(externalId), status: 412 });
    const order = await read(context, externalId);
    expect(order).toMatchObject({ state: "unknown", remoteState: "412", remoteStateName: "Статус 412" });
    expect(rozetkaOrders.transitions(factsOf(order, stand), {})).toEqual([]);
  });

  it("the shop's own courier takes an order to its end, or brings it back", async () => {
    const { stand, context } = await begin();
    const { id } = await stand.desk.placeOrder({ delivery: 1 });
    await stand.desk.setStatus({ id, status: 2 });
    for (const transitionId of ["status:4", "status:5", "status:6"]) {
      const order = await read(context, String(id));
      await rozetkaOrders.change(context, { order: factsOf(order, stand), transitionId, fields: {}, requestId: transitionId });
    }
    expect(await read(context, String(id))).toMatchObject({ state: "delivered", remoteContext: { next: "" } });
    const refused = await stand.desk.placeOrder({ delivery: 1 });
    await stand.desk.setStatus({ id: refused.id, status: 4 });
    const order = await read(context, String(refused.id));
    await rozetkaOrders.change(context, { order: factsOf(order, stand), transitionId: "cancel", fields: { reason: "12" }, requestId: "r" });
    expect(await read(context, String(refused.id))).toMatchObject({ state: "cancelled", cancelReason: "Відмова при отриманні" });
  });

  it("packing with a waybill goes on to the planned hand-over, and counts as taken", async () => {
    const { stand, context } = await begin();
    const id = await stand.orders.scenes["accepted"]?.();
    const order = await read(context, id ?? "");
    const change = { order: factsOf(order, stand), transitionId: "status:2", fields: { trackingNumber: "20450123456789" }, requestId: "r" };
    await rozetkaOrders.change(context, change);
    const after = await read(context, id ?? "");
    expect(after).toMatchObject({ remoteState: "61", trackingNumber: "20450123456789" });
    expect(rozetkaOrders.hasTaken(after, change)).toBe(true);
  });

  it("a buyer who cancels first wins: the service refuses, and we know that nothing was changed", async () => {
    const { stand, context } = await begin();
    const { externalId } = await stand.orders.place();
    const order = await read(context, externalId);
    await stand.orders.changeElsewhere(externalId);
    const change = { order: factsOf(order, stand), transitionId: "status:26", fields: {}, requestId: "r" };
    await expect(rozetkaOrders.change(context, change)).rejects.toMatchObject({ kind: "invalid", mayHaveTakenEffect: false });
    expect(rozetkaOrders.hasTaken(await read(context, externalId), change)).toBe(false);
    expect(await stand.orders.carriedOut(externalId)).toBe(0);
  });

  it("loses nothing when our clock runs hours ahead of the service's", async () => {
    const { stand, context } = await begin();
    const ahead = { ...context, clock: { now: () => new Date(stand.clock.now().getTime() + 6 * 3_600_000) } };
    let checkpoint: Cursor | undefined;
    for (let page = await rozetkaOrders.pull(ahead, {}); ; page = await rozetkaOrders.pull(ahead, { cursor: page.next })) {
      checkpoint = page.checkpoint;
      if (page.next === undefined) break;
    }
    const { externalId } = await stand.orders.place();
    const { records } = await rozetkaOrders.pull(ahead, { checkpoint });
    expect(records.map((order) => order.externalId)).toContain(externalId);
  });

  it("offers nothing for an order the service has locked", async () => {
    const { stand, context } = await begin();
    const { externalId } = await stand.orders.place();
    await stand.desk.lockOrder({ id: Number(externalId) });
    expect(rozetkaOrders.transitions(factsOf(await read(context, externalId), stand), {})).toEqual([]);
  });

  it("a window brings the orders placed in it and older ones that still went on, none placed later; a checkpoint counts more", async () => {
    const { stand, context } = await begin();
    const to = new Date(stand.clock.now().getTime() - 5 * 86_400_000);
    const window = { from: new Date(to.getTime() - 2 * 86_400_000), to };
    const all = async (input: Parameters<typeof rozetkaOrders.pull>[1]) => {
      const ids: string[] = [];
      let cursor: Cursor | undefined;
      do {
        const page = await rozetkaOrders.pull(context, { ...input, cursor });
        ids.push(...page.records.map(({ externalId }) => externalId));
        cursor = page.next;
      } while (cursor !== undefined);
      return ids.sort();
    };
    const orders = await stand.desk.orders();
    const expected = orders.filter((order) => order.createdMs < to.getTime() && order.changedMs >= window.from.getTime());
    expect(await all({ window })).toEqual(expected.map(({ id }) => String(id)).sort());
    const changedFrom = stand.clock.now().toISOString();
    const { externalId } = await stand.orders.place();
    expect(await all({ window, checkpoint: { changedFrom } })).toContain(externalId);
  });
});

const listingOf = ({ externalId, sku, offerId, remoteContext }: ExternalProduct) => ({ externalId, sku, offerId, remoteContext: remoteContext ?? {} });

describe("goods", () => {
  const products = async (context: ConnectorContext) => (await rozetkaCatalog.pull(context, {})).records;
  const price = (product: ExternalProduct | undefined, priceMinor: bigint, oldPriceMinor: bigint | null = null) => {
    if (product === undefined) throw new Error("no product");
    return { listing: listingOf(product), priceMinor, oldPriceMinor, currency: "UAH", requestId: `p-${product.externalId}` };
  };

  it("a leap of the price waits for the manager, until he has said yes or no", async () => {
    const { stand, context } = await begin();
    const [first, second, third] = await products(context);
    const double = (product: ExternalProduct | undefined) => price(product, (product?.price?.amountMinor ?? 0n) * 2n);
    const outcomes = await rozetkaOffers.price?.set(context, [double(first), double(second), price(third, (third?.price?.amountMinor ?? 0n) + 100n)]);
    expect(outcomes?.map(({ state }) => state)).toEqual(["pending", "pending", "acknowledged"]);
    const trackings = (outcomes ?? []).flatMap((outcome) => (outcome.state === "pending" ? [outcome.tracking] : []));
    const check = async () => (await Promise.all(trackings.map((tracking) => rozetkaOffers.check?.(context, "price", tracking)))).flat();
    expect((await check()).map((outcome) => outcome?.state)).toEqual(["pending", "pending"]);
    await stand.desk.decidePrice({ itemId: Number(first?.externalId), accept: true });
    await stand.desk.decidePrice({ itemId: Number(second?.externalId), accept: false });
    expect(await check()).toEqual([
      { externalId: first?.externalId, state: "acknowledged" },
      { externalId: second?.externalId, state: "rejected", code: "rozetka.price_declined" },
    ]);
  });

  it("sets and takes away a crossed-out price", async () => {
    const { stand, context } = await begin();
    const [first] = await products(context);
    const now = first?.price?.amountMinor ?? 0n;
    await rozetkaOffers.price?.set(context, [price(first, now, now + 10_000n)]);
    const held = async () => (await stand.desk.goods()).find(({ itemId }) => String(itemId) === first?.externalId)?.priceOld;
    expect(await held()).toBe(Number(now + 10_000n) / 100);
    await rozetkaOffers.price?.set(context, [price(first, now)]);
    expect(await held()).toBeNull();
  });

  it("one bad item spoils nothing even where the service drops the whole batch for it", async () => {
    const { stand, context } = await begin();
    await stand.desk.setQuirks({ appliesGoodItems: false });
    const [first, second] = await products(context);
    if (first === undefined || second === undefined) throw new Error("no products");
    const stock = (listing: ReturnType<typeof listingOf>, quantity: number) => ({ listing, quantity, previous: null, requestId: "s" });
    const outcomes = await rozetkaOffers.stock?.set(context, [
      stock(listingOf(first), 33),
      stock(stand.offers.stranger as ReturnType<typeof listingOf>, 1),
      stock(listingOf(second), 44),
    ]);
    expect(outcomes).toMatchObject([
      { state: "acknowledged" },
      { state: "rejected", code: "rozetka.line_refused", text: "Товар не знайдено" },
      { state: "acknowledged" },
    ]);
    expect([await stand.offers.stockOf(first.externalId), await stand.offers.stockOf(second.externalId)]).toEqual([33, 44]);
  });

  it("refuses without a call what cannot be: Rozetka's own stock, an unpublished item, another currency, kopecks", async () => {
    const { stand, context } = await begin();
    const all = await products(context);
    const ff = all.find(({ marketplaceStock }) => marketplaceStock !== undefined);
    const [first] = all;
    if (ff === undefined || first === undefined) throw new Error("no products");
    const stock = (listing: ReturnType<typeof listingOf>) => ({ listing, quantity: 1, previous: null, requestId: "s" });
    const unpublished = { externalId: "5", remoteContext: {} };
    expect(
      await rozetkaOffers.stock?.set(context, [stock(listingOf(ff)), { listing: unpublished, quantity: 1, previous: null, requestId: "s" }]),
    ).toMatchObject([{ code: "rozetka.stock_at_rozetka" }, { code: "rozetka.not_published" }]);
    const codes = await rozetkaOffers.price?.set(context, [
      { ...price(first, 10_000n), currency: "USD" },
      price(first, 10_050n),
      price(first, 0n),
      price(first, 10_000n, 10_001n),
    ]);
    expect(codes?.map((outcome) => (outcome.state === "rejected" ? outcome.code : outcome.state))).toEqual([
      "rozetka.currency",
      "rozetka.price_whole",
      "rozetka.price_whole",
      "rozetka.price_whole",
    ]);
    expect(await stand.offers.requests("stock")).toBe(0);
  });

  it("tries an item again that is still being worked on", async () => {
    const { stand, context } = await begin();
    const [first] = await products(context);
    if (first === undefined) throw new Error("no products");
    await stand.desk.setGood({ itemId: Number(first.externalId), locked: true });
    const change = { listing: listingOf(first), quantity: 1, previous: null, requestId: "s" };
    await expect(rozetkaOffers.stock?.set(context, [change])).rejects.toMatchObject({ code: "rozetka.busy", retryable: true, mayHaveTakenEffect: false });
  });

  it("says once a run that a feed writes some of the stock", async () => {
    const { stand, context } = await begin();
    await stand.desk.addGoods({ count: 150 });
    for (const { itemId } of (await stand.desk.goods()).filter((_, index) => index % 50 === 0)) await stand.desk.setGood({ itemId, availability: 3 });
    const warnings: string[] = [];
    let cursor: Cursor | undefined;
    do {
      const page = await rozetkaCatalog.pull(context, { cursor });
      warnings.push(...(page.warnings ?? []).map(({ code }) => code));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(warnings).toEqual(["rozetka.stock_by_feed"]);
  });
});
