import { newId } from "@/lib/ids";
import { storable } from "@/lib/storable";
import type { ExternalOrder, OrdersPort } from "@/server/integrations/contract/orders";
import type { RejectedRecord } from "@/server/integrations/contract/records";
import { type Clock, systemClock } from "@/server/platform/clock";
import { emit } from "@/server/platform/events";
import type { Scope } from "@/server/platform/transaction";
import { announce } from "../announce";
import { confirmTaken } from "../changing/confirm-taken";
import { orderChanged } from "../events";
import { firstEvents, newEvents, orderFault, piecesOf, sourceHash, type ToldEvent } from "../rules";
import type { OrderState } from "../schema";
import {
  dateOrders,
  insertEvents,
  insertMissingOrders,
  type LockedOrder,
  lockOrders,
  type OrderRow,
  readStateMapping,
  updateOrders,
} from "./ingest.repository";
import { type LinedOrder, settleStock } from "./settle-stock";
import { writeLines } from "./write-lines";

const ROWS_PER_STATEMENT = 2_000;
/** A new order is news up to this age; what is older is a shop's past being loaded. */
const NEWS_MS = 24 * 3_600_000;

export interface IngestOrdersInput {
  readonly connection: { readonly id: string; readonly organizationId: string };
  readonly orders: readonly ExternalOrder[];
  readonly source: "poll" | "push";
  /** How the connector recognises a change of ours as carried out; absent: nothing is confirmed by this ingest. */
  readonly hasTaken?: OrdersPort["hasTaken"] | undefined;
}

export interface IngestResult {
  readonly applied: number;
  readonly duplicate: number;
  readonly rejected: readonly RejectedRecord[];
}

/** An order whose news are applied. `before` null: it is new to us. */
interface Applied {
  readonly order: ExternalOrder;
  readonly row: OrderRow;
  readonly before: LockedOrder | null;
}

/**
 * Takes orders as a service tells them, whole, keyed by (connection, the service's id), in the caller's transaction: the newest
 * source version wins whatever the order of arrival, an unchanged repeat is a duplicate. What changed is told in the timeline, holds
 * or lets go stock, and confirms changes of ours that the service now shows.
 */
export async function ingestOrders(scope: Scope, input: IngestOrdersInput, clock: Clock = systemClock): Promise<IngestResult> {
  const { connection } = input;
  const rejected = input.orders.flatMap((order) => {
    const fault = orderFault(order);
    return fault === null ? [] : [rejection(order, fault)];
  });
  const newest = newestOf(input.orders.filter((order) => orderFault(order) === null));
  if (newest.length === 0) return { applied: 0, duplicate: input.orders.length - rejected.length, rejected };
  const mapping = await readStateMapping(scope, connection.id);
  const rows = newest.map((order) => ({ order, row: rowOf(order, mapping.get(order.remoteState) ?? order.state) }));
  const applied = await store(scope, connection, rows);
  const lined = await writeLines(scope, connection.id, applied.map(toLined));
  await tell(scope, applied, clock.now());
  const stocked = await settleStock(scope, lined, clock.now());
  const confirmed = input.hasTaken === undefined ? [] : await confirmTaken(scope, await held(scope, connection.id, rows, applied), input.hasTaken, clock.now());
  await announce(scope, [...applied.map(({ row, before }) => before?.id ?? row.id), ...stocked, ...confirmed]);
  return { applied: applied.length, duplicate: input.orders.length - rejected.length - applied.length, rejected };
}

/** One of each order, in the one order that all ingests lock by. Of equally old news the last word counts. */
function newestOf(orders: readonly ExternalOrder[]): ExternalOrder[] {
  const newest = new Map<string, ExternalOrder>();
  for (const order of orders) {
    const held = newest.get(order.externalId);
    if (held === undefined || order.versionAt >= held.versionAt) newest.set(order.externalId, order);
  }
  return [...newest.values()].sort((a, b) => (a.externalId < b.externalId ? -1 : 1));
}

type Candidate = Omit<Applied, "before">;

/** All inserts before all locks: rows are then held in one order over any number of statements. */
async function store(scope: Scope, connection: IngestOrdersInput["connection"], candidates: readonly Candidate[]): Promise<Applied[]> {
  const parts = portions(candidates);
  const fresh = new Set<string>();
  for (const part of parts) {
    const inserted = await insertMissingOrders(
      scope,
      connection,
      part.map(({ row }) => row),
    );
    for (const externalId of inserted) fresh.add(externalId);
  }
  const applied: Applied[] = candidates.filter(({ row }) => fresh.has(row.externalId)).map((entry) => ({ ...entry, before: null }));
  for (const part of parts) applied.push(...(await update(scope, connection.id, part, fresh)));
  return applied;
}

