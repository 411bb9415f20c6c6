import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { ConnectorContext, PullPage, PullWarning, SalesPort } from "../../../contract/ports";
import type { ExternalSaleLine, RejectedRecord } from "../../../contract/records";
import { type MarketClient, openMarket } from "../client";
import { OPERATIONS } from "../endpoints";
import { readFacts } from "../facts";
import { toSaleLines } from "../sale-lines";
import { statsOrderSchema } from "../schemas";
import { pullReport, type ReportCursor, reportCursorSchema, startReports } from "./pull-report";

const LIMIT = 200;
const MOSCOW_MS = 3 * 3_600_000;

/** Orders are told shop by shop. */
const cursorSchema = z.object({ campaigns: z.array(z.string()), index: z.number().int().nonnegative(), pageToken: z.string().optional() });
type SalesCursor = z.output<typeof cursorSchema>;

/** The service's calendar is Moscow's. */
function dayOf(at: Date): string {
  return new Date(at.getTime() + MOSCOW_MS).toISOString().slice(0, 10);
}

async function pull(context: ConnectorContext, input: Parameters<SalesPort["pull"]>[1]): Promise<PullPage<ExternalSaleLine>> {
  const client = await openMarket(context);
  const cursor = input.cursor === undefined ? { campaigns: await campaignsOf(context, client), index: 0 } : readCursor(input.cursor);
  if ("kind" in cursor) return pullReport(context, client, cursor);
  const campaignId = cursor.campaigns[cursor.index];
  const total = cursor.campaigns.length;
  if (campaignId === undefined) return { records: [], rejected: [], received: 0, progress: { done: total, total } };
  const last = new Date(Math.max(input.window.from.getTime(), input.window.to.getTime() - 1));
  const page = await readPage(client, { campaignId, pageToken: cursor.pageToken, from: dayOf(input.window.from), to: dayOf(last) });
  const more = page.next === undefined || page.next === cursor.pageToken ? nextShop(cursor) : { ...cursor, pageToken: page.next };
  // The early figures of every shop first: the reports take their time.
  const reports = more === undefined ? startReports(context, cursor.campaigns, input.window) : {};
  const next: SalesCursor | ReportCursor | undefined = more ?? reports.next;
  const warnings = [...page.warnings, ...(reports.warnings ?? [])];
  return {
    records: page.records,
    rejected: page.rejected,
    received: page.records.length + page.rejected.length,
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(next === undefined ? {} : { next }),
    progress: { done: more === undefined ? total : more.index, total },
  };
}

function nextShop({ campaigns, index }: SalesCursor): SalesCursor | undefined {
  return index + 1 < campaigns.length ? { campaigns, index: index + 1 } : undefined;
}

function readCursor(cursor: Readonly<Record<string, unknown>>): SalesCursor | ReportCursor {
  const parsed = z.union([reportCursorSchema, cursorSchema]).safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

/** The shops of the cabinet as the last test saw them, or asked for. */
async function campaignsOf(context: ConnectorContext, client: MarketClient): Promise<string[]> {
  const known = readFacts(context.facts).campaigns;
  if (known !== undefined) return known.map((campaign) => campaign.id);
  const all = await client.campaigns();
  return all.flatMap(({ id, business }) => (id !== undefined && (business?.id ?? client.businessId) === client.businessId ? [id] : []));
}

interface Page {
  readonly records: readonly ExternalSaleLine[];
  readonly rejected: readonly RejectedRecord[];
  readonly warnings: readonly PullWarning[];
  readonly next: string | undefined;
}

/** A shop whose API is switched off does not keep the others' sales back. */
async function readPage(
  client: MarketClient,
  query: { readonly campaignId: string; readonly pageToken: string | undefined; readonly from: string; readonly to: string },
): Promise<Page> {
  try {
    const page = await client.orderStats({ ...query, limit: LIMIT });
    const mapped = page.orders.map(mapOrder);
    const records = mapped.flatMap((entry) => (Array.isArray(entry) ? entry : []));
    const rejected = mapped.flatMap((entry) => (Array.isArray(entry) ? [] : [entry]));
    return { records, rejected, warnings: [], next: page.paging };
  } catch (error) {
    if (!(error instanceof ConnectorError) || (error.code !== "yandex-market.api_disabled" && error.kind !== "not-found")) throw error;
    return {
      records: [],
      rejected: [],
      warnings: [{ code: error.code, params: { method: OPERATIONS.orderStats.path, campaign: query.campaignId } }],
      next: undefined,
    };
  }
}

function mapOrder(raw: unknown): ExternalSaleLine[] | RejectedRecord {
  const parsed = statsOrderSchema.safeParse(raw);
  if (!parsed.success) return rejection(raw, "yandex-market.order_shape", z.prettifyError(parsed.error));
  try {
    return toSaleLines(parsed.data);
  } catch (error) {
    if (error instanceof RangeError) return rejection(raw, "yandex-market.order_amount", error.message, parsed.data.id);
    throw error;
  }
}

function rejection(payload: unknown, errorCode: string, errorText: string, externalId?: string): RejectedRecord {
  return { kind: "sale", externalId, payload, errorCode, errorText: errorText.slice(0, 500) };
}

/** Read by day of change, so that only a day or two must be read again for what was late; months that are over also as their report. */
export const yandexSales: SalesPort = { maxWindowDays: 90, rereadDays: 3, pull };
