import type { SaleRow, Seller, WbState } from "./state";
import { addEarlySale } from "./trade-happenings";
import type { EarlySale } from "./trade-state";

const DAY_MS = 86_400_000;
const MOSCOW_MS = 3 * 3_600_000;
const FIRST_RRD = 1_232_610_467;

export function moscowDay(ms: number): string {
  return new Date(ms + MOSCOW_MS).toISOString().slice(0, 10);
}

/** So many days back the statistics are filled too. */
const EARLY_DAYS = 3;
const HOUR_MS = 3_600_000;

const KINDS: readonly SaleRow["operation"][] = ["Продажа", "Продажа", "Логистика", "Продажа", "Возврат", "Логистика", "Хранение", "Продажа", "Штраф"];

/** Writes the realisation report of the last `days` full days; deterministic for the same scenario. */
export function fillSales(state: WbState, seller: Seller, size: { days: number; perDay: number }): void {
  const { random } = state;
  const nowMs = state.host.clock.nowMs();
  let rrdId = FIRST_RRD;
  for (let back = size.days; back >= 1; back -= 1) {
    const day = moscowDay(nowMs - back * DAY_MS);
    for (let index = 0; index < size.perDay * 2; index += 1) {
      rrdId += random.int(1, 40);
      seller.sales.push(rowOf(state, seller, { rrdId, day, operation: KINDS[rrdId % KINDS.length] ?? "Продажа" }));
    }
  }
  const early = seller.sales.filter((row) => row.quantity > 0 && row.day >= moscowDay(nowMs - EARLY_DAYS * DAY_MS));
  for (const [index, row] of early.entries())
    addEarlySale(state, seller, { ...earlyOf(row), atMs: Date.parse(`${row.day}T06:00:00Z`) + (index % 60) * 420_000 });
  // Today's are in no report yet.
  const sinceMidnightMs = (nowMs + MOSCOW_MS) % DAY_MS;
  for (let index = 0; index < size.perDay; index += 1) {
    const product = random.pick(seller.products);
    const atMs = nowMs - Math.min(sinceMidnightMs, (index + 1) * HOUR_MS);
    addEarlySale(state, seller, {
      nmId: product.nmId,
      atMs,
      priceMinor: product.priceMinor,
      forPayMinor: Math.round(product.priceMinor * 0.75),
      isReturn: index === 2,
    });
  }
}

const isReturn = (sale: EarlySale) => sale.saleId.startsWith("R");

/** The statistics round where the report does not. */
function earlyOf(row: SaleRow) {
  return { nmId: row.nmId, srid: row.srid, priceMinor: row.priceMinor, forPayMinor: Math.round(row.priceMinor * 0.75), isReturn: row.operation === "Возврат" };
}

const isReported = (seller: Seller, sale: EarlySale) =>
  seller.sales.some((row) => row.srid === sale.srid && row.quantity > 0 && (row.operation === "Возврат") === isReturn(sale));

/** The report of a day appears: every sale the statistics had of it, with the figures of the accounts, and what it cost to bring. */
export function reportSales(state: WbState, seller: Seller): number {
  const waiting = seller.trade.earlySales.filter((sale) => !isReported(seller, sale));
  let rrdId = Math.max(FIRST_RRD, ...seller.sales.map((row) => row.rrdId));
  for (const sale of waiting) {
    const given = { day: moscowDay(sale.atMs), nmId: sale.nmId, srid: sale.srid };
    const trade = rowOf(state, seller, { rrdId: ++rrdId, day: given.day, operation: isReturn(sale) ? "Возврат" : "Продажа" });
    const priceMinor = sale.priceMinor - 1_00;
    seller.sales.push({ ...trade, ...given, priceMinor, forPayMinor: Math.round(priceMinor * 0.77) });
    const logistics = rowOf(state, seller, { rrdId: ++rrdId, day: given.day, operation: "Логистика" });
    seller.sales.push({ ...logistics, ...given });
  }
  return waiting.length;
}

function rowOf(state: WbState, seller: Seller, given: Pick<SaleRow, "rrdId" | "day" | "operation">): SaleRow {
  const { random } = state;
  const product = random.pick(seller.products);
  const isTrade = given.operation === "Продажа" || given.operation === "Возврат";
  const priceMinor = isTrade ? Math.round(product.priceMinor * (0.8 + random.next() / 5)) : 0;
  return {
    ...given,
    nmId: given.operation === "Хранение" ? 0 : product.nmId,
    quantity: isTrade ? 1 : 0,
    priceMinor,
    retailMinor: Math.round(priceMinor * 0.92),
    forPayMinor: Math.round(priceMinor * 0.77),
    deliveryMinor: given.operation === "Логистика" ? random.int(4_000, 19_000) : 0,
    storageMinor: given.operation === "Хранение" ? random.int(10_000, 90_000) : 0,
    penaltyMinor: given.operation === "Штраф" ? random.int(5_000, 25_000) : 0,
    srid: random.uuid().replaceAll("-", ""),
  };
}

export interface Books {
  /** Sales and returns; charges are rows of their own. */
  readonly lines: number;
  readonly quantity: number;
  readonly revenueMinor: number;
  readonly payoutMinor: number;
}

/** By the report's own formula: paid out for goods, less what is charged; and what the statistics know beyond the report. */
export function booksOf(seller: Seller, from: string, to: string): Books {
  let books: Books = { lines: 0, quantity: 0, revenueMinor: 0, payoutMinor: 0 };
  for (const row of seller.sales) {
    if (row.day < from || row.day > to) continue;
    const sign = row.operation === "Возврат" ? -1 : 1;
    books = {
      lines: books.lines + (row.quantity > 0 ? 1 : 0),
      quantity: books.quantity + sign * row.quantity,
      revenueMinor: books.revenueMinor + sign * row.priceMinor * row.quantity,
      payoutMinor: books.payoutMinor + sign * row.forPayMinor - row.deliveryMinor - row.storageMinor - row.penaltyMinor,
    };
  }
  for (const sale of seller.trade.earlySales) {
    const day = moscowDay(sale.atMs);
    if (day < from || day > to || isReported(seller, sale)) continue;
    const sign = isReturn(sale) ? -1 : 1;
    books = {
      lines: books.lines + 1,
      quantity: books.quantity + sign,
      revenueMinor: books.revenueMinor + sign * sale.priceMinor,
      payoutMinor: books.payoutMinor + sign * sale.forPayMinor,
    };
  }
  return books;
}
