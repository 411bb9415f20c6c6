import { type CsvRow, type CsvSeparator, readCsv } from "@/lib/csv";
import { plainText } from "@/lib/spreadsheet-text";
import { invalid } from "@/server/platform/errors";
import { type CsvSeparatorName, type DateOrder, type DecimalMark, type ImportField, MOST_IMPORT_LINES, type ReadImportInput } from "../schema";
import { type Recognised, recogniseDateOrder } from "./dates";
import { recogniseColumns } from "./headings";
import { recogniseDecimalMark } from "./numbers";

const SIGNS: Readonly<Record<CsvSeparatorName, CsvSeparator>> = { comma: ",", semicolon: ";", tab: "\t" };
const NAMES = new Map(Object.entries(SIGNS).map(([name, sign]) => [sign, name as CsvSeparatorName]));
const NUMBERS = ["revenue", "fees", "payout", "quantity"] as const satisfies readonly ImportField[];
/** Reports of marketplaces begin with a title and a period. */
const MOST_LINES_ABOVE = 20;

/** A file with its heading found and everything recognised that is the same for all of its lines. */
export interface OpenTable {
  readonly separator: CsvSeparatorName;
  readonly headingLine: number;
  readonly headings: readonly string[];
  readonly rows: readonly CsvRow[];
  readonly columns: ReadonlyMap<ImportField, number>;
  readonly dateOrder: Recognised<DateOrder> | null;
  readonly decimalMark: Recognised<DecimalMark> | null;
}

/** The text of a cell, cleaned of what makes it harmless to spreadsheets; "" when there is none. */
export function cellOf(row: CsvRow, at: number | undefined): string {
  return at === undefined ? "" : plainText(row.cells[at] ?? "");
}

/**
 * What the person chose wins over what is recognised.
 * @throws AppError `sales.import_quote_open`, `sales.import_empty`, `sales.import_too_many_lines`.
 */
export function openTable(input: Omit<ReadImportInput, "target">): OpenTable {
  const table = readCsv(input.text, input.separator === undefined ? undefined : SIGNS[input.separator]);
  if (table.unclosedAt !== null) throw invalid("sales.import_quote_open", { line: table.unclosedAt });
  const at = headingAt(table.rows);
  const [heading, ...rows] = table.rows.slice(at);
  if (heading === undefined || rows.length === 0) throw invalid("sales.import_empty");
  if (rows.length > MOST_IMPORT_LINES) throw invalid("sales.import_too_many_lines", { max: MOST_IMPORT_LINES, lines: rows.length });
  const headings = heading.cells.map(plainText);
  const columns = columnsOf(headings, input.columns);
  const cellsOf = (field: ImportField) => (columns.has(field) ? rows.map((row) => cellOf(row, columns.get(field))) : []);
  return {
    separator: NAMES.get(table.separator) ?? "comma",
    headingLine: heading.line,
    headings,
    rows,
    columns,
    dateOrder: input.dateOrder === undefined ? recogniseDateOrder(cellsOf("date")) : { value: input.dateOrder, isSure: true },
    decimalMark: input.decimalMark === undefined ? recogniseDecimalMark(NUMBERS.flatMap(cellsOf)) : { value: input.decimalMark, isSure: true },
  };
}

/** The first of the rows that names most fields; where none names two, the first row. */
function headingAt(rows: readonly CsvRow[]): number {
  const scores = rows.slice(0, MOST_LINES_ABOVE).map(({ cells }) => recogniseColumns(cells.map(plainText)).size);
  const best = Math.max(0, ...scores);
  return best < 2 ? 0 : scores.indexOf(best);
}

function columnsOf(headings: readonly string[], chosen: ReadImportInput["columns"]): ReadonlyMap<ImportField, number> {
  const columns = new Map(recogniseColumns(headings));
  for (const [field, at] of Object.entries(chosen) as [ImportField, number | null | undefined][]) {
    if (at === undefined) continue;
    if (at === null || at >= headings.length) columns.delete(field);
    else columns.set(field, at);
  }
  return columns;
}
