import { afterEach, describe, expect, it, vi } from "vitest";
import { contextOf } from "../../contract/testing/stand";
import { TOPICS } from "./capabilities/subscribe";
import { shopify } from "./connector";
import { openReceiver, type Receiver } from "./testing/receiver";
import { type ShopifyStand, shopifyStand } from "./testing/stand";

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
});

async function begin(): Promise<{ stand: ShopifyStand; receiver: Receiver }> {
  const stand = await shopifyStand();
  const receiver = await openReceiver();
  open.push(stand, receiver);
  return { stand, receiver };
}

const port = () => {
  if (shopify.webhook?.subscribe === undefined) throw new Error("no webhook");
  return { ...shopify.webhook, subscribe: shopify.webhook.subscribe };
};

function take({ stand, receiver }: { stand: ShopifyStand; receiver: Receiver }) {
  const account = { credentials: stand.credentials, facts: {} };
  return receiver.received.map((delivery) => {
    const reception = port().receive(delivery, account);
    if (reception.action !== "accept") throw new Error(`${reception.action} ${delivery.headers["x-shopify-topic"] ?? ""}`);
    return { reception, events: port().parse({ body: delivery.body, eventType: reception.eventType, subPath: "" }).events };
  });
}

describe("subscribing", () => {
  it("makes every topic once, however often it is said, and moves to a new address", async () => {
    const { stand, receiver } = await begin();
    const context = contextOf(stand);
    await port().subscribe(context, receiver.url);
    await port().subscribe(context, receiver.url);
    expect((await stand.shop.subscriptions()).map(({ topic }) => topic).sort()).toEqual([...TOPICS].sort());
    const next = receiver.url.replace(/first$/, "second");
    await port().subscribe(context, next);
    expect(new Set((await stand.shop.subscriptions()).map(({ uri }) => uri))).toEqual(new Set([next]));
  });

  it("tells which topics are not pushed to the address that counts", async () => {
    const { stand, receiver } = await begin();
    const context = contextOf(stand);
    const missing = async (address: string) => (await shopify.webhook?.checkPushes?.(context, (uri) => uri === address))?.missing;
    expect(await missing(receiver.url)).toEqual([...TOPICS]);
    await port().subscribe(context, receiver.url);
    expect(await missing(receiver.url)).toEqual([]);
    expect(await missing(`${receiver.url}-other`)).toEqual([...TOPICS]);
    receiver.answers.push(...Array<number>(9).fill(500));
    await stand.shop.placeOrder({ paid: false });
    await stand.advance(5 * 3_600_000);
    await vi.waitFor(async () => expect(await missing(receiver.url)).toEqual(["ORDERS_CREATE"]), 5_000);
  });

  it("leaves another installation's subscriptions alone", async () => {
    const { stand, receiver } = await begin();
    const context = contextOf(stand);
    const foreign = "https://elsewhere.example.com/api/integrations/webhook/shopify/token";
    await port().subscribe(context, foreign);
    await port().subscribe(context, receiver.url);
    expect((await stand.shop.subscriptions()).filter(({ uri }) => uri === foreign)).toHaveLength(TOPICS.length);
  });

  it("says it when the address is none", async () => {
    const { stand } = await begin();
    await expect(port().subscribe(contextOf(stand), "not an address")).rejects.toMatchObject({ kind: "invalid", code: "shopify.subscription_refused" });
  });
});

describe("pushes over real HTTP", () => {
  it("are signed, name the shop, and tell of orders, stock and money", async () => {
    const scene = await begin();
    const { stand, receiver } = scene;
    await port().subscribe(contextOf(stand), receiver.url);
    const { id } = await stand.shop.placeOrder({ paid: false });
    await stand.shop.payOrder({ id });
    await stand.shop.shipOrder({ id });
    await stand.shop.refundOrder({ id });
    const [variant] = await stand.shop.variants();
    await stand.shop.setStock({ id: variant?.id ?? "", available: 3 });
    await stand.advance(100);
    await vi.waitFor(() => expect(receiver.received).toHaveLength(9), 5_000);
    const told = take(scene);
    expect(new Set(told.map(({ reception }) => reception.dedupeKey)).size).toBe(told.length);
    expect(new Set(told.map(({ reception }) => reception.accountRef))).toEqual(new Set([stand.credentials["shop"]]));
    const topics = told.map(({ reception }) => reception.eventType);
    for (const topic of ["orders/create", "orders/paid", "orders/fulfilled", "refunds/create", "inventory_levels/update"]) expect(topics).toContain(topic);
    const events = told.flatMap(({ events: own }) => own);
    for (const event of events.filter(({ type }) => type === "order-changed")) expect(event).toEqual({ type: "order-changed", orderExternalId: id });
    expect(events).toContainEqual({ type: "stream-changed", stream: "products" });
    expect(events).toContainEqual({ type: "stream-changed", stream: "sales" });
  });

  it("a push that was not taken comes again under the same id; a doubled one has one id", async () => {
    const scene = await begin();
    const { stand, receiver } = scene;
    await port().subscribe(contextOf(stand), receiver.url);
    receiver.answers.push(503);
    await stand.shop.placeOrder({});
    await stand.advance(2 * 60_000);
    await vi.waitFor(() => expect(receiver.received).toHaveLength(2), 5_000);
    await stand.shop.fail({ kind: "push-duplicate", match: "orders/create" });
    await stand.shop.placeOrder({});
    await stand.advance(100);
    await vi.waitFor(() => expect(receiver.received).toHaveLength(4), 5_000);
    const keys = take(scene).map(({ reception }) => reception.dedupeKey);
    expect([keys[0] === keys[1], keys[2] === keys[3], keys[1] === keys[2]]).toEqual([true, true, false]);
  });

  it("a subscription that fails for four hours is taken away, and subscribing again brings it back", async () => {
    const { stand, receiver } = await begin();
    await port().subscribe(contextOf(stand), receiver.url);
    receiver.answers.push(...Array<number>(9).fill(500));
    await stand.shop.placeOrder({});
    await stand.advance(5 * 3_600_000);
    await vi.waitFor(() => expect(receiver.received).toHaveLength(9), 5_000);
    await vi.waitFor(async () => expect(await stand.shop.subscriptions()).toHaveLength(TOPICS.length - 1), 5_000);
    await port().subscribe(contextOf(stand), receiver.url);
    expect(await stand.shop.subscriptions()).toHaveLength(TOPICS.length);
  });

  it("tell of the end of our access and of what privacy law asks for", async () => {
    const scene = await begin();
    const { stand, receiver } = scene;
    await port().subscribe(contextOf(stand), receiver.url);
    const [order] = await stand.shop.orders();
    for (const topic of ["customers/data_request", "customers/redact", "shop/redact"] as const)
      await stand.shop.sendCompliance({ uri: receiver.url, topic, order: order?.id });
    await stand.shop.uninstall();
    await stand.advance(100);
    await vi.waitFor(() => expect(receiver.received).toHaveLength(4), 5_000);
    const events = take(scene).flatMap(({ events: own }) => own);
    expect(events).toContainEqual({ type: "access-revoked", reason: "app/uninstalled" });
    expect(events.filter(({ type }) => type === "personal-data")).toMatchObject([
      { request: "export", orders: [order?.id] },
      { request: "erase-buyer", orders: [order?.id], buyerRef: expect.stringMatching(/^gid:\/\/shopify\/Customer\/\d+$/) },
      { request: "erase-shop", orders: [] },
    ]);
  });
});
