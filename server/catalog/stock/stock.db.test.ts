import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { OrderState } from "@/server/integrations/contract/orders";
import { db, pool } from "@/server/platform/db";
import { ingestProducts } from "../ingest-products";
import { createVariant, makeVariants, matchByHand, mergeVariants } from "../matching/change-variants";
import { saveRule } from "../pushing/offer-settings";
import { makeShelf, makeSold, type Shelf, shopAt, use } from "../testing/make-shelf";
import { changeStockByHand } from "./change-stock";
import { type ReservingOrder, settleReservations } from "./settle-reservations";

interface Ordered {
  readonly orderId: string;
  readonly lineId: string;
}

const newOrder = (): Ordered => ({ orderId: randomUUID(), lineId: randomUUID() });

function order(
  shelf: Shelf,
  ids: Ordered,
  state: OrderState,
  quantity: number,
  more: { sku?: string; shop?: number; leftAt?: Date; fulfilment?: string } = {},
): ReservingOrder {
  const { connectionId } = shopAt(shelf, more.shop ?? 0);
  const line = { lineId: ids.lineId, connectionId, sku: null, offerId: more.sku ?? "A-1", barcode: null, quantity };
  return { orderId: ids.orderId, state, fulfilment: more.fulfilment ?? "fbs", leftAt: more.leftAt ?? null, lines: [line] };
}

const settle = (shelf: Shelf, ...orders: ReservingOrder[]) => use(shelf, (scope) => settleReservations(scope, orders, shelf.clock.now()));
const shelfOf = (id: string) => db.variant.findUniqueOrThrow({ where: { id }, select: { onHand: true, reserved: true } });
const enable = (shelf: Shelf, shop: number, more: { buffer?: number; cap?: number | null; turnoverPercent?: number } = {}) =>
  saveRule(
    shelf.workspaceId,
    shelf.userId,
    { connectionId: shopAt(shelf, shop).connectionId, isEnabled: true, buffer: 0, cap: null, turnoverPercent: 100, ...more },
    shelf.clock,
  );
const wantedOf = async (shelf: Shelf) =>
  Promise.all(
    shelf.shops.map(async ({ connectionId }) => {
      const row = await db.product.findFirstOrThrow({ where: { connectionId } });
      return { wanted: row.wantedStock, version: row.stockVersion };
    }),
  );
const wokenFor = async (connectionId: string) => {
  const { rows } = await pool.query("SELECT 1 FROM engine_event WHERE name = 'catalog/stock.wanted' AND data ->> 'connectionId' = $1", [connectionId]);
  return rows.length;
};

