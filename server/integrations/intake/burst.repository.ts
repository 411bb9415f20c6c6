import type { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { DeliveryRow } from "./delivery.repository";

/** Pushes of one connection that one run works off. */
export interface Burst {
  readonly id: string;
  readonly connectionId: string;
  /** Those the run's event tells of; more may have come since. */
  readonly deliveryIds: readonly string[];
}

/**
 * Makes a burst of its own deliveries and of what else waits of the connection, at most so many altogether, and answers the
 * bell. The bell is locked first: what the door stored without an event of its own is committed, and seen, by then.
 * @returns the first delivery that is left waiting without anybody on the way; see `ring`.
 */
export async function gatherBurst(scope: Scope, { id, connectionId, deliveryIds }: Burst, most: number): Promise<string | undefined> {
  const { workspaceId, db } = scope;
  await db.$executeRaw`
    INSERT INTO delivery_bell (connection_id, workspace_id, is_rung) VALUES (${connectionId}::uuid, ${workspaceId}::uuid, false)
    ON CONFLICT (connection_id) DO UPDATE SET is_rung = false`;
  // One array of keys: with OR the planner reads the whole table, and with a sub-query it believes in more rows than there are.
  await db.$executeRaw`
    UPDATE delivery SET burst_id = ${id}::uuid
    WHERE workspace_id = ${workspaceId}::uuid AND burst_id IS NULL AND id = ANY(${[...deliveryIds]}::uuid[] || ARRAY(
      SELECT id FROM delivery WHERE connection_id = ${connectionId}::uuid AND workspace_id = ${workspaceId}::uuid AND status = 'stored' AND burst_id IS NULL
      ORDER BY received_at, id
      LIMIT greatest(0, ${most}::integer - (SELECT count(*)::integer FROM delivery WHERE burst_id = ${id}::uuid AND status IN ('stored', 'failed')))))`;
  return firstWaiting(scope, connectionId);
}

/** Says that a run is on its way to what waits; whoever rings emits its event in the same transaction. */
export async function ring({ workspaceId, db }: Scope, connectionId: string): Promise<void> {
  await db.deliveryBell.updateMany({ where: { connectionId, workspaceId }, data: { isRung: true } });
}

const openOf = ({ workspaceId }: Scope, burstId: string) =>
  ({
    where: { burstId, workspaceId, status: { in: ["stored", "failed"] } },
    orderBy: [{ receivedAt: "asc" }, { id: "asc" }],
  }) satisfies Prisma.DeliveryFindManyArgs;

/** Those of a burst that are not done with, in the order they came. */
export async function listBurst(scope: Scope, burstId: string): Promise<DeliveryRow[]> {
  return scope.db.delivery.findMany(openOf(scope, burstId));
}

/** As `listBurst`, without reading what they hold. */
export async function listBurstIds(scope: Scope, burstId: string): Promise<string[]> {
  const rows = await scope.db.delivery.findMany({ ...openOf(scope, burstId), select: { id: true } });
  return rows.map(({ id }) => id);
}

export interface HandedOver {
  readonly id: string;
  readonly burstId: string;
}

/** Leaves deliveries to other bursts. */
export async function handOver({ workspaceId, db }: Scope, deliveries: readonly HandedOver[]): Promise<void> {
  const [ids, burstIds] = [deliveries.map(({ id }) => id), deliveries.map(({ burstId }) => burstId)];
  await db.$executeRaw`
    UPDATE delivery SET burst_id = given.burst_id FROM unnest(${ids}::uuid[], ${burstIds}::uuid[]) AS given(id, burst_id)
    WHERE delivery.id = given.id AND delivery.workspace_id = ${workspaceId}::uuid`;
}

async function firstWaiting({ workspaceId, db }: Scope, connectionId: string): Promise<string | undefined> {
  const [first] = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM delivery WHERE connection_id = ${connectionId}::uuid AND workspace_id = ${workspaceId}::uuid AND status = 'stored' AND burst_id IS NULL
    ORDER BY received_at, id LIMIT 1`;
  return first?.id;
}
