import { type BenchSource, indexes, momentOf, ORDERS, type PageAnswer, type PageRequest, SALES } from "../source";

const NOW_MS = Date.now();
const FIRST_ORDER = 48_000_000_000;
const CAMPAIGN = 21_000_101;
const DAYS = 28;
const NAME = "Плед вязаный «Север», 150×200 см";

const stamp = (ms: number) => `${new Date(ms + 3 * 3_600_000).toISOString().slice(0, -1)}+03:00`;
const rub = (value: number) => ({ value, currencyId: "RUR" });

function pageOf(query: URLSearchParams, rows: number): { readonly page: readonly number[]; readonly paging: object } {
  const page = indexes(Number(query.get("pageToken") ?? 0), Number(query.get("limit")), rows);
  const next = (page.at(-1) ?? rows) + 1;
  return { page, paging: next < rows ? { nextPageToken: String(next) } : {} };
}

function orders({ query }: PageRequest, rows: number): PageAnswer {
  const { page, paging } = pageOf(query, rows);
  return { json: { orders: page.map((index) => orderOf(index, momentOf(index, rows, DAYS, NOW_MS))), paging } };
}

function orderOf(index: number, atMs: number): unknown {
  const price = 490 + (index % 4_500);
  return {
    orderId: FIRST_ORDER + index,
    campaignId: CAMPAIGN,
    programType: "FBS",
    status: index % 17 === 0 ? "CANCELLED" : "DELIVERED",
    substatus: index % 17 === 0 ? "USER_CHANGED_MIND" : "DELIVERY_SERVICE_DELIVERED",
    creationDate: stamp(atMs),
    updateDate: stamp(atMs + 3_600_000),
    paymentType: "PREPAID",
    paymentMethod: "YANDEX",
    fake: false,
    items: [
      { id: (FIRST_ORDER + index) * 10, offerId: `YM-${1_001 + (index % 500)}`, offerName: NAME, count: 1, prices: { payment: rub(price), vat: "NO_VAT" } },
    ],
    prices: { payment: rub(price) },
    delivery: {
      type: "PICKUP",
      serviceName: "Яндекс Маркет",
      deliveryServiceId: 1,
      deliveryPartnerType: "YANDEX_MARKET",
      dates: { fromDate: stamp(atMs).slice(0, 10) },
      shipment: { id: index % 100_000, shipmentDate: stamp(atMs).slice(0, 10) },
    },
    cancelRequested: false,
    sourcePlatform: "MARKET",
  };
}

function stats({ query }: PageRequest, rows: number): PageAnswer {
  const { page, paging } = pageOf(query, rows / LINES_AN_ORDER);
  return { json: { status: "OK", result: { orders: page.map((index) => soldOf(index, momentOf(index, rows, DAYS, NOW_MS))), paging } } };
}

/** Of an order the sale and what the Market takes for it. */
const LINES_AN_ORDER = 2;

function soldOf(index: number, atMs: number): unknown {
  const price = 490 + (index % 4_500);
  return {
    id: FIRST_ORDER + index,
    creationDate: stamp(atMs).slice(0, 10),
    statusUpdateDate: stamp(atMs + 3_600_000),
    status: "DELIVERED",
    partnerOrderId: String(FIRST_ORDER + index),
    paymentType: "PREPAID",
    fake: false,
    deliveryRegion: { id: 213, name: "Москва" },
    items: [
      {
        offerName: NAME,
        marketSku: 102_000_000_000 + (index % 500),
        shopSku: `YM-${1_001 + (index % 500)}`,
        count: 1,
        prices: [
          { type: "BUYER", costPerItem: price, total: price },
          { type: "MARKETPLACE", costPerItem: 49, total: 49 },
        ],
      },
    ],
    payments: [{ id: `${FIRST_ORDER + index}-1`, date: stamp(atMs).slice(0, 10), type: "PAYMENT", source: "BUYER", total: price }],
    commissions: [
      { type: "FEE", actual: Math.round(price * 15) / 100 },
      { type: "DELIVERY_TO_CUSTOMER", actual: 89 + (index % 40) },
      { type: "PAYMENT_TRANSFER", actual: 6.4 },
    ],
    currency: "RUR",
  };
}

/** Orders of the cabinet, and the statistics the sales are read from; the monthly reports are left out. */
export const yandexMarketSource: BenchSource = {
  connectorId: "yandex-market",
  credentials: { apiKey: "ACMA:BenchBenchBenchBenchBenchBenchBenchBench:7100210a", businessId: "7100210" },
  // A key without the right to finance: reports come as archives of whole months, not in pages.
  facts: { campaigns: [{ id: String(CAMPAIGN), placementType: "FBS" }], scopes: ["INVENTORY_AND_ORDER_PROCESSING"] },
  streams: [
    { id: "orders", tables: ORDERS, records: (rows) => rows },
    { id: "sales", tables: SALES, records: (rows) => rows },
  ],
  answer: (request, rows) => (request.path.endsWith("/stats/orders") ? stats(request, rows) : orders(request, rows)),
};
