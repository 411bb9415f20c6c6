import { describe, expect, it } from "vitest";
import type { ExternalOrder, OrderChange } from "../../contract/orders";
import type { ConnectorContext, Cursor, DateWindow, PullPage } from "../../contract/ports";
import type { ExternalProduct, ExternalSaleLine } from "../../contract/records";
import { MemoryOrders } from "../../contract/testing/memory-orders";
import { contextOf, onStand } from "../../contract/testing/stand";
import { wildberriesCatalog } from "./capabilities/catalog";
import { wildberriesOffers } from "./capabilities/offers";
import { wildberriesOrders as port } from "./capabilities/orders";
import { wildberriesSales } from "./capabilities/sales";
import { type WildberriesStand, wildberriesBooksStand, wildberriesStand } from "./testing/stand";

const DAY_MS = 86_400_000;
const MOSCOW_MS = 3 * 3_600_000;
const on = (work: (stand: WildberriesStand) => Promise<void>, make: () => Promise<WildberriesStand> = wildberriesStand) =>
  onStand(make, (stand) => work(stand as WildberriesStand));
const house = (stand: WildberriesStand) => new MemoryOrders(port, contextOf(stand), (ms) => stand.advance(ms));

function changeOf(order: ExternalOrder, transitionId: string, fields: Readonly<Record<string, string>> = {}): OrderChange {
  const { externalId, remoteState, fulfilment, remoteContext = {}, lines } = order;
  return { order: { externalId, remoteState, fulfilment, remoteContext, lines, now: new Date() }, transitionId, fields, requestId: externalId };
}
async function change(
  stand: WildberriesStand,
  externalId: number | string,
  transitionId: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<void> {
  const order = await port.read(contextOf(stand), { externalId: String(externalId) });
  await port.change(contextOf(stand), changeOf(order, transitionId, fields));
}
const standing = async (stand: WildberriesStand, id: number) => (await stand.control.orders({})).find((order) => order.id === id);

async function pages<R>(pull: (cursor: Cursor | undefined) => Promise<PullPage<R>>): Promise<readonly PullPage<R>[]> {
  const all: PullPage<R>[] = [];
  let cursor: Cursor | undefined;
  do {
    const page = await pull(cursor);
    all.push(page);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
}
const records = async <R>(pull: (cursor: Cursor | undefined) => Promise<PullPage<R>>) => (await pages(pull)).flatMap((page) => page.records);

describe("what an order tells", () => {
  it("is known by its own id, joins with sales and chats by its rid, with the listing by the size, and is one piece", () =>
    on(async (stand) => {
      const product = (await stand.control.products({})).find(({ sizes }) => sizes.length > 1);
      const size = product?.sizes[1];
      const placed = await stand.control.placeOrder({ chrtId: size?.chrtId ?? 0, nmId: product?.nmId ?? 0, comment: "Позвоните" });
      const order = await port.read(contextOf(stand), { externalId: String(placed.id) });
      expect(order).toMatchObject({
        number: String(placed.id),
        recordNumber: placed.rid,
        fulfilment: "fbs",
        state: "new",
        remoteStateName: "Новое",
        comment: "Позвоните",
        totalMinor: BigInt(placed.priceMinor),
      });
      const [line] = order.lines;
      expect(line).toMatchObject({
        productExternalId: String(size?.chrtId),
        sku: String(product?.nmId),
        offerId: product?.vendorCode,
        barcode: size?.barcode,
        quantity: 1,
      });
      const listings = await records<ExternalProduct>((cursor) => wildberriesCatalog.pull(contextOf(stand), { cursor }));
      expect(listings.map(({ externalId }) => externalId)).toContain(line?.productExternalId);
    }));

  it("keeps the newest news whatever the order of arrival: the service tells no time of a change, its words do", () =>
    on(async (stand) => {
      const { id } = await stand.control.placeOrder({});
      const read = () => port.read(contextOf(stand), { externalId: String(id) });
      const first = await read();
      await stand.control.pack({ ids: [id], ship: true });
      const second = await read();
      await stand.control.setOrder({ id, wbStatus: "sold" });
      const third = await read();
      expect([first, second, third].map(({ versionAt }) => versionAt.getTime())).toEqual(
        [first, second, third].map(({ versionAt }) => versionAt.getTime()).sort((left, right) => left - right),
      );
      expect(third.versionAt.getTime()).toBeGreaterThan(second.versionAt.getTime());
    }));

  it("sees what became of old orders with the sweep, ten minutes later, for a handful of calls", () =>
    on(async (stand) => {
      const orders = house(stand);
      await orders.run();
      const old = (await stand.control.orders({})).find(({ wbStatus, supplierStatus }) => wbStatus === "sorted" && supplierStatus === "complete");
      await stand.control.setOrder({ id: old?.id ?? 0, wbStatus: "sold" });
      await orders.run();
      expect(orders.held(String(old?.id)).state).toBe("shipped");
      await stand.advance(11 * 60_000);
      const before = await stand.orders.requests("list");
      await orders.run();
      expect(orders.held(String(old?.id)).state).toBe("delivered");
      expect((await stand.orders.requests("list")) - before).toBeLessThan(10);
      expect(await stand.refusedForLimit()).toBe(0);
    }));
});

describe("supplies", () => {
  it("of ours are one a day for what may lie together; those of people are left alone", () =>
    on(async (stand) => {
      const ids = [(await stand.control.placeOrder({})).id, (await stand.control.placeOrder({})).id];
      const before = await stand.control.supplies({});
      for (const id of ids) await change(stand, id, "confirm");
      const added = (await stand.control.supplies({})).filter(({ id }) => !before.some((known) => known.id === id));
      expect(added).toHaveLength(1);
      expect(added[0]?.name).toMatch(/^Karavan \d{4}-\d{2}-\d{2} 1130011-1-0$/);
      for (const id of ids) expect(await standing(stand, id)).toMatchObject({ supplierStatus: "confirm", supplyId: added[0]?.id });
      await change(stand, ids[0] ?? 0, "ship", { supply: added[0]?.id ?? "" });
      const next = (await stand.control.placeOrder({})).id;
      await change(stand, next, "confirm");
      expect((await standing(stand, next))?.supplyId).not.toBe(added[0]?.id);
    }));

  it("named by a person are used, unless there is no such supply or it is closed", () =>
    on(async (stand) => {
      const { supplyId } = await stand.control.pack({ ids: [(await stand.control.placeOrder({})).id] });
      const { id } = await stand.control.placeOrder({});
      await expect(change(stand, id, "confirm", { supply: "поставка" })).rejects.toMatchObject({ code: "wildberries.supply_unknown" });
      await expect(change(stand, id, "confirm", { supply: "WB-GI-1" })).rejects.toMatchObject({ code: "wildberries.supply_unknown" });
      // A refusal costs ten calls: the service wants a break after it.
      await stand.advance(10_000);
      await change(stand, id, "confirm", { supply: ` ${supplyId} ` });
      expect((await standing(stand, id))?.supplyId).toBe(supplyId);
      const closed = await stand.control.pack({ ids: [(await stand.control.placeOrder({})).id], ship: true });
      const late = (await stand.control.placeOrder({})).id;
      await expect(change(stand, late, "confirm", { supply: closed.supplyId })).rejects.toMatchObject({
        code: "wildberries.supply_refused",
        mayHaveTakenEffect: false,
      });
    }));

  it("that hold other orders too are handed over only when named", () =>
    on(async (stand) => {
      const ids = [(await stand.control.placeOrder({})).id, (await stand.control.placeOrder({})).id];
      const { supplyId } = await stand.control.pack({ ids });
      const [first = 0, second = 0] = ids;
      await expect(change(stand, first, "ship")).rejects.toMatchObject({ code: "wildberries.supply_shared", params: { supply: supplyId, others: 1 } });
      expect((await standing(stand, first))?.supplierStatus).toBe("confirm");
      await change(stand, first, "ship", { supply: supplyId });
      for (const id of ids) expect((await standing(stand, id))?.supplierStatus).toBe("complete");
      await expect(change(stand, second, "ship")).rejects.toMatchObject({ code: "wildberries.order_state", mayHaveTakenEffect: false, retryable: false });
    }));

  it("stay where marking or the way of shipping is missing, and that is said", () =>
    on(async (stand) => {
      const { id } = await stand.control.placeOrder({ lacksMarking: true });
      await stand.control.pack({ ids: [id] });
      await expect(change(stand, id, "ship")).rejects.toMatchObject({ code: "wildberries.marking_missing", retryable: false });
      const marked = (await stand.control.placeOrder({})).id;
      await stand.control.pack({ ids: [marked] });
      await stand.control.setShipping({ wanted: true });
      await expect(change(stand, marked, "ship")).rejects.toMatchObject({ code: "wildberries.supply_shipping", retryable: false });
      expect((await standing(stand, marked))?.supplierStatus).toBe("confirm");
    }));

  it("made although the answer was lost are found again: the order is packed once, in one supply", () =>
    on(async (stand) => {
      const { id } = await stand.control.placeOrder({});
      await stand.control.fail({ kind: "drop-after-accept", match: "/api/v3/supplies (write)", times: 1 });
      await expect(change(stand, id, "confirm")).rejects.toMatchObject({ mayHaveTakenEffect: true, retryable: true });
      const order = await port.read(contextOf(stand), { externalId: String(id) });
      expect(port.hasTaken(order, changeOf(order, "confirm"))).toBe(false);
      await change(stand, id, "confirm");
      expect((await stand.control.supplies({})).filter(({ name }) => name.startsWith("Karavan"))).toHaveLength(1);
      expect((await standing(stand, id))?.apiChanges).toBe(1);
    }));
});

describe("listings", () => {
  const readAll = (stand: WildberriesStand, given: Partial<ConnectorContext> = {}) =>
    pages<ExternalProduct>((cursor) => wildberriesCatalog.pull({ ...contextOf(stand), ...given }, { cursor }));

  it("carry price, stock, barcodes and warehouse, one of each size", () =>
    on(async (stand) => {
      const listings = (await readAll(stand)).flatMap((page) => page.records);
      const [stocks, products] = [await stand.control.stocks({}), await stand.control.products({})];
      for (const product of products) {
        for (const { chrtId, barcode } of product.sizes) {
          const listing = listings.find(({ externalId }) => externalId === String(chrtId));
          expect(listing).toMatchObject({
            sku: String(product.nmId),
            barcodes: [barcode],
            stock: { available: stocks[chrtId] },
            price: { amountMinor: BigInt(product.priceMinor) },
          });
          expect(listing?.price?.oldMinor).toBe(product.discount === 0 ? undefined : BigInt(product.fullPrice * 100));
        }
      }
      expect(listings).toHaveLength(products.flatMap(({ sizes }) => sizes).length);
    }));

  it("are read page by page with the same warehouse, and asked for it once", () =>
    on(async (stand) => {
      await stand.control.addProducts({ count: 230 });
      const all = await readAll(stand);
      expect(all.map((page) => page.records.length).reduce((sum, count) => sum + count, 0)).toBe(236);
      expect(all.length).toBe(3);
      expect(new Set(all.flatMap((page) => page.records).map(({ remoteContext }) => remoteContext?.["warehouseId"]))).toEqual(new Set(["1130011"]));
      const { counts } = await stand.control.requests({ last: 1 });
      expect(Object.entries(counts).find(([path]) => path.endsWith("/api/v3/warehouses"))?.[1]).toBe(1);
    }));

  it("go without what the token may not see, and say so once", () =>
    on(async (stand) => {
      stand.replaceToken((await stand.control.makeToken({ categories: ["content"] })).token);
      const codes = ["wildberries.prices_missing", "wildberries.stock_missing"].map((code) => ({ code }));
      const asked = await readAll(stand);
      expect(asked[0]?.warnings).toEqual(codes);
      expect(asked[0]?.records.every((listing) => !("stock" in listing) && !("price" in listing))).toBe(true);
      const { counts } = await stand.control.requests({ last: 1 });
      const known = await readAll(stand, { facts: { categories: ["content"] } });
      expect(known[0]?.warnings).toEqual(codes);
      const later = (await stand.control.requests({ last: 1 })).counts;
      expect(Object.keys(later).filter((path) => later[path] !== counts[path])).toHaveLength(1);
      const base = await readAll(stand, { facts: { tokenType: "base", categories: ["content", "prices"] } });
      expect(base[0]?.warnings).toEqual(["wildberries.base_token_prices", "wildberries.stock_missing"].map((code) => ({ code })));
    }));

  it("have stock only of one warehouse: with two of them, of the one that was chosen", () =>
    on(async (stand) => {
      await stand.control.setWarehouse({ id: 1_130_012, deliveryType: 1 });
      const read = async (warehouseId: string) => {
        const [page] = await readAll(stand, { credentials: { ...stand.credentials, warehouseId } });
        return { code: page?.warnings?.[0]?.code, stock: page?.records[0]?.stock?.available, warehouse: page?.records[0]?.remoteContext?.["warehouseId"] };
      };
      expect(await read("")).toEqual({ code: "wildberries.warehouse_not_chosen", stock: undefined, warehouse: undefined });
      expect(await read("1130012")).toEqual({ code: undefined, stock: 0, warehouse: "1130012" });
      expect(await read("77")).toEqual({ code: "wildberries.warehouse_unknown", stock: undefined, warehouse: undefined });
      const [listing] = (await readAll(stand))[0]?.records ?? [];
      const line = {
        listing: { externalId: listing?.externalId ?? "", remoteContext: listing?.remoteContext ?? {} },
        quantity: 3,
        previous: null,
        requestId: "1",
      };
      expect(await wildberriesOffers.stock?.set(contextOf(stand), [line])).toMatchObject([{ state: "rejected", code: "wildberries.warehouse_not_chosen" }]);
    }));

  it("whose price falls to less than a third are put into quarantine, and keep the old one", () =>
    on(async (stand) => {
      const [listing] = (await readAll(stand))[0]?.records ?? [];
      const change = {
        listing: { externalId: listing?.externalId ?? "", remoteContext: listing?.remoteContext ?? {} },
        priceMinor: 50_000n,
        oldPriceMinor: null,
        currency: "RUB",
        requestId: "1",
      };
      const [outcome] = (await wildberriesOffers.price?.set(contextOf(stand), [change])) ?? [];
      await stand.advance(60_000);
      const tracking = outcome?.state === "pending" ? outcome.tracking : "";
      expect(await wildberriesOffers.check?.(contextOf(stand), "price", tracking)).toMatchObject([{ state: "rejected", code: "wildberries.price_quarantine" }]);
      expect((await readAll(stand))[0]?.records[0]?.price?.amountMinor).toBe(listing?.price?.amountMinor);
    }));
});

describe("sales before they are in the accounts", () => {
  const day = (at: Date) => new Date(at.getTime() + MOSCOW_MS).toISOString().slice(0, 10);
  const windowOf = (stand: WildberriesStand, days: number): DateWindow => ({
    from: new Date(stand.clock.now().getTime() - days * DAY_MS),
    to: new Date(stand.clock.now().getTime() + MOSCOW_MS),
  });
  /** What the house has to come to: rows by id, early ones left out once the accounts have one of their key. */
  const add = (lines: ReadonlyMap<string, ExternalSaleLine>) => {
    const final = new Set([...lines.values()].flatMap((line) => (line.isPreliminary ? [] : [line.settlementKey ?? ""])));
    const counted = [...lines.values()].filter((line) => !line.isPreliminary || !final.has(line.settlementKey ?? ""));
    const trade = counted.filter((line) => line.kind === "sale" || line.kind === "return");
    return {
      lines: trade.length,
      quantity: trade.reduce((sum, line) => sum + line.quantity, 0),
      revenueMinor: Number(trade.reduce((sum, line) => sum + line.revenueMinor, 0n)),
      payoutMinor: Number(counted.reduce((sum, line) => sum + line.revenueMinor + line.feesMinor, 0n)),
    };
  };

  it("count until the report has them, never twice: the books agree before, while and after it appears", () =>
    on(async (stand) => {
      const window = windowOf(stand, 6);
      const books = () => stand.control.books({ from: day(window.from), to: day(window.to) });
      const held = new Map<string, ExternalSaleLine>();
      const sync = async () => {
        for (const line of await records<ExternalSaleLine>((cursor) => wildberriesSales.pull(contextOf(stand), { window, cursor })))
          held.set(line.externalId, line);
      };
      await sync();
      const before = add(held);
      expect(before).toEqual(await books());
      const early = [...held.values()].filter((line) => line.isPreliminary);
      expect(early.some((line) => line.kind === "return")).toBe(true);
      expect((await stand.control.reportSales({})).rows).toBeGreaterThan(0);
      // Between two runs the house holds the early lines alone.
      expect(add(held)).toEqual(before);
      await sync();
      expect(add(held)).toEqual(await books());
      expect(add(held)).not.toEqual(before);
      // The accounts charge for the way as well; the trade lines themselves are as many as before.
      expect([add(held).lines, add(held).quantity]).toEqual([before.lines, before.quantity]);
      await sync();
      expect(add(held)).toEqual(await books());
    }, wildberriesBooksStand));

  it("keep a sale and its later return apart: the return counts although the sale is final", () =>
    on(async (stand) => {
      const window = windowOf(stand, 3);
      const lines = await records<ExternalSaleLine>((cursor) => wildberriesSales.pull(contextOf(stand), { window, cursor }));
      for (const line of lines.filter((one) => one.kind === "return")) expect(line.settlementKey).toBe(`${line.orderNumber}:return`);
      for (const line of lines.filter((one) => one.kind === "sale")) expect(line.settlementKey).toBe(line.orderNumber);
      for (const line of lines.filter((one) => one.kind === "fee")) expect(line.settlementKey).toBeUndefined();
    }, wildberriesBooksStand));

  it("are not asked for where they can add nothing, or by a token that may not: then that is said", () =>
    on(async (stand) => {
      const early = () =>
        stand.control.requests({ last: 1 }).then(({ counts }) => Object.keys(counts).filter((path) => path.endsWith("/supplier/sales")).length);
      const nowMs = stand.clock.now().getTime();
      const old = { from: new Date(nowMs - 40 * DAY_MS), to: new Date(nowMs - 11 * DAY_MS) };
      await pages((cursor) => wildberriesSales.pull(contextOf(stand), { window: old, cursor }));
      expect(await early()).toBe(0);
      stand.replaceToken((await stand.control.makeToken({ categories: ["finance"] })).token);
      const refused = await pages((cursor) => wildberriesSales.pull(contextOf(stand), { window: windowOf(stand, 2), cursor }));
      expect(refused.at(-1)?.warnings).toEqual([{ code: "wildberries.statistics_missing" }]);
      const facts = { categories: ["finance"] };
      const known = await pages((cursor) => wildberriesSales.pull({ ...contextOf(stand), facts }, { window: windowOf(stand, 2), cursor }));
      expect(known.at(-1)?.warnings).toEqual([{ code: "wildberries.statistics_missing" }]);
    }));
});
