import { z } from "zod";
import type { ExternalOrder, OrdersPullInput } from "../../../contract/orders";
import type { ConnectorContext, PullPage } from "../../../contract/ports";
import { readCursor } from "../../../contract/read-cursor";
import type { RejectedRecord } from "../../../contract/records";
import { type HepsiburadaClient, hepsiburadaClient } from "../client";
import { mergeReturned, toReturned } from "../mapper";
import type { Returned } from "../order-context";
import { readOrders } from "../order-read";
import { claimSchema, orderedSchema } from "../schemas";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Lists of what moved reach back about a month [D]. */
const REACH_MS = 30 * DAY_MS;
/** Windows are told in minutes, and news may be late. */
const OVERLAP_MS = 30 * 60_000;
/** Its minute is rounded down, and the service's clock may be ahead of ours. */
const AHEAD_MS = 2 * 60_000;

/** Every list that tells of orders, with its largest page. No list tells everything: open lines, packages, and what became of them. */
const PHASES = ["open", "packages", "shipped", "delivered", "undelivered", "cancelled", "accepted", "refunded"] as const;
type Phase = (typeof PHASES)[number];
const LIMITS: Readonly<Record<Phase, number>> = {
  open: 100,
  packages: 10,
  shipped: 50,
  delivered: 50,
  undelivered: 50,
  cancelled: 50,
  accepted: 100,
  refunded: 100,
};

const cursorSchema = z.object({
  phase: z.enum(PHASES),
  offset: z.number().int().nonnegative(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  done: z.number().int().nonnegative(),
});
type Place = z.output<typeof cursorSchema>;
const checkpointSchema = z.object({ readAt: z.iso.datetime() });

/**
 * The lists only name orders; each named one is then read whole, so that an order always tells one story. A run goes through every
 * list from the last run's begin, half an hour again each time.
 */
export async function pullOrders(context: ConnectorContext, input: OrdersPullInput): Promise<PullPage<ExternalOrder>> {
  const client = hepsiburadaClient(context);
  const { place, rows } = await firstRows(client, input.cursor === undefined ? begin(context.clock.now(), input) : readCursor(cursorSchema, input.cursor));
  const named = place.phase === "accepted" || place.phase === "refunded" ? byClaims(rows) : { orders: byNumbers(rows), rejected: [] };
  const records: ExternalOrder[] = [];
  const rejected: RejectedRecord[] = [...named.rejected];
  for (const outcome of await readOrders(context, client, named.orders)) {
    if ("rejected" in outcome) rejected.push(outcome.rejected);
    else records.push(outcome.order);
  }
  const done = place.done + records.length;
  const next = follow(place, rows.length);
  return {
    records,
    rejected,
    received: records.length + rejected.length,
    ...(next === undefined ? { checkpoint: { readAt: place.to } } : { next: { ...next, done } satisfies Place }),
    progress: { done },
  };
}

function begin(now: Date, input: OrdersPullInput): Place {
  const known = checkpointSchema.safeParse(input.checkpoint);
  const earliest = now.getTime() - REACH_MS;
  const asked = input.window?.from.getTime() ?? (known.success ? Date.parse(known.data.readAt) - OVERLAP_MS : earliest);
  const from = new Date(Math.min(now.getTime(), Math.max(earliest, asked)));
  return { phase: "open", offset: 0, from: from.toISOString(), to: now.toISOString(), done: 0 };
}

/** Empty lists are passed over: most of them are, in most runs. */
async function firstRows(client: HepsiburadaClient, from: Place): Promise<{ readonly place: Place; readonly rows: readonly unknown[] }> {
  let place = from;
  for (;;) {
    const rows = await readList(client, place);
    const next = rows.length > 0 ? undefined : follow(place, 0);
    if (next === undefined) return { place, rows };
    place = next;
  }
}

function readList(client: HepsiburadaClient, place: Place): Promise<readonly unknown[]> {
  const page = { offset: place.offset, limit: LIMITS[place.phase] };
  const dated = { ...page, from: new Date(place.from), to: new Date(Date.parse(place.to) + AHEAD_MS) };
  switch (place.phase) {
    case "open":
      return client.openLines(page);
    case "packages":
      return client.packages(Math.max(1, Math.ceil((Date.parse(place.to) - Date.parse(place.from)) / HOUR_MS)), page);
    case "cancelled":
      return client.cancelledLines(dated);
    case "accepted":
      return client.claims("Accepted", dated);
    case "refunded":
      return client.claims("Refunded", dated);
    default:
      return client.movedPackages(place.phase, dated);
  }
}

/** The next page of the list, or the next list; undefined = all are done. */
function follow(place: Place, rows: number): Place | undefined {
  const limit = LIMITS[place.phase];
  if (rows >= limit) return { ...place, offset: place.offset + limit };
  const phase = PHASES[PHASES.indexOf(place.phase) + 1];
  return phase === undefined ? undefined : { ...place, phase, offset: 0 };
}

function byNumbers(rows: readonly unknown[]): ReadonlyMap<string, readonly Returned[]> {
  const numbers = rows.flatMap((row) => {
    const parsed = orderedSchema.safeParse(row);
    if (!parsed.success) return [];
    const { orderNumber, OrderNumber, OrderNumbers, items } = parsed.data;
    return [orderNumber, OrderNumber, ...OrderNumbers, ...items.map((item) => item.orderNumber)].filter((number) => number !== undefined);
  });
  return new Map(numbers.map((number) => [number, []]));
}

function byClaims(rows: readonly unknown[]): { readonly orders: ReadonlyMap<string, readonly Returned[]>; readonly rejected: readonly RejectedRecord[] } {
  const orders = new Map<string, readonly Returned[]>();
  const rejected: RejectedRecord[] = [];
  for (const row of rows) {
    const parsed = claimSchema.safeParse(row);
    if (parsed.success) orders.set(parsed.data.orderNumber, mergeReturned(orders.get(parsed.data.orderNumber) ?? [], [toReturned(parsed.data)]));
    else rejected.push({ kind: "order", payload: row, errorCode: "hepsiburada.claim_shape", errorText: z.prettifyError(parsed.error).slice(0, 500) });
  }
  return { orders, rejected };
}
