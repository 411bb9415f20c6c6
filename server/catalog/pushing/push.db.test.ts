import { describe, expect, it } from "vitest";
import { ConnectorError } from "@/server/integrations/contract/errors";
import { db, pool } from "@/server/platform/db";
import { ingestProducts } from "../ingest-products";
import { changeStockByHand } from "../stock/change-stock";
import { makeShelf, makeSold, type Shelf, shopAt, use } from "../testing/make-shelf";
import { changeOffers, previewRule, pushAgain, saveRule, setPrices } from "./offer-settings";
import { pushOffers } from "./push-offers";
import { PUSH_TIMINGS } from "./push-rules";
import { sweepOffers } from "./sweep-offers";

const push = (shelf: Shelf, shop: number, kind: "stock" | "price" = "stock") =>
  pushOffers(
    { workspaceId: shelf.workspaceId, connectionId: shopAt(shelf, shop).connectionId, kind },
    { gateway: shelf.gateway, clock: shelf.clock, timings: PUSH_TIMINGS },
  );

async function drain(shelf: Shelf, shop: number, kind: "stock" | "price" = "stock"): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) {
    const step = await push(shelf, shop, kind);
    if (step.kind === "idle") return;
    if (step.kind === "later") shelf.clock.advance(Math.max(1, step.at.getTime() - shelf.clock.now().getTime()));
  }
  throw new Error("the pushing does not come to rest");
}

const enable = (shelf: Shelf, shop: number, isEnabled = true) =>
  saveRule(
    shelf.workspaceId,
    shelf.userId,
    { connectionId: shopAt(shelf, shop).connectionId, isEnabled, buffer: 0, cap: null, turnoverPercent: 100 },
    shelf.clock,
  );
const listing = (shelf: Shelf, shop: number, sku = "A-1") =>
  db.product.findFirstOrThrow({ where: { connectionId: shopAt(shelf, shop).connectionId, externalId: `${sku}-x` } });
const pushesOf = (productId: string) => db.offerPush.findMany({ where: { productId }, orderBy: { version: "asc" } });
const count = (shelf: Shelf, variantId: string, quantity: number) =>
  changeStockByHand(shelf.workspaceId, shelf.userId, { variantId, kind: "counted", quantity }, shelf.clock);

async function ready(onHand = 10) {
  const shelf = await makeShelf(1);
  const variantId = await makeSold(shelf, "A-1", onHand);
  await enable(shelf, 0);
  return { shelf, variantId, shop: shopAt(shelf, 0).shop };
}

