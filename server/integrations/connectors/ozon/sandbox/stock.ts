import { WAREHOUSE } from "./posting-format";
import type { Product, Seller, Warehouse } from "./state";

const HOME: Warehouse = { id: WAREHOUSE.id, name: WAREHOUSE.name, isRfbs: false };

export function warehousesOf(seller: Seller): readonly Warehouse[] {
  return [HOME, ...(seller.warehouses ?? [])];
}

export interface StockRow {
  readonly warehouse: Warehouse;
  readonly present: number;
  readonly reserved: number;
  readonly free: number;
}

/** Where a product lies: the first warehouse always, others where it was put. What waits to be shipped is reserved in the first. */
export function stockRows(seller: Seller, product: Product): StockRow[] {
  return warehousesOf(seller).flatMap((warehouse) => {
    const isHome = warehouse.id === HOME.id;
    const free = isHome ? product.fbsStock : product.moreStock?.[String(warehouse.id)];
    if (free === undefined) return [];
    const reserved = isHome ? reservedOf(seller, product) : 0;
    return [{ warehouse, free, reserved, present: free + reserved }];
  });
}

function reservedOf(seller: Seller, product: Product): number {
  return seller.postings
    .byScheme("FBS")
    .filter(({ status }) => status === "awaiting_packaging" || status === "awaiting_deliver")
    .flatMap((posting) => posting.products)
    .reduce((sum, line) => sum + (line.sku === product.sku ? line.quantity : 0), 0);
}

export function setFree(product: Product, warehouse: Warehouse, free: number): void {
  if (warehouse.id === HOME.id) product.fbsStock = free;
  else product.moreStock = { ...product.moreStock, [String(warehouse.id)]: free };
}
