import type { SaleRow, Seller, WbState } from "./state";

const DAY_MS = 86_400_000;
const MOSCOW_MS = 3 * 3_600_000;
const FIRST_RRD = 1_232_610_467;

export function moscowDay(ms: number): string {
  return new Date(ms + MOSCOW_MS).toISOString().slice(0, 10);
}

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

/** By the report's own formula: paid out for goods, less what is charged. */
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
  return books;
}
