import { decimal, money } from "./body";
import {
  actionsOf,
  analytics,
  cancellationOf,
  clusters,
  core,
  customerOf,
  deliveringDate,
  deliveryMethod,
  financialProduct,
  integrationOf,
  iso,
  WAREHOUSE,
  type With,
} from "./posting-format";
import type { Posting } from "./postings";

/** A posting as /v3/posting/fbs/get prints it: still the older shape, prices with four decimals. */
export function fbsV3Json(posting: Posting, wanted: With & { related_postings?: boolean | undefined }): Record<string, unknown> {
  return {
    ...core(posting),
    parent_posting_number: "",
    delivery_method: deliveryMethod(posting),
    tracking_number: posting.trackingNumber ?? "",
    tpl_integration_type: integrationOf(posting),
    shipment_date: iso(posting.shipmentAtMs),
    delivering_date: deliveringDate(posting),
    ...customerOf(posting),
    fact_delivery_date: posting.deliveredAtMs === null ? null : iso(posting.deliveredAtMs),
    cancellation: cancellationOf(posting),
    products: posting.products.map((product) => ({
      price: fourDecimals(product.unitMinor),
      currency_code: "RUB",
      offer_id: product.offerId,
      name: product.name,
      sku: product.sku,
      quantity: product.quantity,
      is_blr_traceable: false,
      is_marketplace_buyout: false,
    })),
    available_actions: actionsOf(posting),
    is_express: false,
    is_multibox: false,
    multi_box_qty: 1,
    ...(wanted.related_postings ? { related_postings: { related_posting_numbers: [] } } : {}),
    ...(wanted.analytics_data ? { analytics_data: analytics(posting) } : {}),
    ...(wanted.barcodes ? { barcodes: { upper_barcode: `%101%${posting.orderId}`, lower_barcode: String(posting.orderId) } } : {}),
    ...(wanted.legal_info ? { legal_info: { company_name: "", inn: "", kpp: "" } } : {}),
  };
}

/** A posting as /v3/posting/fbo/list prints it. */
export function fboJson(posting: Posting, wanted: With): Record<string, unknown> {
  const { cancel_reason, cancellation_initiator, cancellation_type } = cancellationOf(posting);
  return {
    ...core(posting),
    created_at: iso(posting.inProcessAtMs - 16_000),
    additional_data: [],
    cancel_reason_id: posting.cancelReason?.id ?? 0,
    cancellation: posting.cancelReason ? { cancel_reason, cancellation_initiator, cancellation_type } : null,
    external_order: { is_external: false, platform_name: "" },
    products: posting.products.map((product) => ({
      offer_id: product.offerId,
      name: product.name,
      sku: product.sku,
      quantity: product.quantity,
      digital_codes: [],
      is_marketplace_buyout: false,
      price: money(product.unitMinor),
    })),
    ...(wanted.analytics_data
      ? {
          analytics_data: {
            city: posting.city,
            delivery_type: "PVZ",
            is_legal: false,
            is_premium: false,
            payment_type_group_name: "Система Быстрых Платежей",
            warehouse_id: WAREHOUSE.fboId,
            warehouse_name: WAREHOUSE.fboName,
          },
        }
      : {}),
    ...(wanted.financial_data ? { financial_data: { ...clusters(posting), products: posting.products.map(financialProduct) } } : {}),
    ...(wanted.legal_info ? { legal_info: null } : {}),
  };
}

function fourDecimals(minor: number): string {
  const [units = "0", fraction = ""] = decimal(minor).split(".");
  return `${units}.${fraction.padEnd(4, "0")}`;
}
