import { storableJson } from "@/lib/storable-json";
import type { OrderFacts } from "@/server/integrations/contract/orders";
import { Prisma } from "@/server/platform/generated/client";
import { inSystem, type Scope } from "@/server/platform/transaction";
import type { ChangeState, Fulfilment, OrderAction, OrderState } from "../schema";

export interface ChangeRow {
  readonly id: string;
  readonly orderId: string;
  readonly connectionId: string;
  readonly transitionId: string;
  readonly action: OrderAction;
  readonly toState: OrderState | null;
  readonly fields: unknown;
  readonly facts: unknown;
  readonly requestedBy: string | null;
  readonly requestedAt: Date;
  readonly state: ChangeState;
  readonly generation: number;
  readonly leaseUntil: Date | null;
  readonly attempts: number;
  readonly nextAt: Date | null;
  readonly checks: number;
}

const CHANGE = Prisma.sql`id, order_id AS "orderId", connection_id AS "connectionId", transition_id AS "transitionId", action, to_state::text AS "toState", fields, facts, requested_by AS "requestedBy",
  requested_at AS "requestedAt", state::text AS state, generation, lease_until AS "leaseUntil", attempts, next_at AS "nextAt", checks`;

export interface HeldOrder {
  readonly id: string;
  readonly connectionId: string;
  readonly organizationId: string;
  readonly externalId: string;
  readonly state: OrderState;
  readonly remoteState: string;
  readonly fulfilment: Fulfilment;
  readonly remoteContext: Readonly<Record<string, string>>;
  readonly trackingNumber: string | null;
}

const HELD = Prisma.sql`id, connection_id AS "connectionId", organization_id AS "organizationId", external_id AS "externalId", state::text AS state, remote_state AS "remoteState", fulfilment, remote_context AS "remoteContext",
  tracking_number AS "trackingNumber"`;

/** Whoever writes an order, its lines or its changes holds its row. */
export async function lockOrder(scope: Scope, orderId: string): Promise<HeldOrder | null> {
  const [row] = await lockOrdersById(scope, [orderId]);
  return row ?? null;
}

/** In the order that the ingest locks by. */
export async function lockOrdersById(scope: Scope, orderIds: readonly string[]): Promise<HeldOrder[]> {
  return scope.db.$queryRaw<HeldOrder[]>(
    Prisma.sql`SELECT ${HELD} FROM sales_order WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ANY(${[...orderIds]}::uuid[]) ORDER BY connection_id, external_id FOR NO KEY UPDATE`,
  );
}

/** Without a lock: for showing what is possible. */
export async function findHeldOrder(scope: Scope, orderId: string): Promise<HeldOrder | null> {
  const [row] = await scope.db.$queryRaw<HeldOrder[]>(
    Prisma.sql`SELECT ${HELD} FROM sales_order WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ${orderId}::uuid`,
  );
  return row ?? null;
}

interface FactLine {
  readonly orderId: string;
  readonly externalId: string;
  readonly sku: string | null;
  readonly offerId: string | null;
  readonly quantity: number;
  readonly cancelledQuantity: number;
}

/** What decides the transitions of these orders. */
export async function readFacts(scope: Scope, orders: readonly HeldOrder[], now: Date): Promise<Map<string, OrderFacts>> {
  const lines = await scope.db.$queryRaw<FactLine[]>`
    SELECT order_id AS "orderId", external_id AS "externalId", sku, offer_id AS "offerId", quantity, cancelled_quantity AS "cancelledQuantity" FROM order_line
    WHERE workspace_id = ${scope.workspaceId}::uuid AND order_id = ANY(${orders.map(({ id }) => id)}::uuid[]) ORDER BY order_id, position, external_id`;
  return new Map(
    orders.map((order) => [
      order.id,
      {
        externalId: order.externalId,
        remoteState: order.remoteState,
        fulfilment: order.fulfilment,
        remoteContext: order.remoteContext,
        ...(order.trackingNumber === null ? {} : { trackingNumber: order.trackingNumber }),
        lines: lines
          .filter(({ orderId }) => orderId === order.id)
          .map(({ externalId, sku, offerId, quantity, cancelledQuantity }) => ({
            externalId,
            quantity,
            cancelledQuantity,
            ...(sku === null ? {} : { sku }),
            ...(offerId === null ? {} : { offerId }),
          })),
        now,
      },
    ]),
  );
}

export interface NewChange {
  readonly id: string;
  readonly orderId: string;
  readonly connectionId: string;
  readonly transitionId: string;
  readonly action: OrderAction;
  readonly toState: OrderState | null;
  readonly fields: Readonly<Record<string, string>>;
  readonly requestedBy: string | null;
  readonly at: Date;
}

/** The order must be locked: every change of an order is asked for later than the one before it. @returns false when the id is taken already. */
export async function insertChange(scope: Scope, row: NewChange): Promise<boolean> {
  const inserted = await scope.db.$executeRaw`
    INSERT INTO order_change (id, workspace_id, order_id, connection_id, transition_id, action, to_state, fields, requested_by, requested_at, state, next_at)
    SELECT ${row.id}::uuid, ${scope.workspaceId}::uuid, ${row.orderId}::uuid, ${row.connectionId}::uuid, ${row.transitionId}, ${row.action}, ${row.toState}::order_state, ${storableJson(row.fields)}::jsonb, ${row.requestedBy}::uuid,
      greatest(${row.at}::timestamptz, coalesce((SELECT max(c.requested_at) + interval '1 millisecond' FROM order_change c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.order_id = ${row.orderId}::uuid), ${row.at}::timestamptz)),
      'queued', ${row.at}::timestamptz
    ON CONFLICT (id) DO NOTHING`;
  return inserted > 0;
}

