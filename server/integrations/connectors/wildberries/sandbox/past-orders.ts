import type { Seller, WbState } from "./state";
import { addFboOrder, packElsewhere, placeOrder, shipElsewhere } from "./trade-happenings";
import type { AssemblyOrder } from "./trade-state";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Orders of the last weeks: the older, the further they have come; today's and yesterday's wait for somebody. */
export function fillPastOrders(state: WbState, seller: Seller, size: { days: number; perDay: number }): void {
  const { random } = state;
  const nowMs = state.host.clock.nowMs();
  for (let back = size.days; back >= 0; back -= 1) {
    const today: AssemblyOrder[] = [];
    const moments = Array.from({ length: size.perDay }, () => nowMs - back * DAY_MS - random.int(1, 20) * HOUR_MS).sort((left, right) => left - right);
    for (const createdAtMs of moments) {
      if (random.chance(0.5)) addFboOrder(state, seller, { atMs: createdAtMs, isCancelled: random.chance(0.1) });
      else today.push(placeOrder(state, seller, { createdAtMs }));
    }
    if (back >= 2) settleDay(state, seller, today, back);
    else if (back === 1 && today.length > 2) packElsewhere(state, seller, today.slice(0, Math.ceil(today.length / 2)));
  }
  // Ids are by time, and days overlap by their hours.
  seller.trade.orders.sort((left, right) => left.id - right.id);
}

function settleDay(state: WbState, seller: Seller, orders: readonly AssemblyOrder[], back: number): void {
  const { random } = state;
  const [cancelled, shipped] = [orders.filter((_, index) => index % 9 === 8), orders.filter((_, index) => index % 9 !== 8)];
  for (const order of cancelled) Object.assign(order, { supplierStatus: random.chance(0.4) ? "cancel" : "new", wbStatus: "canceled" });
  if (shipped.length === 0) return;
  shipElsewhere(state, seller, packElsewhere(state, seller, shipped));
  for (const order of shipped) {
    if (back > 8) order.wbStatus = random.chance(0.85) ? "sold" : "canceled_by_client";
    else if (back > 4) order.wbStatus = "ready_for_pickup";
    else order.wbStatus = "sorted";
  }
}
