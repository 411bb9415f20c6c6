import { afterEach, describe, expect, it } from "vitest";
import { MemoryOrders } from "../../contract/testing/memory-orders";
import { contextOf } from "../../contract/testing/stand";
import { shopifyCatalog } from "./capabilities/catalog";
import { shopifyOffers } from "./capabilities/offers";
import { shopifyOrders } from "./capabilities/orders";
import { shopifySales } from "./capabilities/sales";
import { shopify } from "./connector";
import { DEFAULT_SHOP, LEGACY_TOKEN } from "./sandbox";
import { type ShopifyStand, shopifyStand } from "./testing/stand";

const open: ShopifyStand[] = [];
afterEach(async () => {
  for (const stand of open.splice(0)) await stand.stop();
});

async function begin() {
  const stand = await shopifyStand();
  open.push(stand);
  const context = contextOf(stand);
  return { stand, shop: stand.shop, context, house: new MemoryOrders(shopifyOrders, context, stand.advance) };
}
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("tokens", () => {
  it("one token serves many calls, is asked for again when it ends, and once more when the shop ends it early", async () => {
    const { stand, shop, context } = await begin();
    await shopify.test(context);
    await shopify.test(context);
    expect(await stand.requests("test")).toBe(1);
    await shop.endTokens();
    expect(await shopify.test(context)).toMatchObject({ accountRef: DEFAULT_SHOP });
    expect(await stand.requests("test")).toBe(2);
  });

  it("an old custom app's own token is used as it is, and is not replaced when it is refused", async () => {
    const { stand } = await begin();
    const old = { ...stand.credentials, clientId: "", accessToken: LEGACY_TOKEN };
    expect(await shopify.test(contextOf(stand, old))).toMatchObject({ accountRef: DEFAULT_SHOP });
    const refused = contextOf(stand, { ...old, accessToken: "shpat_no_such_token_0000000" });
    expect(await failureOf(shopify.test(refused))).toMatchObject({ kind: "auth", code: "shopify.token_refused" });
    expect(await stand.requests("test")).toBe(0);
  });

  it("says when keys and shop do not belong together, and when the app was taken out of the shop", async () => {
    const { stand, shop } = await begin();
    const other = contextOf(stand, { ...stand.credentials, shop: "somebody-else.myshopify.com" });
    expect(await failureOf(shopify.test(other))).toMatchObject({ kind: "invalid", code: "shopify.shop_differs", params: { found: DEFAULT_SHOP } });
    await shop.uninstall();
    expect(await failureOf(shopify.test(contextOf(stand)))).toMatchObject({ kind: "auth", code: "shopify.app_not_installed" });
  });

  it("learns plan, currency, place of the stock and which rights are missing", async () => {
    const { shop, context } = await begin();
    const whole = await shopify.test(context);
    expect(whole).toMatchObject({
      accountName: "Karavan Ev & Bahçe",
      subscription: "Shopify Plus",
      facts: { currency: "TRY", timeZone: "Europe/Istanbul", locationId: "gid://shopify/Location/711", restoreRate: 1_000 },
    });
    await shop.setScopes({ scopes: ["read_orders", "write_products"] });
    expect((await shopify.test(context)).missingPermissions).toEqual([
      { capability: "products", permission: "read_inventory" },
      { capability: "stock", permission: "write_inventory" },
      { capability: "order_changes", permission: "write_orders" },
    ]);
  });
});

