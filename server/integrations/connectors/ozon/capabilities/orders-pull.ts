import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { ExternalOrder, OrdersPullInput } from "../../../contract/orders";
import type { ConnectorContext, Cursor, PullPage } from "../../../contract/ports";
import type { RejectedRecord } from "../../../contract/records";
import { ENDPOINTS, type Endpoint } from "../endpoints";
import { mayCall } from "../facts";
import { type Scheme, toOrder } from "../order-mapper";
import { postingSchema } from "../order-schemas";
import { type OrdersClient, ordersClient } from "../orders-client";

/**
 * Three sweeps, one after the other:
 * - `changed`: FBS postings whose status changed since the last run (with an overlap); without a checkpoint those of the last 30 days.
 * - `open`: every FBS posting that is not on its way yet, each quarter of an hour: new deadlines, and what the first sweep may have missed.
 * - `fbo`: the list of FBO postings knows no moment of change, so the last two days are read each time and 45 days every six hours.
 */
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const OVERLAP_MS = 10 * MINUTE_MS;
const FIRST_MS = 30 * DAY_MS;
const YEAR_MS = 364 * DAY_MS;
const OPEN_EVERY_MS = 15 * MINUTE_MS;
const OPEN_SPAN_MS = 60 * DAY_MS;
const FBO_QUICK_MS = 2 * DAY_MS;
const FBO_FULL_MS = 45 * DAY_MS;
const FBO_FULL_EVERY_MS = 6 * 60 * MINUTE_MS;

const PHASES = ["changed", "open", "fbo"] as const;
type Phase = (typeof PHASES)[number];
const NEEDS: Readonly<Record<Phase, Endpoint>> = { changed: ENDPOINTS.fbsList, open: ENDPOINTS.fbsUnfulfilled, fbo: ENDPOINTS.fboList };

const moment = z.iso.datetime();
const sweepSchema = z.object({ phase: z.enum(PHASES), from: moment, to: moment, byChange: z.boolean().optional() });
const cursorSchema = z.object({
  startedAt: moment,
  sweeps: z.array(sweepSchema).min(1),
  /** Of the service, within the first of the sweeps. */
  page: z.string().optional(),
  /** What the next scheduled run begins with. */
  checkpoint: z.object({ changedTo: moment, openAt: moment, fboAt: moment }).optional(),
  done: z.number().int().nonnegative(),
});
type OrdersCursor = z.output<typeof cursorSchema>;
type Sweep = z.output<typeof sweepSchema>;
const checkpointSchema = z.object({ changedTo: moment, openAt: moment, fboAt: moment });

export async function pullOrders(context: ConnectorContext, input: OrdersPullInput): Promise<PullPage<ExternalOrder>> {
  const now = context.clock.now();
  const cursor = input.cursor === undefined ? begin(context, input, now) : readCursor(input.cursor);
  const [sweep, ...others] = cursor?.sweeps ?? [];
  if (cursor === undefined || sweep === undefined) return { records: [], rejected: [], received: 0, progress: { done: 0 } };
  const page = await readSweep(ordersClient(context), sweep, cursor.page);
  const mapped = page.postings.map((raw) => mapPosting(raw, sweep.phase === "fbo" ? "fbo" : "fbs", now));
  const records = mapped.flatMap((entry) => ("externalId" in entry && "lines" in entry ? [entry] : []));
  const rejected = mapped.flatMap((entry) => ("errorCode" in entry ? [entry] : []));
  const done = cursor.done + mapped.length;
  const goesOn = page.has_next === true && page.cursor !== undefined && page.cursor !== cursor.page;
  const sweeps = goesOn ? cursor.sweeps : others;
  const next = sweeps.length === 0 ? undefined : { ...cursor, sweeps, page: goesOn ? page.cursor : undefined, done };
  return {
    records,
    rejected,
    received: mapped.length,
    ...(next === undefined ? {} : { next }),
    ...(next === undefined && cursor.checkpoint !== undefined ? { checkpoint: cursor.checkpoint } : {}),
    progress: { done },
  };
}

