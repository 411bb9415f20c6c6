import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import {
  type ChangeState,
  COUNTED_MOST,
  type Fulfilment,
  type OrderAction,
  type OrderCursor,
  type OrderFilters,
  type OrderState,
  type Payment,
  SOON_MS,
} from "../schema";

/** A search names its newest hits; what is older has to be looked for with more of the number. */
const FOUND_MOST = 500;

export interface SummaryRow {
  readonly id: string;
  readonly connectionId: string;
  readonly connectionName: string;
  readonly connectorId: string;
  readonly organizationId: string;
  readonly externalId: string;
  readonly number: string;
  readonly groupNumber: string | null;
  readonly recordNumber: string | null;
  readonly fulfilment: Fulfilment;
  readonly state: OrderState;
  readonly remoteState: string;
  readonly remoteStateName: string | null;
  readonly placedAt: Date;
  readonly shipBy: Date | null;
  readonly payment: Payment | null;
  readonly buyerName: string | null;
  readonly city: string | null;
  readonly deliveryMethod: string | null;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly pieces: number;
  readonly lineCount: number;
  readonly firstLine: string | null;
  readonly isShort: boolean;
  readonly hasNote: boolean;
  readonly changeId: string | null;
  readonly changeAction: OrderAction | null;
  readonly changeTo: OrderState | null;
  readonly changeState: ChangeState | null;
}

/** What a row of the list shows, over an order `o`. */
export const SUMMARY = Prisma.sql`o.id, o.connection_id AS "connectionId", coalesce(c.name, '') AS "connectionName", coalesce(c.connector_id, '') AS "connectorId", o.organization_id AS "organizationId", o.external_id AS "externalId", o.number,
  o.group_number AS "groupNumber", o.record_number AS "recordNumber", o.fulfilment, o.state::text AS state, o.remote_state AS "remoteState", o.remote_state_name AS "remoteStateName", o.placed_at AS "placedAt", o.ship_by AS "shipBy", o.payment,
  o.buyer_name AS "buyerName", o.city, o.delivery_method AS "deliveryMethod", o.carrier, o.tracking_number AS "trackingNumber", o.currency, o.total_minor AS "totalMinor", o.pieces, g.lines AS "lineCount", g.first AS "firstLine",
  o.is_short AS "isShort", coalesce(o.note, '') <> '' AS "hasNote", w.id AS "changeId", w.action AS "changeAction", w.to_state::text AS "changeTo", w.state::text AS "changeState"`;
export const AROUND = Prisma.sql`LEFT JOIN connection c ON c.id = o.connection_id AND c.workspace_id = o.workspace_id
  LEFT JOIN LATERAL (SELECT count(*)::integer AS lines, (array_agg(l.name ORDER BY l.position, l.external_id))[1] AS first FROM order_line l WHERE l.order_id = o.id AND l.workspace_id = o.workspace_id) g ON true
  LEFT JOIN LATERAL (SELECT h.id, h.action, h.to_state, h.state FROM order_change h WHERE h.order_id = o.id AND h.workspace_id = o.workspace_id ORDER BY h.requested_at DESC LIMIT 1) w ON true`;

/** Ours to hand over: what the marketplace ships from its own warehouse is not. */
const TO_SHIP = Prisma.sql`o.state IN ('new', 'confirmed', 'packed') AND o.ship_by IS NOT NULL AND o.fulfilment <> 'fbo'`;
const at = (moment: Date) => Prisma.sql`${moment}::timestamptz`;

/** Written out, not passed in: the index that holds only this state is found by the text of the condition (migration 0009). */
const STATE_IS: Readonly<Record<OrderState, Prisma.Sql>> = {
  new: Prisma.sql`o.state = 'new'`,
  confirmed: Prisma.sql`o.state = 'confirmed'`,
  packed: Prisma.sql`o.state = 'packed'`,
  shipped: Prisma.sql`o.state = 'shipped'`,
  delivered: Prisma.sql`o.state = 'delivered'`,
  cancelled: Prisma.sql`o.state = 'cancelled'`,
  returned: Prisma.sql`o.state = 'returned'`,
  unknown: Prisma.sql`o.state = 'unknown'`,
};

/** What every list says of an order besides its state and its place in the order of the list. */
function matching(scope: Scope, filters: OrderFilters): Prisma.Sql[] {
  const where = [Prisma.sql`o.workspace_id = ${scope.workspaceId}::uuid`];
  const { ids, connectionIds, organizationIds, fulfilments, from, to, short, search } = filters;
  if (isGiven(ids)) where.push(oneOf(Prisma.sql`o.id`, ids, Prisma.sql`uuid`));
  if (isGiven(connectionIds)) where.push(oneOf(Prisma.sql`o.connection_id`, connectionIds, Prisma.sql`uuid`));
  if (isGiven(organizationIds)) where.push(oneOf(Prisma.sql`o.organization_id`, organizationIds, Prisma.sql`uuid`));
  if (isGiven(fulfilments)) where.push(oneOf(Prisma.sql`o.fulfilment`, fulfilments, Prisma.sql`text`));
  if (from !== undefined) where.push(Prisma.sql`o.placed_at >= ${at(from)}`);
  if (to !== undefined) where.push(Prisma.sql`o.placed_at < ${at(to)}`);
  if (short === true) where.push(Prisma.sql`o.is_short`);
  if (search !== undefined && search !== "") where.push(Prisma.sql`o.id IN (SELECT f.order_id FROM orders_search(${search}, ${FOUND_MOST}::integer) f)`);
  return where;
}

