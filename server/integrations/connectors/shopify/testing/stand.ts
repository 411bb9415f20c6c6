import { createSandboxControl, createSimulatorControl, type SandboxControl, type SimulatorControl } from "@/sandbox/control/client";
import { startSandbox } from "@/sandbox/server";
import type { ExternalProduct } from "@/server/integrations/contract/records";
import { fetchHttp } from "@/server/integrations/contract/testing/fetch-http";
import { contextOf, type OffersStand, type OrdersStand, type SalesStand, type Stand, type StandTarget } from "@/server/integrations/contract/testing/stand";
import { shopifyCatalog } from "../capabilities/catalog";
import { limitsOf } from "../endpoints";
import { DEFAULT_CLIENT, DEFAULT_SHOP, type ShopifyDesk } from "../sandbox";

const DAY_MS = 86_400_000;

/** Names of GraphQL operations (or paths) that mean one kind of call; what a service does not have never strikes. */
const CALLS: Readonly<Partial<Record<StandTarget, string>>> = { sales: "#SalesPage", products: "#VariantsPage", test: "/oauth/access_token" };
const ORDER_CALLS = { list: "#OrdersPage", read: "#OneOrder", change: "#Ship" } as const;
const OFFER_CALLS = { stock: "#SetStock", price: "#SetPrices" } as const;

export interface ShopifyStand extends Stand {
  readonly control: SandboxControl;
  readonly shop: SimulatorControl<ShopifyDesk>;
  readonly orders: OrdersStand;
  readonly offers: OffersStand;
  readonly sales: SalesStand;
  /** Calls of one GraphQL operation so far. */
  calls(operation: string): Promise<number>;
}

/** The shop's calendar day and ours are the same, whenever the tests run. */
const noon = () => new Date(`${new Date().toISOString().slice(0, 10)}T12:00:00Z`);

/** The Shopify simulator behind real HTTP, in the words of the shared suites. @param startAt where its time begins: now for who lives by the machine's clock. */
export async function shopifyStand(scenario = "small", startAt = noon()): Promise<ShopifyStand> {
  const sandbox = await startSandbox({ scenario, startAt });
  const control = createSandboxControl(sandbox.url);
  const shop = createSimulatorControl<ShopifyDesk>(sandbox.url, "shopify");
  const baseUrl = sandbox.baseUrl("shopify");
  const { clock } = sandbox;
  const advance = async (ms: number) => {
    await control.advance(ms);
  };
  const calls = async (name: string) => {
    const { counts } = await shop.requests({ last: 1 });
    return Object.entries(counts).reduce((sum, [path, count]) => sum + (path.endsWith(name) ? count : 0), 0);
  };
  const fail = async (fault: Parameters<Stand["fail"]>[0], match: string, times = 1) => {
    await shop.fail({ ...fault, match, times });
  };
  const base = {
    control,
    shop,
    baseUrl,
    credentials: { shop: DEFAULT_SHOP, ...DEFAULT_CLIENT, accessToken: "", webhookSecret: "" },
    wrongCredentials: { shop: DEFAULT_SHOP, ...DEFAULT_CLIENT, clientSecret: "shpss_wrong0000000000000000000000000", accessToken: "", webhookSecret: "" },
    clock,
    // Pages are cheap here, and a suite reads many of them at once.
    http: fetchHttp(baseUrl, limitsOf({}, { restoreRate: 1_000 })),
    calls,
    fail: (fault: Parameters<Stand["fail"]>[0], on: StandTarget, times?: number) => fail(fault, CALLS[on] ?? `no call for ${on}`, times),
    requests: (on: StandTarget) => calls(CALLS[on] ?? `no call for ${on}`),
    async refusedForLimit() {
      const { requests } = await shop.requests({ last: 10_000 });
      return requests.filter((request) => request.status === 429 && request.fault === null).length;
    },
    advance,
    stop: () => sandbox.stop(),
    products: async () => (await shop.variants()).map(({ id }) => id),
    orders: ordersOf(shop, calls, fail),
    sales: salesOf(shop, clock.now()),
  };
  const stand: ShopifyStand = { ...base, offers: offersOf(shop, { advance, calls, fail, readAll: () => readAll(stand) }) };
  return stand;
}

type Calls = (name: string) => Promise<number>;
type Fail = (fault: Parameters<Stand["fail"]>[0], match: string, times?: number) => Promise<void>;

function wordOf(order: Awaited<ReturnType<SimulatorControl<ShopifyDesk>["orders"]>>[number]): string {
  if (order.cancelled) return "CANCELLED";
  if (order.fulfilment !== "FULFILLED") return order.fulfilment;
  if (order.emptied) return "FULFILLED/RETURNED";
  return order.delivered ? "FULFILLED/DELIVERED" : "FULFILLED";
}

