import type { Seller, WbState } from "./state";
import { type AssemblyOrder, type EarlySale, type FboOrder, nextId, type Supply } from "./trade-state";

const SECOND_MS = 1_000;
const bare = (uuid: string) => uuid.replaceAll("-", "");

export const WAREHOUSE = 1_130_011;

/** A shop's own warehouse with something of everything in it. */
export function furnishTrade(state: WbState, seller: Seller): void {
  seller.trade.warehouses = [
    { name: "Кухня и дом", officeId: 15, id: WAREHOUSE, cargoType: 1, deliveryType: 1, isDeleting: false, isProcessing: false },
    // Whoever delivers by himself has a warehouse of that kind beside it.
    { name: "Своя доставка", officeId: 16, id: WAREHOUSE + 1, cargoType: 1, deliveryType: 2, isDeleting: false, isProcessing: false },
  ];
  const sizes = seller.products.flatMap((product) => product.sizes);
  seller.trade.stocks[WAREHOUSE] = Object.fromEntries(sizes.map((size, index) => [size.chrtId, index === 1 ? 0 : state.random.int(4, 60)]));
}

export type Placed = Partial<Pick<AssemblyOrder, "nmId" | "chrtId" | "createdAtMs" | "comment" | "lacksMarking" | "supplierStatus" | "wbStatus">>;

/** A buyer orders one piece from the shop's own warehouse; it is taken out of what can be bought. */
export function placeOrder(state: WbState, seller: Seller, given: Placed = {}): AssemblyOrder {
  const { random } = state;
  const product = seller.products.find((one) => one.nmId === given.nmId) ?? random.pick(seller.products);
  const size = product.sizes.find((one) => one.chrtId === given.chrtId) ?? random.pick(product.sizes);
  const nowMs = state.host.clock.nowMs();
  const order: AssemblyOrder = {
    id: nextId(seller.trade),
    rid: `d.r${bare(random.uuid())}.0.0`,
    orderUid: bare(random.uuid()),
    priceMinor: product.priceMinor,
    createdAtMs: nowMs,
    changedAtMs: given.createdAtMs ?? nowMs,
    warehouseId: WAREHOUSE,
    cargoType: 1,
    supplyId: null,
    supplierStatus: "new",
    wbStatus: "waiting",
    comment: "",
    lacksMarking: false,
    apiChanges: 0,
    ...given,
    nmId: product.nmId,
    chrtId: size.chrtId,
  };
  seller.trade.orders.push(order);
  const held = seller.trade.stocks[WAREHOUSE];
  const left = held?.[size.chrtId];
  if (held && left !== undefined && left > 0) held[size.chrtId] = left - 1;
  return order;
}

export function newSupply(state: WbState, seller: Seller, name: string): Supply {
  const supply: Supply = { id: `WB-GI-${nextId(seller.trade)}`, name, done: false, createdAtMs: state.host.clock.nowMs(), closedAtMs: null };
  seller.trade.supplies.push(supply);
  return supply;
}

/** The cabinet puts orders into a supply of their own. */
export function packElsewhere(state: WbState, seller: Seller, orders: readonly AssemblyOrder[]): string {
  const supply = newSupply(state, seller, "Из кабинета");
  for (const order of orders) Object.assign(order, { supplyId: supply.id, supplierStatus: "confirm", changedAtMs: state.host.clock.nowMs() });
  return supply.id;
}

/** The cabinet hands a supply over. */
export function shipElsewhere(state: WbState, seller: Seller, supplyId: string): void {
  const supply = seller.trade.supplies.find((one) => one.id === supplyId);
  if (!supply) throw new Error(`There is no supply "${supplyId}".`);
  Object.assign(supply, { done: true, closedAtMs: state.host.clock.nowMs() });
  for (const order of seller.trade.orders) {
    if (order.supplyId === supplyId) Object.assign(order, { supplierStatus: "complete", changedAtMs: state.host.clock.nowMs() });
  }
}

export function addFboOrder(state: WbState, seller: Seller, given: Partial<FboOrder> = {}): FboOrder {
  const product = state.random.pick(seller.products);
  const atMs = given.atMs ?? state.host.clock.nowMs();
  const order: FboOrder = {
    srid: `d.r${bare(state.random.uuid())}.0.0`,
    nmId: product.nmId,
    atMs,
    changedAtMs: atMs + 30 * SECOND_MS,
    priceMinor: product.priceMinor,
    isCancelled: false,
    ...given,
  };
  seller.trade.fboOrders.push(order);
  return order;
}

/** A sale or a return that the statistics know; the report may know it already, under the same srid. */
export function addEarlySale(
  state: WbState,
  seller: Seller,
  given: Pick<EarlySale, "nmId" | "atMs" | "priceMinor" | "forPayMinor"> & { readonly srid?: string; readonly isReturn?: boolean },
): EarlySale {
  const { isReturn = false, ...rest } = given;
  const sale: EarlySale = {
    srid: bare(state.random.uuid()),
    ...rest,
    saleId: `${isReturn ? "R" : "S"}${nextId(seller.trade)}`,
    changedAtMs: given.atMs + 60 * SECOND_MS,
  };
  seller.trade.earlySales.push(sale);
  return sale;
}
