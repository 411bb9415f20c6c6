import { newId } from "@/lib/ids";
import { type AuditActor, writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import type { Scope } from "@/server/platform/transaction";
import { announce } from "../announce";
import { integrationsGateway, type OrdersGateway } from "../changing/gateway";
import { orderChanged } from "../events";
import { insertEvents, readStateMapping } from "../ingest/ingest.repository";
import { settleStock } from "../ingest/settle-stock";
import type { OrderState, StateMappingView } from "../schema";
import { listReservingLines, listStandingStates, lockOtherwiseRead, saveMapping, setStates } from "./mapping.repository";

const AT_ONCE = 2_000;

/**
 * The service's own states with what they are read as: the connector's list, and whatever else stands at orders.
 * @throws AppError `connection.not_found`.
 */
export async function describeStateMapping(
  scope: Scope,
  connectionId: string,
  gateway: Pick<OrdersGateway, "describe"> = integrationsGateway,
): Promise<StateMappingView> {
  const { port } = await gateway.describe(scope, connectionId);
  const chosen = await readStateMapping(scope, connectionId);
  const standing = new Map((await listStandingStates(scope, connectionId)).map((state) => [state.remoteState, state]));
  const known = new Map((port?.states ?? []).map((state) => [state.remote, state]));
  const all = new Set([...known.keys(), ...standing.keys(), ...chosen.keys()]);
  return {
    hasOrders: port !== null,
    states: [...all].map((remoteState) => ({
      remoteState,
      name: known.get(remoteState)?.name ?? standing.get(remoteState)?.name ?? remoteState,
      suggested: known.get(remoteState)?.state ?? null,
      chosen: chosen.get(remoteState) ?? null,
      orders: standing.get(remoteState)?.orders ?? 0,
    })),
  };
}

export interface SaveMappingInput {
  readonly connectionId: string;
  readonly remoteState: string;
  readonly state: OrderState | null;
}

/**
 * Reads one of the service's states as a person says, or as the connector does again; orders that stand in it follow at once, with
 * their stock. A word the connector does not know is `unknown` without a person.
 * @throws AppError `connection.not_found`.
 */
export async function saveStateMapping(
  scope: Scope,
  input: SaveMappingInput,
  actor: AuditActor,
  deps: { readonly gateway: Pick<OrdersGateway, "describe">; readonly clock: Clock } = { gateway: integrationsGateway, clock: systemClock },
): Promise<{ changed: number }> {
  const { connectionId, remoteState } = input;
  const { port } = await deps.gateway.describe(scope, connectionId);
  if (port === null) throw notFound("connection.no_orders");
  await saveMapping(scope, connectionId, remoteState, input.state);
  await writeAudit(scope, {
    actor,
    action: "order.state_mapped",
    subject: { type: "connection", id: connectionId },
    details: { remoteState, state: input.state },
  });
  const state = input.state ?? port.states.find(({ remote }) => remote === remoteState)?.state ?? "unknown";
  let changed = 0;
  for (let found = AT_ONCE; found === AT_ONCE; changed += found) found = await readAnew(scope, { connectionId, remoteState, state }, deps.clock.now());
  return { changed };
}

async function readAnew(
  scope: Scope,
  { connectionId, remoteState, state }: { connectionId: string; remoteState: string; state: OrderState },
  now: Date,
): Promise<number> {
  const orders = await lockOtherwiseRead(scope, connectionId, remoteState, state, AT_ONCE);
  if (orders.length === 0) return 0;
  const ids = orders.map(({ id }) => id);
  await setStates(scope, ids, state);
  const lines = await listReservingLines(scope, connectionId, ids);
  await settleStock(
    scope,
    orders.map(({ id, fulfilment }) => ({ orderId: id, state, fulfilment, lines: lines.filter(({ orderId }) => orderId === id) })),
    now,
  );
  await insertEvents(
    scope,
    orders.map((order) => ({
      id: newId(),
      orderId: order.id,
      at: now,
      actorKind: "system" as const,
      type: "state",
      data: { from: order.state, to: state, remote: remoteState },
    })),
  );
  await emit(
    scope.db,
    orders.map((order) => orderChanged.create({ workspaceId: scope.workspaceId, orderId: order.id, before: order.state, after: state })),
  );
  await announce(scope, ids);
  return orders.length;
}
