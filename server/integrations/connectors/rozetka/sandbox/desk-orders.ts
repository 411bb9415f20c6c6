import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import { marketOf, whose } from "./desk-account";
import { setStatus } from "./happenings";
import type { Good, Market, Order, RozetkaState } from "./state";
import { makeGoods, someOrder } from "./trade";

function orderOf(market: Market, id: number): Order {
  const order = market.orders.get(id);
  if (order === undefined) throw new Error(`There is no order ${id}.`);
  return order;
}

function goodOf(market: Market, itemId: number): Good {
  const good = market.goods.find((candidate) => candidate.itemId === itemId);
  if (good === undefined) throw new Error(`There is no item ${itemId}.`);
  return good;
}

const order = { ...whose, id: z.number().int() };

/** Desk commands about orders and goods. */
export function tradeDesk(state: RozetkaState) {
  const now = () => state.host.clock.nowMs();
  return {
    placeOrder: deskCommand(z.strictObject({ ...whose, delivery: z.union([z.literal(0), z.literal(1)]).default(0), paid: z.boolean().optional() }), (input) => {
      const more = input.paid === undefined ? {} : { paid: input.paid };
      return { id: someOrder(state, marketOf(state, input.marketId), now(), { delivery: input.delivery, ...more }).id };
    }),
    /** Past the seller: the buyer cancels (45), the carrier moves on, the service invents a number. */
    setStatus: deskCommand(z.strictObject({ ...order, status: z.number().int().positive(), ttn: z.string().optional() }), (input) => {
      const found = orderOf(marketOf(state, input.marketId), input.id);
      if (input.ttn !== undefined) found.ttn = input.ttn;
      setStatus(found, input.status, now());
    }),
    payOrder: deskCommand(z.strictObject({ ...order, status: z.number().int().default(2) }), (input) => {
      const found = orderOf(marketOf(state, input.marketId), input.id);
      found.paymentStatus = input.status;
      found.changedMs = now();
    }),
    returnPurchase: deskCommand(z.strictObject({ ...order, index: z.number().int().default(0) }), (input) => {
      const found = orderOf(marketOf(state, input.marketId), input.id);
      const purchase = found.purchases[input.index];
      if (purchase === undefined) throw new Error(`Order ${input.id} has no purchase ${input.index}.`);
      purchase.status = 2;
      found.changedMs = now();
    }),
    /** Takes the right to change an order away, as the service does with some. */
    lockOrder: deskCommand(z.strictObject(order), (input) => {
      orderOf(marketOf(state, input.marketId), input.id).mayChange = false;
    }),
    orders: deskCommand(z.strictObject(whose), (input): Order[] => [...marketOf(state, input.marketId).orders.values()]),
    goods: deskCommand(z.strictObject(whose), (input): Good[] => marketOf(state, input.marketId).goods),
    addGoods: deskCommand(z.strictObject({ ...whose, count: z.number().int().positive() }), (input) => {
      const market = marketOf(state, input.marketId);
      market.goods.push(...makeGoods(input.count, 1_000 + market.goods.length));
    }),
    /** Stock, source or lock of an item changes past the API. */
    setGood: deskCommand(
      z.strictObject({
        ...whose,
        itemId: z.number().int(),
        stock: z.number().int().min(0).optional(),
        price: z.number().int().positive().optional(),
        availability: z.union([z.literal(3), z.literal(4)]).optional(),
        locked: z.boolean().optional(),
        rzItemId: z.null().optional(),
      }),
      ({ marketId, itemId, ...changes }) => {
        Object.assign(goodOf(marketOf(state, marketId), itemId), Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)));
      },
    ),
    /** The manager decides about a price that waits. */
    decidePrice: deskCommand(z.strictObject({ ...whose, itemId: z.number().int(), accept: z.boolean() }), (input) => {
      const good = goodOf(marketOf(state, input.marketId), input.itemId);
      if (good.waitingPrice === null) throw new Error(`Item ${input.itemId} has no price that waits.`);
      if (input.accept) good.price = good.waitingPrice;
      good.waitingPrice = null;
    }),
  };
}
