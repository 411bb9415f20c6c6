import { z } from "zod";
import { readBody } from "./body";
import { invalidBody } from "./errors";
import type { Call, Operation } from "./operation";
import type { Product, SaleRow, Seller, WbState } from "./state";

const REPORTS = "open-api-finreports";
const CARDS = "content";

/** The realisation report and the list of cards. */
export function tradeOperations(state: WbState): Operation[] {
  return [
    {
      category: "finance",
      isWrite: false,
      group: "sales-reports/detailed",
      usual: [1, 60],
      base: [1, 43_200],
      method: "POST",
      host: "finance-api",
      path: "/api/finance/v1/sales-reports/detailed",
      answer: (call) => detailed(call, state.settings.reportPage),
    },
    {
      category: "content",
      isWrite: false,
      group: "content",
      usual: [5, 0.6],
      base: [5, 0.6],
      method: "POST",
      host: "content-api",
      path: "/content/v2/get/cards/list",
      answer: cards,
    },
  ];
}

const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,6})?)?$/;
const detailedInput = z.object({
  dateFrom: z.string().regex(MOMENT),
  dateTo: z.string().regex(MOMENT),
  limit: z.number().int().min(1).max(100_000).default(100_000),
  rrdId: z.number().int().min(0).default(0),
  period: z.enum(["daily", "weekly"]).default("weekly"),
  fields: z.array(z.string()).default([]),
});

async function detailed(call: Call, atMost: number): Promise<unknown> {
  const input = await readBody(call, detailedInput, (detail) => invalidBody(detail, REPORTS));
  const [from, to] = [input.dateFrom.slice(0, 10), input.dateTo.slice(0, 10)];
  const rows = call.seller.sales.filter((row) => row.day >= from && row.day <= to && row.rrdId > input.rrdId).slice(0, Math.min(input.limit, atMost));
  if (rows.length === 0) return new Response(null, { status: 204 });
  const wanted = new Set(input.fields);
  return rows.map((row) => {
    const whole = Object.entries(rowJson(call.seller, row, input.period));
    return Object.fromEntries(wanted.size === 0 ? whole : whole.filter(([name]) => wanted.has(name)));
  });
}

/** Money as strings, without needless zeros. */
function money(minor: number): string {
  return (minor / 100).toFixed(2).replace(/\.?0+$/, "") || "0";
}

/** Columns that say nothing in this shop. */
const EMPTY_COLUMNS = {
  dlvPrc: 1.8,
  techSize: "0",
  salePercent: 0,
  commissionPercent: 23,
  officeName: "Коледино",
  shkId: 1_239_159_661,
  returnAmount: 0,
  giBoxTypeName: "Монопаллета",
  productDiscountForReport: 0,
  sellerPromo: "0",
  spp: 8,
  kvwBase: 23,
  kvw: 1.81,
  supRatingUp: 0,
  isKgvpV2: 0,
  ppvzSalesCommission: "0",
  ppvzReward: "0",
  acquiringFee: "0",
  acquiringPercent: 0,
  paymentProcessing: "",
  acquiringBank: "",
  vw: "0",
  vwNds: "0",
  ppvzOfficeName: "",
  ppvzOfficeId: 0,
  ppvzSupplierName: "",
  ppvzSupplierInn: "",
  declarationNumber: "",
  stickerId: "0",
  country: "Россия",
  srvDbs: false,
  additionalPayment: "0",
  rebillLogisticCost: "0",
  deduction: "0",
  paidAcceptance: "0",
  orderId: 0,
  isB2b: false,
  trbxId: "",
  installmentCofinancingAmount: "0",
  wibesDiscountPercent: 0,
  cashbackAmount: "0",
  cashbackDiscount: "0",
  cashbackCommissionChange: "0",
  paymentSchedule: "0",
  deliveryMethod: "FBW",
  sellerPromoId: 0,
  sellerPromoDiscount: 0,
  loyaltyId: 0,
  loyaltyDiscount: 0,
  uuidPromocode: "",
  salePricePromocodeDiscountPrc: 0,
  articleSubstitution: "",
  salePriceAffiliatedDiscountPrc: 0,
  salePriceWholesaleDiscountPrc: 0,
  b2bCustomerTin: "",
} as const;

