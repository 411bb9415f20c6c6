import { type Clock, systemClock } from "@/server/platform/clock";
import { AppError, describeError } from "@/server/platform/errors";
import { logger } from "@/server/platform/logger";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { announce } from "../announce";
import { refreshConversation } from "../refresh-conversation";
import { type ConversationFacts, findConversation, lockConversation } from "../repository";
import { backoffMs, refusalOfState } from "../rules";
import { integrationsGateway, isBlocked, type MessagingAccess, type MessagingGateway } from "./gateway";
import {
  adoptExternalId,
  dropSentFile,
  findHead,
  findNewestSourceMoment,
  leaseForSending,
  type OutgoingRow,
  readFileContent,
  touchSentAt,
  updateSend,
} from "./sending.repository";
import { outcomeOfError, SEND_TIMINGS, type SendOutcome, type SendTimings } from "./sending-rules";
import { settleFromHistory } from "./settle-from-history";
import { tellFailure } from "./tell-failure";
import { conversationRef, stateOf } from "./write-state";

export interface DeliveryDeps {
  readonly gateway: MessagingGateway;
  readonly clock: Clock;
  readonly timings: SendTimings;
}

export const DELIVERY_DEPS: DeliveryDeps = { gateway: integrationsGateway, clock: systemClock, timings: SEND_TIMINGS };

/** idle: nothing waits · moved: the head changed, ask again · later: ask again then · person: only a person can settle it. */
export type Delivery = { readonly kind: "idle" | "moved" | "person" } | { readonly kind: "later"; readonly at: Date };

export interface DeliverNextInput {
  readonly workspaceId: string;
  readonly conversationId: string;
}

interface Attempt {
  readonly conversation: ConversationFacts;
  readonly head: OutgoingRow;
  readonly access: MessagingAccess;
}

type Plan =
  | { readonly kind: "done"; readonly delivery: Delivery }
  | ({ readonly kind: "settle" } & Attempt)
  | ({ readonly kind: "send"; readonly generation: number; readonly leaseUntil: Date } & Attempt);

/**
 * Moves the head of a conversation's queue one step: leases and sends it, or settles an unknown outcome from the service's
 * history. Any number of callers may do so at once and any of them may die anywhere: a message that may have left is never
 * sent again before the history has been read.
 */
export async function deliverNext(input: DeliverNextInput, deps: DeliveryDeps = DELIVERY_DEPS): Promise<Delivery> {
  const plan = await inWorkspace(input.workspaceId, (scope) => prepare(scope, input.conversationId, deps));
  if (plan.kind === "done") return plan.delivery;
  if (plan.kind === "settle") return settleFromHistory({ workspaceId: input.workspaceId, ...plan }, deps);
  const outcome = await attempt(input.workspaceId, plan, deps);
  await inWorkspace(input.workspaceId, (scope) => record(scope, plan, outcome, deps));
  return { kind: "moved" };
}

async function prepare(scope: Scope, conversationId: string, deps: DeliveryDeps): Promise<Plan> {
  const done = (delivery: Delivery): Plan => ({ kind: "done", delivery });
  const now = deps.clock.now();
  const conversation = await findConversation(scope, conversationId, "lock");
  const head = conversation === null ? null : await findHead(scope, conversationId);
  if (conversation === null || head === null) return done({ kind: "idle" });
  if (head.state === "sending") return done(await expireLease(scope, head, now, deps));
  if (head.nextAt === null) return done({ kind: "person" });
  if (head.nextAt > now) return done({ kind: "later", at: head.nextAt });
  let access: MessagingAccess;
  try {
    if (isBlocked(await deps.gateway.describe(scope, head.connectionId))) return done(await postpone(scope, head, "inbox.sending_blocked", now));
    access = await deps.gateway.open(scope, head.connectionId);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return done(await postpone(scope, head, error.code, now));
  }
  if (head.state === "unknown") return { kind: "settle", conversation, head, access };
  // The message itself is no answer yet: a channel that takes one only would refuse it on its own account.
  const others = { ...conversation, answers: Math.max(0, conversation.answers - 1) };
  const refusal = refusalOfState(stateOf(access.port, access.context.facts, others, now));
  if (refusal !== null) {
    await updateSend(scope, { messageId: head.id, generation: head.generation, from: ["queued"], state: "rejected", nextAt: null, errorCode: refusal.code });
    await tellFailure(scope, head, refusal.code);
    await refreshConversation(scope, conversationId);
    return done({ kind: "moved" });
  }
  const until = new Date(now.getTime() + deps.timings.leaseMs);
  const after = (await findNewestSourceMoment(scope, conversationId)) ?? new Date(0);
  const generation = await leaseForSending(scope, { messageId: head.id, at: now, until, after });
  await announce(scope, [conversationId]);
  return { kind: "send", conversation, head: { ...head, generation, attempts: head.attempts + 1 }, access, generation, leaseUntil: until };
}