describe("what orders hold", () => {
  it("follows the order from new to shipped, once each, and leaves a movement", async () => {
    const shelf = await makeShelf();
    const variantId = await makeSold(shelf, "A-1", 10);
    const ids = newOrder();
    const result = await settle(shelf, order(shelf, ids, "new", 3));
    expect(result).toEqual({ short: [], matched: [{ lineId: ids.lineId, variantId }] });
    expect(await shelfOf(variantId)).toEqual({ onHand: 10, reserved: 3 });
    await settle(shelf, order(shelf, ids, "new", 3));
    await settle(shelf, order(shelf, ids, "packed", 2));
    expect(await shelfOf(variantId)).toEqual({ onHand: 10, reserved: 2 });
    await settle(shelf, order(shelf, ids, "shipped", 2));
    await settle(shelf, order(shelf, ids, "delivered", 2));
    await settle(shelf, order(shelf, ids, "confirmed", 2));
    await settle(shelf, order(shelf, ids, "returned", 2));
    expect(await shelfOf(variantId)).toEqual({ onHand: 8, reserved: 0 });
    const movements = await db.stockMovement.findMany({ where: { variantId, kind: "shipped" } });
    expect(movements).toMatchObject([{ quantity: -2, onHandAfter: 8, orderId: ids.orderId }]);
  });

  it("gives back what is cancelled, whole or in part, and what an order no longer names", async () => {
    const shelf = await makeShelf();
    const variantId = await makeSold(shelf, "A-1", 10);
    const [first, second] = [newOrder(), newOrder()];
    await settle(shelf, order(shelf, first, "new", 3), order(shelf, second, "new", 4));
    expect(await shelfOf(variantId)).toEqual({ onHand: 10, reserved: 7 });
    await settle(shelf, order(shelf, first, "cancelled", 3));
    expect(await shelfOf(variantId)).toEqual({ onHand: 10, reserved: 4 });
    await settle(shelf, { ...order(shelf, second, "new", 4), lines: [] });
    expect(await shelfOf(variantId)).toEqual({ onHand: 10, reserved: 0 });
  });

  it("leaves the marketplace's own warehouse, and history, alone", async () => {
    const shelf = await makeShelf();
    const variantId = await makeSold(shelf, "A-1", 10);
    await settle(shelf, order(shelf, newOrder(), "new", 3, { fulfilment: "fbo" }), order(shelf, newOrder(), "delivered", 3));
    await settle(shelf, order(shelf, newOrder(), "shipped", 3, { leftAt: new Date("2026-11-01T00:00:00Z") }));
    expect(await shelfOf(variantId)).toEqual({ onHand: 10, reserved: 0 });
    expect(await db.stockReservation.count({ where: { workspaceId: shelf.workspaceId } })).toBe(0);
    await settle(shelf, order(shelf, newOrder(), "shipped", 3, { leftAt: new Date("2026-11-20T10:30:00Z") }));
    expect(await shelfOf(variantId)).toEqual({ onHand: 7, reserved: 0 });
  });

  it("tells which orders come too late for what there is: first held, first served", async () => {
    const shelf = await makeShelf();
    const variantId = await makeSold(shelf, "A-1", 5);
    const [first, second] = [newOrder(), newOrder()];
    expect((await settle(shelf, order(shelf, first, "new", 4))).short).toEqual([]);
    shelf.clock.advance(60_000);
    expect((await settle(shelf, order(shelf, second, "new", 4))).short).toEqual([second.orderId]);
    expect((await settle(shelf, order(shelf, first, "new", 4))).short).toEqual([]);
    await settle(shelf, order(shelf, first, "shipped", 4), order(shelf, second, "shipped", 4));
    // More went out than was counted: the shelf is empty, not less than empty.
    expect(await shelfOf(variantId)).toEqual({ onHand: 0, reserved: 0 });
  });

  it("remembers a line nobody knows, and holds its pieces as soon as its listing is matched", async () => {
    const shelf = await makeShelf();
    const ids = newOrder();
    expect((await settle(shelf, order(shelf, ids, "new", 2, { sku: "LATE" }))).matched).toEqual([]);
    expect(await db.stockReservation.findUniqueOrThrow({ where: { orderLineId: ids.lineId } })).toMatchObject({ state: "waiting", variantId: null });
    const { variantId } = await createVariant(shelf.workspaceId, shelf, { sku: "late", name: "Late", barcodes: [], onHand: 9, productIds: [] }, shelf.clock);
    expect(await shelfOf(variantId)).toEqual({ onHand: 9, reserved: 2 });
    await settle(shelf, order(shelf, ids, "shipped", 2, { sku: "LATE" }));
    expect(await shelfOf(variantId)).toEqual({ onHand: 7, reserved: 0 });
  });
});

