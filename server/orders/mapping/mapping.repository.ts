import type { ReservingLine } from "@/server/catalog/index";
import type { Scope } from "@/server/platform/transaction";
import { COUNTED_MOST, type Fulfilment, type OrderState } from "../schema";

export interface StandingState {
  readonly remoteState: string;
  readonly name: string | null;
  readonly orders: number;
}

/** A loose index scan: one look into the index for each state there is, however many orders stand in it. */
export async function listStandingStates(scope: Scope, connectionId: string): Promise<StandingState[]> {
  return scope.db.$queryRaw<StandingState[]>`
    WITH RECURSIVE states AS (
      (SELECT o.remote_state FROM sales_order o WHERE o.workspace_id = ${scope.workspaceId}::uuid AND o.connection_id = ${connectionId}::uuid ORDER BY o.remote_state LIMIT 1)
      UNION ALL
      SELECT (SELECT o.remote_state FROM sales_order o WHERE o.workspace_id = ${scope.workspaceId}::uuid AND o.connection_id = ${connectionId}::uuid AND o.remote_state > s.remote_state ORDER BY o.remote_state LIMIT 1)
      FROM states s WHERE s.remote_state IS NOT NULL)
    SELECT s.remote_state AS "remoteState",
      (SELECT o.remote_state_name FROM sales_order o WHERE o.workspace_id = ${scope.workspaceId}::uuid AND o.connection_id = ${connectionId}::uuid AND o.remote_state = s.remote_state LIMIT 1) AS name,
      (SELECT count(*)::integer FROM (SELECT FROM sales_order o WHERE o.workspace_id = ${scope.workspaceId}::uuid AND o.connection_id = ${connectionId}::uuid AND o.remote_state = s.remote_state LIMIT ${COUNTED_MOST}) b) AS orders
    FROM states s WHERE s.remote_state IS NOT NULL ORDER BY 1 LIMIT 200`;
}

export async function saveMapping(scope: Scope, connectionId: string, remoteState: string, state: OrderState | null): Promise<void> {
  const { workspaceId, db } = scope;
  if (state === null) {
    await db.orderStateMapping.deleteMany({ where: { workspaceId, connectionId, remoteState } });
    return;
  }
  await db.orderStateMapping.upsert({
    where: { connectionId_remoteState: { connectionId, remoteState } },
    create: { workspaceId, connectionId, remoteState, state },
    update: { state },
  });
}

/** Orders that stand in `remoteState` and are read another way than `state`, locked in the order of the ingest. */
export async function lockOtherwiseRead(
  scope: Scope,
  connectionId: string,
  remoteState: string,
  state: OrderState,
  limit: number,
): Promise<{ id: string; state: OrderState; fulfilment: Fulfilment }[]> {
  return scope.db.$queryRaw<{ id: string; state: OrderState; fulfilment: Fulfilment }[]>`
    SELECT id, state::text AS state, fulfilment FROM sales_order
    WHERE workspace_id = ${scope.workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND remote_state = ${remoteState} AND state <> ${state}::order_state
    ORDER BY external_id LIMIT ${limit} FOR NO KEY UPDATE`;
}

export async function setStates(scope: Scope, orderIds: readonly string[], state: OrderState): Promise<void> {
  await scope.db
    .$executeRaw`UPDATE sales_order SET state = ${state}::order_state, updated_at = now() WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ANY(${[...orderIds]}::uuid[])`;
}

/** Lines as the stock is settled by, of locked orders. */
export async function listReservingLines(
  scope: Scope,
  connectionId: string,
  orderIds: readonly string[],
): Promise<(ReservingLine & { readonly orderId: string })[]> {
  return scope.db.$queryRaw<(ReservingLine & { orderId: string })[]>`
    SELECT id AS "lineId", order_id AS "orderId", ${connectionId}::text AS "connectionId", product_external_id AS "productExternalId", sku, offer_id AS "offerId", barcode, quantity - cancelled_quantity AS quantity
    FROM order_line WHERE workspace_id = ${scope.workspaceId}::uuid AND order_id = ANY(${[...orderIds]}::uuid[]) ORDER BY order_id, position, external_id`;
}
