import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { ConnectorContext, DateWindow, PullWarning } from "../../../contract/ports";
import type { ExternalSaleLine, RejectedRecord } from "../../../contract/records";
import { mayUse } from "../facts";
import { toEarlyLine } from "../sale-lines";
import { FULL_EARLY_PAGE, wildberriesTradeClient } from "../trade-client";
import { earlySaleSchema } from "../trade-schemas";

/** Sales of the last days as the statistics tell them, half an hour after they happened; the report follows a day or more later. */
const MOSCOW_MS = 3 * 3_600_000;
/** By then every day is in the report. */
const BACK_MS = 10 * 86_400_000;

interface EarlyPage {
  readonly records: readonly ExternalSaleLine[];
  readonly rejected: readonly RejectedRecord[];
  readonly received: number;
  readonly warnings?: readonly PullWarning[] | undefined;
  /** From where to go on. */
  readonly early?: EarlyPlace | undefined;
}

export const earlyPlaceSchema = z.object({
  /** A moment of Moscow without a zone. */
  from: z.string(),
  /** Rows of that very moment told already: they come again. */
  told: z.array(z.string()),
});
type EarlyPlace = z.output<typeof earlyPlaceSchema>;

/** From which moment (Moscow, without a zone) the window wants them; undefined = not at all, for the reason given. */
export function earlyStart(context: ConnectorContext, window: DateWindow): { readonly early?: EarlyPlace; readonly warning?: string } {
  const oldestMs = context.clock.now().getTime() - BACK_MS;
  if (window.to.getTime() <= oldestMs) return {};
  if (!mayUse(context.facts, "statistics")) return { warning: "wildberries.statistics_missing" };
  return { early: { from: new Date(Math.max(window.from.getTime(), oldestMs) + MOSCOW_MS).toISOString().slice(0, 19), told: [] } };
}

/** Rows by their last change; the last row of an answer comes again with the next one. */
export async function pullEarly(
  context: ConnectorContext,
  { from, told }: EarlyPlace,
  days: { readonly dateFrom: string; readonly dateTo: string },
): Promise<EarlyPage> {
  let rows: readonly unknown[];
  try {
    rows = await wildberriesTradeClient(context).earlySales(from);
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== "forbidden") throw error;
    return { records: [], rejected: [], received: 0, warnings: [{ code: "wildberries.statistics_missing" }] };
  }
  const lines = new Map<string, ExternalSaleLine>();
  const rejected: RejectedRecord[] = [];
  const seen: { readonly saleID: string; readonly at: string }[] = [];
  for (const raw of rows) {
    const parsed = earlySaleSchema.safeParse(raw);
    if (!parsed.success) {
      rejected.push(refused(raw, "wildberries.sale_shape", z.prettifyError(parsed.error)));
      continue;
    }
    const row = parsed.data;
    seen.push({ saleID: row.saleID, at: row.lastChangeDate });
    if (told.includes(row.saleID)) continue;
    const day = new Date(row.date.getTime() + MOSCOW_MS).toISOString().slice(0, 10);
    // Asked for by their change, wanted by their date.
    if (day < days.dateFrom || day > days.dateTo) continue;
    try {
      const line = toEarlyLine(row, day);
      lines.set(line.externalId, line);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      rejected.push(refused(raw, "wildberries.sale_amount", error.message, row.saleID));
    }
  }
  const records = [...lines.values()];
  const last = seen.at(-1)?.at;
  const early =
    rows.length < FULL_EARLY_PAGE || last === undefined || last === from
      ? undefined
      : { from: last, told: seen.flatMap(({ saleID, at }) => (at === last ? [saleID] : [])) };
  return { records, rejected, received: records.length + rejected.length, ...(early === undefined ? {} : { early }) };
}

function refused(payload: unknown, errorCode: string, errorText: string, externalId?: string): RejectedRecord {
  return { kind: "sale", externalId, payload, errorCode, errorText: errorText.slice(0, 500) };
}
