import { z } from "zod";
import { int64, whole } from "./body";
import { invalidArgument } from "./errors";
import type { Events } from "./events";
import { type Method, method } from "./method";
import type { OzonState, Product, Seller } from "./state";
import { setFree, stockRows, warehousesOf } from "./stock";

const HOUR_MS = 3_600_000;
const PRICES_AN_HOUR = 10;
const flagged = z.enum(["UNKNOWN", "ENABLED", "DISABLED"]).optional();
const decimalText = z.string().regex(/^\d{1,9}(\.\d{1,2})?$/);

const stocksInput = z.strictObject({
  stocks: z
    .array(
      z.strictObject({
        offer_id: z.string().optional(),
        product_id: int64.optional(),
        stock: z.number().int(),
        warehouse_id: int64,
        quant_size: int64.optional(),
      }),
    )
    .min(1)
    .max(100),
});
const pricesInput = z.strictObject({
  prices: z
    .array(
      z.strictObject({
        auto_action_enabled: flagged,
        auto_add_to_ozon_actions_list_enabled: flagged,
        price_strategy_enabled: flagged,
        currency_code: z.enum(["RUB", "BYN", "KZT", "EUR", "USD", "CNY"]).optional(),
        manage_elastic_boosting_through_price: z.boolean().optional(),
        min_price: decimalText.optional(),
        min_price_for_auto_actions_enabled: z.boolean().optional(),
        net_price: decimalText.optional(),
        offer_id: z.string().optional(),
        old_price: decimalText.optional(),
        price: z.string().optional(),
        product_id: int64.optional(),
        quant_size: int64.optional(),
        vat: z.enum(["0", "0.05", "0.07", "0.1", "0.2", "0.22"]).optional(),
      }),
    )
    .min(1)
    .max(1_000),
});

interface ItemError {
  code: string;
  message: string;
}

/** Warehouses, stocks and prices. Stocks and prices are answered line by line. */
export function offerMethods(state: OzonState, events: Events): Method[] {
  return [
    method(
      "/v2/warehouse/list",
      z.strictObject({ limit: whole(1, 200), cursor: z.string().optional(), warehouse_ids: z.array(int64).max(200).optional() }),
      (seller, input) => ({
        warehouses: warehousesOf(seller)
          .filter(({ id }) => !input.warehouse_ids?.length || input.warehouse_ids.includes(String(id)))
          .map(({ id, name, isRfbs }) => ({ warehouse_id: id, name, is_rfbs: isRfbs, status: "created", is_express: false, is_kgt: false, pause_at: null })),
        cursor: "",
        has_next: false,
      }),
    ),
    method(
      "/v2/product/info/stocks-by-warehouse/fbs",
      z.strictObject({
        cursor: z.string().optional(),
        limit: whole(1, 1_000),
        offer_id: z.array(z.string()).max(1_000).optional(),
        sku: z.array(int64).max(1_000).optional(),
      }),
      stocksByWarehouse,
    ),
    method("/v2/products/stocks", stocksInput, (seller, input) => setStocks(state, events, seller, input)),
    method("/v1/product/import/prices", pricesInput, (seller, input) => setPrices(state, events, seller, input)),
  ];
}

function stocksByWarehouse(
  seller: Seller,
  input: { cursor?: string | undefined; limit: number; offer_id?: string[] | undefined; sku?: string[] | undefined },
): unknown {
  const asked = [input.offer_id ?? [], input.sku ?? []].filter((ids) => ids.length > 0);
  if (asked.length !== 1) throw invalidArgument("use either sku or offer_id");
  const rows = seller.products
    .filter((product) => input.sku?.includes(String(product.sku)) || input.offer_id?.includes(product.offerId))
    .flatMap((product) => stockRows(seller, product).map((row) => ({ product, row })));
  const from = input.cursor ? Number(Buffer.from(input.cursor, "base64url").toString("utf8")) : 0;
  if (!Number.isInteger(from)) throw invalidArgument("invalid cursor");
  const end = from + input.limit;
  return {
    products: rows.slice(from, end).map(({ product, row }) => ({
      sku: product.sku,
      offer_id: product.offerId,
      product_id: product.productId,
      warehouse_id: row.warehouse.id,
      warehouse_name: row.warehouse.name,
      present: row.present,
      reserved: row.reserved,
      free_stock: row.free,
    })),
    cursor: end < rows.length ? Buffer.from(String(end)).toString("base64url") : "",
    has_next: end < rows.length,
  };
}

/** Of two ids the article wins. */
function find(
  seller: Seller,
  { offer_id: offerId, product_id: productId }: { offer_id?: string | undefined; product_id?: string | undefined },
): Product | undefined {
  return seller.products.find((product) => (offerId ? product.offerId === offerId : String(product.productId) === productId));
}

