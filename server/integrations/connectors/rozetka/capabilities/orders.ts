import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { ExternalOrder, OrdersPort, OrdersPullInput } from "../../../contract/orders";
import type { ConnectorContext, Cursor, PullPage } from "../../../contract/ports";
import type { RejectedRecord } from "../../../contract/records";
import { openRozetka } from "../client";
import { formatKyiv } from "../kyiv-time";
import { toOrder } from "../mapper";
import { hasTaken, orderTransitions, toStatusChange } from "../order-changes";
import { checkpointOf, laterOf, nextPage } from "../paging";
import { rejection } from "../rejection";
import { orderSchema } from "../schemas-orders";
import { STATUSES } from "../statuses";

export const ORDERS_PER_PAGE = 20;
const FIRST_DAYS = 60;
const DAY_MS = 86_400_000;
/** More than the hour that the service's zoneless clock shows twice in autumn. */
export const OVERLAP_MS = 75 * 60_000;

const moment = z.iso.datetime();
const checkpointSchema = z.object({ changedFrom: moment });
const cursorSchema = z.object({
  startedAt: moment,
  /** What the run started from, and the newest change it has seen. */
  known: moment.optional(),
  newest: moment.optional(),
  /** The filters of the run; they must not move under its pages. */
  filters: z.record(z.string(), z.string()),
  page: z.number().int().positive(),
  total: z.number().int().nonnegative().optional(),
  done: z.number().int().nonnegative(),
});
type OrdersCursor = z.output<typeof cursorSchema>;

/**
 * From the checkpoint on where there is one. A window alone (a first run, or a person's wish) brings what has changed since its beginning
 * and was placed before its end: everything placed inside it, and older orders that were still going on.
 */
function begin(now: Date, { checkpoint, window }: OrdersPullInput): OrdersCursor {
  const base = { startedAt: now.toISOString(), page: 1, done: 0 };
  const known = checkpointSchema.safeParse(checkpoint);
  if (!known.success && window !== undefined) {
    // What ended just now is left open: the service's clock may be ahead of ours.
    const isOver = window.to.getTime() < now.getTime() - OVERLAP_MS;
    return { ...base, filters: { changed_from: formatKyiv(window.from), ...(isOver ? { created_to: formatKyiv(window.to) } : {}) } };
  }
  const started = known.success ? { ...base, known: known.data.changedFrom } : base;
  const from = known.success ? new Date(known.data.changedFrom).getTime() - OVERLAP_MS : now.getTime() - FIRST_DAYS * DAY_MS;
  return { ...started, filters: { changed_from: formatKyiv(new Date(from)) } };
}

function readCursor(cursor: Cursor): OrdersCursor {
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

async function pull(context: ConnectorContext, input: OrdersPullInput): Promise<PullPage<ExternalOrder>> {
  const cursor = input.cursor === undefined ? begin(context.clock.now(), input) : readCursor(input.cursor);
  const list = await openRozetka(context).orders({ ...cursor.filters, page: cursor.page });
  const read = list.orders.map(readOrder);
  const records = read.flatMap((entry) => ("order" in entry ? [entry.order] : []));
  const rejected = read.flatMap((entry) => ("rejected" in entry ? [entry.rejected] : []));
  const done = cursor.done + read.length;
  const place = nextPage(cursor, list._meta, ORDERS_PER_PAGE);
  const newest = laterOf(
    cursor.newest,
    records.map(({ versionAt }) => versionAt),
  );
  return {
    records,
    rejected,
    received: read.length,
    ...(place === undefined
      ? { checkpoint: { changedFrom: checkpointOf(cursor.startedAt, newest, cursor.known) } }
      : { next: { ...cursor, ...place, newest, done } }),
    progress: { done, total: Math.max(done, list._meta.totalCount) },
  };
}

type ReadOrder = { readonly order: ExternalOrder } | { readonly rejected: RejectedRecord };

/** One order nobody understands does not hold up the others. */
function readOrder(raw: unknown): ReadOrder {
  const parsed = orderSchema.safeParse(raw);
  if (!parsed.success) return { rejected: rejection("order", raw, "rozetka.order_shape", parsed.error) };
  try {
    return { order: toOrder(parsed.data) };
  } catch (error) {
    if (error instanceof RangeError) return { rejected: rejection("order", raw, "rozetka.order_amount", error) };
    throw error;
  }
}

async function read(context: ConnectorContext, { externalId }: { readonly externalId: string }): Promise<ExternalOrder> {
  if (!/^\d{1,20}$/.test(externalId)) throw new ConnectorError("not-found");
  const result = readOrder(await openRozetka(context).order(externalId));
  if ("order" in result) return result.order;
  throw new ConnectorError("malformed", result.rejected.errorCode, { remoteText: result.rejected.errorText });
}

export const rozetkaOrders: OrdersPort = {
  states: [...STATUSES].map(([remote, { name, state }]) => ({ remote, name, state })),
  pull,
  read,
  transitions: orderTransitions,
  async change(context, change) {
    await openRozetka(context).updateOrder(change.order.externalId, toStatusChange(change));
  },
  hasTaken,
};