describe("matching", () => {
  it("goes by article over shops, then by a barcode only one variant has", async () => {
    const shelf = await makeShelf();
    const variantId = await makeSold(shelf, "A-1", 1);
    expect(await db.product.count({ where: { workspaceId: shelf.workspaceId, variantId } })).toBe(2);
    await createVariant(shelf.workspaceId, shelf, { sku: "B", name: "B", barcodes: ["4600000000017"], productIds: [] }, shelf.clock);
    const { connectionId } = shopAt(shelf, 1);
    const products = [{ externalId: "odd", offerId: "other-name", name: "B", barcodes: ["4600000000017"] }];
    await use(shelf, (scope) => ingestProducts(scope, { connection: { id: connectionId }, products }, shelf.clock));
    expect(await db.product.findFirstOrThrow({ where: { connectionId, externalId: "odd" } })).toMatchObject({ matchedBy: "barcode" });
  });

  it("by hand wins: set apart it stays apart, moved it takes its held pieces along", async () => {
    const shelf = await makeShelf();
    const variantId = await makeSold(shelf, "A-1", 5);
    const ids = newOrder();
    await settle(shelf, order(shelf, ids, "new", 2));
    const { connectionId } = shopAt(shelf, 0);
    const listing = await db.product.findFirstOrThrow({ where: { connectionId } });
    const other = await createVariant(shelf.workspaceId, shelf, { sku: "C", name: "C", barcodes: [], onHand: 4, productIds: [listing.id] }, shelf.clock);
    expect([await shelfOf(variantId), await shelfOf(other.variantId)]).toEqual([
      { onHand: 5, reserved: 0 },
      { onHand: 4, reserved: 2 },
    ]);
    await matchByHand(shelf.workspaceId, [listing.id], "apart", shelf.clock);
    expect(await shelfOf(other.variantId)).toEqual({ onHand: 4, reserved: 0 });
    const products = [{ externalId: "A-1-x", offerId: "A-1", name: "Renamed" }];
    await use(shelf, (scope) => ingestProducts(scope, { connection: { id: connectionId }, products }, shelf.clock));
    expect(await db.product.findUniqueOrThrow({ where: { id: listing.id } })).toMatchObject({ variantId: null, matchedBy: "apart", name: "Renamed" });
    await matchByHand(shelf.workspaceId, [listing.id], "auto", shelf.clock);
    expect(await shelfOf(variantId)).toEqual({ onHand: 5, reserved: 2 });
  });

  it("merging brings listings, shelves and reservations together", async () => {
    const shelf = await makeShelf();
    const variantId = await makeSold(shelf, "A-1", 5);
    const { variantId: into } = await createVariant(shelf.workspaceId, shelf, { sku: "D", name: "D", barcodes: ["1"], onHand: 3, productIds: [] }, shelf.clock);
    const ids = newOrder();
    await settle(shelf, order(shelf, ids, "new", 2));
    await mergeVariants(shelf.workspaceId, shelf, variantId, into, shelf.clock);
    expect(await shelfOf(into)).toEqual({ onHand: 8, reserved: 2 });
    expect(await db.variant.findUnique({ where: { id: variantId } })).toBeNull();
    await settle(shelf, order(shelf, ids, "shipped", 2));
    expect(await shelfOf(into)).toEqual({ onHand: 6, reserved: 0 });
  });

  it("refuses an article that is taken, however it is written", async () => {
    const shelf = await makeShelf();
    await makeSold(shelf, "A-1", 5);
    await expect(createVariant(shelf.workspaceId, shelf, { sku: " a-1 ", name: "A", barcodes: [], productIds: [] })).rejects.toMatchObject({
      code: "catalog.article_taken",
    });
    expect(await makeVariants(shelf.workspaceId, "unmatched", shelf.clock)).toEqual({ variantIds: [] });
  });
});

