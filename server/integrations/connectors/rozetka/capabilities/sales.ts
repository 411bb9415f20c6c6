import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { ConnectorContext, Cursor, DateWindow, PullPage, SalesPort } from "../../../contract/ports";
import type { ExternalSaleLine, RejectedRecord } from "../../../contract/records";
import { openRozetka } from "../client";
import { formatKyiv } from "../kyiv-time";
import { rejection } from "../rejection";
import { toSaleLines } from "../sale-lines";
import { orderSchema } from "../schemas-orders";

const cursorSchema = z.object({ page: z.number().int().positive() });

function readCursor(cursor: Cursor | undefined): z.output<typeof cursorSchema> {
  if (cursor === undefined) return { page: 1 };
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

/**
 * The service tells no accounts, only orders. What was completed or returned inside the window was created before its end and has
 * changed since its beginning: all such orders are read, and their history says what falls inside.
 */
async function pull(context: ConnectorContext, input: Parameters<SalesPort["pull"]>[1]): Promise<PullPage<ExternalSaleLine>> {
  const { page } = readCursor(input.cursor);
  const { from, to } = input.window;
  const list = await openRozetka(context).orders({ changed_from: formatKyiv(from), created_to: formatKyiv(to), page });
  const mapped = list.orders.map((raw) => mapOrder(raw, input.window));
  const records = mapped.flatMap((entry) => (Array.isArray(entry) ? entry : []));
  const rejected = mapped.flatMap((entry) => (Array.isArray(entry) ? [] : [entry]));
  const total = Math.max(1, list._meta.pageCount);
  const isLast = page >= total;
  return {
    records,
    rejected,
    received: records.length + rejected.length,
    ...(isLast ? {} : { next: { page: page + 1 } }),
    progress: { done: isLast ? total : page, total },
  };
}

function mapOrder(raw: unknown, window: DateWindow): ExternalSaleLine[] | RejectedRecord {
  const parsed = orderSchema.safeParse(raw);
  if (!parsed.success) return rejection("sale", raw, "rozetka.order_shape", parsed.error);
  try {
    return toSaleLines(parsed.data, window);
  } catch (error) {
    if (error instanceof RangeError) return rejection("sale", raw, "rozetka.order_amount", error);
    throw error;
  }
}

/** Orders of a window are read anew for three days: a status may be entered late. */
export const rozetkaSales: SalesPort = { maxWindowDays: 31, rereadDays: 3, pull };
