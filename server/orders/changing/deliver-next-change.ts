import type { OrderFacts } from "@/server/integrations/contract/orders";
import { type Clock, systemClock } from "@/server/platform/clock";
import { AppError, describeError } from "@/server/platform/errors";
import { logger } from "@/server/platform/logger";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { announce } from "../announce";
import { type ChangeRow, findHead, type HeldOrder, leaseChange, lockOrder, readFacts, updateChange } from "./change.repository";
import { backoffMs, CHANGE_TIMINGS, type ChangeOutcome, type ChangeTimings, givenFields, outcomeOfError } from "./change-rules";
import { sentChange, storableFacts } from "./facts";
import { integrationsGateway, isBlocked, type OrdersAccess, type OrdersGateway } from "./gateway";
import { settleUnknown } from "./settle-unknown";
import { noteOutcome, tellFailure } from "./tell-outcome";

export interface ChangeDeps {
  readonly gateway: OrdersGateway;
  readonly clock: Clock;
  readonly timings: ChangeTimings;
}

export const CHANGE_DEPS: ChangeDeps = { gateway: integrationsGateway, clock: systemClock, timings: CHANGE_TIMINGS };

/** idle: nothing waits · moved: the head changed, ask again · later: ask again then · person: only a person can settle it. */
export type Delivery = { readonly kind: "idle" | "moved" | "person" } | { readonly kind: "later"; readonly at: Date };

export interface DeliverNextInput {
  readonly workspaceId: string;
  readonly orderId: string;
}

interface Attempt {
  readonly order: HeldOrder;
  readonly head: ChangeRow;
  readonly access: OrdersAccess;
}

type Plan =
  | { readonly kind: "done"; readonly delivery: Delivery }
  | ({ readonly kind: "settle" } & Attempt)
  | ({ readonly kind: "send"; readonly facts: OrderFacts; readonly generation: number; readonly leaseUntil: Date } & Attempt);

/**
 * Moves the head of an order's queue one step: leases and carries it out, or settles an unknown outcome by reading the order back. Any
 * number of callers may do so at once and any of them may die anywhere: a change that may have taken effect is never asked for again
 * before the order has been read.
 */
export async function deliverNextChange(input: DeliverNextInput, deps: ChangeDeps = CHANGE_DEPS): Promise<Delivery> {
  const plan = await inWorkspace(input.workspaceId, (scope) => prepare(scope, input.orderId, deps));
  if (plan.kind === "done") return plan.delivery;
  if (plan.kind === "settle") return settleUnknown({ workspaceId: input.workspaceId, ...plan }, deps);
  const outcome = await attempt(input.workspaceId, plan, deps);
  await inWorkspace(input.workspaceId, (scope) => record(scope, plan, outcome, deps));
  return { kind: "moved" };
}

async function prepare(scope: Scope, orderId: string, deps: ChangeDeps): Promise<Plan> {
  const done = (delivery: Delivery): Plan => ({ kind: "done", delivery });
  const now = deps.clock.now();
  const order = await lockOrder(scope, orderId);
  const head = order === null ? null : await findHead(scope, orderId);
  if (order === null || head === null) return done({ kind: "idle" });
  if (head.state === "sending") return done(await expireLease(scope, head, now, deps));
  if (head.nextAt === null) return done({ kind: "person" });
  if (head.nextAt > now) return done({ kind: "later", at: head.nextAt });
  let access: OrdersAccess;
  try {
    if (isBlocked(await deps.gateway.describe(scope, head.connectionId))) return done(await postpone(scope, head, "orders.changes_blocked", now));
    access = await deps.gateway.open(scope, head.connectionId);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return done(await postpone(scope, head, error.code, now));
  }
  if (head.state === "unknown") return { kind: "settle", order, head, access };
  const facts = (await readFacts(scope, [order], now)).get(order.id);
  if (facts === undefined) throw new Error("a locked order has no facts");
  const isAllowed = access.port.transitions(facts, access.context.facts).some(({ id }) => id === head.transitionId);
  if (!isAllowed) return done(await refuse(scope, head, now));
  const until = new Date(now.getTime() + deps.timings.leaseMs);
  const generation = await leaseChange(scope, { changeId: head.id, at: now, until, facts: storableFacts(facts) });
  await announce(scope, [orderId]);
  return { kind: "send", order, head: { ...head, generation, attempts: head.attempts + 1 }, access, facts, generation, leaseUntil: until };
}

