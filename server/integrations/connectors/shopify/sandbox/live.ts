import type { Shop, ShopifyState } from "./state";
import { cancelOrder, deliverOrder, fulfilmentStatus, payOrder, placeOrder, setAvailable } from "./trade";

const SECOND = 1_000;
const MOST_ORDERS = 600;

/** Buyers who live while the demo runs: they order, pay a little later, now and then cancel; parcels arrive and the shop sells offline. */
export class LiveShop {
  private started = false;

  constructor(
    private readonly state: ShopifyState,
    private readonly shop: Shop,
  ) {}

  /** The API was used: the first order comes within a few seconds. */
  wake(): void {
    if (this.started) return;
    this.started = true;
    this.after(4 * SECOND, 8 * SECOND, () => this.order());
    this.after(30 * SECOND, 60 * SECOND, () => this.move());
    this.after(20 * SECOND, 40 * SECOND, () => this.counter());
  }

  private after(fromMs: number, toMs: number, run: () => void): void {
    this.state.host.clock.after(this.state.random.int(fromMs, toMs), run);
  }

  private order(): void {
    this.after(20 * SECOND, 50 * SECOND, () => this.order());
    if (this.shop.orders.length >= MOST_ORDERS) return;
    const goods = this.shop.variants.filter((variant) => variant.tracked && (variant.levels[0]?.available ?? 0) > 0);
    if (goods.length === 0) return;
    const { random } = this.state;
    const order = placeOrder(this.state, this.shop, [{ variant: random.pick(goods), quantity: random.int(1, 2) }], random.chance(0.8));
    this.after(15 * SECOND, 40 * SECOND, () => payOrder(this.state, this.shop, order));
    if (!random.chance(0.1)) return;
    this.after(40 * SECOND, 90 * SECOND, () => {
      if (order.cancelledAtMs === null && order.fulfilments.length === 0)
        cancelOrder(this.state, this.shop, order, { reason: "CUSTOMER", restock: true, refund: true });
    });
  }

  /** A parcel on its way arrives. */
  private move(): void {
    this.after(40 * SECOND, 80 * SECOND, () => this.move());
    const moving = this.shop.orders.find(
      (order) => fulfilmentStatus(order) === "FULFILLED" && order.fulfilments.some(({ displayStatus }) => displayStatus !== "DELIVERED"),
    );
    if (moving !== undefined) deliverOrder(this.state, this.shop, moving);
  }

  /** Somebody buys one in the shop itself. */
  private counter(): void {
    this.after(60 * SECOND, 120 * SECOND, () => this.counter());
    const variant = this.state.random.pick(this.shop.variants);
    const [level] = variant.levels;
    if (variant.tracked && level !== undefined && level.available > 0) setAvailable(this.state, this.shop, variant, level.locationId, level.available - 1);
  }
}
