import { Readable } from "node:stream";
import { stringify } from "csv-stringify";
import writeExcelFile from "write-excel-file/node";
import { toDecimal } from "@/lib/money";
import { spreadsheetText } from "@/lib/spreadsheet-text";
import { type Clock, systemClock } from "@/server/platform/clock";
import { invalid } from "@/server/platform/errors";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import {
  EXPORT_COLUMNS,
  type ExportColumn,
  type ExportOrdersQuery,
  type Fulfilment,
  type OrderCursor,
  type OrderState,
  type OrderSummary,
  type Payment,
} from "../schema";
import { listLinesOf, type OrderedLine } from "./export.repository";
import { readNotes } from "./list.repository";
import { cursorOf, listOrders } from "./list-orders";

const ORDERS_AT_ONCE = 1_000;
/** A workbook is made in memory, and its format ends at 1 048 576 rows. */
const MOST_WORKBOOK_ROWS = 200_000;
const BYTE_ORDER_MARK = "\uFEFF";

export interface OrdersExport {
  readonly fileName: string;
  readonly contentType: string;
  readonly body: ReadableStream<Uint8Array>;
}

export interface ExportWords {
  readonly columns: Readonly<Record<ExportColumn, string>>;
  readonly states: Readonly<Record<OrderState, string>>;
  readonly fulfilments: Readonly<Record<Fulfilment, string>>;
  readonly payments: Readonly<Record<Payment, string>>;
  readonly sheet: string;
}

/**
 * All orders that match, one row a line of them, as CSV (streamed, a page at a time) or as a workbook with real numbers and dates.
 * Text that a spreadsheet would run as a formula is made harmless.
 * @throws AppError `orders.export_too_large` for a workbook of more than 200 000 rows.
 */
export async function exportOrders(workspaceId: string, query: ExportOrdersQuery, words: ExportWords, clock: Clock = systemClock): Promise<OrdersExport> {
  const fileName = `orders-${clock.now().toISOString().slice(0, 10)}.${query.format}`;
  const rows = readRows(workspaceId, query, clock);
  if (query.format === "xlsx")
    return { fileName, contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body: await workbook(rows, words) };
  return { fileName, contentType: "text/csv; charset=utf-8", body: csv(rows, words, query.separator === "semicolon" ? ";" : ",") };
}

interface Row {
  readonly order: OrderSummary;
  readonly note: string | null;
  /** Null: an order without lines is still one row. */
  readonly line: OrderedLine | null;
}

/** Page by page, each in a short transaction of its own: a slow reader holds nothing. */
async function* readRows(workspaceId: string, { format: _format, separator: _separator, ...filters }: ExportOrdersQuery, clock: Clock): AsyncGenerator<Row> {
  let cursor: OrderCursor | undefined;
  while (true) {
    const from = cursor;
    const page = await inWorkspace(workspaceId, (scope) => readPage(scope, { ...filters, cursor: from, limit: ORDERS_AT_ONCE }, clock));
    yield* page.rows;
    if (page.last === undefined) return;
    cursor = cursorOf(page.last, filters);
  }
}

async function readPage(scope: Scope, input: Parameters<typeof listOrders>[1], clock: Clock): Promise<{ rows: Row[]; last: OrderSummary | undefined }> {
  const { orders, nextCursor } = await listOrders(scope, input, clock);
  const ids = orders.map(({ id }) => id);
  const notes = await readNotes(scope, ids);
  const lines = await listLinesOf(scope, ids);
  const rows = orders.flatMap((order) => {
    const own = lines.get(order.id) ?? [null];
    return own.map((line) => ({ order, note: notes.get(order.id) ?? null, line }));
  });
  return { rows, last: nextCursor === null ? undefined : orders.at(-1) };
}

type Cell = { readonly text: string } | { readonly number: number } | { readonly amount: bigint; readonly currency: string } | { readonly at: Date } | null;

const text = (value: string | null | undefined): Cell => (value === null || value === undefined || value === "" ? null : { text: value });
const moment = (value: Date | null): Cell => (value === null ? null : { at: value });

function cellsOf({ order, note, line }: Row, words: ExportWords): Readonly<Record<ExportColumn, Cell>> {
  const { currency } = order;
  return {
    placedAt: moment(order.placedAt),
    number: text(order.number),
    groupNumber: text(order.groupNumber),
    marketplace: text(order.connectorId),
    connection: text(order.connectionName),
    fulfilment: text(words.fulfilments[order.fulfilment]),
    state: text(words.states[order.state]),
    remoteState: text(order.remoteStateName ?? order.remoteState),
    shipBy: moment(order.shipBy),
    payment: order.payment === null ? null : text(words.payments[order.payment]),
    buyerName: text(order.buyerName),
    city: text(order.city),
    deliveryMethod: text(order.deliveryMethod),
    trackingNumber: text(order.trackingNumber),
    sku: text(line?.sku),
    offerId: text(line?.offerId),
    product: text(line?.name),
    quantity: line === null ? null : { number: line.quantity - line.cancelledQuantity },
    price: line === null ? null : { amount: line.priceMinor, currency },
    orderTotal: { amount: order.totalMinor, currency },
    currency: text(currency),
    note: text(note),
  };
}

function csv(rows: AsyncGenerator<Row>, words: ExportWords, delimiter: string): ReadableStream<Uint8Array> {
  async function* records() {
    yield EXPORT_COLUMNS.map((column) => spreadsheetText(words.columns[column]));
    for await (const row of rows) {
      const cells = cellsOf(row, words);
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
  if ("at" in cell) return cell.at.toISOString();
  return "number" in cell ? String(cell.number) : toDecimal(cell.amount, cell.currency);
}

async function workbook(rows: AsyncGenerator<Row>, words: ExportWords): Promise<ReadableStream<Uint8Array>> {
  const sheet: SheetCell[][] = [EXPORT_COLUMNS.map((column) => ({ value: words.columns[column], type: String, fontWeight: "bold" as const }))];
  for await (const row of rows) {
    if (sheet.length > MOST_WORKBOOK_ROWS) throw invalid("orders.export_too_large", { max: MOST_WORKBOOK_ROWS });
    const cells = cellsOf(row, words);
    sheet.push(EXPORT_COLUMNS.map((column) => sheetCell(cells[column])));
  }
  const buffer = await writeExcelFile(sheet, { sheet: words.sheet, stickyRowsCount: 1 }).toBuffer();
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
  if ("at" in cell) return { value: cell.at, type: Date, format: "yyyy-mm-dd hh:mm" };
  if ("number" in cell) return { value: cell.number, type: Number };
  return { value: Number(toDecimal(cell.amount, cell.currency)), type: Number, format: "#,##0.00" };
}
