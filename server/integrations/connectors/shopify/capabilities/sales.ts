import { z } from "zod";
import type { ConnectorContext, Cursor, DateWindow, PullPage, SalesPort } from "../../../contract/ports";
import { readCursor } from "../../../contract/read-cursor";
import type { ExternalSaleLine, RejectedRecord } from "../../../contract/records";
import { type ShopifyClient, shopifyClient } from "../client";
import { readFacts } from "../facts";
import { type RemoteRefund, realisedAt, toReturnLines, toSaleLines } from "../sale-lines";
import {
  countSchema,
  ordersPageSchema,
  type RemoteRefundLine,
  type RemoteSaleLine,
  type RemoteSoldOrder,
  refundLinesSchema,
  saleLinesSchema,
  soldOrderSchema,
} from "../schemas";
import { affordable } from "./affordable";
import { everyNode, nextCursor } from "./every-node";
import { searchTime } from "./search-time";

const FIRST = 5;
const cursorSchema = z.object({
  after: z.string(),
  pages: z.number().int().positive(),
  total: z.number().int().positive(),
  zone: z.string(),
  first: z.number().int().min(1).default(FIRST),
});

/**
 * Every order changed since the window began, and of it what was paid or paid back inside the window: a payment or refund is always a
 * change of its order, so nothing of the window can be missing, however old the order is.
 */
async function pull(context: ConnectorContext, { window, cursor: given }: Parameters<SalesPort["pull"]>[1]): Promise<PullPage<ExternalSaleLine>> {
  const client = shopifyClient(context);
  const query = `updated_at:>=${searchTime(window.from)}`;
  const cursor = given === undefined ? undefined : readCursor(cursorSchema, given);
  const total = cursor?.total ?? (await pagesOf(client, query));
  const zone = cursor?.zone ?? readFacts(context.facts).timeZone ?? "UTC";
  const { answer, first } = await affordable(cursor?.first ?? FIRST, (length) =>
    client.query("SalesPage", { first: length, after: cursor?.after ?? null, query }, ordersPageSchema),
  );
  const { data, warnings } = answer;
  const { pageInfo, nodes } = data.orders;
  const records: ExternalSaleLine[] = [];
  const rejected: RejectedRecord[] = [];
  for (const node of nodes) {
    const lines = await linesOf(client, node, window, zone);
    if (Array.isArray(lines)) records.push(...lines);
    else rejected.push(lines);
  }
  const pages = (cursor?.pages ?? 0) + 1;
  const next = nextCursor(pageInfo, cursor?.after);
  return {
    records,
    rejected,
    received: records.length + rejected.length,
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(next === undefined ? {} : { next: { after: next, pages, total: Math.max(total, pages + 1), zone, first } satisfies Cursor }),
    progress: { done: pages, total: next === undefined ? pages : Math.max(total, pages + 1) },
  };
}

async function pagesOf(client: ShopifyClient, query: string): Promise<number> {
  const { data } = await client.query("SalesCount", { query }, countSchema);
  return Math.max(1, Math.ceil((data.ordersCount?.count ?? 0) / FIRST));
}

/** All of one order or nothing of it: half an order would be a wrong figure. */
async function linesOf(client: ShopifyClient, raw: unknown, window: DateWindow, zone: string): Promise<ExternalSaleLine[] | RejectedRecord> {
  const parsed = soldOrderSchema.safeParse(raw);
  if (!parsed.success) return setAside(raw, z.prettifyError(parsed.error));
  const order = parsed.data;
  const isInside = (at: Date | null | undefined): at is Date => at !== null && at !== undefined && at >= window.from && at < window.to;
  const paid = realisedAt(order);
  try {
    const lines = isInside(paid) ? toSaleLines(order, await allLines(client, order), dayOf(paid, zone)) : [];
    // An order that was never paid has nothing to give back.
    if (paid === undefined) return lines;
    for (const refund of order.refunds) {
      if (isInside(refund.createdAt)) lines.push(...toReturnLines(order.name, refund, await refundLines(client, refund), dayOf(refund.createdAt, zone)));
    }
    return lines;
  } catch (error) {
    if (error instanceof RangeError) return setAside(raw, error.message, order.id);
    throw error;
  }
}

function setAside(payload: unknown, errorText: string, externalId?: string): RejectedRecord {
  return { kind: "sale", externalId, payload, errorCode: "shopify.sale_shape", errorText: errorText.slice(0, 500) };
}

function allLines(client: ShopifyClient, { id, lineItems }: RemoteSoldOrder): Promise<RemoteSaleLine[]> {
  return everyNode(lineItems, async (after) => (await client.query("SaleLines", { id, after }, saleLinesSchema)).data.order?.lineItems);
}

function refundLines(client: ShopifyClient, { id }: RemoteRefund): Promise<RemoteRefundLine[]> {
  return everyNode(undefined, async (after) => (await client.query("RefundLines", { id, after }, refundLinesSchema)).data.refund?.refundLineItems);
}

/** The shop's own calendar day. */
function dayOf(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
}

export const shopifySales: SalesPort = { maxWindowDays: 366, rereadDays: 2, pull };
