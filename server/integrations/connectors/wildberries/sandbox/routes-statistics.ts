import { statisticsError } from "./errors";
import type { Call, Operation } from "./operation";
import type { Product, Seller, WbState } from "./state";

const MOSCOW_MS = 3 * 3_600_000;
const KEPT_MS = 90 * 86_400_000;
const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,7})?(Z|[+-]\d{2}:\d{2})?)?$/;

const rights = (group: string, usual: readonly [number, number], base: readonly [number, number]) => ({
  category: "statistics" as const,
  isWrite: false,
  group,
  usual,
  base,
  method: "GET" as const,
  host: "statistics-api",
});

/** Orders and sales as the statistics tell them: half an hour late, by simple formulas, for 90 days. */
export function statisticsOperations(state: WbState): Operation[] {
  return [
    { ...rights("supplier/orders", [10, 60], [1, 10_800]), path: "/api/v1/supplier/orders", answer: (call) => page(state, call, ordersOf(call.seller)) },
    { ...rights("supplier/sales", [1, 60], [1, 7_200]), path: "/api/v1/supplier/sales", answer: (call) => page(state, call, salesOf(call.seller)) },
  ];
}

interface Row {
  readonly atMs: number;
  readonly changedAtMs: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Moscow, without a zone. */
const moscow = (ms: number) => new Date(ms + MOSCOW_MS).toISOString().slice(0, 19);
const roubles = (minor: number) => Math.round(minor) / 100;

/** By the last change; the caller's moment is included, so that the last row of a page comes again with the next. */
function page(state: WbState, { query }: Call, rows: readonly Row[]): unknown {
  const dateFrom = query.get("dateFrom");
  if (dateFrom === null) throw statisticsError(["dateFrom: field required"]);
  const flag = query.get("flag") ?? "0";
  if (!MOMENT.test(dateFrom) || (flag !== "0" && flag !== "1")) throw statisticsError("dateFrom: Value not validated");
  const oldestMs = state.host.clock.nowMs() - KEPT_MS;
  const kept = rows.filter((row) => row.atMs >= oldestMs);
  const told = kept.sort((left, right) => left.changedAtMs - right.changedAtMs).map((row) => ({ row, json: rowJson(row) }));
  if (flag === "1") return told.filter(({ row }) => moscow(row.atMs).startsWith(dateFrom.slice(0, 10))).map(({ json }) => json);
  const from = dateFrom.length === 10 ? `${dateFrom}T00:00:00` : dateFrom.slice(0, 19);
  const rest = told.filter(({ row }) => moscow(row.changedAtMs) >= from);
  // Rows of one second are never parted: the next page starts with that second.
  const cut = rest[state.settings.statisticsPage - 1]?.row;
  const page = cut === undefined ? rest : rest.filter(({ row }) => moscow(row.changedAtMs) <= moscow(cut.changedAtMs));
  return page.map(({ json }) => json);
}

function rowJson({ atMs, changedAtMs, fields }: Row): unknown {
  return { date: moscow(atMs), lastChangeDate: moscow(changedAtMs), ...fields };
}

function goods(seller: Seller, nmId: number, chrtId?: number) {
  const product: Product | undefined = seller.products.find((one) => one.nmId === nmId);
  const size = product?.sizes.find((one) => one.chrtId === chrtId) ?? product?.sizes[0];
  return {
    countryName: "Россия",
    oblastOkrugName: "Центральный федеральный округ",
    regionName: "Московская",
    supplierArticle: product?.vendorCode ?? "",
    nmId,
    barcode: size?.barcode ?? "",
    category: "Посуда и инвентарь",
    subject: product?.subject ?? "",
    brand: seller.tradeMark,
    techSize: size?.techSize ?? "0",
    incomeID: 0,
    isSupply: false,
    isRealization: true,
    discountPercent: product?.discount ?? 0,
    spp: 8,
    sticker: "926912515",
  };
}

function ordersOf(seller: Seller): Row[] {
  const own = seller.trade.orders.map((order) => {
    const isCancel = order.supplierStatus === "cancel" || /^(canceled|declined)/.test(order.wbStatus);
    return { ...order, atMs: order.createdAtMs, srid: order.rid, isCancel, place: { warehouseName: "Кухня и дом", warehouseType: "Склад продавца" } };
  });
  const fbo = seller.trade.fboOrders.map((order) => ({
    ...order,
    chrtId: 0,
    isCancel: order.isCancelled,
    place: { warehouseName: "Подольск", warehouseType: "Склад WB" },
  }));
  return [...own, ...fbo].map((order) => ({
    atMs: order.atMs,
    changedAtMs: order.changedAtMs,
    fields: {
      ...order.place,
      ...goods(seller, order.nmId, order.chrtId),
      totalPrice: roubles(order.priceMinor),
      finishedPrice: roubles(order.priceMinor),
      priceWithDisc: roubles(order.priceMinor),
      isCancel: order.isCancel,
      cancelDate: order.isCancel ? moscow(order.changedAtMs) : "0001-01-01T00:00:00",
      gNumber: order.srid.slice(0, 19),
      srid: order.srid,
    },
  }));
}

function salesOf(seller: Seller): Row[] {
  return seller.trade.earlySales.map((sale) => ({
    atMs: sale.atMs,
    changedAtMs: sale.changedAtMs,
    fields: {
      warehouseName: "Подольск",
      warehouseType: "Склад WB",
      ...goods(seller, sale.nmId),
      totalPrice: roubles(sale.priceMinor),
      paymentSaleAmount: 0,
      forPay: roubles(sale.forPayMinor),
      finishedPrice: roubles(sale.priceMinor * 0.92),
      priceWithDisc: roubles(sale.priceMinor),
      saleID: sale.saleId,
      gNumber: sale.srid.slice(0, 19),
      srid: sale.srid,
    },
  }));
}
