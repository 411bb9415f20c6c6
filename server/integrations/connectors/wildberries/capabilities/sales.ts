import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { ConnectorContext, PullPage, SalesPort } from "../../../contract/ports";
import type { ExternalSaleLine, RejectedRecord } from "../../../contract/records";
import { wildberriesClient } from "../client";
import { toSaleLine } from "../sale-lines";
import { saleSchema } from "../schemas";
import { earlyPlaceSchema, earlyStart, pullEarly } from "./early-sales";

const MOSCOW_MS = 3 * 3_600_000;
/** One call a minute: large pages, but not the 100 000 rows (200 MB) the service would give. */
const ROWS = 20_000;
/** The service knows nothing before this day. */
const FIRST_DAY = "2024-01-29";

const cursorSchema = z.object({
  rrdId: z.string().regex(/^\d+$/),
  /** Counts pages: how many there will be is not told. */
  done: z.number().int().nonnegative(),
  /** Set once the report is read: from where the early figures go on. */
  early: earlyPlaceSchema.optional(),
});

const moscowDay = (ms: number) => new Date(ms + MOSCOW_MS).toISOString().slice(0, 10);

/** The days of a window in the service's calendar, its end excluded. */
export function daysOf(window: { readonly from: Date; readonly to: Date }): { readonly dateFrom: string; readonly dateTo: string } {
  const first = moscowDay(window.from.getTime());
  const last = moscowDay(Math.max(window.from.getTime(), window.to.getTime() - 1));
  return { dateFrom: first < FIRST_DAY ? FIRST_DAY : first, dateTo: last };
}

/** The report first, row by row; then, for what is not in it yet, the early figures of the last days. */
async function pull(context: ConnectorContext, input: Parameters<SalesPort["pull"]>[1]): Promise<PullPage<ExternalSaleLine>> {
  const place = input.cursor === undefined ? { rrdId: "0", done: 0 } : readCursor(input.cursor);
  const days = daysOf(input.window);
  if (days.dateTo < FIRST_DAY) return { records: [], rejected: [], received: 0 };
  const done = place.done + 1;
  if (place.early !== undefined) {
    const { early, ...page } = await pullEarly(context, place.early, days);
    return goOn(page, done, early === undefined ? undefined : { ...place, early, done });
  }
  const { last, ...page } = await pullReport(context, place.rrdId, days);
  // Without an id to go on from, or with the same one again, the pages would go in a circle.
  if (last !== undefined && last !== place.rrdId) return goOn(page, done, { rrdId: last, done });
  const { early, warning } = earlyStart(context, input.window);
  const warned = warning === undefined ? page : { ...page, warnings: [{ code: warning }] };
  return goOn(warned, done, early === undefined ? undefined : { rrdId: place.rrdId, done, early });
}

function goOn<P extends object>(page: P, done: number, next: z.output<typeof cursorSchema> | undefined) {
  return { ...page, ...(next === undefined ? {} : { next }), progress: { done, ...(next === undefined ? { total: done } : {}) } };
}

/** Daily rows by their own ids; the end is told by 204, not by a short page. */
async function pullReport(context: ConnectorContext, rrdId: string, days: ReturnType<typeof daysOf>) {
  const rows = await wildberriesClient(context).sales({ ...days, rrdId, limit: ROWS });
  const records: ExternalSaleLine[] = [];
  const rejected: RejectedRecord[] = [];
  for (const row of rows) {
    const line = mapRow(row);
    if ("errorCode" in line) rejected.push(line);
    else records.push(line);
  }
  return { records, rejected, received: rows.length, last: idOf(rows.at(-1)) };
}

function readCursor(cursor: Readonly<Record<string, unknown>>): z.output<typeof cursorSchema> {
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

function mapRow(raw: unknown): ExternalSaleLine | RejectedRecord {
  const parsed = saleSchema.safeParse(raw);
  if (!parsed.success)
    return { kind: "sale", externalId: idOf(raw), payload: raw, errorCode: "wildberries.sale_shape", errorText: z.prettifyError(parsed.error).slice(0, 500) };
  try {
    return toSaleLine(parsed.data);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: "sale", externalId: parsed.data.rrdId, payload: raw, errorCode: "wildberries.sale_amount", errorText: error.message.slice(0, 500) };
  }
}

function idOf(raw: unknown): string | undefined {
  const id = typeof raw === "object" && raw !== null && "rrdId" in raw ? raw.rrdId : undefined;
  return typeof id === "number" || (typeof id === "string" && /^\d+$/.test(id)) ? String(id) : undefined;
}

export const wildberriesSales: SalesPort = { maxWindowDays: 31, rereadDays: 14, pull };