describe("cost", () => {
  it("an empty bucket is a wait of exactly what the bucket needs, and the page comes after it", async () => {
    const { shop, context, house } = await begin();
    await house.run();
    await shop.setPlan({ restoreRate: 20 });
    await shop.drain();
    const error = await failureOf(house.step());
    expect(error).toMatchObject({ kind: "rate-limited", retryable: true, mayHaveTakenEffect: false });
    const { retryAfterMs = 0 } = error as { retryAfterMs?: number };
    // A page of ten orders costs some 600 points: at 20 a second that is half a minute.
    expect(retryAfterMs).toBeGreaterThan(15_000);
    expect(retryAfterMs).toBeLessThan(35_000);
    await shop.setPlan({ restoreRate: 1_000_000 });
    await house.run();
    expect(house.orders.size).toBe((await shop.orders()).length);
    await shop.setPlan({ restoreRate: 20 });
    await shop.drain();
    const [first] = await shop.orders();
    expect(await failureOf(shopifyOrders.read(context, { externalId: first?.id ?? "" }))).toMatchObject({ kind: "rate-limited" });
  });

  it("every page that is sent costs less than a query may", async () => {
    const { stand, shop, context, house } = await begin();
    await shop.addProducts({ count: 200 });
    await house.run();
    for (let count = 0; count < 30; count += 1) await shop.placeOrder({ lines: 12 });
    await house.run();
    const order = house.orders.keys().next().value ?? "";
    await shopifyOrders.read(context, { externalId: order });
    const products = await shopifyCatalog.pull(context, {});
    expect(products.records).toHaveLength(80);
    const now = context.clock.now();
    await shopifySales.pull(context, { window: { from: new Date(now.getTime() - 20 * 86_400_000), to: now } });
    // A page that costs too much is asked for again, shorter: none was.
    const calls = await Promise.all(["#OrdersPage", "#OneOrder", "#VariantsPage", "#SalesPage"].map(stand.calls));
    expect(calls).toEqual([3, 1, 1, 1]);
  });
});

describe("the first load", () => {
  it("comes as one bulk operation, waits for it without an error of the connection, and goes on by time of change", async () => {
    const { stand, shop, house } = await begin();
    for (let count = 0; count < 5; count += 1) await shop.placeOrder({ lines: 25 });
    await house.run();
    expect(await stand.calls("#RunBulk")).toBe(1);
    expect(await stand.calls("#OrdersPage")).toBe(0);
    expect(await shop.operations()).toMatchObject([{ status: "COMPLETED", rootObjectCount: house.orders.size }]);
    const { id } = await shop.placeOrder({ lines: 25 });
    await house.run();
    expect(await stand.calls("#RunBulk")).toBe(1);
    // Ten lines come with the order of a page, the others after it.
    expect(await stand.calls("#OrderLines")).toBeGreaterThan(0);
    expect(house.held(id).lines).toHaveLength(25);
    expect(new Set([...house.orders.values()].map(({ lines }) => lines.length)).has(25)).toBe(true);
  });

  it("reads a result of several pieces whole, an order never parted", async () => {
    const { stand, shop, house } = await begin();
    for (let count = 0; count < 40; count += 1) await shop.placeOrder({ lines: 120 });
    await house.run();
    const big = [...house.orders.values()].filter(({ lines }) => lines.length === 120);
    expect(big).toHaveLength(40);
    expect(await stand.calls(".jsonl")).toBeGreaterThan(1);
    expect(house.orders.size).toBe((await shop.orders()).length);
  });

  it("falls back to pages where the operation fails or none can be run, and says so", async () => {
    const { stand, shop, context, house } = await begin();
    await house.step();
    await shop.failBulk();
    await stand.advance(3_000);
    const started = await shopifyOrders.pull(context, {});
    await shop.failBulk();
    await stand.advance(3_000);
    const page = await shopifyOrders.pull(context, { cursor: started.next });
    expect(page).toMatchObject({ warnings: [{ code: "shopify.bulk_failed", params: { reason: "INTERNAL_SERVER_ERROR" } }] });
    expect(page.records.length).toBeGreaterThan(0);
    await house.run();
    expect(house.orders.size).toBe((await shop.orders()).length);
    await shop.setSettings({ bulkMs: 3_600_000 });
    for (let count = 0; count < 5; count += 1) await shopifyOrders.pull(context, {});
    expect((await shopifyOrders.pull(context, {})).records.length).toBeGreaterThan(0);
  });

  it("an empty shop has no result file, and the next run looks from there on", async () => {
    const { stand, shop, context } = await begin();
    // Without read_all_orders Shopify shows sixty days.
    await stand.advance(61 * 86_400_000);
    const house = new MemoryOrders(shopifyOrders, context, stand.advance);
    await house.run();
    expect(house.orders.size).toBe(0);
    const { id } = await shop.placeOrder({});
    await house.run();
    expect([...house.orders.keys()]).toEqual([id]);
  });
});

