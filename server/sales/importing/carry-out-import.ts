import { newId } from "@/lib/ids";
import { storable } from "@/lib/storable";
import { type AuditActor, writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { invalid } from "@/server/platform/errors";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { lockSaleLines } from "../repository";
import type { CarryOutImportInput, ImportResult } from "../schema";
import { type ImportedRow, insertImport, insertImportedLines, lockImports } from "./import.repository";
import { compareFile, countsOf, fileHashOf, totalsOf } from "./preview-import";

const ROWS_PER_STATEMENT = 4_000;

/**
 * Stores what the preview showed: all readable lines that are not here yet, in one transaction, together with the record of the file
 * and its audit. The same file again adds nothing and leaves no record.
 * @throws AppError `sales.import_columns_missing`, and as `compareFile`.
 */
export async function carryOutImport(
  workspaceId: string,
  user: AuditActor & { readonly id: string },
  input: CarryOutImportInput,
  clock: Clock = systemClock,
): Promise<ImportResult> {
  return inWorkspace(workspaceId, (scope) => carryOut(scope, user, input, clock.now()), { timeoutMs: 60_000 });
}

async function carryOut(scope: Scope, user: AuditActor & { readonly id: string }, input: CarryOutImportInput, now: Date): Promise<ImportResult> {
  await lockImports(scope);
  const { file, lines } = await compareFile(scope, input, now);
  if (file.missing.length > 0) throw invalid("sales.import_columns_missing");
  const counts = countsOf(file, lines);
  const rows = lines.flatMap(({ row }) => (row === null ? [] : [row]));
  const { known, possibleDuplicates, rejected } = counts;
  if (rows.length === 0) return { importId: null, added: 0, known, possibleDuplicates, rejected };
  const importId = newId();
  const added = await insertRows(scope, importId, rows);
  // A synchronisation of this very moment may have brought a line: it is the service's, and known.
  const result = { importId, added, known: known + rows.length - added, possibleDuplicates, rejected };
  const days = rows.map(({ date }) => date).sort();
  const totals = totalsOf(lines).map(({ currency, revenueMinor }) => ({ currency, revenueMinor: String(revenueMinor) }));
  const fileName = storable(input.fileName);
  await insertImport(scope, {
    id: importId,
    fileName,
    fileHash: fileHashOf(input.text),
    importedById: user.id,
    rows: counts.rows,
    added,
    known: result.known,
    possibleDuplicates,
    rejected,
    firstDay: days[0] ?? "",
    lastDay: days.at(-1) ?? "",
    totals,
    createdAt: now,
  });
  await writeAudit(scope, {
    actor: user,
    action: "sale_import.carried_out",
    subject: { type: "sale_import", id: importId },
    details: { fileName, counts: { added, known: result.known, possibleDuplicates, rejected }, totals },
  });
  return result;
}

async function insertRows(scope: Scope, importId: string, rows: readonly ImportedRow[]): Promise<number> {
  await lockSaleLines(
    scope,
    rows.map(({ connectionId }) => connectionId),
  );
  let added = 0;
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) added += await insertImportedLines(scope, importId, rows.slice(at, at + ROWS_PER_STATEMENT));
  return added;
}
