import { RawInteger } from "@/lib/json";
import type { ConnectorContext } from "../../contract/ports";
import { ozonCaller } from "./caller";
import { ENDPOINTS } from "./endpoints";
import { fbsStocksSchema, offerResultsSchema, warehousesSchema } from "./schemas";

export interface StockLine {
  readonly productId: string;
  readonly warehouseId: string;
  readonly quantity: number;
}

export interface PriceLine {
  readonly productId: string;
  /** Decimals with a dot. */
  readonly price: string;
  /** "0" takes a crossed-out price away. */
  readonly oldPrice: string;
  readonly currency: string;
}

/**
 * Stocks, prices and warehouses: one method per remote endpoint; never maps. Products are named by `product_id` alone: the docs advise
 * against giving both ids. Every method throws `ConnectorError` as `errors.ts` classifies.
 */
export function offersClient(context: Pick<ConnectorContext, "credentials" | "http">) {
  const { call } = ozonCaller(context);
  return {
    /** FBS and rFBS; at most 200 a page. */
    warehouses: (cursor: string | undefined) => call(ENDPOINTS.warehouses, { limit: 200, ...(cursor === undefined ? {} : { cursor }) }, warehousesSchema),

    /** At most 1000 skus; a product has a row for each warehouse. */
    fbsStocks: (skus: readonly string[], cursor: string | undefined) =>
      call(ENDPOINTS.fbsStocks, { sku: skus, limit: 1_000, ...(cursor === undefined ? {} : { cursor }) }, fbsStocksSchema),

    /** At most 100 pairs of product and warehouse. What is given does not hold what is reserved. */
    setStocks: (lines: readonly StockLine[]) =>
      call(
        ENDPOINTS.setStocks,
        {
          stocks: lines.map(({ productId, warehouseId, quantity }) => ({
            product_id: new RawInteger(productId),
            warehouse_id: new RawInteger(warehouseId),
            stock: quantity,
          })),
        },
        offerResultsSchema,
        "write",
      ),

    /** At most 1000 products; each at most ten times an hour. */
    setPrices: (lines: readonly PriceLine[]) =>
      call(
        ENDPOINTS.setPrices,
        {
          prices: lines.map(({ productId, price, oldPrice, currency }) => ({
            product_id: new RawInteger(productId),
            price,
            old_price: oldPrice,
            currency_code: currency,
          })),
        },
        offerResultsSchema,
        "write",
      ),
  };
}
