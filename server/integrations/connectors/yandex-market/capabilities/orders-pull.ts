import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { ExternalOrder, OrdersPullInput } from "../../../contract/orders";
import type { ConnectorContext, Cursor, PullPage, PullWarning } from "../../../contract/ports";
import type { RejectedRecord } from "../../../contract/records";
import { type MarketClient, openMarket } from "../client";
import { OPERATIONS } from "../endpoints";
import { toOrder } from "../order-mapper";
import { orderSchema, type RemoteBuyer, type RemoteMarketOrder } from "../order-schemas";

/**
 * Orders by the moment of their last change, which the service itself writes on each: the next run begins a little before the newest
 * one seen, so that a wrong clock of ours loses nothing. One question spans at most 30 days; longer times are asked for in parts.
 */
const LIMIT = 50;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const OVERLAP_MS = 10 * MINUTE_MS;
const SPAN_MS = 29 * DAY_MS;
/** Our clock may be behind by so much. */
const AHEAD_MS = 60 * MINUTE_MS;
const MOSCOW_MS = 3 * 60 * MINUTE_MS;

const moment = z.iso.datetime();
const cursorSchema = z.object({
  by: z.enum(["update", "creation"]),
  spans: z.array(z.object({ from: moment, to: moment })).min(1),
  pageToken: z.string().optional(),
  startedAt: moment,
  /** Newest change seen so far in this run. */
  newest: moment.optional(),
  done: z.number().int().nonnegative(),
});
type OrdersCursor = z.output<typeof cursorSchema>;
const checkpointSchema = z.object({ updatedTo: moment });

export async function pullOrders(context: ConnectorContext, input: OrdersPullInput): Promise<PullPage<ExternalOrder>> {
  const cursor = input.cursor === undefined ? begin(input, context.clock.now()) : readCursor(input.cursor);
  const [span, ...later] = cursor.spans;
  if (span === undefined) return { records: [], rejected: [], received: 0, progress: { done: cursor.done } };
  const client = await openMarket(context);
  const page = await client.ordersChanged({ pageToken: cursor.pageToken, limit: LIMIT, dates: datesOf(cursor.by, span) });
  const warnings: PullWarning[] = [];
  const mapped: (ExternalOrder | RejectedRecord)[] = [];
  for (const raw of page.orders) mapped.push(await mapOrder(client, raw, warnings));
  const records = mapped.flatMap((entry) => ("errorCode" in entry ? [] : [entry]));
  const newest = [...records.map(({ versionAt }) => versionAt.toISOString()), ...(cursor.newest === undefined ? [] : [cursor.newest])].sort().at(-1);
  const goesOn = page.paging !== undefined && page.paging !== cursor.pageToken;
  const spans = goesOn ? cursor.spans : later;
  const done = cursor.done + mapped.length;
  const next = spans.length === 0 ? undefined : { ...cursor, spans, pageToken: goesOn ? page.paging : undefined, newest, done };
  return {
    records,
    rejected: mapped.flatMap((entry) => ("errorCode" in entry ? [entry] : [])),
    received: mapped.length,
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(next === undefined ? {} : { next }),
    ...(next === undefined && cursor.by === "update" ? { checkpoint: checkpointOf(cursor, newest, input.checkpoint) } : {}),
    progress: { done },
  };
}

/** What was placed in a window of one's own leaves the schedule's place alone. */
function begin({ window, checkpoint }: OrdersPullInput, now: Date): OrdersCursor {
  const started = { startedAt: now.toISOString(), done: 0 };
  if (window !== undefined) return { by: "creation", spans: parts(window.from.getTime(), window.to.getTime()), ...started };
  const known = checkpointSchema.safeParse(checkpoint);
  const from = known.success ? Date.parse(known.data.updatedTo) - OVERLAP_MS : now.getTime() + AHEAD_MS - SPAN_MS;
  return { by: "update", spans: parts(Math.min(from, now.getTime()), now.getTime() + AHEAD_MS), ...started };
}

function parts(from: number, to: number): OrdersCursor["spans"] {
  const spans: OrdersCursor["spans"] = [];
  for (let at = from; at < to || spans.length === 0; at += SPAN_MS) {
    spans.push({ from: new Date(at).toISOString(), to: new Date(Math.max(at, Math.min(at + SPAN_MS, to))).toISOString() });
  }
  return spans;
}

/** Days of placing are Moscow's, and the last one is not part of the span. */
function datesOf(by: OrdersCursor["by"], { from, to }: OrdersCursor["spans"][number]): Readonly<Record<string, string>> {
  if (by === "update") return { updateDateFrom: from, updateDateTo: to };
  const day = (at: number) => new Date(at + MOSCOW_MS).toISOString().slice(0, 10);
  return { creationDateFrom: day(Date.parse(from)), creationDateTo: day(Date.parse(to) + DAY_MS - 1) };
}

/** What changed while a long run went on may stand on a page already read: the run's own beginning is the latest place. */
function checkpointOf({ startedAt }: OrdersCursor, newest: string | undefined, before: Cursor | undefined): Cursor {
  if (newest !== undefined) return { updatedTo: newest < startedAt ? newest : startedAt };
  return before ?? { updatedTo: startedAt };
}

function readCursor(cursor: Cursor): OrdersCursor {
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

async function mapOrder(client: MarketClient, raw: unknown, warnings: PullWarning[]): Promise<ExternalOrder | RejectedRecord> {
  const parsed = orderSchema.safeParse(raw);
  if (!parsed.success) return rejection(raw, "yandex-market.order_shape", z.prettifyError(parsed.error));
  try {
    return toOrder(parsed.data, await buyerOf(client, parsed.data, warnings));
  } catch (error) {
    if (error instanceof RangeError) return rejection(raw, "yandex-market.order_amount", error.message, parsed.data.orderId);
    throw error;
  }
}

function rejection(payload: unknown, errorCode: string, errorText: string, externalId?: string): RejectedRecord {
  return { kind: "order", externalId, payload, errorCode, errorText: errorText.slice(0, 500) };
}

/** The service names the buyer in these states only, one order a call: asked for where we deliver ourselves. */
const NAMED_IN = new Set(["PROCESSING", "DELIVERY", "PICKUP"]);

/** Worth having, not worth losing an order for: a refusal becomes a warning; what may pass (limits, outages) is thrown. */
export async function buyerOf(client: MarketClient, order: RemoteMarketOrder, warnings: PullWarning[]): Promise<RemoteBuyer | undefined> {
  if (order.programType !== "DBS" || order.campaignId === undefined || !NAMED_IN.has(order.status)) return undefined;
  try {
    return await client.buyer({ campaignId: order.campaignId, orderId: order.orderId });
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.retryable || error.kind === "auth") throw error;
    if (warnings.length === 0) warnings.push({ code: error.code, params: { method: OPERATIONS.buyer.path, permission: OPERATIONS.buyer.path } });
    return undefined;
  }
}
