import sample from "@/server/integrations/connectors/hepsiburada/fixtures/listings.json" with { type: "json" };
import { type BenchSource, indexes, momentOf, ORDERS, type PageAnswer, type PageRequest, PRODUCTS } from "../source";

const NOW_MS = Date.now();
const FIRST_ORDER = 869_304_129;
const MERCHANT = "6fc6d90d-ee1d-4372-b3a6-264b12750001";
const DAYS = 20;
const NAME = "Bambu Mutfak Seti, 6 parça";

const bare = (ms: number) => new Date(ms + 3 * 3_600_000).toISOString().slice(0, 19);
const money = (amount: number) => ({ currency: "TRY", amount });

function lineOf(index: number, rows: number): Record<string, unknown> {
  const atMs = momentOf(index, rows, DAYS, NOW_MS);
  const price = 190 + (index % 4_500);
  return {
    id: `7f6d0000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    orderNumber: String(FIRST_ORDER + index),
    orderDate: bare(atMs),
    dueDate: bare(atMs + 2 * 86_400_000),
    lastStatusUpdateDate: bare(atMs + 3_600_000),
    status: "Open",
    sku: `HBV${String(index % 500).padStart(8, "0")}`,
    merchantSKU: articleOf(index % 500),
    merchantId: MERCHANT,
    name: NAME,
    quantity: 1,
    unitPrice: money(price),
    totalPrice: money(price),
    commission: money(price / 5),
    customerId: `c-${index % 50_000}`,
    customerName: "Ayşe Yılmaz",
    shippingAddress: address,
    cargoCompany: "HepsiJET",
    canCreatePackage: true,
    isCancellable: true,
    deliveryType: "StandardDelivery",
    packageNumber: null,
    barcode: null,
  };
}

const address = {
  address: "Bağdat Cd. 10",
  name: "Ayşe Yılmaz",
  email: "a@example.com",
  phoneNumber: "5320000000",
  district: "Caddebostan",
  city: "İstanbul",
  town: "Kadıköy",
};
const articleOf = (index: number) => `HB-${String(index).padStart(7, "0")}`;

function order(number: number, rows: number): PageAnswer {
  const line = lineOf(number - FIRST_ORDER, rows);
  const { orderNumber, orderDate, customerId } = line;
  return {
    json: {
      orderNumber,
      orderDate,
      createdDate: orderDate,
      paymentStatus: "Paid",
      customer: { customerId, name: "Ayşe Yılmaz" },
      deliveryAddress: address,
      orderNote: "",
      items: [line],
    },
  };
}

function listingOf(index: number): unknown {
  return {
    ...sample.answer.listings[0],
    listingId: `fc7ac444-0000-4000-8000-${String(index).padStart(12, "0")}`,
    hepsiburadaSku: `HBV${String(index).padStart(8, "0")}`,
    merchantSku: articleOf(index),
    price: 100 + (index % 900),
    productId: `HB${String(index).padStart(8, "0")}`,
  };
}

function listings({ query }: PageRequest, rows: number): PageAnswer {
  const asked = query.get("merchantSkuList")?.split(",");
  const offset = Number(query.get("offset"));
  const found = asked?.map((article) => Number(article.slice(3))) ?? indexes(offset, Number(query.get("limit")), rows);
  return { json: { listings: found.map(listingOf), totalCount: asked === undefined ? rows : found.length, limit: found.length, offset } };
}

function cards({ query }: PageRequest, rows: number): PageAnswer {
  const [page, size] = [Number(query.get("page")), Number(query.get("size"))];
  const data = indexes(page * size, size, rows).map((index) => ({
    merchantSku: articleOf(index),
    barcode: String(8_690_000_000_000 + index),
    hbSku: `HBV${String(index).padStart(8, "0")}`,
    variantGroupId: `g-${Math.floor(index / 3)}`,
    productName: NAME,
    images: ["https://productimages.hepsiburada.net/s/1.jpg"],
    status: "MATCHED",
  }));
  return { json: { success: true, code: 0, message: null, totalPages: Math.ceil(rows / size), last: (page + 1) * size >= rows, data } };
}

/** Open orders, each read whole by its number, and the catalogue with what is on sale. */
export const hepsiburadaSource: BenchSource = {
  connectorId: "hepsiburada",
  credentials: { merchantId: MERCHANT, serviceKey: "Bench0000001", userAgent: "bench_dev" },
  streams: [
    { id: "orders", tables: ORDERS, records: (rows) => rows },
    { id: "products", tables: PRODUCTS, records: (rows) => rows },
  ],
  answer(request, rows) {
    const { path, query } = request;
    const number = /\/ordernumber\/(\d+)$/.exec(path)?.[1];
    if (number !== undefined) return order(Number(number), rows);
    if (path.includes("/listings/")) return listings(request, rows);
    if (path.includes("/all-products-of-merchant/")) return cards(request, rows);
    const isOpen = /\/orders\/merchantid\/[^/]+$/.test(path);
    const page = isOpen ? indexes(Number(query.get("offset")), Number(query.get("limit")), rows) : [];
    return { json: { totalCount: isOpen ? rows : 0, items: page.map((index) => lineOf(index, rows)) } };
  },
};