describe("pushing stock", () => {
  it("carries the wish, and keeps the request as its record", async () => {
    const { shelf, shop } = await ready();
    await drain(shelf, 0);
    expect(shop.stock.get("A-1-x")).toBe(10);
    const row = await listing(shelf, 0);
    expect(row).toMatchObject({ wantedStock: 10, ackedStock: 10, ackedStockVersion: row.stockVersion });
    expect(await pushesOf(row.id)).toMatchObject([{ state: "acknowledged", quantity: 10, attempts: 1, version: row.stockVersion }]);
    expect(shop.calls).toHaveLength(1);
  });

  it("keeps to the service's batch, and writes nothing that is off or not counted", async () => {
    const { shelf, shop } = await ready();
    for (const sku of ["B", "C", "D"]) await makeSold(shelf, sku, 3);
    await makeSold(shelf, "UNCOUNTED", null);
    await changeOffers(shelf.workspaceId, { productIds: [(await listing(shelf, 0, "B")).id], isStockPushed: false }, shelf.clock);
    await drain(shelf, 0);
    expect(shop.calls.every((call) => call.length <= shop.maxBatch)).toBe(true);
    expect([...shop.stock.keys()].sort()).toEqual(["A-1-x", "C-x", "D-x"]);
    await enable(shelf, 0, false);
    expect(await listing(shelf, 0)).toMatchObject({ wantedStock: null, ackedStock: 10 });
    expect(await push(shelf, 0)).toEqual({ kind: "idle" });
  });

  it.each(["lost-before", "lost-after"] as const)("%s: the newest wish is said again under the same id", async (fault) => {
    const { shelf, shop } = await ready();
    shop.faults.push(fault);
    await push(shelf, 0);
    const row = await listing(shelf, 0);
    expect(await pushesOf(row.id)).toMatchObject([{ state: "unknown", errorCode: "catalog.push_interrupted" }]);
    expect(await push(shelf, 0)).toMatchObject({ kind: "later" });
    await drain(shelf, 0);
    expect(shop.stock.get("A-1-x")).toBe(10);
    expect(await pushesOf(row.id)).toMatchObject([{ state: "acknowledged", attempts: 2 }]);
    expect(new Set(shop.calls.flat().map((change) => change.requestId)).size).toBe(1);
  });

  it("an unknown outcome of an older wish is settled by the newer one", async () => {
    const { shelf, shop, variantId } = await ready();
    shop.faults.push("lost-after");
    await push(shelf, 0);
    await count(shelf, variantId, 4);
    await drain(shelf, 0);
    expect(shop.stock.get("A-1-x")).toBe(4);
    expect((await pushesOf((await listing(shelf, 0)).id)).map((one) => [one.state, one.quantity])).toEqual([
      ["superseded", 10],
      ["acknowledged", 4],
    ]);
  });

  it("a wish never overtakes a request that is on its way", async () => {
    const { shelf, shop, variantId } = await ready();
    shop.onCall = async () => {
      shop.onCall = null;
      await count(shelf, variantId, 4);
      expect(await push(shelf, 0)).toMatchObject({ kind: "later" });
    };
    await push(shelf, 0);
    expect(await listing(shelf, 0)).toMatchObject({ wantedStock: 4, ackedStock: 10 });
    await drain(shelf, 0);
    expect(shop.stock.get("A-1-x")).toBe(4);
  });

  it("a worker that died is found out, and its late answer changes nothing", async () => {
    const { shelf, shop, variantId } = await ready();
    let wake: () => void = () => undefined;
    shop.onCall = () => {
      shop.onCall = null;
      return new Promise((resolve) => {
        wake = resolve;
      });
    };
    const frozen = push(shelf, 0);
    await expect.poll(async () => (await pushesOf((await listing(shelf, 0)).id)).length).toBe(1);
    shelf.clock.advance(PUSH_TIMINGS.leaseMs + 1);
    await count(shelf, variantId, 4);
    await drain(shelf, 0);
    shop.faults.push("lost-before");
    wake();
    await frozen;
    expect(await listing(shelf, 0)).toMatchObject({ wantedStock: 4, ackedStock: 4 });
    expect((await pushesOf((await listing(shelf, 0)).id)).map((one) => one.state)).toEqual(["superseded", "acknowledged"]);
  });

  it("asks for an answer that comes later", async () => {
    const { shelf, shop } = await ready();
    shop.faults.push("pending");
    await push(shelf, 0);
    expect(await listing(shelf, 0)).toMatchObject({ ackedStock: null });
    expect(await push(shelf, 0)).toMatchObject({ kind: "later" });
    await drain(shelf, 0);
    expect(await listing(shelf, 0)).toMatchObject({ ackedStock: 10 });
    expect(shop.calls).toHaveLength(1);
  });

  it("a refusal is kept with its reason and not repeated, until the wish is another or a person asks", async () => {
    const { shelf, shop, variantId } = await ready();
    shop.faults.push("rejected");
    await drain(shelf, 0);
    const row = await listing(shelf, 0);
    expect(await pushesOf(row.id)).toMatchObject([{ state: "rejected", errorCode: "fake.refused", errorText: "нет" }]);
    expect(shop.calls).toHaveLength(1);
    await pushAgain(shelf.workspaceId, [row.id], "stock");
    await drain(shelf, 0);
    expect(shop.stock.get("A-1-x")).toBe(10);
    await count(shelf, variantId, 3);
    await drain(shelf, 0);
    expect(shop.stock.get("A-1-x")).toBe(3);
  });

  it("a conflict has the listing read anew, and is tried again with what was read", async () => {
    const { shelf, shop } = await ready();
    await drain(shelf, 0);
    const { connectionId } = shopAt(shelf, 0);
    await pushAgain(shelf.workspaceId, [(await listing(shelf, 0)).id], "stock");
    shop.faults.push("conflict");
    await push(shelf, 0);
    expect(shop.readAnew).toBe(1);
    shelf.clock.advance(1_000);
    const told = [{ externalId: "A-1-x", offerId: "A-1", name: "Item A-1", stock: { available: 7 } }];
    await use(shelf, (scope) => ingestProducts(scope, { connection: { id: connectionId }, products: told }, shelf.clock));
    await drain(shelf, 0);
    expect(shop.calls.map((call) => call[0]?.previous)).toEqual([null, 10, 7]);
    expect(await listing(shelf, 0)).toMatchObject({ ackedStock: 10 });
  });

  it.each([
    ["auth", "delayed"],
    ["rate-limited", "delayed"],
    ["invalid", "rejected"],
    ["timeout", "unknown"],
  ] as const)("a call that failed with %s leaves its requests %s", async (kind, state) => {
    const { shelf, shop } = await ready();
    shop.onCall = async () => {
      throw new ConnectorError(kind, `fake.${kind}`, { mayHaveTakenEffect: kind === "timeout" });
    };
    await push(shelf, 0);
    expect(await pushesOf((await listing(shelf, 0)).id)).toMatchObject([{ state, errorCode: `fake.${kind}` }]);
  });

  it("the sweep wakes wishes whose run was lost, and not those that rest", async () => {
    const { shelf, shop } = await ready();
    const { connectionId } = shopAt(shelf, 0);
    const woken = async () =>
      (await pool.query("SELECT 1 FROM engine_event WHERE name = 'catalog/stock.wanted' AND data ->> 'connectionId' = $1", [connectionId])).rows.length;
    const before = await woken();
    await sweepOffers(shelf.clock);
    expect(await woken()).toBe(before + 1);
    await drain(shelf, 0);
    await sweepOffers(shelf.clock);
    expect(await woken()).toBe(before + 1);
    expect(shop.stock.get("A-1-x")).toBe(10);
  });
});

