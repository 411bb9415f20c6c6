import { z } from "zod";
import type { Scope } from "@/server/platform/transaction";
import type { SaleImport } from "../schema";
import { listImportRows } from "./import.repository";

const MOST_LISTED = 100;
const totalsSchema = z.array(z.object({ currency: z.string(), revenueMinor: z.string().transform(BigInt) }));

/** Files sales were brought in with, newest first, taken back or not. */
export async function listImports(scope: Scope): Promise<SaleImport[]> {
  const rows = await listImportRows(scope, MOST_LISTED);
  return rows.map((row) => ({ ...row, totals: totalsSchema.parse(row.totals) }));
}