const isGiven = (list: readonly string[] | undefined): list is readonly string[] => list !== undefined && list.length > 0;

/** One value is an equation, so that an index in the list's order serves it. */
function oneOf(column: Prisma.Sql, values: readonly string[], type: Prisma.Sql): Prisma.Sql {
  return values.length === 1 ? Prisma.sql`${column} = ${values[0] ?? ""}::${type}` : Prisma.sql`${column} = ANY(${[...values]}::${type}[])`;
}

/** Newest first, or the most urgent first where `shipBy` asks for what has to be handed over; `limit + 1` rows. */
export async function listOrderRows(scope: Scope, filters: OrderFilters, cursor: OrderCursor | undefined, limit: number, now: Date): Promise<SummaryRow[]> {
  return filters.shipBy === undefined ? listNewest(scope, filters, cursor, limit) : listUrgent(scope, filters, cursor, limit, now);
}

async function listUrgent(scope: Scope, filters: OrderFilters, cursor: OrderCursor | undefined, limit: number, now: Date): Promise<SummaryRow[]> {
  const where = [...matching(scope, filters), TO_SHIP];
  if (isGiven(filters.states)) where.push(Prisma.sql`o.state = ANY(${[...filters.states]}::order_state[])`);
  if (filters.shipBy === "late") where.push(Prisma.sql`o.ship_by < ${at(now)}`);
  if (filters.shipBy === "soon") where.push(Prisma.sql`o.ship_by >= ${at(now)} AND o.ship_by < ${at(new Date(now.getTime() + SOON_MS))}`);
  if (cursor !== undefined) where.push(Prisma.sql`(o.ship_by, o.id) > (${at(cursor.at)}, ${cursor.id}::uuid)`);
  return scope.db.$queryRaw<SummaryRow[]>(Prisma.sql`
    SELECT ${SUMMARY} FROM (SELECT o.* FROM sales_order o WHERE ${Prisma.join(where, " AND ")} ORDER BY o.ship_by, o.id LIMIT ${limit + 1}) o ${AROUND} ORDER BY o.ship_by, o.id`);
}

/** Of several states the newest of each are fetched by index and merged: no state's many rows stand in the way of another's few. */
async function listNewest(scope: Scope, filters: OrderFilters, cursor: OrderCursor | undefined, limit: number): Promise<SummaryRow[]> {
  const where = matching(scope, filters);
  if (cursor !== undefined) where.push(Prisma.sql`(o.placed_at, o.id) < (${at(cursor.at)}, ${cursor.id}::uuid)`);
  const newest = (condition: Prisma.Sql) =>
    Prisma.sql`SELECT o.* FROM sales_order o WHERE ${Prisma.join([...where, condition], " AND ")} ORDER BY o.placed_at DESC, o.id DESC LIMIT ${limit + 1}`;
  const source = isGiven(filters.states)
    ? Prisma.sql`SELECT m.* FROM (${Prisma.join(
        filters.states.map((state) => Prisma.sql`(${newest(STATE_IS[state])})`),
        " UNION ALL ",
      )}) m ORDER BY m.placed_at DESC, m.id DESC LIMIT ${limit + 1}`
    : newest(Prisma.sql`true`);
  return scope.db.$queryRaw<SummaryRow[]>(Prisma.sql`SELECT ${SUMMARY} FROM (${source}) o ${AROUND} ORDER BY o.placed_at DESC, o.id DESC`);
}

interface CountRow {
  readonly name: string;
  readonly n: number;
}

/** Bounded counts, each over its own index. `connectionIds` undefined or empty: all. */
export async function countOrders(
  scope: Scope,
  states: readonly OrderState[],
  connectionIds: readonly string[] | undefined,
  now: Date,
): Promise<Map<string, number>> {
  const where = matching(scope, { connectionIds: connectionIds === undefined ? undefined : [...connectionIds] });
  // In the order of the index: without one the planner may rather read the table from its beginning until it has enough.
  const bounded = (name: string, condition: Prisma.Sql, order: Prisma.Sql) =>
    Prisma.sql`SELECT ${name}::text AS name, count(*)::integer AS n FROM (SELECT FROM sales_order o WHERE ${Prisma.join([...where, condition], " AND ")} ORDER BY ${order} LIMIT ${COUNTED_MOST + 1}) b`;
  const [newest, urgent] = [Prisma.sql`o.placed_at DESC, o.id DESC`, Prisma.sql`o.ship_by, o.id`];
  const soon = at(new Date(now.getTime() + SOON_MS));
  const rows = await scope.db.$queryRaw<CountRow[]>(
    Prisma.join(
      [
        ...states.map((state) => bounded(state, STATE_IS[state], newest)),
        bounded("waiting", TO_SHIP, urgent),
        bounded("late", Prisma.sql`${TO_SHIP} AND o.ship_by < ${at(now)}`, urgent),
        bounded("soon", Prisma.sql`${TO_SHIP} AND o.ship_by >= ${at(now)} AND o.ship_by < ${soon}`, urgent),
        bounded("short", Prisma.sql`o.is_short`, newest),
      ],
      " UNION ALL ",
    ),
  );
  return new Map(rows.map(({ name, n }) => [name, Math.min(n, COUNTED_MOST)]));
}

/** The same list with the team's notes, for exports. */
export async function readNotes(scope: Scope, orderIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await scope.db.order.findMany({
    where: { workspaceId: scope.workspaceId, id: { in: [...orderIds] }, note: { not: null } },
    select: { id: true, note: true },
  });
  return new Map(rows.map(({ id, note }) => [id, note ?? ""]));
}