function rowJson(seller: Seller, row: SaleRow, period: "daily" | "weekly"): Record<string, unknown> {
  const product = seller.products.find((one) => one.nmId === row.nmId);
  const isTrade = row.quantity > 0;
  const instant = `${row.day}T00:00:00Z`;
  return {
    ...EMPTY_COLUMNS,
    // Ids of daily reports are beyond 2^53.
    reportId: period === "daily" ? 9_007_199_254_740_000 + Number(row.day.replaceAll("-", "")) : 1_234_567,
    dateFrom: row.day,
    dateTo: row.day,
    createDate: row.day,
    currency: "RUB",
    reportType: 1,
    rrdId: row.rrdId,
    giId: 123_456,
    fixTariffDateFrom: row.day,
    fixTariffDateTo: row.day,
    subjectName: product?.subject ?? "",
    nmId: row.nmId,
    brandName: seller.tradeMark,
    vendorCode: product?.vendorCode ?? "",
    title: product?.title ?? "",
    sku: product?.sizes[0]?.barcode ?? "",
    docTypeName: row.operation === "Возврат" ? "Возврат" : isTrade ? "Продажа" : "",
    quantity: row.quantity,
    retailPrice: money(product?.priceMinor ?? 0),
    retailAmount: money(row.retailMinor),
    sellerOperName: row.operation,
    orderDt: instant,
    saleDt: instant,
    rrDate: row.day,
    retailPriceWithDisc: money(row.priceMinor),
    deliveryAmount: row.deliveryMinor > 0 ? 1 : 0,
    deliveryService: money(row.deliveryMinor),
    forPay: money(row.forPayMinor),
    bonusTypeName: row.operation === "Штраф" ? "Штраф МП. Невыполненный заказ" : "",
    penalty: money(row.penaltyMinor),
    paidStorage: money(row.storageMinor),
    orderUid: `id${row.srid}`,
    srid: row.srid,
  };
}

const cardsInput = z.object({
  settings: z.object({
    sort: z.object({ ascending: z.boolean().default(false) }).optional(),
    filter: z
      .object({ withPhoto: z.union([z.literal(-1), z.literal(0), z.literal(1), z.literal(2)]).default(0), textSearch: z.string().optional() })
      .optional(),
    cursor: z.object({ limit: z.number().int().min(1).max(100).default(10), updatedAt: z.string().nullish(), nmID: z.number().int().optional() }).optional(),
  }),
});

async function cards(call: Call): Promise<unknown> {
  const { settings } = await readBody(call, cardsInput, (detail) => invalidBody(detail, CARDS));
  const limit = settings.cursor?.limit ?? 10;
  const direction = settings.sort?.ascending === true ? 1 : -1;
  const sorted = [...call.seller.products].sort((left, right) => direction * (left.updatedAtMs - right.updatedAtMs || left.nmId - right.nmId));
  const { updatedAt, nmID } = settings.cursor ?? {};
  const fromMs = updatedAt ? Date.parse(updatedAt) : undefined;
  const rest = fromMs === undefined ? sorted : sorted.filter((one) => direction * (one.updatedAtMs - fromMs || one.nmId - (nmID ?? 0)) > 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    cards: page.map(cardJson),
    cursor: { ...(last ? { updatedAt: iso(last.updatedAtMs), nmID: last.nmId } : {}), total: page.length },
  };
}

const iso = (ms: number) => new Date(ms).toISOString();

function cardJson(product: Product): unknown {
  const photo = (size: string) => `https://basket-10.wbbasket.ru/vol1542/part154200/${product.nmId}/images/${size}/1.webp`;
  return {
    nmID: product.nmId,
    imtID: product.imtId,
    nmUUID: "01bda0b1-5c0b-736c-b2be-d0a6543e9be0",
    subjectID: 7_771,
    subjectName: product.subject,
    vendorCode: product.vendorCode,
    brand: "Уютная кухня",
    title: product.title,
    description: "",
    needKiz: false,
    photos: [{ big: photo("big"), c246x328: photo("c246x328"), c516x688: photo("c516x688"), square: photo("square"), tm: photo("tm") }],
    sizes: product.sizes.map(({ chrtId, techSize, barcode }) => ({ chrtID: chrtId, techSize, wbSize: "", skus: [barcode] })),
    createdAt: iso(product.updatedAtMs - 86_400_000),
    updatedAt: iso(product.updatedAtMs),
  };
}
