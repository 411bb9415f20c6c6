import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { ExternalOrder, OrdersPullInput } from "../../../contract/orders";
import type { ConnectorContext, DateWindow, PullPage } from "../../../contract/ports";
import type { RejectedRecord } from "../../../contract/records";
import { toOrder } from "../order-mapper";
import { type WildberriesTradeClient, wildberriesTradeClient } from "../trade-client";
import { orderSchema, type RemoteOrder } from "../trade-schemas";
import { fboStart, moscowMoment, pullFbo } from "./fbo-orders";
import { checkpointSchema, cursorSchema, type OrdersCheckpoint, type OrdersCursor, readPlace, refused } from "./orders-place";

/**
 * The list of assembly orders knows when an order was placed and nothing of its state; states are asked for by id. So a run reads
 * again what may have changed: every run the last two days and everything new, every 10 minutes 30 days, once a day the three months
 * the service keeps.
 */
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const QUICK_MS = 2 * DAY_MS;
const SWEEP_EVERY_MS = 10 * 60_000;
const SWEEP_MS = 30 * DAY_MS;
const KEPT_MS = 89 * DAY_MS;
/** "30 calendar days at most". */
const WINDOW_MS = 29 * DAY_MS;
const PAGE = 1_000;

export async function pullOrders(context: ConnectorContext, input: OrdersPullInput): Promise<PullPage<ExternalOrder>> {
  const isFirst = input.cursor === undefined;
  const cursor = input.cursor === undefined ? begin(context, input) : readPlace(cursorSchema, input.cursor);
  if (cursor.fbo !== undefined) return pullFbo(context, cursor, cursor.fbo);
  const client = wildberriesTradeClient(context);
  const [span] = cursor.spans;
  const found: unknown[] = [];
  // Orders nobody has looked at may be older than the two days of a quick run.
  if (isFirst && input.window === undefined) found.push(...(await client.newOrders()).orders);
  let next: string | undefined;
  if (span !== undefined) {
    const page = await client.orders({ limit: PAGE, next: cursor.next, from: Math.floor(span[0] / 1_000), to: Math.ceil(span[1] / 1_000) });
    found.push(...page.orders);
    next = page.orders.length === 0 || page.next === cursor.next || page.next === "0" ? undefined : (page.next ?? undefined);
  }
  const { records, rejected } = await withStates(client, found);
  const done = cursor.done + records.length + rejected.length;
  return { records, rejected, received: records.length + rejected.length, ...goOn(context, { ...cursor, done }, next) };
}

/** The next page of the span, the next span, the orders of the service's own warehouses, or the end. */
function goOn(context: ConnectorContext, cursor: OrdersCursor, next: string | undefined): Pick<PullPage<ExternalOrder>, "next" | "checkpoint" | "progress"> {
  const { done } = cursor;
  const rest = next === undefined ? cursor.spans.slice(1) : cursor.spans;
  if (rest.length > 0) return { next: { ...cursor, spans: rest, next: next ?? "0" }, progress: { done } };
  const fbo = fboStart(context, cursor.after, cursor.fboSince);
  if (fbo !== undefined) return { next: { ...cursor, spans: [], next: "0", fbo }, progress: { done } };
  return { checkpoint: cursor.after, progress: { done, total: done } };
}

function begin(context: ConnectorContext, { checkpoint, window }: OrdersPullInput): OrdersCursor {
  const nowMs = context.clock.now().getTime();
  const known = checkpoint === undefined ? undefined : readPlace(checkpointSchema, checkpoint);
  if (window !== undefined) return overWindow(boundTo(window, nowMs), known, nowMs);
  const since = known?.since ?? nowMs - KEPT_MS;
  const isDeep = known === undefined || nowMs - known.deepAt >= DAY_MS;
  const isSweep = isDeep || nowMs - known.sweptAt >= SWEEP_EVERY_MS;
  const sinceLast = known === undefined ? KEPT_MS : nowMs - known.ranAt + HOUR_MS;
  const backMs = isDeep ? KEPT_MS : Math.max(isSweep ? SWEEP_MS : QUICK_MS, Math.min(sinceLast, KEPT_MS));
  return {
    spans: spansOf({ from: new Date(Math.max(nowMs - backMs, since)), to: new Date(nowMs + HOUR_MS) }),
    next: "0",
    done: 0,
    after: { ...known, since, ranAt: nowMs, sweptAt: isSweep ? nowMs : known.sweptAt, deepAt: isDeep ? nowMs : known.deepAt },
  };
}

