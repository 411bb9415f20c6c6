import { createHash } from "node:crypto";
import { listConnectors } from "@/server/integrations/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { dayOf } from "../rules";
import { IMPORT_FIELDS, type ImportField, type ImportLine, type ImportPreview, type ReadImportInput } from "../schema";
import { type ComparedLine, compareLines } from "./compare-lines";
import { findImportedAt, findPlaces } from "./import.repository";
import { placeFinder } from "./places";
import { type ReadFile, readFile } from "./read-file";
import { cellOf, type OpenTable } from "./table";

const DAY_MS = 86_400_000;
const MOST_LINES_SHOWN = 12;
const MOST_FAULTS_SHOWN = 300;

/** SHA-256 of a file's text. */
export const fileHashOf = (text: string): string =>
  createHash("sha256")
    .update(text.replace(/^\uFEFF/, ""))
    .digest("base64url");

export interface ComparedFile {
  readonly file: ReadFile;
  readonly lines: readonly ComparedLine[];
}

/**
 * A file read and held against what is stored. East of Greenwich it is tomorrow already: a day more is allowed.
 * @throws AppError `sales.import_place_not_found`, `sales.import_…` when it is no table.
 */
export async function compareFile(scope: Scope, input: ReadImportInput, now: Date): Promise<ComparedFile> {
  const known = { ...(await findPlaces(scope)), marketplaces: listConnectors().map(({ id, label }) => ({ id, name: label })) };
  const placeOf = placeFinder(input.target, known);
  if (placeOf === null) throw notFound("sales.import_place_not_found");
  const file = readFile(input, placeOf, dayOf(new Date(now.getTime() + DAY_MS)));
  return { file, lines: await compareLines(scope, file.lines, known) };
}

/** What a file would bring; nothing is stored. @throws as `compareFile`. */
export async function previewImport(scope: Scope, input: ReadImportInput, clock: Clock = systemClock): Promise<ImportPreview> {
  const { file, lines } = await compareFile(scope, input, clock.now());
  const { table } = file;
  return {
    separator: table.separator,
    dateOrder: table.dateOrder,
    decimalMark: table.decimalMark,
    headingLine: table.headingLine,
    headings: table.headings.map((name, at) => ({ name, sample: sampleOf(table, at) })),
    columns: Object.fromEntries(IMPORT_FIELDS.map((field) => [field, table.columns.get(field) ?? null])) as Record<ImportField, number | null>,
    missing: [...file.missing],
    counts: countsOf(file, lines),
    totals: totalsOf(lines),
    lines: lines.slice(0, MOST_LINES_SHOWN).map(lineView),
    rejected: file.faults.slice(0, MOST_FAULTS_SHOWN).map((fault) => ({ ...fault })),
    turned: file.turned,
    rounded: file.rounded,
    importedAt: await findImportedAt(scope, fileHashOf(input.text)),
  };
}

function sampleOf(table: OpenTable, at: number): string {
  const row = table.rows.find((one) => cellOf(one, at) !== "");
  return row === undefined ? "" : cellOf(row, at).slice(0, 80);
}

export function countsOf(file: ReadFile, lines: readonly ComparedLine[]): ImportPreview["counts"] {
  const fresh = lines.flatMap(({ row }) => (row === null ? [] : [row]));
  return {
    rows: file.table.rows.length,
    fresh: fresh.length,
    known: lines.length - fresh.length,
    differing: lines.filter(({ differs }) => differs).length,
    possibleDuplicates: fresh.filter(({ possibleDuplicateOfId }) => possibleDuplicateOfId !== null).length,
    rejected: file.missing.length > 0 ? 0 : file.table.rows.length - lines.length,
  };
}

/** Sums of the new lines, largest revenue first. */
export function totalsOf(lines: readonly ComparedLine[]): ImportPreview["totals"] {
  const totals = new Map<string, ImportPreview["totals"][number]>();
  for (const { source, row } of lines) {
    if (row === null) continue;
    const { currency, revenueMinor, feesMinor, payoutMinor } = source;
    const before = totals.get(currency) ?? { currency, lines: 0, revenueMinor: 0n, feesMinor: 0n, payoutMinor: 0n };
    totals.set(currency, {
      currency,
      lines: before.lines + 1,
      revenueMinor: before.revenueMinor + revenueMinor,
      feesMinor: before.feesMinor + feesMinor,
      payoutMinor: before.payoutMinor + (payoutMinor ?? 0n),
    });
  }
  return [...totals.values()].sort((a, b) => (a.revenueMinor > b.revenueMinor ? -1 : 1));
}

function lineView({ source, row }: ComparedLine): ImportLine {
  const { place, postingNumber: _posting, offerId: _offer, isPreliminary: _preliminary, ownId: _own, rounded: _rounded, ...line } = source;
  const { marketplace, organizationName, connectionName } = place;
  return {
    ...line,
    status: row === null ? "known" : "fresh",
    isPossibleDuplicate: row !== null && row.possibleDuplicateOfId !== null,
    marketplace,
    organizationName,
    connectionName,
  };
}