export async function findChange(scope: Scope, changeId: string): Promise<ChangeRow | null> {
  const [row] = await scope.db.$queryRaw<ChangeRow[]>(
    Prisma.sql`SELECT ${CHANGE} FROM order_change WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ${changeId}::uuid`,
  );
  return row ?? null;
}

/** Head of the order's queue: nothing behind it is carried out before it is settled. Call with the order locked. */
export async function findHead(scope: Scope, orderId: string): Promise<ChangeRow | null> {
  const [row] = await scope.db.$queryRaw<ChangeRow[]>(
    Prisma.sql`SELECT ${CHANGE} FROM order_change WHERE workspace_id = ${scope.workspaceId}::uuid AND order_id = ${orderId}::uuid AND state IN ('queued', 'sending', 'unknown') ORDER BY requested_at, id LIMIT 1`,
  );
  return row ?? null;
}

/**
 * What is asked for at the order and not settled, or moved it so lately that the order held here may not show it yet: transition ids.
 * @param shownSince what was accepted earlier is shown by now.
 */
export async function listPendingTransitions(scope: Scope, orderId: string, shownSince: Date): Promise<Set<string>> {
  const rows = await scope.db.orderChange.findMany({
    where: {
      workspaceId: scope.workspaceId,
      orderId,
      OR: [{ state: { in: ["queued", "sending", "unknown"] } }, { state: "accepted", toState: { not: null }, settledAt: { gt: shownSince } }],
    },
    select: { transitionId: true },
  });
  return new Set(rows.map(({ transitionId }) => transitionId));
}

export interface Lease {
  readonly changeId: string;
  readonly at: Date;
  readonly until: Date;
  readonly facts: Omit<OrderFacts, "now">;
}

/** Committed before the request leaves: from here on a crash means "unknown". @returns the generation that may commit the outcome. */
export async function leaseChange(scope: Scope, lease: Lease): Promise<number> {
  const [row] = await scope.db.$queryRaw<{ generation: number }[]>`
    UPDATE order_change SET state = 'sending', generation = generation + 1, lease_until = ${lease.until}::timestamptz, attempts = attempts + 1, started_at = ${lease.at}::timestamptz, next_at = ${lease.until}::timestamptz,
      checks = 0, facts = ${storableJson(lease.facts)}::jsonb, error_code = NULL, error_params = '{}', error_text = NULL
    WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ${lease.changeId}::uuid AND state = 'queued' RETURNING generation`;
  if (row === undefined) throw new Error("a change that is not queued cannot be leased");
  return row.generation;
}

export interface ChangeUpdate {
  readonly changeId: string;
  /** Fencing: the row must still be of this generation and in one of these states, or nothing happens. */
  readonly generation: number;
  readonly from: readonly ChangeState[];
  readonly state: ChangeState;
  readonly nextAt: Date | null;
  readonly settledAt?: Date | undefined;
  readonly errorCode?: string | undefined;
  readonly errorParams?: Readonly<Record<string, string | number>> | undefined;
  readonly errorText?: string | undefined;
  /** Adds one to the number of looks at the service. */
  readonly checked?: boolean | undefined;
}

/** @returns false when somebody else has settled the change meanwhile. */
export async function updateChange(scope: Scope, update: ChangeUpdate): Promise<boolean> {
  const changed = await scope.db.$executeRaw`
    UPDATE order_change SET state = ${update.state}::send_state, lease_until = NULL, next_at = ${update.nextAt}::timestamptz, settled_at = ${update.settledAt ?? null}::timestamptz, error_code = ${update.errorCode ?? null},
      error_params = ${storableJson(update.errorParams ?? {})}::jsonb, error_text = ${update.errorText ?? null}, checks = checks + ${update.checked === true ? 1 : 0}, generation = generation + 1
    WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ${update.changeId}::uuid AND generation = ${update.generation} AND state = ANY(${[...update.from]}::send_state[])`;
  return changed > 0;
}

/** Whether an accepted change waits for the service to show it. */
export async function hasUnconfirmed(scope: Scope, orderId: string): Promise<boolean> {
  return (await scope.db.orderChange.count({ where: { workspaceId: scope.workspaceId, orderId, state: "accepted" } })) > 0;
}

export interface LeftOver {
  readonly workspaceId: string;
  readonly orderId: string;
  readonly changeId: string;
}

/** Orders of every workspace whose oldest unsettled change should have moved on by `before`. One row an order. */
export async function listLeftOvers(before: Date, limit: number): Promise<LeftOver[]> {
  return inSystem(
    (tx) => tx.$queryRaw<LeftOver[]>`
    SELECT DISTINCT ON (c.order_id) c.workspace_id AS "workspaceId", c.order_id AS "orderId", c.id AS "changeId" FROM order_change c
    WHERE c.state IN ('queued', 'sending', 'unknown') AND c.next_at < ${before}::timestamptz ORDER BY c.order_id, c.requested_at LIMIT ${limit}`,
  );
}

export interface LineOfBusiness {
  readonly connectorId: string;
  readonly isActive: boolean;
  readonly health: string;
  readonly healthCode: string | null;
  readonly facts: unknown;
}

export async function findLine(scope: Scope, connectionId: string): Promise<LineOfBusiness | null> {
  return scope.db.connection.findFirst({
    where: { workspaceId: scope.workspaceId, id: connectionId },
    select: { connectorId: true, isActive: true, health: true, healthCode: true, facts: true },
  });
}
