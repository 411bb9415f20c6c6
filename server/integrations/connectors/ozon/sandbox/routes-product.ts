import { z } from "zod";
import { decimal, int64, whole } from "./body";
import { invalidArgument } from "./errors";
import { type Method, method } from "./method";
import type { Product, Seller } from "./state";

const VISIBILITY = [
  "ALL",
  "VISIBLE",
  "INVISIBLE",
  "EMPTY_STOCK",
  "NOT_MODERATED",
  "MODERATED",
  "DISABLED",
  "STATE_FAILED",
  "READY_TO_SUPPLY",
  "VALIDATION_STATE_PENDING",
  "VALIDATION_STATE_FAIL",
  "VALIDATION_STATE_SUCCESS",
  "TO_SUPPLY",
  "IN_SALE",
  "REMOVED_FROM_SALE",
  "OVERPRICED",
  "CRITICALLY_OVERPRICED",
  "EMPTY_BARCODE",
  "BARCODE_EXISTS",
  "QUARANTINE",
  "ARCHIVED",
  "OVERPRICED_WITH_STOCK",
  "PARTIAL_APPROVED",
  "AUTO_ARCHIVED",
  "MANUAL_ARCHIVED",
  "SEASONAL_AUTO_ARCHIVED",
  "VISIBLE_WITH_FBO_STOCK",
  "SHOWCASE_SELECT_ACTIVE",
] as const;

const listInput = z.strictObject({
  filter: z
    .strictObject({
      offer_id: z.array(z.string()).max(1_000).optional(),
      product_id: z.array(int64).max(1_000).optional(),
      skus: z.array(int64).max(1_000).optional(),
      visibility: z.enum(VISIBILITY).optional(),
    })
    .optional(),
  last_id: z.string().optional(),
  limit: whole(1, 1_000).optional(),
});

const infoInput = z.strictObject({ offer_id: z.array(z.string()).optional(), product_id: z.array(int64).optional(), sku: z.array(int64).optional() });

/** /v3/product/list and /v3/product/info/list. */
export function productMethods(): Method[] {
  return [method("/v3/product/list", listInput, listProducts), method("/v3/product/info/list", infoInput, productInfo)];
}

function listProducts(seller: Seller, input: z.output<typeof listInput>): unknown {
  const filter = input.filter ?? {};
  const kinds = [filter.offer_id, filter.product_id, filter.skus].filter((ids) => (ids?.length ?? 0) > 0);
  if (kinds.length > 1) throw invalidArgument("only one of offer_id, product_id, skus may be given");
  const wantsArchived = ["ARCHIVED", "MANUAL_ARCHIVED"].includes(filter.visibility ?? "ALL");
  const found = seller.products.filter(
    (product) =>
      product.archived === wantsArchived &&
      (!filter.offer_id?.length || filter.offer_id.includes(product.offerId)) &&
      (!filter.product_id?.length || filter.product_id.includes(String(product.productId))) &&
      (!filter.skus?.length || filter.skus.includes(String(product.sku))),
  );
  const after = input.last_id ? Number(Buffer.from(input.last_id, "base64url").toString("utf8")) : 0;
  if (Number.isNaN(after)) throw invalidArgument("invalid last_id");
  const items = found.filter((product) => product.productId > after).slice(0, input.limit ?? 1_000);
  const last = items.at(-1);
  return {
    result: {
      items: items.map((product) => ({
        product_id: product.productId,
        offer_id: product.offerId,
        sku: product.sku,
        has_fbo_stocks: product.fboStock > 0,
        has_fbs_stocks: product.fbsStock > 0,
        archived: product.archived,
        is_discounted: false,
        quants: [],
      })),
      // `total` goes away on 2026-11-23; until then both are there.
      total: found.length,
      total_items: found.length,
      last_id: last ? Buffer.from(String(last.productId)).toString("base64url") : "",
    },
  };
}

function productInfo(seller: Seller, input: z.output<typeof infoInput>): unknown {
  const offers = new Set(input.offer_id ?? []);
  const ids = new Set(input.product_id ?? []);
  const skus = new Set(input.sku ?? []);
  const asked = offers.size + ids.size + skus.size;
  if (asked === 0) throw invalidArgument("use either offer_id or product_id or sku");
  if (asked > 1_000) throw invalidArgument("no more than 1000 identifiers");
  const found = seller.products.filter((product) => offers.has(product.offerId) || ids.has(String(product.productId)) || skus.has(String(product.sku)));
  return { items: found.map(infoJson) };
}

function infoJson(product: Product): unknown {
  const picture = `https://cdn1.ozone.ru/s3/multimedia-1/${product.sku}.jpg`;
  const stock = product.fboStock + product.fbsStock > 0;
  return {
    id: product.productId,
    sku: product.sku,
    offer_id: product.offerId,
    name: product.name,
    barcodes: [`OZN${product.sku}`],
    created_at: "2025-03-14T09:26:53.000Z",
    updated_at: "2026-09-01T10:00:00.000Z",
    currency_code: "RUB",
    price: decimal(product.priceMinor),
    old_price: decimal(product.oldPriceMinor),
    min_price: decimal(Math.round(product.priceMinor * 0.8)),
    vat: "0.0",
    description_category_id: 17028922,
    type_id: 94765,
    primary_image: [picture],
    images: [picture],
    color_image: [],
    is_archived: product.archived,
    is_autoarchived: false,
    is_discounted: false,
    is_kgt: false,
    is_super: false,
    has_discounted_fbo_item: false,
    discounted_fbo_stocks: 0,
    errors: [],
    promotions: [],
    commissions: [
      {
        sale_schema: "FBO",
        percent: product.ratioBp / 100,
        value: Math.round((product.priceMinor * product.ratioBp) / 1_000_000),
        delivery_amount: 0,
        return_amount: 0,
      },
    ],
    availabilities: [{ sku: product.sku, source: "sds", availability: stock ? "AVAILABLE" : "UNAVAILABLE", reasons: [] }],
    sources: [{ sku: product.sku, source: "sds", created_at: "2025-03-14T09:26:53.000Z", shipment_type: "SHIPMENT_TYPE_GENERAL", quant_code: "" }],
    model_info: { model_id: product.productId, count: 1 },
    stocks: {
      has_stock: stock,
      stocks: [
        { sku: product.sku, source: "fbo", present: product.fboStock, reserved: 0 },
        { sku: product.sku, source: "fbs", present: product.fbsStock, reserved: 0 },
      ],
    },
    statuses: {
      is_created: true,
      moderate_status: "approved",
      status: "price_sent",
      status_description: "",
      status_failed: "",
      status_name: "Продается",
      status_tooltip: "",
      status_updated_at: "2026-09-01T10:00:00.000Z",
      validation_status: "success",
    },
    visibility_details: { has_price: true, has_stock: stock },
    volume_weight: 0.4,
  };
}