/** The order has moved on since it was asked for: the service does not allow it any more. */
async function refuse(scope: Scope, head: ChangeRow, now: Date): Promise<Delivery> {
  const errorCode = "orders.change_not_allowed";
  await updateChange(scope, { changeId: head.id, generation: head.generation, from: ["queued"], state: "rejected", nextAt: null, settledAt: now, errorCode });
  await noteOutcome(scope, head, "rejected", now);
  await tellFailure(scope, head, errorCode);
  await announce(scope, [head.orderId]);
  return { kind: "moved" };
}

/** Whoever held the lease is gone or slow: from now on its outcome is unknown, and its own answer comes too late. */
async function expireLease(scope: Scope, head: ChangeRow, now: Date, { timings }: ChangeDeps): Promise<Delivery> {
  if (head.leaseUntil !== null && head.leaseUntil > now) return { kind: "later", at: head.leaseUntil };
  const at = new Date(now.getTime() + timings.graceMs);
  await updateChange(scope, {
    changeId: head.id,
    generation: head.generation,
    from: ["sending"],
    state: "unknown",
    nextAt: at,
    errorCode: "orders.change_interrupted",
  });
  await announce(scope, [head.orderId]);
  return { kind: "later", at };
}

async function postpone(scope: Scope, head: ChangeRow, errorCode: string, now: Date): Promise<Delivery> {
  const at = new Date(now.getTime() + Math.max(60_000, backoffMs(head.attempts + 1)));
  await updateChange(scope, { changeId: head.id, generation: head.generation, from: [head.state], state: head.state, nextAt: at, errorCode });
  await announce(scope, [head.orderId]);
  return { kind: "later", at };
}

/** The one place where a change leaves. */
async function attempt(workspaceId: string, plan: Extract<Plan, { kind: "send" }>, { gateway, clock, timings }: ChangeDeps): Promise<ChangeOutcome> {
  const { head, access, facts } = plan;
  // A process that slept too long must not ask under a lease that may have been given away.
  if (clock.now().getTime() + timings.requestMs > plan.leaseUntil.getTime())
    return { state: "queued", errorCode: "orders.change_interrupted", errorText: undefined, params: {}, waitMs: 0 };
  try {
    const change = sentChange({ ...head, facts: storableFacts(facts) }, facts.now);
    if (change === null) throw new Error("the facts of an order cannot be stored");
    await access.port.change(access.context, { ...change, fields: givenFields(change.fields) });
    await report(gateway, workspaceId, head.connectionId, null);
    return { state: "accepted" };
  } catch (error) {
    logger.warn({ changeId: head.id, error: describeError(error) }, "a change of an order was not accepted");
    await report(gateway, workspaceId, head.connectionId, error);
    return outcomeOfError(error, head.attempts);
  }
}

/** The health of a connection is a by-product: failing to note it must not cost the outcome of a change. */
async function report(gateway: OrdersGateway, workspaceId: string, connectionId: string, error: unknown): Promise<void> {
  try {
    await gateway.report(workspaceId, connectionId, error);
  } catch (failure) {
    logger.warn({ connectionId, error: describeError(failure) }, "connection health was not noted");
  }
}

async function record(scope: Scope, plan: Extract<Plan, { kind: "send" }>, outcome: ChangeOutcome, { clock, timings }: ChangeDeps): Promise<void> {
  const { head, order } = plan;
  await lockOrder(scope, order.id);
  const now = clock.now();
  const waitMs = outcome.state === "unknown" ? timings.graceMs : outcome.state === "queued" ? outcome.waitMs : null;
  const isSettled = outcome.state === "accepted" || outcome.state === "rejected";
  const words = outcome.state === "accepted" ? {} : { errorCode: outcome.errorCode, errorParams: outcome.params, errorText: outcome.errorText };
  const mine = await updateChange(scope, {
    changeId: head.id,
    generation: plan.generation,
    from: ["sending"],
    state: outcome.state,
    nextAt: waitMs === null ? null : new Date(now.getTime() + waitMs),
    ...(isSettled ? { settledAt: now } : {}),
    ...words,
  });
  if (!mine) {
    logger.warn({ changeId: head.id, outcome: outcome.state }, "a change was settled by somebody else before its own answer came");
    return;
  }
  if (isSettled) await noteOutcome(scope, head, outcome.state, now);
  if (outcome.state === "rejected") await tellFailure(scope, head, outcome.errorCode);
  await announce(scope, [order.id]);
}
