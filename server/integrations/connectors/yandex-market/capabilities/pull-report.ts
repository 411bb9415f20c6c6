import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { ConnectorContext, DateWindow, PullPage, PullWarning } from "../../../contract/ports";
import type { ExternalSaleLine, RejectedRecord } from "../../../contract/records";
import type { MarketClient } from "../client";
import { OPERATIONS } from "../endpoints";
import { mayReadReports, readFacts } from "../facts";
import { readArchive } from "../report-archive";
import { type ReportLines, toReportLines } from "../report-lines";
import { currencyOf } from "../sale-lines";

/** The monthly report of each shop: asked for, looked after until it is ready, and read page by page. */
export const reportCursorSchema = z.object({
  kind: z.literal("report"),
  /** Shop and month, YYYY-MM; the first is under way. */
  left: z.array(z.object({ campaignId: z.string(), month: z.string() })).min(1),
  id: z.string().optional(),
  /** Not looked at before. */
  lookAt: z.string().optional(),
  looks: z.number().int().nonnegative(),
  /** Lines of this report handed over already. */
  offset: z.number().int().nonnegative(),
});
export type ReportCursor = z.output<typeof reportCursorSchema>;

const DAY_MS = 86_400_000;
const MOSCOW_MS = 3 * 3_600_000;
/** So long after its end a month is read again: when its report is whole is not published [I]. */
const SETTLING_DAYS = 10;
const LINES_A_PAGE = 5_000;
const FIRST_LOOK_MS = 5_000;
const LONGEST_LOOK_MS = 30_000;
/** Over half an hour; the next run asks anew. */
const MOST_LOOKS = 70;
/** The house's own word for waiting without anything being wrong. */
const OWN_PACE = "remote.own_pace";
const EMPTY = { records: [], rejected: [], received: 0 } as const;

/**
 * Months of the service's calendar that are over and that the window touches, and the one whose settling it ends in; oldest first.
 * A scheduled run of the first days of a month therefore reads the month before again, and a long window reads no month it is not about.
 */
export function monthsOf(window: DateWindow, now: Date): string[] {
  const monthAt = (ms: number) => new Date(ms + MOSCOW_MS).toISOString().slice(0, 7);
  const current = monthAt(now.getTime());
  const months = new Set<string>();
  const last = Math.min(window.to.getTime() - 1, now.getTime());
  for (let at = window.from.getTime(); at < last; at += DAY_MS) months.add(monthAt(at));
  months.add(monthAt(last)).add(monthAt(last - SETTLING_DAYS * DAY_MS));
  return [...months].filter((month) => month < current).sort();
}

/** What follows the statistics of a window; a key without the right to finance says so instead. */
export function startReports(
  context: ConnectorContext,
  campaigns: readonly string[],
  window: DateWindow,
): { readonly next?: ReportCursor; readonly warnings?: readonly PullWarning[] } {
  const left = monthsOf(window, context.clock.now()).flatMap((month) => campaigns.map((campaignId) => ({ campaignId, month })));
  if (left.length === 0) return {};
  if (!mayReadReports(context.facts)) return { warnings: [{ code: "yandex-market.reports_missing" }] };
  return { next: { kind: "report", left, looks: 0, offset: 0 } };
}

export async function pullReport(context: ConnectorContext, client: MarketClient, cursor: ReportCursor): Promise<PullPage<ExternalSaleLine>> {
  const [job] = cursor.left;
  if (job === undefined) return EMPTY;
  try {
    if (cursor.id === undefined)
      return { ...EMPTY, next: lookLater(context, { ...cursor, id: (await client.makeReport(job.campaignId, job.month)).reportId }) };
    const waitMs = cursor.lookAt === undefined ? 0 : Date.parse(cursor.lookAt) - context.clock.now().getTime();
    if (waitMs > 0) throw new ConnectorError("rate-limited", OWN_PACE, { retryAfterMs: waitMs });
    return await look(context, client, cursor, cursor.id);
  } catch (error) {
    // A shop whose API is switched off, or that has no such report, does not keep the others' back.
    if (!(error instanceof ConnectorError) || !["forbidden", "not-found", "invalid"].includes(error.kind)) throw error;
    return passOver(cursor, { code: error.code, params: { ...error.params, method: OPERATIONS.makeReport.path, campaign: job.campaignId } });
  }
}

async function look(context: ConnectorContext, client: MarketClient, cursor: ReportCursor, id: string): Promise<PullPage<ExternalSaleLine>> {
  const report = await client.report(id);
  const [{ campaignId, month } = { campaignId: "", month: "" }] = cursor.left;
  const unready = (reason: string) => passOver(cursor, { code: "yandex-market.report_unready", params: { campaign: campaignId, month, reason } });
  if (report.status === "FAILED" && report.subStatus !== "NO_DATA") return unready(report.subStatus ?? report.status);
  if (report.subStatus === "NO_DATA") return passOver(cursor);
  const bytes = report.status === "DONE" && report.file !== undefined ? await client.reportFile(report.file) : undefined;
  // Also a link that is no longer good: each look brings a new one.
  if (bytes === undefined) return cursor.looks >= MOST_LOOKS ? unready(report.status) : { ...EMPTY, next: lookLater(context, cursor) };
  const { lines, rejected } = read(bytes, month, currencyOf(readFacts(context.facts).currency ?? ""));
  const records = lines.slice(cursor.offset, cursor.offset + LINES_A_PAGE);
  const told = cursor.offset === 0 ? rejected : [];
  const offset = cursor.offset + records.length;
  const next = offset < lines.length ? { ...cursor, looks: 0, offset } : following(cursor);
  return { records, rejected: told, received: records.length + told.length, ...(next === undefined ? {} : { next }) };
}

/** An archive nobody can read is set aside as a whole. */
function read(bytes: Uint8Array, month: string, currency: string): ReportLines {
  try {
    return toReportLines(readArchive(bytes), month, currency);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const rejected: RejectedRecord = {
      kind: "sale",
      externalId: month,
      payload: { month, bytes: bytes.byteLength },
      errorCode: "yandex-market.report_columns",
      errorText: error.message.slice(0, 500),
    };
    return { lines: [], rejected: [rejected] };
  }
}

/** An empty page keeps the run alive however long it takes; the waiting itself is the next page's. */
function lookLater({ clock }: ConnectorContext, cursor: ReportCursor): ReportCursor {
  const waitMs = Math.min(FIRST_LOOK_MS * 2 ** Math.min(cursor.looks, 6), LONGEST_LOOK_MS);
  return { ...cursor, looks: cursor.looks + 1, lookAt: new Date(clock.now().getTime() + waitMs).toISOString() };
}

function following({ left }: ReportCursor): ReportCursor | undefined {
  return left.length > 1 ? { kind: "report", left: left.slice(1), looks: 0, offset: 0 } : undefined;
}

function passOver(cursor: ReportCursor, warning?: PullWarning): PullPage<ExternalSaleLine> {
  const next = following(cursor);
  return { ...EMPTY, ...(warning === undefined ? {} : { warnings: [warning] }), ...(next === undefined ? {} : { next }) };
}
