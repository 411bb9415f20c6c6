import type { ImportField, ReadImportInput } from "../schema";
import { parseNumber } from "./numbers";
import type { PlaceAnswer, PlaceCells } from "./places";
import { type LineFault, type ReadLine, readLine } from "./read-line";
import { cellOf, type OpenTable, openTable } from "./table";

export interface ReadFile {
  readonly table: OpenTable;
  /** Fields without which no line can be read: then there are neither lines nor faults. */
  readonly missing: readonly ImportField[];
  readonly lines: readonly ReadLine[];
  readonly faults: readonly LineFault[];
  /** Lines whose return or charge is written as a positive amount and stored as a negative one. */
  readonly turned: { readonly returns: number; readonly fees: number };
  readonly rounded: number;
}

/**
 * Reads a whole file. Nothing is dropped: every line is either read or has its faults.
 * @param lastDay YYYY-MM-DD; later days are faults. @throws AppError `sales.import_…` when it is no table.
 */
export function readFile(input: ReadImportInput, placeOf: (cells: PlaceCells) => PlaceAnswer, lastDay: string): ReadFile {
  const table = openTable(input);
  const missing = missingFields(input, table);
  if (missing.length > 0) return { table, missing, lines: [], faults: [], turned: { returns: 0, fees: 0 }, rounded: 0 };
  const lines: ReadLine[] = [];
  const faults: LineFault[] = [];
  const ids = new Set<string>();
  for (const row of table.rows) {
    const read = readLine(row, { table, placeOf, currency: input.currency, lastDay });
    if ("faults" in read) {
      faults.push(...read.faults);
      continue;
    }
    const { ownId, place, line } = read.line;
    const id = JSON.stringify([place.connectionId, place.organizationId, place.marketplace, ownId]);
    if (ownId !== null && ids.has(id)) faults.push({ line, fault: "repeated_id", value: ownId });
    else lines.push(read.line);
    ids.add(id);
  }
  const rounded = lines.reduce((sum, line) => sum + line.rounded, 0);
  return { table, missing, faults, rounded, ...turnSigns(lines) };
}

function missingFields({ target, currency }: ReadImportInput, { columns, rows, decimalMark }: OpenTable): ImportField[] {
  const missing: ImportField[] = (["date", "revenue"] as const).filter((field) => !columns.has(field));
  const hasSigns = () => rows.some((row) => parseNumber(cellOf(row, columns.get("revenue")), decimalMark?.value ?? "point")?.currency != null);
  if (!columns.has("currency") && currency === undefined && !hasSigns()) missing.push("currency");
  if (target.by === "columns" && !columns.has("connection")) missing.push(...(["organization", "marketplace"] as const).filter((field) => !columns.has(field)));
  return missing;
}

/**
 * Returns are negative here, and so are charges. A file that writes all its returns, or all charges of its sales, as positive amounts
 * means the same and is turned; one that writes a single one as negative says its signs are its own, and is taken by its word.
 */
function turnSigns(lines: readonly ReadLine[]): Pick<ReadFile, "lines" | "turned"> {
  const returns = lines.filter(({ kind, revenueMinor }) => kind === "return" && revenueMinor !== 0n);
  const charges = lines.filter(({ kind, feesMinor }) => kind === "sale" && feesMinor !== 0n);
  const turnsReturns = returns.length > 0 && returns.every(({ revenueMinor }) => revenueMinor > 0n);
  const turnsFees = charges.length > 0 && charges.every(({ feesMinor }) => feesMinor > 0n);
  const turned = lines.map((line) => {
    const isTurned = turnsReturns && line.kind === "return";
    const revenueMinor = isTurned ? -line.revenueMinor : line.revenueMinor;
    const payoutMinor = isTurned && line.payoutMinor !== null && line.payoutMinor > 0n ? -line.payoutMinor : line.payoutMinor;
    // The pieces of a return have its sign.
    const quantity = line.kind === "return" && revenueMinor <= 0n ? -Math.abs(line.quantity) : line.quantity;
    return { ...line, revenueMinor, payoutMinor, quantity, feesMinor: turnsFees ? -line.feesMinor : line.feesMinor };
  });
  return {
    lines: turned,
    turned: { returns: turnsReturns ? returns.length : 0, fees: turnsFees ? lines.filter(({ feesMinor }) => feesMinor !== 0n).length : 0 },
  };
}
