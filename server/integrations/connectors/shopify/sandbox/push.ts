import { createHmac } from "node:crypto";
import type { Shop, ShopifyState, Subscription } from "./state";

const MINUTE_MS = 60_000;
const TIMEOUT_MS = 5_000;
/** Eight more tries within four hours, each later than the one before. */
const RETRIES_MS = [1, 2, 4, 8, 15, 30, 60, 120].map((minutes) => minutes * MINUTE_MS);

interface Push {
  readonly topic: string;
  readonly payload: unknown;
  readonly id: string;
  readonly eventId: string;
  readonly triggeredAt: string;
}

/** `orders/create` → `ORDERS_CREATE`. */
const enumOf = (topic: string) => topic.toUpperCase().replace("/", "_");

/** Signed pushes to the subscribed addresses; the same id on every try. A subscription that only fails is taken away. */
export class Pushes {
  private held: { shop: Shop; topic: string; payload: unknown } | undefined;
  private sequence = 0;

  constructor(private readonly state: ShopifyState) {}

  /** Returns at once; tries go on in the background. */
  emit(shop: Shop, topic: string, payload: unknown): void {
    const fault = this.state.host.faults.takeForPush(topic);
    if (fault?.kind === "push-drop") return;
    if (fault?.kind === "push-reorder") {
      this.held = { shop, topic, payload };
      return;
    }
    this.dispatch(shop, topic, payload, fault?.kind === "push-duplicate");
    const held = this.held;
    this.held = undefined;
    if (held !== undefined) this.dispatch(held.shop, held.topic, held.payload, false);
  }

  /** Privacy topics go to one address of the app's settings, whatever is subscribed. */
  send(shop: Shop, uri: string, topic: string, payload: unknown): void {
    const own = { id: 0, topic: enumOf(topic), uri, filter: null, createdAtMs: 0, failures: 0 };
    this.state.host.clock.after(0, () => this.attempt(shop, own, this.make(topic, payload), 0));
  }

  private make(topic: string, payload: unknown): Push {
    const { random, host } = this.state;
    return { topic, payload, id: random.uuid(), eventId: random.uuid(), triggeredAt: host.clock.now().toISOString() };
  }

  private dispatch(shop: Shop, topic: string, payload: unknown, twice: boolean): void {
    for (const subscription of shop.subscriptions.filter((entry) => entry.topic === enumOf(topic))) {
      const push = this.make(topic, payload);
      for (let copy = 0; copy < (twice ? 2 : 1); copy += 1) {
        // A small growing delay keeps the order of events that happen in the same moment.
        this.sequence = (this.sequence + 1) % 10;
        this.state.host.clock.after(this.sequence, () => this.attempt(shop, subscription, push, 0));
      }
    }
  }

  private async attempt(shop: Shop, subscription: Subscription, push: Push, tries: number): Promise<void> {
    const { deliverer, clock } = this.state.host;
    const body = JSON.stringify(push.payload);
    const result = await deliverer.post(subscription.uri, push.payload, TIMEOUT_MS, {
      "x-shopify-topic": push.topic,
      "x-shopify-hmac-sha256": createHmac("sha256", shop.clientSecret).update(body).digest("base64"),
      "x-shopify-shop-domain": shop.domain,
      "x-shopify-api-version": "2026-10",
      "x-shopify-webhook-id": push.id,
      "x-shopify-event-id": push.eventId,
      "x-shopify-triggered-at": push.triggeredAt,
    });
    const isGood = result.status !== null && result.status >= 200 && result.status < 300;
    const outcome = isGood ? "delivered" : (result.failure ?? "refused");
    deliverer.record({ url: subscription.uri, type: push.topic, attempt: tries + 1, outcome, payload: push.payload, result });
    subscription.failures = isGood ? 0 : subscription.failures + 1;
    const waitMs = RETRIES_MS[tries];
    if (isGood) return;
    if (waitMs !== undefined) clock.after(waitMs, () => this.attempt(shop, subscription, push, tries + 1));
    else shop.subscriptions = shop.subscriptions.filter((entry) => entry !== subscription);
  }
}