/** Whoever held the lease is gone or slow: from now on its outcome is unknown, and its own answer comes too late. */
async function expireLease(scope: Scope, head: OutgoingRow, now: Date, { timings }: DeliveryDeps): Promise<Delivery> {
  if (head.leaseUntil !== null && head.leaseUntil > now) return { kind: "later", at: head.leaseUntil };
  const at = new Date(now.getTime() + timings.graceMs);
  await updateSend(scope, {
    messageId: head.id,
    generation: head.generation,
    from: ["sending"],
    state: "unknown",
    nextAt: at,
    errorCode: "inbox.send_interrupted",
  });
  await announce(scope, [head.conversationId]);
  return { kind: "later", at };
}

async function postpone(scope: Scope, head: OutgoingRow, errorCode: string, now: Date): Promise<Delivery> {
  const at = new Date(now.getTime() + Math.max(60_000, backoffMs(head.attempts + 1)));
  await updateSend(scope, { messageId: head.id, generation: head.generation, from: [head.state], state: head.state, nextAt: at, errorCode });
  await announce(scope, [head.conversationId]);
  return { kind: "later", at };
}

/** The one place where a message leaves. */
async function attempt(workspaceId: string, plan: Extract<Plan, { kind: "send" }>, { gateway, clock, timings }: DeliveryDeps): Promise<SendOutcome> {
  const { head, access, conversation } = plan;
  const content = head.fileName === null ? null : await inWorkspace(workspaceId, (scope) => readFileContent(scope, head.id));
  if (head.fileName !== null && content === null) return { state: "rejected", errorCode: "inbox.file_gone", errorText: undefined };
  // A process that slept too long must not send under a lease that may have been given away.
  if (clock.now().getTime() + timings.requestMs > plan.leaseUntil.getTime())
    return { state: "queued", errorCode: "inbox.send_interrupted", errorText: undefined, waitMs: 0 };
  try {
    const file = content === null || head.fileName === null ? {} : { file: { name: head.fileName, content } };
    const sent = await access.port.send(access.context, {
      ...conversationRef(conversation),
      ...(head.fileName === null ? { text: head.text } : file),
    });
    await report(gateway, workspaceId, head.connectionId, null);
    return { state: "accepted", externalId: sent.externalId };
  } catch (error) {
    logger.warn({ messageId: head.id, error: describeError(error) }, "a message was not accepted");
    await report(gateway, workspaceId, head.connectionId, error);
    return outcomeOfError(error, head.attempts);
  }
}

/** The health of a connection is a by-product: failing to note it must not cost the outcome of a sending. */
async function report(gateway: MessagingGateway, workspaceId: string, connectionId: string, error: unknown): Promise<void> {
  try {
    await gateway.report(workspaceId, connectionId, error);
  } catch (failure) {
    logger.warn({ connectionId, error: describeError(failure) }, "connection health was not noted");
  }
}

async function record(scope: Scope, plan: Extract<Plan, { kind: "send" }>, outcome: SendOutcome, { clock, timings }: DeliveryDeps): Promise<void> {
  const { head, conversation } = plan;
  await lockConversation(scope, conversation.id);
  const now = clock.now();
  const waitMs = outcome.state === "unknown" ? timings.graceMs : outcome.state === "queued" ? outcome.waitMs : null;
  const words = outcome.state === "accepted" ? {} : { errorCode: outcome.errorCode, errorText: outcome.errorText };
  const mine = await updateSend(scope, {
    messageId: head.id,
    generation: plan.generation,
    from: ["sending"],
    state: outcome.state,
    nextAt: waitMs === null ? null : new Date(now.getTime() + waitMs),
    ...words,
  });
  if (!mine) {
    logger.warn({ messageId: head.id, outcome: outcome.state }, "a sending was settled by somebody else before its own answer came");
    return;
  }
  if (outcome.state === "rejected") await tellFailure(scope, head, outcome.errorCode);
  if (outcome.state === "accepted") {
    await touchSentAt(scope, head.id, now);
    if (outcome.externalId !== undefined && (await adoptExternalId(scope, head.id, conversation.id, outcome.externalId))) await dropSentFile(scope, head.id);
  }
  await refreshConversation(scope, conversation.id);
}
