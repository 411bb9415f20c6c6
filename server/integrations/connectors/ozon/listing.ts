import { parseMinor } from "@/lib/money";
import type { ExternalProduct } from "../../contract/records";
import { toProduct } from "./mapper";
import type { RemoteFbsStock, RemoteProduct } from "./schemas";

/** Products with what buyers see of them: price, own stock, Ozon's stock. Pure. */

/** A product with free pieces in several of our warehouses cannot be written with one number. */
export const SEVERAL_WAREHOUSES = "several";

export interface OwnStock {
  /** Rows of the product, one a warehouse; undefined = not told. */
  readonly rows: readonly RemoteFbsStock[] | undefined;
  /** The warehouse stock goes to where a product lies in none yet; undefined = there is no single one. */
  readonly home: string | undefined;
}

/** @throws RangeError when a price is no decimal. */
export function toListing(info: RemoteProduct, own: OwnStock, readAt: Date): ExternalProduct {
  const product = toProduct(info);
  return {
    ...product,
    barcodes: info.barcodes,
    groupRef: info.model_info?.model_id,
    status: statusOf(info),
    url: product.sku === undefined ? undefined : `https://www.ozon.ru/product/${product.sku}`,
    stock: stockOf(own.rows),
    marketplaceStock: marketplaceStock(info),
    price: priceOf(info),
    versionAt: readAt,
    remoteContext: { productId: info.id, ...warehouseOf(own) },
  };
}

function statusOf(info: RemoteProduct): ExternalProduct["status"] {
  if (info.is_archived === true || info.is_autoarchived === true) return "archived";
  if (/declined|rejected/.test(info.statuses?.moderate_status ?? "")) return "rejected";
  if (info.visibility_details === undefined || info.visibility_details === null) return undefined;
  return info.visibility_details.has_price === true && info.visibility_details.has_stock === true ? "active" : "inactive";
}

/** `present` holds what is reserved, `free_stock` does not: it is the number that is written. */
function stockOf(rows: readonly RemoteFbsStock[] | undefined): ExternalProduct["stock"] {
  if (rows === undefined) return undefined;
  const sum = (pick: (row: RemoteFbsStock) => number) => rows.reduce((total, row) => total + Math.max(0, pick(row)), 0);
  return { available: sum(freeOf), reserved: sum((row) => row.reserved ?? 0) };
}

function freeOf(row: RemoteFbsStock): number {
  return row.free_stock ?? (row.present ?? 0) - (row.reserved ?? 0);
}

/** The one warehouse it lies in, or the shop's only one. Warehouses that hold nothing of it do not count. */
function warehouseOf({ rows = [], home }: OwnStock): { readonly warehouseId?: string } {
  const holding = [...new Set(rows.filter((row) => freeOf(row) > 0 || (row.reserved ?? 0) > 0).map((row) => row.warehouse_id))];
  if (holding.length > 1) return { warehouseId: SEVERAL_WAREHOUSES };
  const [only] = holding;
  const listed = [...new Set(rows.map((row) => row.warehouse_id))];
  const warehouseId = only ?? (listed.length === 1 ? listed[0] : home);
  return warehouseId === undefined ? {} : { warehouseId };
}

function marketplaceStock(info: RemoteProduct): number | undefined {
  const own = info.stocks?.stocks.filter(({ source }) => source === "fbo");
  return own?.reduce((total, { present, reserved }) => total + Math.max(0, (present ?? 0) - (reserved ?? 0)), 0);
}

function priceOf(info: RemoteProduct): ExternalProduct["price"] {
  if (info.price === undefined) return undefined;
  const currency = info.currency_code ?? "RUB";
  const oldMinor = info.old_price === undefined ? 0n : parseMinor(info.old_price, currency);
  return { amountMinor: parseMinor(info.price, currency), currency, ...(oldMinor > 0n ? { oldMinor } : {}) };
}
