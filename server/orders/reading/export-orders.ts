import { type Clock, systemClock } from "@/server/platform/clock";
import { type Cell, CSV_TYPE, csvStream, type Download, delimiterOf, workbookStream, XLSX_TYPE } from "@/server/platform/spreadsheet";
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
 * @throws AppError `orders.export_too_large` for a workbook of more than 250 000 rows.
 */
export async function exportOrders(workspaceId: string, query: ExportOrdersQuery, words: ExportWords, clock: Clock = systemClock): Promise<Download> {
  const fileName = `orders-${clock.now().toISOString().slice(0, 10)}.${query.format}`;
  const rows = cellRows(readRows(workspaceId, query, clock), words);
  if (query.format === "xlsx") {
    return { fileName, contentType: XLSX_TYPE, body: await workbookStream(rows, { sheet: words.sheet, tooLarge: "orders.export_too_large" }) };
  }
  return { fileName, contentType: CSV_TYPE, body: csvStream(rows, delimiterOf(query.separator)) };
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

const text = (value: string | null | undefined): Cell => (value === undefined || value === "" ? null : value);
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

async function* cellRows(rows: AsyncGenerator<Row>, words: ExportWords): AsyncGenerator<Cell[]> {
  yield EXPORT_COLUMNS.map((column) => words.columns[column]);
  for await (const row of rows) {
    const cells = cellsOf(row, words);
    yield EXPORT_COLUMNS.map((column) => cells[column]);
  }
}
