import { z } from "zod";
import type { ExternalOrder, OrdersPullInput } from "../../../contract/orders";
import type { ConnectorContext, Cursor, DateWindow, PullPage } from "../../../contract/ports";
import { readCursor } from "../../../contract/read-cursor";
import { shopifyClient } from "../client";
import { ordersPageSchema } from "../schemas";
import { affordable } from "./affordable";
import { nextCursor } from "./every-node";
import { isRejected, readRecord } from "./order-records";
import { bulkCursorSchema, pullBulk, startBulk } from "./orders-bulk";
import { searchTime } from "./search-time";

/** Search shows a change some time after it happened: the last minutes are read again. */
const OVERLAP_MS = 10 * 60_000;
const FIRST = 10;

const pageCursorSchema = z.object({
  kind: z.literal("pages"),
  query: z.string(),
  after: z.string().optional(),
  /** Newest change seen in this run. */
  newest: z.string().optional(),
  first: z.number().int().min(1).default(FIRST),
  done: z.number().int().nonnegative().default(0),
});
type PageCursor = z.output<typeof pageCursorSchema>;
const cursorSchema = z.discriminatedUnion("kind", [pageCursorSchema, bulkCursorSchema]);
const checkpointSchema = z.object({ since: z.iso.datetime() });

const pages = (query: string): PageCursor => ({ kind: "pages", query, first: FIRST, done: 0 });

/** A window or a checkpoint is paged by time of change; without either everything there is comes in bulk. */
export async function pullOrders(context: ConnectorContext, input: OrdersPullInput): Promise<PullPage<ExternalOrder>> {
  if (input.cursor !== undefined) return goOn(context, input.cursor, input.window);
  if (input.window !== undefined) return pullPages(context, pages(queryOf(input.window, context.clock.now())), input.window);
  if (input.checkpoint !== undefined) {
    const since = new Date(readCursor(checkpointSchema, input.checkpoint).since);
    return pullPages(context, pages(`updated_at:>=${searchTime(new Date(since.getTime() - OVERLAP_MS))}`), undefined);
  }
  const bulk = await startBulk(context);
  return bulk === undefined ? pullPages(context, pages(""), undefined) : { records: [], rejected: [], received: 0, next: bulk };
}

/** A window that ended just now is left open: the service's clock may be ahead of ours, and the search knows whole seconds only. */
const queryOf = ({ from, to }: DateWindow, now: Date) =>
  to.getTime() < now.getTime() - OVERLAP_MS ? `updated_at:>=${searchTime(from)} AND updated_at:<=${searchTime(to)}` : `updated_at:>=${searchTime(from)}`;

async function goOn(context: ConnectorContext, given: Cursor, window: DateWindow | undefined): Promise<PullPage<ExternalOrder>> {
  const cursor = readCursor(cursorSchema, given);
  if (cursor.kind === "pages") return pullPages(context, cursor, window);
  const bulk = await pullBulk(context, cursor);
  if ("page" in bulk) {
    const { since, ...page } = bulk.page;
    return since === undefined ? page : { ...page, checkpoint: { since: since.toISOString() } };
  }
  const page = await pullPages(context, pages(""), undefined);
  return { ...page, warnings: [...(page.warnings ?? []), { code: "shopify.bulk_failed", params: { reason: bulk.failed } }] };
}

async function pullPages(context: ConnectorContext, cursor: PageCursor, window: DateWindow | undefined): Promise<PullPage<ExternalOrder>> {
  const client = shopifyClient(context);
  const startedAt = context.clock.now();
  const variables = { after: cursor.after ?? null, query: cursor.query === "" ? null : cursor.query };
  const { answer, first } = await affordable(cursor.first, (length) => client.query("OrdersPage", { ...variables, first: length }, ordersPageSchema));
  const { pageInfo, nodes } = answer.data.orders;
  const entries = [];
  for (const node of nodes) entries.push(await readRecord(client, node));
  const records = entries.filter((entry): entry is ExternalOrder => !isRejected(entry));
  const newest = newestOf(records, cursor.newest);
  const done = cursor.done + entries.length;
  const page = { records, rejected: entries.filter(isRejected), received: entries.length, progress: { done }, ...warningsOf(answer.warnings) };
  const next = nextCursor(pageInfo, cursor.after);
  if (next !== undefined) {
    return { ...page, next: { kind: "pages", query: cursor.query, after: next, first, done, ...(newest === undefined ? {} : { newest }) } };
  }
  // A window is asked for by a person and moves nothing.
  if (window !== undefined) return page;
  return { ...page, checkpoint: { since: newest ?? startedAt.toISOString() } };
}

const warningsOf = <W>(warnings: readonly W[]) => (warnings.length === 0 ? {} : { warnings });

function newestOf(records: readonly ExternalOrder[], before: string | undefined): string | undefined {
  const moments = records.map((order) => order.versionAt.toISOString());
  return [...moments, ...(before === undefined ? [] : [before])].sort().at(-1);
}
