import { type Clock, systemClock } from "@/server/platform/clock";
import { type Cell, CSV_TYPE, csvStream, type Download, delimiterOf, workbookStream, XLSX_TYPE } from "@/server/platform/spreadsheet";
import { inWorkspace } from "@/server/platform/transaction";
import { nameProducts } from "./list-sales";
import { type ListedSale, listSaleRows } from "./repository";
import { type Period, periodOf } from "./rules";
import { EXPORT_COLUMNS, type ExportColumn, type ExportSalesQuery } from "./schema";

const ROWS_AT_ONCE = 2_000;

export interface ExportWords {
  readonly columns: Readonly<Record<ExportColumn, string>>;
  readonly kinds: Readonly<Record<ListedSale["kind"], string>>;
  readonly yes: string;
  readonly sheet: string;
}

/**
 * All lines that match, as CSV (streamed, a page at a time) or as a workbook with real numbers and dates.
 * Text that a spreadsheet would run as a formula is made harmless.
 * @throws AppError `sales.export_too_large` for a workbook of more than 250 000 lines.
 */
export async function exportSales(workspaceId: string, query: ExportSalesQuery, words: ExportWords, clock: Clock = systemClock): Promise<Download> {
  const period = periodOf(query, clock.now());
  const fileName = `sales-${period.from}-${period.to}.${query.format}`;
  const rows = rowsOf(readLines(workspaceId, query, period), words);
  if (query.format === "xlsx") {
    return { fileName, contentType: XLSX_TYPE, body: await workbookStream(rows, { sheet: words.sheet, tooLarge: "sales.export_too_large" }) };
  }
  return { fileName, contentType: CSV_TYPE, body: csvStream(rows, delimiterOf(query.separator)) };
}

/** Page by page, each in a short transaction of its own: a slow reader holds nothing. */
async function* readLines(workspaceId: string, query: ExportSalesQuery, period: Period): AsyncGenerator<ListedSale> {
  let cursor: { date: string; id: string } | undefined;
  while (true) {
    const from = cursor;
    const rows = await inWorkspace(workspaceId, async (scope) => nameProducts(scope, await listSaleRows(scope, period, query, from, ROWS_AT_ONCE)));
    yield* rows.slice(0, ROWS_AT_ONCE);
    const last = rows[ROWS_AT_ONCE - 1];
    if (rows.length <= ROWS_AT_ONCE || last === undefined) return;
    cursor = { date: last.date, id: last.id };
  }
}

function cellsOf(line: ListedSale, words: ExportWords): Readonly<Record<ExportColumn, Cell>> {
  const { currency } = line;
  return {
    date: { day: line.date },
    marketplace: line.marketplace,
    organization: line.organizationName,
    connection: line.connectionName,
    kind: words.kinds[line.kind],
    orderNumber: line.orderNumber,
    postingNumber: line.postingNumber,
    sku: line.sku,
    offerId: line.offerId,
    productName: line.productName,
    description: line.description,
    quantity: { number: line.quantity },
    revenue: { amount: line.revenueMinor, currency },
    fees: { amount: line.feesMinor, currency },
    payout: line.payoutMinor === null ? null : { amount: line.payoutMinor, currency },
    currency: currency,
    preliminary: line.isPreliminary ? words.yes : null,
    possibleDuplicate: line.possibleDuplicateOfId === null ? null : words.yes,
    lineId: line.externalId ?? line.id,
  };
}

async function* rowsOf(lines: AsyncGenerator<ListedSale>, words: ExportWords): AsyncGenerator<Cell[]> {
  yield EXPORT_COLUMNS.map((column) => words.columns[column]);
  for await (const line of lines) {
    const cells = cellsOf(line, words);
    yield EXPORT_COLUMNS.map((column) => cells[column]);
  }
}
