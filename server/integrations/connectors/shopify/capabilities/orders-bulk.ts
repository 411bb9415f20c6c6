import { z } from "zod";
import { parseJson } from "@/lib/json";
import { ConnectorError } from "../../../contract/errors";
import type { ExternalOrder } from "../../../contract/orders";
import type { ConnectorContext, PullPage } from "../../../contract/ports";
import type { RejectedRecord } from "../../../contract/records";
import { type ShopifyClient, shopifyClient } from "../client";
import { ORDERS_IN_BULK } from "../documents";
import { bulkRunSchema, bulkStatusSchema, orderHeadSchema, orderLineSchema, type RemoteOrderLine } from "../schemas";
import { isRejected, mapRecord, setAside } from "./order-records";

/** The first load: asked for once, waited for, and then read from the result file piece by piece. */
export const bulkCursorSchema = z.object({
  kind: z.literal("bulk"),
  id: z.string(),
  /** Not looked at before; a run sleeps until then. */
  lookAt: z.string().optional(),
  looks: z.number().int().nonnegative().default(0),
  /** First byte of the file that has not been read. */
  offset: z.number().int().nonnegative().default(0),
  done: z.number().int().nonnegative().default(0),
});
export type BulkCursor = z.output<typeof bulkCursorSchema>;

const PIECE_BYTES = 1024 * 1024;
const MOST_PIECE_BYTES = 32 * PIECE_BYTES;
const FIRST_LOOK_MS = 2_000;
const LONGEST_LOOK_MS = 30_000;
/** The house's own word for waiting without anything being wrong. */
const OWN_PACE = "remote.own_pace";

/** @returns undefined where the shop does not run it now (five at once, or the right is missing): then orders are paged. */
export async function startBulk(context: ConnectorContext): Promise<BulkCursor | undefined> {
  const { bulkOperationRunQuery: answer } = await shopifyClient(context).mutate("RunBulk", { query: ORDERS_IN_BULK }, bulkRunSchema);
  const id = answer?.bulkOperation?.id;
  return id === undefined ? undefined : { kind: "bulk", id, lookAt: later(context, FIRST_LOOK_MS), looks: 0, offset: 0, done: 0 };
}

const later = ({ clock }: ConnectorContext, ms: number) => new Date(clock.now().getTime() + ms).toISOString();

/** `failed`: the operation came to nothing, and orders are to be paged instead. */
export type BulkPage = { readonly page: PullPage<ExternalOrder> & { readonly since?: Date | undefined } } | { readonly failed: string };

export async function pullBulk(context: ConnectorContext, cursor: BulkCursor): Promise<BulkPage> {
  const waitMs = cursor.lookAt === undefined ? 0 : Date.parse(cursor.lookAt) - context.clock.now().getTime();
  if (waitMs > 0) throw new ConnectorError("rate-limited", OWN_PACE, { retryAfterMs: waitMs });
  const client = shopifyClient(context);
  const { data } = await client.query("BulkStatus", { id: cursor.id }, bulkStatusSchema);
  const operation = data.bulkOperation;
  if (operation === null) return { failed: "gone" };
  switch (operation.status) {
    case "CREATED":
    case "RUNNING":
      return { page: stillRunning(context, cursor) };
    case "COMPLETED": {
      // No address: there was nothing to tell.
      if (!operation.url) return { page: { ...EMPTY, since: operation.createdAt } };
      const total = Number(operation.rootObjectCount);
      const piece = await readPiece(client, operation.url, cursor.offset);
      if (piece === undefined) return { failed: "expired" };
      const done = cursor.done + piece.entries.length;
      const rejected = piece.entries.filter(isRejected);
      return {
        page: {
          records: piece.entries.filter((entry): entry is ExternalOrder => !isRejected(entry)),
          rejected,
          received: piece.entries.length,
          progress: { done: Math.min(done, total), total },
          ...(piece.isLast
            ? { since: operation.createdAt }
            : { next: { kind: "bulk", id: cursor.id, looks: 0, offset: piece.next, done } satisfies BulkCursor }),
        },
      };
    }
    default:
      return { failed: operation.errorCode ?? operation.status };
  }
}

const EMPTY = { records: [], rejected: [], received: 0 } as const;

/** An empty page keeps the run alive however long it takes; the waiting itself is the next page's. */
function stillRunning(context: ConnectorContext, cursor: BulkCursor): PullPage<ExternalOrder> {
  const looks = cursor.looks + 1;
  const lookAt = later(context, Math.min(FIRST_LOOK_MS * 2 ** Math.min(looks, 6), LONGEST_LOOK_MS));
  return { ...EMPTY, next: { ...cursor, looks, lookAt } };
}

interface Piece {
  readonly entries: readonly (ExternalOrder | RejectedRecord)[];
  /** Where the next piece begins: at a row of an order. */
  readonly next: number;
  readonly isLast: boolean;
}

/** Whole orders of the next piece. A piece that holds not even one is read again, larger. */
async function readPiece(client: ShopifyClient, url: string, offset: number): Promise<Piece | undefined> {
  for (let length = PIECE_BYTES; ; length *= 4) {
    const answer = await client.result(url, offset, length);
    if (answer === undefined) return undefined;
    const isLast = answer.isWhole || answer.bytes.byteLength < length;
    const groups = groupsOf(answer.bytes, isLast);
    if (groups.length > 0 || isLast) {
      const read = groups.at(-1)?.end ?? 0;
      return { entries: groups.map(({ rows }) => toEntry(rows)), next: offset + read, isLast };
    }
    if (length > MOST_PIECE_BYTES) throw new ConnectorError("malformed", undefined, { params: { method: "bulk result" } });
  }
}

interface Group {
  /** The order's row first, then those of its lines. */
  readonly rows: readonly string[];
  /** Byte after its last row. */
  readonly end: number;
}

const NEWLINE = 10;

/** Rows of one order follow each other (`groupObjects`). Without the file's end the last order may not be whole. */
function groupsOf(bytes: Uint8Array, isEnd: boolean): Group[] {
  const groups: { rows: string[]; end: number }[] = [];
  const decoder = new TextDecoder();
  let start = 0;
  while (start < bytes.byteLength) {
    const at = bytes.indexOf(NEWLINE, start);
    if (at === -1 && !isEnd) break;
    const stop = at === -1 ? bytes.byteLength : at;
    const row = decoder.decode(bytes.subarray(start, stop));
    start = at === -1 ? stop : at + 1;
    if (row.trim() === "") continue;
    const open = groups.at(-1);
    if (open !== undefined && /"__parentId"\s*:/.test(row)) {
      open.rows.push(row);
      open.end = start;
    } else groups.push({ rows: [row], end: start });
  }
  return isEnd ? groups : groups.slice(0, -1);
}

function toEntry(rows: readonly string[]): ExternalOrder | RejectedRecord {
  try {
    const [first, ...others] = rows.map((row) => parseJson(row));
    const head = orderHeadSchema.safeParse(first);
    if (!head.success) return setAside(first, z.prettifyError(head.error));
    const lines: RemoteOrderLine[] = [];
    for (const other of others) {
      const line = orderLineSchema.safeParse(other);
      if (!line.success) return setAside([first, ...others], z.prettifyError(line.error), head.data.id);
      lines.push(line.data);
    }
    return mapRecord(head.data, lines, [first, ...others]);
  } catch (error) {
    if (error instanceof SyntaxError) return setAside(rows.join("\n").slice(0, 20_000), error.message);
    throw error;
  }
}
