/** Orders, supplies, warehouses, stock, uploads of prices and the early figures; plain JSON data as the rest of the state. */

export interface Warehouse {
  id: number;
  name: string;
  officeId: number;
  cargoType: 1 | 2 | 3;
  deliveryType: 1 | 2 | 3 | 5 | 6;
  isDeleting: boolean;
  isProcessing: boolean;
}

export const SUPPLIER_STATUSES = ["new", "confirm", "complete", "cancel"] as const;
export const WB_STATUSES = [
  "waiting",
  "sorted",
  "sold",
  "canceled",
  "canceled_by_client",
  "declined_by_client",
  "defect",
  "ready_for_pickup",
  "postponed_delivery",
  "accepted_by_carrier",
  "sent_to_carrier",
] as const;

/** One piece, bought from the seller's own warehouse. */
export interface AssemblyOrder {
  id: number;
  rid: string;
  orderUid: string;
  nmId: number;
  chrtId: number;
  priceMinor: number;
  createdAtMs: number;
  changedAtMs: number;
  warehouseId: number;
  cargoType: 1 | 2 | 3;
  supplyId: string | null;
  supplierStatus: (typeof SUPPLIER_STATUSES)[number];
  wbStatus: (typeof WB_STATUSES)[number];
  comment: string;
  /** A marking code that has to be there before the supply may leave. */
  lacksMarking: boolean;
  /** Changes carried out through the API. */
  apiChanges: number;
}

export interface Supply {
  id: string;
  name: string;
  done: boolean;
  createdAtMs: number;
  closedAtMs: number | null;
}

export interface PriceUpload {
  id: number;
  /** The lines as they came: the same ones again are the same upload. */
  key: string;
  atMs: number;
  settlesAtMs: number;
  isSettled: boolean;
  goods: { nmId: number; price: number; discount: number; status: 2 | 3; errorText: string }[];
}

/** One piece sold or brought back, as the statistics tell it before the report does. */
export interface EarlySale {
  saleId: string;
  srid: string;
  nmId: number;
  atMs: number;
  changedAtMs: number;
  priceMinor: number;
  forPayMinor: number;
}

/** One piece bought from a warehouse of the service. */
export interface FboOrder {
  srid: string;
  nmId: number;
  atMs: number;
  changedAtMs: number;
  priceMinor: number;
  isCancelled: boolean;
}

export interface Trade {
  warehouses: Warehouse[];
  /** By warehouse, by size. */
  stocks: Record<string, Record<string, number>>;
  /** By id, ascending. */
  orders: AssemblyOrder[];
  supplies: Supply[];
  priceUploads: PriceUpload[];
  earlySales: EarlySale[];
  fboOrders: FboOrder[];
  /** The service began to want to know how a supply is brought before it leaves (September 2026). */
  wantsShipping: boolean;
  nextId: number;
}

export function newTrade(): Trade {
  return {
    warehouses: [],
    stocks: {},
    orders: [],
    supplies: [],
    priceUploads: [],
    earlySales: [],
    fboOrders: [],
    wantsShipping: false,
    nextId: 2_816_993_144,
  };
}

export function nextId(trade: Trade): number {
  trade.nextId += 7;
  return trade.nextId;
}

/** Until the piece is with the service. */
export function isCancellable(order: AssemblyOrder): boolean {
  return order.wbStatus === "waiting" && (order.supplierStatus === "new" || order.supplierStatus === "confirm");
}
