import { newId } from "@/lib/ids";
import type { OrderTransition } from "@/server/integrations/contract/orders";
import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { AppError, conflict, notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import type { Scope } from "@/server/platform/transaction";
import { announce } from "../announce";
import { changeRequested } from "../events";
import { insertEvents } from "../ingest/ingest.repository";
import type { ChangeState, RequestChangeInput } from "../schema";
import { findChange, type HeldOrder, insertChange, listPendingTransitions, lockOrder, readFacts } from "./change.repository";
import { CHANGE_TIMINGS, fieldFault, givenFields } from "./change-rules";
import { integrationsGateway, type OrdersGateway } from "./gateway";

export interface RequestDeps {
  readonly gateway: Pick<OrdersGateway, "describe">;
  readonly clock: Clock;
}

export const REQUEST_DEPS: RequestDeps = { gateway: integrationsGateway, clock: systemClock };

export interface RequestedChange {
  readonly changeId: string;
  readonly state: ChangeState;
  /** The same change id was here before: nothing was written again. */
  readonly repeated: boolean;
}

/** Who asks; null = a rule of the house. */
export interface Requester {
  readonly userId: string | null;
}

/**
 * Writes one wanted change and the event that sets it going, in one transaction. The same change id, however often it comes, is one
 * change. Only what the service allows from the order's present state can be asked for, each once at a time; several are carried out
 * one after the other, and each is judged again when its turn comes.
 * @throws AppError `orders.not_found`, `orders.change_id_taken`, `orders.change_pending`, `orders.change_not_allowed`,
 *   `orders.field_missing|field_unknown|field_choice|field_date`.
 */
export async function requestChange(scope: Scope, requester: Requester, input: RequestChangeInput, deps: RequestDeps = REQUEST_DEPS): Promise<RequestedChange> {
  const order = await lockOrder(scope, input.orderId);
  if (order === null) throw notFound("orders.not_found");
  const before = await findChange(scope, input.changeId);
  if (before !== null) {
    if (before.orderId !== order.id) throw conflict("orders.change_id_taken");
    return { changeId: before.id, state: before.state, repeated: true };
  }
  const now = deps.clock.now();
  const allowed = await transitionsOf(scope, order, deps);
  const transition = allowed.find(({ id }) => id === input.transitionId);
  if (transition === undefined)
    throw conflict((await pendingAt(scope, order, now)).has(input.transitionId) ? "orders.change_pending" : "orders.change_not_allowed");
  await write(scope, requester, order, transition, { changeId: input.changeId, fields: givenFields(input.fields), now });
  await announce(scope, [order.id]);
  return { changeId: input.changeId, state: "queued", repeated: false };
}

/** What can be asked for now: what the service allows and nobody has asked for yet. Call with the order locked, or only to show it. */
export async function transitionsOf(scope: Scope, order: HeldOrder, { gateway, clock }: RequestDeps): Promise<readonly OrderTransition[]> {
  const { port, facts } = await gateway.describe(scope, order.connectionId);
  const orderFacts = (await readFacts(scope, [order], clock.now())).get(order.id);
  if (port === null || orderFacts === undefined) return [];
  const pending = await pendingAt(scope, order, clock.now());
  return port.transitions(orderFacts, facts).filter(({ id }) => !pending.has(id));
}

const pendingAt = (scope: Scope, order: HeldOrder, now: Date) => listPendingTransitions(scope, order.id, new Date(now.getTime() - CHANGE_TIMINGS.graceMs));

interface Wish {
  readonly changeId: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly now: Date;
}

/** @throws AppError for fields the transition does not take, `orders.change_id_taken`. */
export async function write(scope: Scope, requester: Requester, order: HeldOrder, transition: OrderTransition, { changeId, fields, now }: Wish): Promise<void> {
  const fault = fieldFault(transition, fields);
  if (fault !== null) throw new AppError(fault.code, { status: 400, params: fault.params });
  const { action, to } = transition;
  const isNew = await insertChange(scope, {
    id: changeId,
    orderId: order.id,
    connectionId: order.connectionId,
    transitionId: transition.id,
    action,
    toState: to ?? null,
    fields,
    requestedBy: requester.userId,
    at: now,
  });
  // Taken by another order's transaction or, unseen here, by another workspace.
  if (!isNew) throw conflict("orders.change_id_taken");
  const actor = requester.userId === null ? { actorKind: "system" as const } : { actorKind: "user" as const, actorId: requester.userId };
  await insertEvents(scope, [
    {
      id: newId(),
      orderId: order.id,
      at: now,
      ...actor,
      type: "change",
      data: { changeId, action, to: to ?? null, label: transition.label ?? null, state: "queued" },
    },
  ]);
  await writeAudit(scope, {
    actor: requester.userId === null ? { kind: "system" } : { kind: "user", id: requester.userId },
    action: "order.change_requested",
    subject: { type: "order", id: order.id },
    details: { changeId, transition: transition.id },
  });
  await emit(scope.db, [changeRequested.create({ workspaceId: scope.workspaceId, orderId: order.id, changeId })]);
}
