import { Readable } from "node:stream";
import { stringify } from "csv-stringify";
import writeExcelFile from "write-excel-file/node";
import { toDecimal } from "@/lib/money";
import { type Clock, systemClock } from "@/server/platform/clock";
import { invalid } from "@/server/platform/errors";
import { inWorkspace } from "@/server/platform/transaction";
import { nameProducts } from "./list-sales";
import { type ListedSale, listSaleRows } from "./repository";
import { type Period, periodOf, spreadsheetText } from "./rules";
import { EXPORT_COLUMNS, type ExportColumn, type ExportSalesQuery } from "./schema";

const ROWS_AT_ONCE = 2_000;
/** A workbook is made in memory, and its format ends at 1 048 576 rows. */
const MOST_WORKBOOK_ROWS = 250_000;
const BYTE_ORDER_MARK = "\uFEFF";

export interface SalesExport {
  readonly fileName: string;
  readonly contentType: string;
  readonly body: ReadableStream<Uint8Array>;
}

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
export async function exportSales(workspaceId: string, query: ExportSalesQuery, words: ExportWords, clock: Clock = systemClock): Promise<SalesExport> {
  const period = periodOf(query, clock.now());
  const fileName = `sales-${period.from}-${period.to}.${query.format}`;
  const lines = readLines(workspaceId, query, period);
  if (query.format === "xlsx")
    return { fileName, contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body: await workbook(lines, words) };
  return { fileName, contentType: "text/csv; charset=utf-8", body: csv(lines, words, query.separator === "semicolon" ? ";" : ",") };
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

type Cell = { readonly text: string } | { readonly number: number } | { readonly amount: bigint; readonly currency: string } | { readonly day: string } | null;

const text = (value: string | null): Cell => (value === null ? null : { text: value });

function cellsOf(line: ListedSale, words: ExportWords): Readonly<Record<ExportColumn, Cell>> {
  const { currency } = line;
  return {
    date: { day: line.date },
    marketplace: text(line.marketplace),
    organization: text(line.organizationName),
    connection: text(line.connectionName),
    kind: text(words.kinds[line.kind]),
    orderNumber: text(line.orderNumber),
    postingNumber: text(line.postingNumber),
    sku: text(line.sku),
    offerId: text(line.offerId),
    productName: text(line.productName),
    description: text(line.description),
    quantity: { number: line.quantity },
    revenue: { amount: line.revenueMinor, currency },
    fees: { amount: line.feesMinor, currency },
    payout: line.payoutMinor === null ? null : { amount: line.payoutMinor, currency },
    currency: text(currency),
    preliminary: line.isPreliminary ? { text: words.yes } : null,
    possibleDuplicate: line.possibleDuplicateOfId === null ? null : { text: words.yes },
  };
}

function csv(lines: AsyncGenerator<ListedSale>, words: ExportWords, delimiter: string): ReadableStream<Uint8Array> {
  async function* records() {
    yield EXPORT_COLUMNS.map((column) => spreadsheetText(words.columns[column]));
    for await (const line of lines) {
      const cells = cellsOf(line, words);
      yield EXPORT_COLUMNS.map((column) => plain(cells[column]));
    }
  }
  const source = Readable.from(records());
  const target = stringify({ delimiter, record_delimiter: "windows" });
  source.on("error", (error) => target.destroy(error));
  source.pipe(target);
  async function* bytes() {
    yield Buffer.from(BYTE_ORDER_MARK);
    for await (const chunk of target) yield Buffer.from(chunk as string | Buffer);
  }
  return Readable.toWeb(Readable.from(bytes())) as ReadableStream<Uint8Array>;
}

function plain(cell: Cell): string {
  if (cell === null) return "";
  if ("text" in cell) return spreadsheetText(cell.text);
  if ("day" in cell) return cell.day;
  return "number" in cell ? String(cell.number) : toDecimal(cell.amount, cell.currency);
}

async function workbook(lines: AsyncGenerator<ListedSale>, words: ExportWords): Promise<ReadableStream<Uint8Array>> {
  const rows: SheetCell[][] = [EXPORT_COLUMNS.map((column) => ({ value: words.columns[column], type: String, fontWeight: "bold" as const }))];
  for await (const line of lines) {
    if (rows.length > MOST_WORKBOOK_ROWS) throw invalid("sales.export_too_large", { max: MOST_WORKBOOK_ROWS });
    const cells = cellsOf(line, words);
    rows.push(EXPORT_COLUMNS.map((column) => sheetCell(cells[column])));
  }
  const buffer = await writeExcelFile(rows, { sheet: words.sheet, stickyRowsCount: 1 }).toBuffer();
  return Readable.toWeb(Readable.from([buffer])) as ReadableStream<Uint8Array>;
}

type SheetCell =
  | null
  | { value: string; type: StringConstructor; fontWeight?: "bold" }
  | { value: number; type: NumberConstructor; format?: string }
  | { value: Date; type: DateConstructor; format: string };

/** Text cells are typed as text, so nothing in them is ever run. An amount is exact up to 2^53 minor units. */
function sheetCell(cell: Cell): SheetCell {
  if (cell === null) return null;
  if ("text" in cell) return { value: cell.text, type: String };
  if ("day" in cell) return { value: new Date(`${cell.day}T00:00:00Z`), type: Date, format: "yyyy-mm-dd" };
  if ("number" in cell) return { value: cell.number, type: Number };
  return { value: Number(toDecimal(cell.amount, cell.currency)), type: Number, format: "#,##0.00" };
}
