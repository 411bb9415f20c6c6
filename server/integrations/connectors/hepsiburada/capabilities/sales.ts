import { z } from "zod";
import type { ConnectorContext, DateWindow, PullPage, SalesPort } from "../../../contract/ports";
import { readCursor } from "../../../contract/read-cursor";
import type { ExternalSaleLine, RejectedRecord } from "../../../contract/records";
import { type HepsiburadaClient, hepsiburadaClient } from "../client";
import { readOrders } from "../order-read";
import { toPreliminaryReturn, toPreliminarySale, toSaleLine } from "../sale-lines";
import { claimSchema, orderedSchema, type RemoteClaim, transactionSchema } from "../schemas";

/** The accounts give a month at most. */
const MAX_DAYS = 30;
const REREAD_DAYS = 28;
const DAY_MS = 86_400_000;

/** Accounts first, then what was delivered or came back and may not be in them yet. */
const PHASES = ["accounts", "delivered", "Accepted", "Refunded"] as const;
type Phase = (typeof PHASES)[number];
const LIMITS: Readonly<Record<Phase, number>> = { accounts: 100, delivered: 50, Accepted: 100, Refunded: 100 };

const cursorSchema = z.object({ phase: z.enum(PHASES), offset: z.number().int().nonnegative(), pages: z.number().int().nonnegative() });
type Place = z.output<typeof cursorSchema>;
const BEGIN: Place = { phase: "accounts", offset: 0, pages: 0 };

interface Read {
  readonly records: readonly ExternalSaleLine[];
  readonly rejected: readonly RejectedRecord[];
  /** Rows of the list, which decide whether it goes on. */
  readonly rows: number;
}

async function pull(context: ConnectorContext, input: Parameters<SalesPort["pull"]>[1]): Promise<PullPage<ExternalSaleLine>> {
  const place: Place = input.cursor === undefined ? BEGIN : readCursor(cursorSchema, input.cursor);
  const client = hepsiburadaClient(context);
  const { records, rejected, rows } = await read(context, client, input.window, place);
  const pages = place.pages + 1;
  const next = follow(place, rows);
  return {
    records,
    rejected,
    received: records.length + rejected.length,
    ...(next === undefined ? {} : { next: { ...next, pages } satisfies Place }),
    progress: { done: pages, ...(next === undefined ? { total: pages } : {}) },
  };
}

function follow(place: Place, rows: number): Place | undefined {
  if (rows >= LIMITS[place.phase]) return { ...place, offset: place.offset + LIMITS[place.phase] };
  const phase = PHASES[PHASES.indexOf(place.phase) + 1];
  return phase === undefined ? undefined : { ...place, phase, offset: 0 };
}

async function read(context: ConnectorContext, client: HepsiburadaClient, window: DateWindow, place: Place): Promise<Read> {
  // The window's end is excluded; days are told whole.
  const to = new Date(Math.max(window.from.getTime(), window.to.getTime() - 1));
  const page = { from: window.from, to, offset: place.offset, limit: LIMITS[place.phase] };
  if (place.phase === "accounts") return fromAccounts((await client.transactions(page)).items, window);
  // Lists of what moved know about a month.
  const reach = new Date(Math.max(window.from.getTime(), context.clock.now().getTime() - MAX_DAYS * DAY_MS));
  const moved = { ...page, from: reach, to: context.clock.now() };
  if (place.phase === "delivered") return fromDelivered(context, client, await client.movedPackages("delivered", moved), window);
  return fromClaims(await client.claims(place.phase, moved), window);
}

const isWithin = (at: Date | undefined, { from, to }: DateWindow): at is Date => at !== undefined && at >= from && at < to;

function fromAccounts(rows: readonly unknown[], window: DateWindow): Read {
  const records: ExternalSaleLine[] = [];
  const rejected: RejectedRecord[] = [];
  for (const row of rows) {
    const parsed = transactionSchema.safeParse(row);
    if (!parsed.success) rejected.push(refused(row, "hepsiburada.sale_shape", z.prettifyError(parsed.error)));
    // Days are asked for whole: what lies outside the window belongs to the neighbouring one.
    else if (isWithin(parsed.data.orderDate, window)) collect(records, rejected, row, () => toSaleLine(parsed.data));
  }
  return { records, rejected, rows: rows.length };
}

async function fromDelivered(context: ConnectorContext, client: HepsiburadaClient, rows: readonly unknown[], window: DateWindow): Promise<Read> {
  const packages = rows.flatMap((row) => {
    const parsed = orderedSchema.safeParse(row);
    return parsed.success ? [...parsed.data.OrderNumbers, ...(parsed.data.OrderNumber === undefined ? [] : [parsed.data.OrderNumber])] : [];
  });
  const records: ExternalSaleLine[] = [];
  const rejected: RejectedRecord[] = [];
  for (const outcome of await readOrders(context, client, new Map(packages.map((number) => [number, []])))) {
    if ("rejected" in outcome) {
      rejected.push({ ...outcome.rejected, kind: "sale" });
      continue;
    }
    const { orderNumber, items } = outcome.remote;
    const { placedAt } = outcome.order;
    if (!isWithin(placedAt, window)) continue;
    for (const line of items.filter((item) => item.status === "Delivered" || item.status === "ClaimCreated")) {
      collect(records, rejected, line, () => toPreliminarySale(orderNumber, line, placedAt));
    }
  }
  return { records, rejected, rows: rows.length };
}

function fromClaims(rows: readonly unknown[], window: DateWindow): Read {
  const records: ExternalSaleLine[] = [];
  const rejected: RejectedRecord[] = [];
  for (const row of rows) {
    const parsed = claimSchema.safeParse(row);
    if (!parsed.success) rejected.push(refused(row, "hepsiburada.claim_shape", z.prettifyError(parsed.error)));
    else collectClaim(records, rejected, parsed.data, window);
  }
  return { records, rejected, rows: rows.length };
}

function collectClaim(records: ExternalSaleLine[], rejected: RejectedRecord[], claim: RemoteClaim, window: DateWindow): void {
  const { orderDate } = claim;
  if (isWithin(orderDate, window)) collect(records, rejected, claim, () => toPreliminaryReturn(claim, orderDate));
}

function collect(records: ExternalSaleLine[], rejected: RejectedRecord[], payload: unknown, make: () => ExternalSaleLine): void {
  try {
    records.push(make());
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    rejected.push(refused(payload, "hepsiburada.sale_amount", error.message));
  }
}

function refused(payload: unknown, errorCode: string, errorText: string): RejectedRecord {
  return { kind: "sale", payload, errorCode, errorText: errorText.slice(0, 500) };
}

export const hepsiburadaSales: SalesPort = { maxWindowDays: MAX_DAYS, rereadDays: REREAD_DAYS, pull };