describe("orders", () => {
  it("comes without its buyer where the app may not read customers, with a word about it", async () => {
    const { stand, shop, context, house } = await begin();
    await house.run();
    await shop.setScopes({ scopes: (await shop.scopes()).filter((scope) => scope !== "read_customers") });
    const { id } = await shop.placeOrder({});
    const window = { from: new Date(context.clock.now().getTime() - 60_000), to: new Date(context.clock.now().getTime() + 60_000) };
    const page = await shopifyOrders.pull(context, { window });
    expect(page.records).toMatchObject([{ externalId: id, buyerRef: undefined, state: "new" }]);
    expect(page.warnings).toEqual([{ code: "shopify.field_denied", params: { field: "orders.nodes.customer" } }]);
    expect(page.checkpoint).toBeUndefined();
    // As a bulk operation it fails whole: the first load comes in pages then.
    const fresh = new MemoryOrders(shopifyOrders, context, stand.advance);
    await fresh.run();
    expect(fresh.orders.size).toBe((await shop.orders()).length);
    expect(await stand.calls("#OrdersPage")).toBeGreaterThan(1);
    await shop.setScopes({ scopes: ["read_products"] });
    expect(await failureOf(shopifyOrders.pull(context, { window }))).toMatchObject({
      kind: "forbidden",
      code: "shopify.scope_missing",
      params: { permission: "read_orders" },
    });
  });

  it("a cancel gives the money back, the stock to the shelf and the note to the staff; a second one is refused in Shopify's words", async () => {
    const { shop, context } = await begin();
    const before = await shop.variants();
    const { id } = await shop.placeOrder({});
    const order = await shopifyOrders.read(context, { externalId: id });
    const facts = { ...order, remoteContext: order.remoteContext ?? {}, now: context.clock.now() };
    const change = { order: facts, transitionId: "cancel", fields: { reason: "INVENTORY", comment: "Depoda yok" }, requestId: "r" };
    await shopifyOrders.change(context, change);
    expect((await shop.orders()).find((entry) => entry.id === id)).toMatchObject({ financial: "REFUNDED", cancelReason: "INVENTORY", staffNote: "Depoda yok" });
    expect(await shop.variants()).toEqual(before);
    expect(await failureOf(shopifyOrders.change(context, change))).toMatchObject({
      kind: "invalid",
      code: "shopify.change_refused",
      params: { reason: "Order has already been cancelled" },
    });
    expect(await failureOf(shopifyOrders.change(context, { ...change, fields: { reason: "INVENTORY", comment: "x".repeat(256) } }))).toMatchObject({
      code: "shopify.note_too_long",
    });
  });

  it("ships what is left of a partly shipped order, and nothing twice", async () => {
    const { shop, context } = await begin();
    const { id } = await shop.placeOrder({ lines: 3 });
    await shop.shipOrder({ id, onlyFirstLine: true });
    const order = await shopifyOrders.read(context, { externalId: id });
    expect(order).toMatchObject({ remoteState: "PARTIALLY_FULFILLED" });
    const change = { order: { ...order, remoteContext: {}, now: context.clock.now() }, transitionId: "ship", fields: { trackingNumber: "T1" }, requestId: "r" };
    await shopifyOrders.change(context, change);
    expect((await shop.orders()).find((entry) => entry.id === id)).toMatchObject({ fulfilment: "FULFILLED", fulfilments: 2, tracking: "T1" });
    expect(await failureOf(shopifyOrders.change(context, change))).toMatchObject({ code: "shopify.nothing_to_ship", retryable: false });
  });

  it("offers only what the app may do", () => {
    const order = { externalId: "x", remoteState: "UNFULFILLED", fulfilment: "own" as const, remoteContext: {}, lines: [], now: new Date() };
    const ids = (scopes: readonly string[]) => shopifyOrders.transitions(order, { scopes }).map(({ id }) => id);
    expect(ids(["write_orders", "write_merchant_managed_fulfillment_orders"])).toEqual(["ship", "cancel"]);
    expect(ids(["read_orders"])).toEqual([]);
  });
});

