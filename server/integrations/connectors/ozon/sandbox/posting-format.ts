import { money } from "./body";
import { type Posting, type PostingProduct, substatusOf } from "./postings";

export const WAREHOUSE = { id: 20605650762000, name: "Склад Софьино", fboName: "СОФЬИНО_РФЦ", fboId: 1020001835658000 };
const RFBS_METHOD = 20605650762001;
const DELIVERY_MS = 4 * 86_400_000;
const NO_CANCELLATION = {
  cancel_reason_id: 0,
  cancel_reason: "",
  cancellation_type: "",
  cancelled_after_ship: false,
  affect_cancellation_rating: false,
  cancellation_initiator: "",
};
export const iso = (ms: number) => new Date(ms).toISOString();

export interface With {
  analytics_data?: boolean | undefined;
  barcodes?: boolean | undefined;
  financial_data?: boolean | undefined;
  legal_info?: boolean | undefined;
}

/** A posting as /v4/posting/fbs/list prints it. */
export function fbsJson(posting: Posting, wanted: With): Record<string, unknown> {
  return {
    ...core(posting),
    pickup_code_verified_at: null,
    parent_posting_number: "",
    delivery_method: deliveryMethod(posting),
    delivery_schema: posting.bySeller === undefined ? "fbs" : "rfbs",
    tracking_number: posting.trackingNumber ?? "",
    tpl_integration_type: integrationOf(posting),
    shipment_date: iso(posting.shipmentAtMs),
    shipment_date_without_delay: iso(posting.shipmentAtMs),
    delivering_date: deliveringDate(posting),
    cancellation: cancellationOf(posting),
    ...customerOf(posting),
    products: posting.products.map((product) => ({
      offer_id: product.offerId,
      name: product.name,
      sku: product.sku,
      quantity: product.quantity,
      imei: [],
      weight: 0.5,
      product_color: "",
      is_blr_traceable: false,
      is_marketplace_buyout: false,
      price: money(product.unitMinor),
    })),
    available_actions: actionsOf(posting),
    is_express: false,
    is_multibox: false,
    multi_box_qty: 1,
    quantum_id: 0,
    ...(wanted.barcodes ? { barcodes: { upper_barcode: `%101%${posting.orderId}`, lower_barcode: String(posting.orderId) } } : {}),
    ...(wanted.analytics_data ? { analytics_data: analytics(posting) } : {}),
    ...(wanted.legal_info ? { legal_info: { company_name: "", inn: "", kpp: "" } } : {}),
    ...(wanted.financial_data
      ? {
          financial_data: {
            ...clusters(posting),
            products: posting.products.map((product) => ({
              ...financialProduct(product),
              quantity: product.quantity,
              customer_price: money(product.unitMinor),
            })),
          },
        }
      : {}),
  };
}

export function core(posting: Posting): Record<string, unknown> {
  return {
    posting_number: posting.postingNumber,
    order_id: posting.orderId,
    order_number: posting.orderNumber,
    status: posting.status,
    substatus: substatusOf(posting),
    in_process_at: iso(posting.inProcessAtMs),
  };
}

/** rFBS without an integration: the seller's own delivery. */
export function integrationOf(posting: Posting): string {
  return posting.bySeller === undefined ? "ozon" : "non_integrated";
}

export function deliveringDate(posting: Posting): string | null {
  return posting.status === "delivering" || posting.status === "delivered" ? iso(posting.shipmentAtMs + 3_600_000) : null;
}

/** Who receives it is told where the seller delivers. */
export function customerOf({ bySeller, orderId, city }: Posting): { customer: unknown; addressee: unknown } {
  if (bySeller === undefined) return { customer: null, addressee: null };
  const { name, phone, address } = bySeller;
  return {
    customer: {
      customer_id: orderId % 1_000_000,
      name,
      phone,
      address: {
        address_tail: address,
        city,
        comment: "",
        country: "Россия",
        district: "",
        latitude: 55.75,
        longitude: 37.62,
        region: city,
        zip_code: "101000",
      },
    },
    addressee: { name, phone },
  };
}

export function deliveryMethod(posting: Posting): unknown {
  if (posting.bySeller !== undefined) {
    return {
      id: RFBS_METHOD,
      name: "Доставка продавца",
      warehouse_id: WAREHOUSE.id,
      warehouse: WAREHOUSE.name,
      tpl_provider_id: 0,
      tpl_provider: "Курьер продавца",
    };
  }
  return {
    id: WAREHOUSE.id,
    name: "Доставка Ozon самостоятельно",
    warehouse_id: WAREHOUSE.id,
    warehouse: WAREHOUSE.name,
    tpl_provider_id: 24,
    tpl_provider: "Доставка Ozon",
  };
}

export function cancellationOf(posting: Posting): typeof NO_CANCELLATION {
  if (!posting.cancelReason) return NO_CANCELLATION;
  return {
    ...NO_CANCELLATION,
    cancel_reason_id: posting.cancelReason.id,
    cancel_reason: posting.cancelReason.text,
    cancellation_type: "client",
    cancellation_initiator: "Клиент",
  };
}

export function actionsOf(posting: Posting): string[] {
  if (posting.status === "cancelled") return [];
  const chat = ["can_create_chat"];
  if (posting.bySeller !== undefined && posting.status !== "awaiting_packaging") return [...chat, ...sellerActions(posting, posting.bySeller)];
  return posting.status === "awaiting_packaging"
    ? [...chat, "cancel", "ship"]
    : posting.status === "awaiting_deliver"
      ? [...chat, "cancel", "label_download"]
      : chat;
}

function sellerActions(posting: Posting, { lastMile }: NonNullable<Posting["bySeller"]>): string[] {
  if (posting.status === "awaiting_deliver") return ["cancel", "set_track_number", "non_int_delivering"];
  if (posting.status !== "delivering") return [];
  return ["set_track_number", ...(lastMile ? [] : ["non_int_last_mile"]), "non_int_delivered"];
}

export function analytics(posting: Posting): unknown {
  return {
    region: "",
    city: posting.city,
    delivery_type: "PVZ",
    is_premium: false,
    is_legal: false,
    payment_type_group_name: "Банковская карта",
    warehouse_id: WAREHOUSE.id,
    warehouse: WAREHOUSE.name,
    tpl_provider_id: 24,
    tpl_provider: "Доставка Ozon",
    delivery_date_begin: iso(posting.inProcessAtMs + DELIVERY_MS),
    delivery_date_end: iso(posting.inProcessAtMs + DELIVERY_MS + 86_400_000),
  };
}

export function clusters(posting: Posting): { cluster_from: string; cluster_to: string } {
  return { cluster_from: "Москва, МО и Дальние регионы", cluster_to: posting.city };
}

export function financialProduct(product: PostingProduct): Record<string, unknown> {
  const price = product.unitMinor / 100;
  return {
    payout: 0,
    product_id: product.sku,
    old_price: price,
    price,
    total_discount_value: 0,
    total_discount_percent: 0,
    actions: [],
    commission: { amount: 0, percent: 0, currency: "RUB" },
  };
}
