import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import { sellerOf, whose } from "./desk-chats";
import { plainGoods } from "./goods";
import { settlePrices } from "./prices";
import { reportSales } from "./sales";
import type { Product, Seller, WbState } from "./state";
import { packElsewhere, placeOrder, shipElsewhere, WAREHOUSE } from "./trade-happenings";
import { type AssemblyOrder, SUPPLIER_STATUSES, WB_STATUSES } from "./trade-state";

/** An assembly order as the desk shows it. */
export type DeskOrder = Pick<AssemblyOrder, "id" | "rid" | "nmId" | "chrtId" | "supplyId" | "supplierStatus" | "wbStatus" | "apiChanges" | "priceMinor">;

const shown = ({ id, rid, nmId, chrtId, supplyId, supplierStatus, wbStatus, apiChanges, priceMinor }: AssemblyOrder): DeskOrder => ({
  id,
  rid,
  nmId,
  chrtId,
  supplyId,
  supplierStatus,
  wbStatus,
  apiChanges,
  priceMinor,
});

function orderOf(seller: Seller, id: number): AssemblyOrder {
  const order = seller.trade.orders.find((one) => one.id === id);
  if (!order) throw new Error(`There is no order ${id}.`);
  return order;
}

/** Desk commands about orders, supplies, stock, prices and figures. */
export function tradeDesk(state: WbState) {
  const one = { ...whose, id: z.number().int() };
  return {
    placeOrder: deskCommand(
      z.strictObject({
        ...whose,
        nmId: z.number().optional(),
        chrtId: z.number().optional(),
        comment: z.string().default(""),
        lacksMarking: z.boolean().default(false),
      }),
      ({ sid, ...given }): DeskOrder => {
        const wanted = { ...(given.nmId === undefined ? {} : { nmId: given.nmId }), ...(given.chrtId === undefined ? {} : { chrtId: given.chrtId }) };
        return shown(placeOrder(state, sellerOf(state, sid), { ...wanted, comment: given.comment, lacksMarking: given.lacksMarking }));
      },
    ),
    orders: deskCommand(z.strictObject(whose), (input): DeskOrder[] => sellerOf(state, input.sid).trade.orders.map(shown)),
    /** Orders from the service's own warehouses. */
    fboOrders: deskCommand(z.strictObject(whose), (input): { srid: string; isCancelled: boolean }[] =>
      sellerOf(state, input.sid).trade.fboOrders.map(({ srid, isCancelled }) => ({ srid, isCancelled })),
    ),
    /** What happens on the service's side or in the cabinet: any pair of words. */
    setOrder: deskCommand(
      z.strictObject({ ...one, supplierStatus: z.enum(SUPPLIER_STATUSES).optional(), wbStatus: z.enum(WB_STATUSES).optional() }),
      (input): DeskOrder => {
        const order = orderOf(sellerOf(state, input.sid), input.id);
        if (input.supplierStatus !== undefined) order.supplierStatus = input.supplierStatus;
        if (input.wbStatus !== undefined) order.wbStatus = input.wbStatus;
        order.changedAtMs = state.host.clock.nowMs();
        return shown(order);
      },
    ),
    cancelByBuyer: deskCommand(z.strictObject(one), (input): DeskOrder => {
      const order = orderOf(sellerOf(state, input.sid), input.id);
      const wbStatus = order.supplierStatus === "new" ? "declined_by_client" : order.supplierStatus === "complete" ? "canceled_by_client" : "canceled";
      return shown(Object.assign(order, { wbStatus, changedAtMs: state.host.clock.nowMs() }));
    }),
    /** The cabinet packs orders into a new supply, and hands it over when `ship` is given. */
    pack: deskCommand(z.strictObject({ ...whose, ids: z.array(z.number().int()), ship: z.boolean().default(false) }), (input): { supplyId: string } => {
      const seller = sellerOf(state, input.sid);
      const supplyId = packElsewhere(
        state,
        seller,
        input.ids.map((id) => orderOf(seller, id)),
      );
      if (input.ship) shipElsewhere(state, seller, supplyId);
      return { supplyId };
    }),
    supplies: deskCommand(z.strictObject(whose), (input) => structuredClone(sellerOf(state, input.sid).trade.supplies)),
    setShipping: deskCommand(z.strictObject({ ...whose, wanted: z.boolean() }), (input) => {
      sellerOf(state, input.sid).trade.wantsShipping = input.wanted;
    }),
    stocks: deskCommand(
      z.strictObject({ ...whose, warehouseId: z.number().default(WAREHOUSE) }),
      (input): Record<string, number> => ({
        ...sellerOf(state, input.sid).trade.stocks[input.warehouseId],
      }),
    ),
    /** Stock changes past the API: the cabinet, a sale elsewhere. */
    setStock: deskCommand(
      z.strictObject({ ...whose, warehouseId: z.number().default(WAREHOUSE), chrtId: z.number().int(), amount: z.number().int().min(0) }),
      (input) => {
        const { stocks } = sellerOf(state, input.sid).trade;
        stocks[input.warehouseId] = { ...stocks[input.warehouseId], [input.chrtId]: input.amount };
      },
    ),
    /** The seller's own, for orders brought to the service. */
    warehouse: deskCommand(z.strictObject(whose), (input): { id: number; name: string } => {
      const [warehouse] = sellerOf(state, input.sid).trade.warehouses;
      if (!warehouse) throw new Error("This seller has no warehouse.");
      return { id: warehouse.id, name: warehouse.name };
    }),
    setWarehouse: deskCommand(
      z.strictObject({
        ...whose,
        id: z.number().default(WAREHOUSE),
        isProcessing: z.boolean().optional(),
        deliveryType: z.union([z.literal(1), z.literal(2)]).optional(),
      }),
      (input) => {
        const warehouse = sellerOf(state, input.sid).trade.warehouses.find(({ id }) => id === input.id);
        if (!warehouse) throw new Error(`There is no warehouse ${input.id}.`);
        if (input.isProcessing !== undefined) warehouse.isProcessing = input.isProcessing;
        if (input.deliveryType !== undefined) warehouse.deliveryType = input.deliveryType;
      },
    ),
    addProducts: deskCommand(z.strictObject({ ...whose, count: z.number().int().min(1).max(5_000) }), (input): Product[] => {
      const seller = sellerOf(state, input.sid);
      const added = plainGoods(seller.products.length, input.count, state.host.clock.nowMs());
      seller.products.push(...added);
      return structuredClone(added);
    }),
    /** What buyers pay now, in kopecks, by article. */
    prices: deskCommand(z.strictObject(whose), (input): Record<string, number> => {
      const seller = sellerOf(state, input.sid);
      settlePrices(state, seller);
      return Object.fromEntries(seller.products.map((product) => [product.nmId, product.fullPrice * (100 - product.discount)]));
    }),
    /** The report takes up every sale the statistics know. */
    reportSales: deskCommand(z.strictObject(whose), (input): { rows: number } => ({ rows: reportSales(state, sellerOf(state, input.sid)) })),
  };
}