it("prices go the same way, by a wish of their own", async () => {
  const { shelf, shop } = await ready();
  const row = await listing(shelf, 0);
  expect(await use(shelf, (scope) => setPrices(scope, { prices: [{ productId: row.id, priceMinor: 12_345n, oldMinor: 15_000n }] }))).toEqual({ changed: 1 });
  expect(await use(shelf, (scope) => setPrices(scope, { prices: [{ productId: row.id, priceMinor: 12_345n, oldMinor: 15_000n }] }))).toEqual({ changed: 0 });
  await drain(shelf, 0, "price");
  expect(shop.prices.get("A-1-x")).toBe(12_345n);
  expect(await listing(shelf, 0)).toMatchObject({ ackedPriceMinor: 12_345n, ackedPriceVersion: 1 });
  expect(shop.stock.size).toBe(0);
});

it("the preview says what would be written, and writes nothing", async () => {
  const shelf = await makeShelf(1);
  await makeSold(shelf, "A-1", 10);
  await makeSold(shelf, "EMPTY", 0);
  await makeSold(shelf, "UNCOUNTED", null);
  const { connectionId } = shopAt(shelf, 0);
  const told = [{ externalId: "A-1-x", offerId: "A-1", name: "Item A-1", stock: { available: 12 } }];
  await use(shelf, (scope) => ingestProducts(scope, { connection: { id: connectionId }, products: told }, shelf.clock));
  const preview = await use(shelf, (scope) => previewRule(scope, { connectionId, buffer: 2, cap: null, turnoverPercent: 100 }));
  expect(preview).toMatchObject({ total: 2, toZero: 1, lowered: 1, raised: 1, same: 0, uncounted: 1 });
  expect(preview.rows.map((row) => [row.sku, row.shown, row.wanted])).toEqual([
    ["EMPTY", null, 0],
    ["A-1", 12, 8],
  ]);
  expect(await listing(shelf, 0)).toMatchObject({ wantedStock: null, stockVersion: 0 });
});