describe("what listings tell", () => {
  it("absent leaves what is known, older news changes nothing, an unchanged repeat is a duplicate", async () => {
    const shelf = await makeShelf();
    const { connectionId } = shopAt(shelf, 0);
    const take = (product: Parameters<typeof ingestProducts>[1]["products"][number]) =>
      use(shelf, (scope) => ingestProducts(scope, { connection: { id: connectionId }, products: [product] }, shelf.clock));
    const full = {
      externalId: "p",
      sku: "100",
      offerId: "Z",
      name: "Cup",
      barcodes: ["1", "2"],
      variantName: "Blue",
      status: "active",
      stock: { available: 4, reserved: 1 },
      price: { amountMinor: 90_071_992_547_409_931n, oldMinor: 2n, currency: "RUB" },
      versionAt: new Date("2026-11-20T09:00:00Z"),
      remoteContext: { warehouse: "7" },
    } as const;
    expect(await take(full)).toMatchObject({ applied: 1 });
    expect(await take(full)).toMatchObject({ applied: 0, duplicate: 1 });
    expect(await take({ externalId: "p", name: "Cup" })).toMatchObject({ applied: 0, duplicate: 1 });
    expect(await take({ ...full, name: "Old", stock: { available: 9 }, versionAt: new Date("2026-11-20T08:00:00Z") })).toMatchObject({ applied: 0 });
    const row = await db.product.findFirstOrThrow({ where: { connectionId, externalId: "p" } });
    expect(row).toMatchObject({
      name: "Cup",
      barcodes: ["1", "2"],
      remoteStock: 4,
      remoteReserved: 1,
      remotePriceMinor: 90_071_992_547_409_931n,
      remoteOldMinor: 2n,
    });
    expect(row).toMatchObject({ variantName: "Blue", article: "z", remoteContext: { warehouse: "7" } });
    expect(await take({ externalId: "p", name: "Cup", price: { amountMinor: 5n, currency: "RUB" } })).toMatchObject({ applied: 1 });
    expect(await db.product.findFirstOrThrow({ where: { connectionId, externalId: "p" } })).toMatchObject({ remotePriceMinor: 5n, remoteOldMinor: null });
  });
});

describe("what channels should show", () => {
  it("is nothing until a person switches it on", async () => {
    const shelf = await makeShelf();
    await makeSold(shelf, "A-1", 10);
    expect(await wantedOf(shelf)).toEqual([
      { wanted: null, version: 0 },
      { wanted: null, version: 0 },
    ]);
    expect(await wokenFor(shopAt(shelf, 0).connectionId)).toBe(0);
  });

  it("changes with the order, the count and the rule, in the same transaction, and wakes the pushing", async () => {
    const shelf = await makeShelf();
    const variantId = await makeSold(shelf, "A-1", 10);
    await enable(shelf, 0, { buffer: 1 });
    await enable(shelf, 1, { cap: 4 });
    expect((await wantedOf(shelf)).map((row) => row.wanted)).toEqual([9, 4]);
    const woken = await wokenFor(shopAt(shelf, 0).connectionId);
    await expect(
      use(shelf, async (scope) => {
        await settleReservations(scope, [order(shelf, newOrder(), "new", 7)], shelf.clock.now());
        throw new Error("the order was not stored");
      }),
    ).rejects.toThrow("not stored");
    expect((await wantedOf(shelf)).map((row) => row.wanted)).toEqual([9, 4]);
    expect(await wokenFor(shopAt(shelf, 0).connectionId)).toBe(woken);
    await settle(shelf, order(shelf, newOrder(), "new", 2));
    // Shop 1 sold two and was not told yet, so shop 2 holds two back: 10 − 2 − 2 is still above its cap.
    expect((await wantedOf(shelf)).map((row) => row.wanted)).toEqual([7, 4]);
    expect(await wokenFor(shopAt(shelf, 0).connectionId)).toBe(woken + 1);
    await changeStockByHand(shelf.workspaceId, shelf.userId, { variantId, kind: "written_off", quantity: 6 }, shelf.clock);
    expect((await wantedOf(shelf)).map((row) => row.wanted)).toEqual([1, 0]);
    await expect(changeStockByHand(shelf.workspaceId, shelf.userId, { variantId, kind: "written_off", quantity: 60 }, shelf.clock)).rejects.toMatchObject({
      code: "catalog.not_enough",
    });
  });
});