async function update(scope: Scope, connectionId: string, part: readonly Candidate[], fresh: ReadonlySet<string>): Promise<Applied[]> {
  const known = part.filter(({ row }) => !fresh.has(row.externalId));
  if (known.length === 0) return [];
  const ids = known.map(({ row }) => row.externalId);
  const locked = new Map((await lockOrders(scope, connectionId, ids)).map((order) => [order.externalId, order]));
  const changed: Applied[] = [];
  const dated: { id: string; versionAt: Date }[] = [];
  for (const { order, row } of known) {
    const before = locked.get(row.externalId);
    if (before === undefined || row.versionAt < before.sourceVersionAt) continue;
    if (row.sourceHash !== before.sourceHash) changed.push({ order, row: { ...row, id: before.id }, before });
    else if (row.versionAt > before.sourceVersionAt) dated.push({ id: before.id, versionAt: row.versionAt });
  }
  if (changed.length > 0)
    await updateOrders(
      scope,
      changed.map(({ row }) => row),
    );
  await dateOrders(scope, dated);
  return changed;
}

function portions<T>(all: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < all.length; at += ROWS_PER_STATEMENT) parts.push(all.slice(at, at + ROWS_PER_STATEMENT));
  return parts;
}

const toLined = ({ order, row, before }: Applied): LinedOrder => ({ order, orderId: row.id, state: row.state, isNew: before === null });

/** The ids under which the told orders are held: confirming looks at unchanged ones, too. */
async function held(scope: Scope, connectionId: string, rows: readonly Candidate[], applied: readonly Applied[]): Promise<Map<string, ExternalOrder>> {
  const found = new Map(applied.map(({ row, order }) => [row.id, order]));
  const told = new Set(applied.map(({ row }) => row.externalId));
  const rest = rows.filter(({ row }) => !told.has(row.externalId));
  if (rest.length === 0) return found;
  const byExternalId = new Map(rest.map(({ order }) => [order.externalId, order]));
  for (const { id, externalId, sourceVersionAt } of await lockOrders(scope, connectionId, [...byExternalId.keys()])) {
    const order = byExternalId.get(externalId);
    // Older news than we hold proves nothing.
    if (order !== undefined && order.versionAt >= sourceVersionAt) found.set(id, order);
  }
  return found;
}

async function tell(scope: Scope, applied: readonly Applied[], now: Date): Promise<void> {
  const events = applied.flatMap(({ order, row, before }) =>
    (before === null ? firstEvents(order, row.state) : newEvents(before, order, row.state)).map((event: ToldEvent) => ({
      id: newId(),
      orderId: row.id,
      actorKind: "service" as const,
      ...event,
    })),
  );
  await insertEvents(scope, events);
  const news = applied.filter(({ row, before }) => (before === null ? now.getTime() - row.placedAt.getTime() <= NEWS_MS : before.state !== row.state));
  await emit(
    scope.db,
    news.map(({ row, before }) => orderChanged.create({ workspaceId: scope.workspaceId, orderId: row.id, before: before?.state ?? null, after: row.state })),
  );
}

const text = (value: string | undefined) => (value === undefined || value.trim() === "" ? null : storable(value).trim());

function rowOf(order: ExternalOrder, state: OrderState): OrderRow {
  return {
    id: newId(),
    externalId: order.externalId,
    number: text(order.number) ?? order.externalId,
    groupNumber: text(order.groupNumber),
    recordNumber: text(order.recordNumber),
    fulfilment: order.fulfilment,
    state,
    remoteState: order.remoteState,
    remoteStateName: text(order.remoteStateName),
    placedAt: order.placedAt,
    versionAt: order.versionAt,
    sourceHash: sourceHash(order),
    shipBy: order.shipBy ?? null,
    paidAt: order.paidAt ?? null,
    shippedAt: order.shippedAt ?? null,
    deliveredAt: order.deliveredAt ?? null,
    cancelledAt: order.cancelledAt ?? null,
    cancelReason: text(order.cancelReason),
    payment: order.payment ?? null,
    buyerRef: text(order.buyerRef),
    buyerName: text(order.buyerName),
    buyerPhone: text(order.buyerPhone),
    buyerEmail: text(order.buyerEmail),
    city: text(order.city),
    address: text(order.address),
    deliveryMethod: text(order.deliveryMethod),
    carrier: text(order.carrier),
    trackingNumber: text(order.trackingNumber),
    currency: order.currency,
    totalMinor: String(order.totalMinor),
    pieces: piecesOf(order.lines),
    comment: text(order.comment),
    remoteContext: order.remoteContext ?? {},
  };
}

/** A dead letter is kept as JSON, which has no bigint. */
function rejection(order: ExternalOrder, fault: string): RejectedRecord {
  const payload: unknown = JSON.parse(JSON.stringify(order, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value)));
  return { kind: "order", externalId: order.externalId, payload, errorCode: `orders.${fault}`, errorText: fault.replaceAll("_", " ") };
}
