export type CsvSeparator = "," | ";" | "\t";

export interface CsvRow {
  /** Where it begins in the file, counted from 1: what an editor shows. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvTable {
  readonly separator: CsvSeparator;
  /** Without empty ones. */
  readonly rows: readonly CsvRow[];
  /** A quotation mark was opened and never closed: from this line on nothing is sure. Null = all are closed. */
  readonly unclosedAt: number | null;
}

const SEPARATORS: readonly CsvSeparator[] = [",", ";", "\t"];
/** Excel's own first line that names the separator. */
const NAMED_SEPARATOR = /^sep=([,;\t])\r?(?:\n|$)/i;
const LINES_LOOKED_AT = 30;

/** A table of text as spreadsheets write it (RFC 4180): comma, semicolon or tab, whichever the lines agree on, unless `separator` says. */
export function readCsv(text: string, separator?: CsvSeparator): CsvTable {
  const whole = text.replace(/^\uFEFF/, "");
  const named = NAMED_SEPARATOR.exec(whole);
  const source = (named === null ? whole : whole.slice(named[0].length)).replace(/\r\n?/g, "\n");
  const chosen = separator ?? (named?.[1] as CsvSeparator | undefined) ?? separatorOf(source);
  return { separator: chosen, ...readRows(source, chosen, named === null ? 1 : 2) };
}

function readRows(source: string, separator: CsvSeparator, firstLine: number): Omit<CsvTable, "separator"> {
  const rows: CsvRow[] = [];
  let [cells, cell, isQuoted, line, begun, opened]: [string[], string, boolean, number, number, number] = [[], "", false, firstLine, firstLine, firstLine];
  const endRow = () => {
    cells.push(cell);
    if (cells.some((value) => value.trim() !== "")) rows.push({ line: begun, cells });
    cells = [];
    cell = "";
  };
  for (let at = 0; at < source.length; at += 1) {
    const sign = source.charAt(at);
    if (sign === "\n") line += 1;
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (source.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && cell === "") {
      isQuoted = true;
      opened = line;
    } else if (sign === separator) {
      cells.push(cell);
      cell = "";
    } else if (sign === "\n") {
      endRow();
      begun = line;
    } else cell += sign;
  }
  if (cell !== "" || cells.length > 0) endRow();
  return { rows, unclosedAt: isQuoted ? opened : null };
}

/** The one that most lines have equally often; of several the one they have more of. Decimal commas are not in the heading. */
function separatorOf(source: string): CsvSeparator {
  const head = headOf(source);
  const scores = SEPARATORS.map((separator) => {
    const counts = new Map<number, number>();
    for (const line of head) {
      const count = line.split(separator).length - 1;
      if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1);
    }
    const [count, lines] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0]);
    return { separator, lines, count };
  });
  return scores.reduce((best, one) => (one.lines > best.lines || (one.lines === best.lines && one.count > best.count) ? one : best)).separator;
}

/** The first lines without what stands in quotation marks. */
function headOf(source: string): string[] {
  const bare = source.slice(0, 64_000).replace(/"(?:[^"]|"")*"?/g, '""');
  return bare.split("\n", LINES_LOOKED_AT).filter((line) => line.trim() !== "");
}
