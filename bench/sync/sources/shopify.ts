import { type BenchSource, indexes, momentOf, ORDERS, type PageAnswer, type PageRequest, PRODUCTS } from "../source";

const NOW_MS = Date.now();
const DAYS = 300;
const gid = (type: string, index: number) => `gid://shopify/${type}/${1_000_000_000 + index}`;
const iso = (ms: number) => new Date(ms).toISOString().replace(/\.\d{3}Z$/, "Z");
const bag = (amount: string) => ({ shopMoney: { amount, currencyCode: "TRY" } });

/** An order's row and its line's, as a bulk operation writes them; always the same number of bytes, so that a place in the file tells the order. */
function groupOf(index: number, rows: number): Buffer {
  const atMs = momentOf(index, rows, DAYS, NOW_MS);
  const price = `${100 + (index % 900)}.00`;
  const head = {
    id: gid("Order", index),
    name: `#${100_000_000 + index}`,
    createdAt: iso(atMs),
    processedAt: iso(atMs),
    updatedAt: iso(atMs + 3_600_000),
    cancelledAt: null,
    cancelReason: null,
    displayFinancialStatus: "PAID",
    displayFulfillmentStatus: "FULFILLED",
    email: "ayse@example.com",
    phone: "+905320000000",
    note: null,
    totalPriceSet: bag(price),
    customer: { id: gid("Customer", index), displayName: "Ayşe Yılmaz", defaultEmailAddress: { emailAddress: "ayse@example.com" }, defaultPhoneNumber: null },
    shippingAddress: {
      name: "Ayşe Yılmaz",
      address1: "Bağdat Cd. 10",
      address2: null,
      city: "İstanbul",
      province: "Kadıköy",
      zip: "34728",
      country: "Türkiye",
      phone: null,
    },
    shippingLine: { title: "Standart" },
    transactions: [{ kind: "SALE", status: "SUCCESS", processedAt: iso(atMs) }],
    fulfillments: [
      {
        id: gid("Fulfillment", index),
        status: "SUCCESS",
        displayStatus: "DELIVERED",
        createdAt: iso(atMs),
        deliveredAt: iso(atMs + 1_800_000),
        trackingInfo: [{ company: "Yurtiçi Kargo", number: `YK${100_000_000 + index}` }],
      },
    ],
  };
  const line = {
    id: gid("LineItem", index),
    title: "Bambu Mutfak Seti",
    variantTitle: null,
    sku: `SH-${10_000 + (index % 500)}`,
    quantity: 1,
    currentQuantity: 1,
    discountedUnitPriceAfterAllDiscountsSet: bag(price),
    variant: { id: gid("ProductVariant", index % 500), barcode: "8690000000000" },
    __parentId: head.id,
  };
  return Buffer.from(`${JSON.stringify(head)}\n${JSON.stringify(line)}\n`);
}

function resultFile({ range }: PageRequest, rows: number): PageAnswer {
  const size = groupOf(0, rows).byteLength;
  const { from, to } = range ?? { from: 0, to: rows * size - 1 };
  if (from >= rows * size) return { bytes: Buffer.alloc(0), status: 416 };
  const first = Math.floor(from / size);
  const whole = Buffer.concat(indexes(first, Math.floor(to / size) - first + 1, rows).map((index) => groupOf(index, rows)));
  return { bytes: whole.subarray(from - first * size, to - first * size + 1), status: 206 };
}

function variantOf(index: number): unknown {
  return {
    id: gid("ProductVariant", index),
    title: `Boy ${index % 4}`,
    sku: `SH-${String(index).padStart(7, "0")}`,
    barcode: String(8_690_000_000_000 + index),
    price: `${100 + (index % 900)}.00`,
    compareAtPrice: null,
    updatedAt: iso(NOW_MS - 86_400_000),
    product: {
      id: gid("Product", Math.floor(index / 4)),
      title: "Bambu Mutfak Seti",
      status: "ACTIVE",
      hasOnlyDefaultVariant: false,
      onlineStoreUrl: "https://karavan-demo.myshopify.com/products/bambu",
      featuredMedia: { preview: { image: { url: "https://cdn.shopify.com/s/files/1/bambu.jpg" } } },
    },
    inventoryItem: {
      id: gid("InventoryItem", index),
      tracked: true,
      inventoryLevel: {
        quantities: [
          { name: "available", quantity: index % 90 },
          { name: "committed", quantity: index % 3 },
        ],
      },
    },
  };
}

function graphql({ body }: PageRequest, rows: number): unknown {
  const { operationName, variables } = JSON.parse(body) as { operationName: string; variables: { after: string | null; first: number } };
  const operation = { id: "gid://shopify/BulkOperation/1", status: "COMPLETED" };
  if (operationName === "RunBulk") return { bulkOperationRunQuery: { bulkOperation: operation, userErrors: [] } };
  if (operationName === "BulkStatus") {
    const counts = { errorCode: null, objectCount: String(rows * 2), rootObjectCount: String(rows), fileSize: null };
    return { bulkOperation: { ...operation, ...counts, createdAt: iso(NOW_MS), url: "https://storage.googleapis.com/bulk-1.jsonl" } };
  }
  const page = indexes(Number(variables.after ?? 0), variables.first, rows);
  const next = (page.at(-1) ?? rows) + 1;
  return { productVariants: { pageInfo: { hasNextPage: next < rows, endCursor: String(next) }, nodes: page.map(variantOf) } };
}

/** Orders from the result file of a bulk operation, products page by page. */
export const shopifySource: BenchSource = {
  connectorId: "shopify",
  credentials: { shop: "karavan-demo.myshopify.com", clientSecret: "shpss_bench000000000000000000000001", accessToken: "shpat_bench00000000000000000000001" },
  facts: { shop: "karavan-demo.myshopify.com", currency: "TRY", timeZone: "Europe/Istanbul", locationId: "gid://shopify/Location/711" },
  streams: [
    { id: "orders", tables: ORDERS, records: (rows) => rows },
    { id: "products", tables: PRODUCTS, records: (rows) => rows },
  ],
  answer: (request, rows) => (request.path.endsWith(".jsonl") ? resultFile(request, rows) : { json: { data: graphql(request, rows) } }),
};