describe("stock and prices", () => {
  const listings = async (context: ReturnType<typeof contextOf>) =>
    (await shopifyCatalog.pull(context, {})).records.map((product) => ({ product, listing: { ...product, remoteContext: product.remoteContext ?? {} } }));

  it("what is not tracked is refused before a call, what never lay there is put there first", async () => {
    const { stand, shop, context } = await begin();
    const all = await listings(context);
    const untracked = all.find(({ listing }) => listing.remoteContext["tracked"] === "0");
    const bare = all.find(({ listing }) => listing.remoteContext["stocked"] === "0");
    if (untracked === undefined || bare === undefined) throw new Error("the scenario lost its special goods");
    const change = (listing: (typeof all)[number]["listing"], quantity: number) => ({ listing, quantity, previous: null, requestId: listing.externalId });
    expect(await shopifyOffers.stock?.set(context, [change(untracked.listing, 4), change(bare.listing, 9)])).toEqual([
      { externalId: untracked.listing.externalId, state: "rejected", code: "shopify.not_tracked" },
      { externalId: bare.listing.externalId, state: "acknowledged" },
    ]);
    expect((await shop.variants()).find(({ id }) => id === bare.listing.externalId)?.available).toBe(9);
    expect(await stand.calls("#Activate")).toBe(1);
    expect(await shopifyOffers.stock?.set(context, [change(bare.listing, 9)])).toMatchObject([{ state: "acknowledged" }]);
  });

  it("one key means one setting: a repeat does not undo what was sold meanwhile", async () => {
    const { shop, context } = await begin();
    const [first] = await listings(context);
    if (first === undefined) throw new Error("no listings");
    const change = { listing: first.listing, quantity: 20, previous: first.product.stock?.available ?? null, requestId: "one" };
    await shopifyOffers.stock?.set(context, [change]);
    await shop.placeOrder({ variant: first.listing.externalId, quantity: 3 });
    expect(await shopifyOffers.stock?.set(context, [change])).toMatchObject([{ state: "acknowledged" }]);
    expect((await shop.variants()).find(({ id }) => id === first.listing.externalId)?.available).toBe(17);
  });

  it("a price in another currency and one below zero are refused before a call, the crossed-out price goes with it", async () => {
    const { stand, shop, context } = await begin();
    const [one, two, three] = await listings(context);
    if (one === undefined || two === undefined || three === undefined) throw new Error("no listings");
    const price = (listing: typeof one.listing, priceMinor: bigint, currency = "TRY") => ({
      listing,
      priceMinor,
      oldPriceMinor: 50_000n,
      currency,
      requestId: "p",
    });
    expect(await shopifyOffers.price?.set(context, [price(one.listing, 100n, "USD"), price(two.listing, -1n), price(three.listing, 45_075n)])).toEqual([
      { externalId: one.listing.externalId, state: "rejected", code: "shopify.price_currency" },
      { externalId: two.listing.externalId, state: "rejected", code: "shopify.price_refused" },
      { externalId: three.listing.externalId, state: "acknowledged" },
    ]);
    expect(await stand.calls("#SetPrices")).toBe(1);
    expect((await shop.variants()).find(({ id }) => id === three.listing.externalId)).toMatchObject({ priceMinor: 45_075 });
    const read = (await listings(context)).find(({ listing }) => listing.externalId === three.listing.externalId);
    expect(read?.product.price).toEqual({ amountMinor: 45_075n, oldMinor: 50_000n, currency: "TRY" });
  });
});