/** A window of one's own reads what was placed in it and leaves the schedule's place alone. */
function begin(context: ConnectorContext, input: OrdersPullInput, now: Date): OrdersCursor | undefined {
  const allowed = (sweep: Sweep) => mayCall(context.facts, NEEDS[sweep.phase]);
  const startedAt = now.toISOString();
  if (input.window !== undefined) {
    const to = new Date(Math.min(input.window.to.getTime(), now.getTime()));
    const span = { from: new Date(Math.max(input.window.from.getTime(), to.getTime() - YEAR_MS)).toISOString(), to: to.toISOString() };
    const sweeps = (["changed", "fbo"] as const).map((phase) => ({ phase, ...span })).filter(allowed);
    return sweeps.length === 0 ? undefined : { startedAt, sweeps, done: 0 };
  }
  const known = checkpointSchema.safeParse(input.checkpoint);
  const since = (told: string) => now.getTime() - Date.parse(told);
  const isOpenDue = !known.success || !(since(known.data.openAt) >= 0 && since(known.data.openAt) < OPEN_EVERY_MS);
  const isFboDue = !known.success || !(since(known.data.fboAt) >= 0 && since(known.data.fboAt) < FBO_FULL_EVERY_MS);
  const ago = (ms: number) => new Date(now.getTime() - ms).toISOString();
  const changed: Sweep = known.success
    ? { phase: "changed", from: new Date(Date.parse(known.data.changedTo) - OVERLAP_MS).toISOString(), to: startedAt, byChange: true }
    : { phase: "changed", from: ago(FIRST_MS), to: startedAt };
  const open: Sweep = { phase: "open", from: ago(OPEN_SPAN_MS), to: new Date(now.getTime() + OPEN_SPAN_MS).toISOString() };
  const fbo: Sweep = { phase: "fbo", from: ago(isFboDue ? FBO_FULL_MS : FBO_QUICK_MS), to: startedAt };
  const sweeps = [changed, ...(isOpenDue ? [open] : []), fbo].filter(allowed);
  const checkpoint = {
    changedTo: startedAt,
    openAt: isOpenDue || !known.success ? startedAt : known.data.openAt,
    fboAt: isFboDue || !known.success ? startedAt : known.data.fboAt,
  };
  return sweeps.length === 0 ? undefined : { startedAt, sweeps, checkpoint, done: 0 };
}

function readCursor(cursor: Cursor): OrdersCursor {
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

function readSweep(client: OrdersClient, sweep: Sweep, cursor: string | undefined) {
  const span = { from: new Date(sweep.from), to: new Date(sweep.to) };
  if (sweep.phase === "open") return client.unfulfilled(span, cursor);
  if (sweep.phase === "fbo") return client.fboPostings({ placed: span }, cursor);
  if (sweep.byChange !== true) return client.fbsPostings({ placed: span, cursor });
  // The list wants a span of placing too: a year is the longest it takes.
  return client.fbsPostings({ placed: { from: new Date(span.to.getTime() - YEAR_MS), to: span.to }, changed: span, cursor });
}

function mapPosting(raw: unknown, scheme: Scheme, readAt: Date): ExternalOrder | RejectedRecord {
  const parsed = postingSchema.safeParse(raw);
  if (!parsed.success) return rejection(raw, "ozon.posting_shape", z.prettifyError(parsed.error));
  try {
    return toOrder(parsed.data, scheme, readAt);
  } catch (error) {
    if (error instanceof RangeError) return rejection(raw, "ozon.posting_amount", error.message, parsed.data.posting_number);
    throw error;
  }
}

function rejection(payload: unknown, errorCode: string, errorText: string, externalId?: string): RejectedRecord {
  return { kind: "order", externalId, payload, errorCode, errorText: errorText.slice(0, 500) };
}