function ordersOf(shop: SimulatorControl<ShopifyDesk>, calls: Calls, fail: Fail): OrdersStand {
  const place = async (lines = 1) => (await shop.placeOrder({ lines })).id;
  const after = async (work: (id: string) => Promise<unknown>, lines = 1) => {
    const id = await place(lines);
    await work(id);
    return id;
  };
  return {
    async place() {
      const { id, name } = await shop.placeOrder({});
      return { externalId: id, number: name };
    },
    truth: async () => new Map((await shop.orders()).map((order) => [order.id, wordOf(order)])),
    async changeElsewhere(externalId) {
      await shop.cancelOrder({ id: externalId });
    },
    scenes: {
      paid: () => place(),
      unpaid: async () => (await shop.placeOrder({ paid: false })).id,
      "partly shipped": () => after((id) => shop.shipOrder({ id, onlyFirstLine: true }), 2),
      shipped: () => after((id) => shop.shipOrder({ id, number: "AR1" })),
      delivered: () =>
        after(async (id) => {
          await shop.shipOrder({ id });
          await shop.deliverOrder({ id });
        }),
      "on hold": () => after((id) => shop.holdOrder({ id })),
      cancelled: () => after((id) => shop.cancelOrder({ id })),
      returned: () =>
        after(async (id) => {
          await shop.shipOrder({ id });
          await shop.refundOrder({ id, quantity: 1 });
        }),
    },
    transitions: [
      { id: "ship", fields: { trackingNumber: "YK-77001", carrier: "Yurtiçi Kargo" } },
      { id: "track", fields: { trackingNumber: "YK-77002", carrier: "" } },
      { id: "cancel", fields: { reason: "INVENTORY", comment: "Stokta kalmadı" } },
    ],
    carriedOut: async (externalId) => (await shop.orders()).find(({ id }) => id === externalId)?.changes ?? 0,
    stranger: "gid://shopify/Order/999999999999999",
    fail: (fault, on, times) => fail(fault, ORDER_CALLS[on], times),
    requests: (on) => calls(ORDER_CALLS[on]),
  };
}

interface OffersTools {
  readonly advance: (ms: number) => Promise<void>;
  readonly calls: Calls;
  readonly fail: Fail;
  readonly readAll: () => Promise<readonly ExternalProduct[]>;
}

function offersOf(shop: SimulatorControl<ShopifyDesk>, { advance, calls, fail, readAll: all }: OffersTools): OffersStand {
  const find = async (externalId: string) => (await shop.variants()).find(({ id }) => id === externalId);
  return {
    settlesAfterMs: 0,
    pass: advance,
    stockOf: async (externalId) => (await find(externalId))?.available ?? undefined,
    async priceOf(externalId) {
      const found = await find(externalId);
      return found === undefined ? undefined : { amountMinor: BigInt(found.priceMinor) };
    },
    stranger: {
      externalId: "gid://shopify/ProductVariant/999999999999991",
      remoteContext: {
        product: "gid://shopify/Product/999999999999992",
        item: "gid://shopify/InventoryItem/999999999999993",
        location: "gid://shopify/Location/711",
        tracked: "1",
        stocked: "1",
        currency: "TRY",
      },
    },
    async crowd(count) {
      const made = new Set(await shop.addProducts({ count }));
      return (await all()).filter(({ externalId }) => made.has(externalId));
    },
    changeElsewhere: async (externalId, quantity) => {
      await shop.setStock({ id: externalId, available: quantity });
    },
    fail: (fault, kind, times) => fail(fault, OFFER_CALLS[kind], times),
    requests: (kind) => calls(OFFER_CALLS[kind]),
  };
}

async function readAll(stand: Stand): Promise<ExternalProduct[]> {
  const context = contextOf(stand);
  const products: ExternalProduct[] = [];
  let cursor: Parameters<typeof shopifyCatalog.pull>[1]["cursor"];
  do {
    const page = await shopifyCatalog.pull(context, { cursor });
    products.push(...page.records);
    cursor = page.next;
  } while (cursor !== undefined);
  return products;
}

function salesOf(shop: SimulatorControl<ShopifyDesk>, now: Date): SalesStand {
  const window = { from: new Date(now.getTime() - 11 * DAY_MS), to: now };
  return {
    window,
    async truth() {
      const books = await shop.books({ from: window.from.toISOString(), to: window.to.toISOString() });
      return {
        lines: books.lines,
        quantity: books.quantity,
        revenueMinor: books.revenueMinor,
        payoutMinor: books.revenueMinor - books.feesMinor - books.correctionsMinor,
      };
    },
  };
}