/** What a person asked for. Before any checkpoint the runs after it go on from its end. */
function overWindow(window: DateWindow, known: OrdersCheckpoint | undefined, nowMs: number): OrdersCursor {
  const [fromMs, toMs] = [window.from.getTime(), window.to.getTime()];
  const reachesNow = toMs >= nowMs - HOUR_MS;
  const since = Math.min(fromMs, known?.since ?? fromMs);
  const swept = reachesNow ? nowMs : (known?.sweptAt ?? 0);
  return {
    // An order placed while this runs is news of this run.
    spans: spansOf({ from: window.from, to: reachesNow ? new Date(Math.max(toMs, nowMs) + HOUR_MS) : window.to }),
    next: "0",
    done: 0,
    after: { ...known, since, ranAt: reachesNow ? nowMs : (known?.ranAt ?? 0), sweptAt: swept, deepAt: known?.deepAt ?? swept },
    fboSince: moscowMoment(fromMs),
  };
}

/** The service keeps three months in this list. */
function boundTo(window: DateWindow, nowMs: number): DateWindow {
  return { from: new Date(Math.max(window.from.getTime(), nowMs - KEPT_MS)), to: window.to };
}

/** Newest first: what people wait for is there before the past is read again. */
export function spansOf({ from, to }: DateWindow): [number, number][] {
  const spans: [number, number][] = [];
  for (let end = to.getTime(); end > from.getTime(); end -= WINDOW_MS) spans.push([Math.max(from.getTime(), end - WINDOW_MS), end]);
  return spans;
}

/** Reads orders with their states, each once; what cannot be understood is set aside. */
async function withStates(
  client: WildberriesTradeClient,
  found: readonly unknown[],
): Promise<{ readonly records: readonly ExternalOrder[]; readonly rejected: readonly RejectedRecord[] }> {
  const orders = new Map<string, { readonly order: RemoteOrder; readonly raw: unknown }>();
  const rejected: RejectedRecord[] = [];
  for (const raw of found) {
    const parsed = orderSchema.safeParse(raw);
    if (!parsed.success) rejected.push(refused(raw, "wildberries.order_shape", z.prettifyError(parsed.error)));
    // The list knows the supply, the list of new ones does not: the later one counts.
    else orders.set(parsed.data.id, { order: parsed.data, raw });
  }
  const states = await statesOf(client, [...orders.keys()]);
  const records: ExternalOrder[] = [];
  for (const { order, raw } of orders.values()) {
    try {
      records.push(toOrder(order, states.get(order.id)));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      rejected.push(refused(raw, "wildberries.order_amount", error.message, order.id));
    }
  }
  return { records, rejected };
}

async function statesOf(client: WildberriesTradeClient, ids: readonly string[]) {
  const states = new Map<string, Awaited<ReturnType<WildberriesTradeClient["orderStates"]>>[number]>();
  for (let at = 0; at < ids.length; at += PAGE) for (const state of await client.orderStates(ids.slice(at, at + PAGE))) states.set(state.id, state);
  return states;
}

/**
 * One order as it is now. Nothing finds an order by its id: its moment does, and without that a look through everything kept.
 * @throws ConnectorError `not-found`.
 */
export async function readOrder(
  context: ConnectorContext,
  { externalId, remoteContext }: { readonly externalId: string; readonly remoteContext?: Readonly<Record<string, string>> | undefined },
): Promise<ExternalOrder> {
  if (!/^\d+$/.test(externalId)) throw new ConnectorError("not-found");
  const client = wildberriesTradeClient(context);
  const state = (await client.orderStates([externalId])).find(({ id }) => id === externalId);
  if (state === undefined) throw new ConnectorError("not-found");
  const createdMs = Date.parse(remoteContext?.["createdAt"] ?? "");
  const nowMs = context.clock.now().getTime();
  const spans = Number.isNaN(createdMs)
    ? spansOf({ from: new Date(nowMs - KEPT_MS), to: new Date(nowMs + HOUR_MS) })
    : [[createdMs - 1_000, createdMs + 1_000] as const];
  for (const [from, to] of spans) {
    const order = await findIn(client, externalId, from, to);
    if (order !== undefined) return understood(order, state);
  }
  throw new ConnectorError("not-found");
}

function understood(...read: Parameters<typeof toOrder>): ExternalOrder {
  try {
    return toOrder(...read);
  } catch (cause) {
    if (cause instanceof RangeError) throw new ConnectorError("malformed", "wildberries.order_amount", { cause });
    throw cause;
  }
}

async function findIn(client: WildberriesTradeClient, id: string, fromMs: number, toMs: number): Promise<RemoteOrder | undefined> {
  let next = "0";
  for (;;) {
    const page = await client.orders({ limit: PAGE, next, from: Math.floor(fromMs / 1_000), to: Math.ceil(toMs / 1_000) });
    for (const raw of page.orders) {
      const parsed = orderSchema.safeParse(raw);
      if (parsed.success && parsed.data.id === id) return parsed.data;
    }
    if (page.orders.length === 0 || page.next === null || page.next === undefined || page.next === "0" || page.next === next) return undefined;
    next = page.next;
  }
}
