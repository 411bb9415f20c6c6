import { productNames } from "@/server/catalog/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import type { Scope } from "@/server/platform/transaction";
import { findOrderIds, type ListedSale, listSaleRows } from "./repository";
import { type Period, periodOf } from "./rules";
import type { ListSalesInput, SaleLineView } from "./schema";

export interface SalePage {
  readonly period: Period;
  readonly lines: SaleLineView[];
  readonly nextCursor: { date: string; id: string } | null;
}

export async function listSales(scope: Scope, input: ListSalesInput, clock: Clock = systemClock): Promise<SalePage> {
  const period = periodOf(input, clock.now());
  const rows = await listSaleRows(scope, period, input, input.cursor, input.limit);
  const named = await nameProducts(scope, rows.slice(0, input.limit));
  const orders = await findOrderIds(scope, named);
  const lines = named.map((line) => ({ ...line, orderId: orders.get(line.id) ?? null }));
  const last = rows.length > input.limit ? lines.at(-1) : undefined;
  return { period, lines, nextCursor: last === undefined ? null : { date: last.date, id: last.id } };
}

/** A line without a product name takes the catalog's, so that products may arrive later than their sales. */
export async function nameProducts(scope: Scope, rows: readonly ListedSale[]): Promise<ListedSale[]> {
  const names = await productNames(
    scope,
    rows.flatMap(({ productName, connectionId, sku }) => (productName === null && connectionId !== null && sku !== null ? [{ connectionId, sku }] : [])),
  );
  return rows.map((row) => ({ ...row, productName: row.productName ?? names.get(`${row.connectionId} ${row.sku}`) ?? null }));
}
