import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { ExternalOrder } from "../../../contract/orders";
import type { ConnectorContext, PullPage } from "../../../contract/ports";
import type { RejectedRecord } from "../../../contract/records";
import { mayUse, readFacts } from "../facts";
import { toFboOrder } from "../order-mapper";
import { FULL_EARLY_PAGE, wildberriesTradeClient } from "../trade-client";
import { earlyOrderSchema } from "../trade-schemas";
import { type OrdersCheckpoint, type OrdersCursor, refused } from "./orders-place";

/** Orders from the service's own warehouses: nobody packs them, they are shown. The statistics are renewed every half hour. */
const EVERY_MS = 30 * 60_000;
/** A base token may ask once in three hours. */
const EVERY_BASE_MS = 185 * 60_000;
const KEPT_MS = 89 * 86_400_000;
const MOSCOW_MS = 3 * 3_600_000;
/** The seller's own ones come from the list of assembly orders. */
const OWN_WAREHOUSE = "Склад продавца";

/** As the statistics take it: Moscow's, without a zone. */
export function moscowMoment(ms: number): string {
  return new Date(ms + MOSCOW_MS).toISOString().slice(0, 19);
}

/** From which moment on they are to be read now; undefined = not now. @param wanted from where a window begins. */
export function fboStart(context: ConnectorContext, after: OrdersCheckpoint, wanted: string | undefined): string | undefined {
  const nowMs = context.clock.now().getTime();
  if (!mayUse(context.facts, "statistics")) return undefined;
  const everyMs = readFacts(context.facts).tokenType === "base" ? EVERY_BASE_MS : EVERY_MS;
  if (after.fboAt !== undefined && nowMs - after.fboAt < everyMs) return undefined;
  return wanted ?? after.fboFrom ?? moscowMoment(Math.max(after.since, nowMs - KEPT_MS));
}

/** Rows by their last change; the last row of an answer comes again with the next one. */
export async function pullFbo(context: ConnectorContext, cursor: OrdersCursor, from: string): Promise<PullPage<ExternalOrder>> {
  const { after } = cursor;
  const closing = (fboFrom: string) => ({ checkpoint: { ...after, fboFrom, fboAt: after.ranAt } });
  let rows: readonly unknown[];
  try {
    rows = await wildberriesTradeClient(context).earlyOrders(from);
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== "forbidden") throw error;
    return { records: [], rejected: [], received: 0, ...closing(from), warnings: [{ code: "wildberries.statistics_missing" }] };
  }
  const { records, rejected, last } = mapRows(rows);
  const done = cursor.done + records.length + rejected.length;
  const page = { records, rejected, received: records.length + rejected.length };
  if (rows.length < FULL_EARLY_PAGE || last === undefined || last === from) return { ...page, ...closing(last ?? from), progress: { done, total: done } };
  return { ...page, next: { ...cursor, done, fbo: last }, progress: { done } };
}

function mapRows(rows: readonly unknown[]) {
  const records = new Map<string, ExternalOrder>();
  const rejected: RejectedRecord[] = [];
  let last: string | undefined;
  for (const raw of rows) {
    const parsed = earlyOrderSchema.safeParse(raw);
    if (!parsed.success) {
      rejected.push(refused(raw, "wildberries.order_shape", z.prettifyError(parsed.error)));
      continue;
    }
    last = parsed.data.lastChangeDate;
    if (parsed.data.warehouseType === OWN_WAREHOUSE) continue;
    try {
      const order = toFboOrder(parsed.data);
      records.set(order.externalId, order);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      rejected.push(refused(raw, "wildberries.order_amount", error.message, parsed.data.srid));
    }
  }
  return { records: [...records.values()], rejected, last };
}
