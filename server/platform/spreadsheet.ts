import { Readable } from "node:stream";
import { stringify } from "csv-stringify";
import writeExcelFile from "write-excel-file/node";
import { toDecimal } from "@/lib/money";
import { spreadsheetText } from "@/lib/spreadsheet-text";
import { invalid } from "./errors";

/** One cell of an export, in real types: a workbook keeps numbers, days, moments (UTC) and amounts as such. Null = empty. `day`: YYYY-MM-DD. */
export type Cell =
  | string
  | { readonly number: number }
  | { readonly amount: bigint; readonly currency: string }
  | { readonly day: string }
  | { readonly at: Date }
  | null;

/** What a download route answers with. */
export interface Download {
  readonly fileName: string;
  readonly contentType: string;
  readonly body: ReadableStream<Uint8Array>;
}

export const CSV_TYPE = "text/csv; charset=utf-8";
export const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const BYTE_ORDER_MARK = "\uFEFF";
/** A workbook is made in memory, and its format ends at 1 048 576 rows. */
const MOST_WORKBOOK_ROWS = 250_000;

/** The separator a person's spreadsheet expects, as queries name it. */
export const delimiterOf = (separator: "comma" | "semicolon" | undefined): string => (separator === "semicolon" ? ";" : ",");

/** Rows as CSV, streamed; text a spreadsheet would run as a formula is made harmless. An error of the rows ends the stream with it. */
export function csvStream(rows: AsyncIterable<readonly Cell[]>, delimiter: string): ReadableStream<Uint8Array> {
  async function* records() {
    for await (const row of rows) yield row.map(plain);
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
  if (typeof cell === "string") return spreadsheetText(cell);
  if ("day" in cell) return cell.day;
  if ("at" in cell) return cell.at.toISOString();
  return "number" in cell ? String(cell.number) : toDecimal(cell.amount, cell.currency);
}

/**
 * Rows as a workbook, the first one as its heading.
 * @param tooLarge the code thrown for more than 250 000 rows. @throws AppError with it.
 */
export async function workbookStream(
  rows: AsyncIterable<readonly Cell[]>,
  { sheet, tooLarge }: { readonly sheet: string; readonly tooLarge: string },
): Promise<ReadableStream<Uint8Array>> {
  const cells: SheetCell[][] = [];
  for await (const row of rows) {
    if (cells.length > MOST_WORKBOOK_ROWS) throw invalid(tooLarge, { max: MOST_WORKBOOK_ROWS });
    cells.push(
      row.map((cell) => (cells.length === 0 && typeof cell === "string" ? { value: cell, type: String, fontWeight: "bold" as const } : sheetCell(cell))),
    );
  }
  const buffer = await writeExcelFile(cells, { sheet, stickyRowsCount: 1 }).toBuffer();
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
  if (typeof cell === "string") return { value: cell, type: String };
  if ("day" in cell) return { value: new Date(`${cell.day}T00:00:00Z`), type: Date, format: "yyyy-mm-dd" };
  if ("at" in cell) return { value: cell.at, type: Date, format: "yyyy-mm-dd hh:mm" };
  if ("number" in cell) return { value: cell.number, type: Number };
  return { value: Number(toDecimal(cell.amount, cell.currency)), type: Number, format: "#,##0.00" };
}