function setStocks(state: OzonState, events: Events, seller: Seller, input: z.output<typeof stocksInput>): unknown {
  const nowMs = state.host.clock.nowMs();
  const changed: Product[] = [];
  const result = input.stocks.map((line) => {
    const product = find(seller, line);
    const warehouse = warehousesOf(seller).find(({ id }) => String(id) === line.warehouse_id);
    const errors: ItemError[] = [];
    const pairSeconds = seller.stockPairSeconds ?? 30;
    if (product === undefined) errors.push({ code: "NOT_FOUND_ERROR", message: "product is not found" });
    else if (product.archived) errors.push({ code: "PRODUCT_IS_ARCHIVED", message: "product is archived" });
    else if (warehouse === undefined) errors.push({ code: "WAREHOUSE_NOT_FOUND", message: "warehouse is not found" });
    else if (line.stock < 0) errors.push({ code: "INVALID_STOCK", message: "stock must not be negative" });
    else if (line.stock >= 1_000_000) errors.push({ code: "STOCK_TOO_BIG", message: "stock must be less than 1000000" });
    else if (nowMs - (product.stockSetAtMs?.[line.warehouse_id] ?? Number.NEGATIVE_INFINITY) < pairSeconds * 1_000)
      errors.push({ code: "TOO_MANY_REQUESTS", message: "Stock is updated too frequently" });
    if (errors.length === 0 && product !== undefined && warehouse !== undefined) {
      setFree(product, warehouse, line.stock);
      product.stockSetAtMs = { ...product.stockSetAtMs, [line.warehouse_id]: nowMs };
      changed.push(product);
    }
    return {
      warehouse_id: Number(line.warehouse_id),
      product_id: product?.productId ?? Number(line.product_id ?? 0),
      offer_id: product?.offerId ?? line.offer_id ?? "",
      updated: errors.length === 0,
      errors,
    };
  });
  events.stocksChanged(seller, changed);
  return { result };
}

function setPrices(state: OzonState, events: Events, seller: Seller, input: z.output<typeof pricesInput>): unknown {
  const nowMs = state.host.clock.nowMs();
  return {
    result: input.prices.map((line) => {
      const product = find(seller, line);
      const recent = (product?.priceSetAtMs ?? []).filter((atMs) => nowMs - atMs < HOUR_MS);
      const errors = product === undefined ? [{ code: "NOT_FOUND_ERROR", message: "product is not found" }] : priceErrors(product, line, recent.length);
      if (errors.length === 0 && product !== undefined) {
        if (line.price !== undefined) product.priceMinor = kopecks(line.price);
        if (line.old_price !== undefined) product.oldPriceMinor = kopecks(line.old_price);
        product.priceSetAtMs = [...recent, nowMs];
        events.itemChanged(seller, product);
      }
      return {
        product_id: product?.productId ?? Number(line.product_id ?? 0),
        offer_id: product?.offerId ?? line.offer_id ?? "",
        updated: errors.length === 0,
        errors,
      };
    }),
  };
}

function priceErrors(product: Product, line: z.output<typeof pricesInput>["prices"][number], recent: number): ItemError[] {
  if (recent >= PRICES_AN_HOUR) return [{ code: "", message: "error limiting: acquire limit per item: items limit: limit exceeded" }];
  if (line.price !== undefined && !/^\d{1,9}(\.\d{1,2})?$/.test(line.price)) return [{ code: "price_negative", message: "price must be a positive decimal" }];
  const price = line.price === undefined ? product.priceMinor : kopecks(line.price);
  const old = line.old_price === undefined ? product.oldPriceMinor : kopecks(line.old_price);
  if (price <= 0) return [{ code: "price_negative", message: "price must be positive" }];
  if (old === 0) return [];
  if (old <= price) return [{ code: "discount_too_big", message: "old price must be greater than price" }];
  if ((old - price) / old >= 0.9) return [{ code: "discount_too_big", message: "discount must be less than 90%" }];
  if (price <= 40_000 && old - price <= 2_000) return [{ code: "discount_for_low_price_is_too_small", message: "discount is too small" }];
  if (price > 40_000 && price <= 1_000_000 && (old - price) / old <= 0.05)
    return [{ code: "discount_for_average_price_is_too_small", message: "discount is too small" }];
  if (price > 1_000_000 && old - price <= 50_000) return [{ code: "discount_for_top_price_is_too_small", message: "discount is too small" }];
  return [];
}

function kopecks(text: string): number {
  return Math.round(Number(text) * 100);
}
