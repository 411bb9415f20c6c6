import { newId } from "@/lib/ids";
import { storable } from "@/lib/storable";
import type { Finding } from "@/server/moderation/schema";
import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { AppError, conflict, forbidden, invalid, notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { sendRequested, sendScheduled } from "../events";
import { refreshConversation } from "../refresh-conversation";
import { type ConversationFacts, findConversation } from "../repository";
import { draftRefusal, refusalOfState } from "../rules";
import type { SendMessageInput, SendState } from "../schema";
import { clearDraft } from "../team/drafts";
import { integrationsGateway, type MessagingGateway } from "./gateway";
import { blocked, type Guard, moderationGuard } from "./guard";
import { addMessages, findBySendId, insertOutgoing } from "./sending.repository";
import { LATEST_SEND_DAYS, UNDO_MS } from "./sending-rules";
import { rulesOf, stateOf } from "./write-state";

/** In whose name a message leaves. */
export interface Sender {
  /** Null = a rule of the house. */
  readonly userId: string | null;
  /** May let a message pass the moderation guard. */
  readonly mayOverride: boolean;
}

/** What a rule of the house may say that a person's browser may not. */
export type OutgoingMessageInput = Omit<SendMessageInput, "origin"> & { readonly origin: SendMessageInput["origin"] | "follow_up" | "api" };

export interface SentMessage {
  readonly messageId: string;
  readonly state: SendState;
  /** The same send id was here before: nothing was written again. */
  readonly repeated: boolean;
  /** Until then it can be taken back. */
  readonly releaseAt: Date | null;
}

export interface SendDeps {
  readonly gateway: MessagingGateway;
  readonly guard: Guard;
  readonly clock: Clock;
}

const DEPS: SendDeps = { gateway: integrationsGateway, guard: moderationGuard, clock: systemClock };

/**
 * Writes one outgoing message and the event that sets it going, in one transaction. The same send id, however often it comes,
 * is one message. The guard looks before the transaction: a picture may take it a while, and it must not hold the conversation.
 * @throws AppError `inbox.conversation_not_found`, `inbox.send_id_taken`, what the channel refuses (`inbox.text_too_long`,
 *   `inbox.file_type`, …), `inbox.closed.<code>` while writing is closed, `inbox.guard_blocked`, `inbox.override_forbidden`,
 *   `inbox.send_at_out_of_range`.
 */
export async function sendMessage(workspaceId: string, sender: Sender, input: OutgoingMessageInput, deps: SendDeps = DEPS): Promise<SentMessage> {
  const content = contentOf(input);
  const { findings } = await deps.guard(content);
  return inWorkspace(workspaceId, (scope) => write(scope, sender, input, { ...deps, content, findings }));
}

interface Screened extends SendDeps {
  readonly content: Content;
  readonly findings: readonly Finding[];
}

async function write(scope: Scope, sender: Sender, input: OutgoingMessageInput, { content, findings, ...deps }: Screened): Promise<SentMessage> {
  const conversation = await findConversation(scope, input.conversationId, "lock");
  if (conversation === null) throw notFound("inbox.conversation_not_found");
  const before = await findBySendId(scope, input.sendId);
  if (before !== null) return repeat(before, input.conversationId);
  const now = deps.clock.now();
  await refuseUnsendable(scope, conversation, content, { ...deps, now });
  const override = await letPass(scope, sender, input, findings);
  const releaseAt = releaseMoment(input, now);
  const id = newId();
  const row = {
    id,
    conversationId: conversation.id,
    connectionId: conversation.connectionId,
    sendId: input.sendId,
    authorUserId: sender.userId,
    origin: input.origin,
    override,
    scheduledAt: releaseAt ?? undefined,
    text: content.text ?? "",
    file: content.file,
    at: now,
  };
  // Taken by another conversation's transaction or, unseen here, by another workspace.
  if (!(await insertOutgoing(scope, row))) throw conflict("inbox.send_id_taken");
  await addMessages(scope, conversation.id, 1);
  const ref = { workspaceId: scope.workspaceId, conversationId: conversation.id, messageId: id };
  await emit(scope.db, [releaseAt === null ? sendRequested.create(ref) : sendScheduled.create({ ...ref, at: releaseAt.toISOString() })]);
  if (sender.userId !== null) await clearDraft(scope, { userId: sender.userId, conversationId: conversation.id, kind: "reply" });
  await refreshConversation(scope, conversation.id);
  return { messageId: id, state: releaseAt === null ? "queued" : "scheduled", repeated: false, releaseAt };
}

interface Content {
  readonly text: string | undefined;
  readonly file: { readonly name: string; readonly contentType: string; readonly content: Buffer } | undefined;
}

function contentOf({ text, file }: OutgoingMessageInput): Content {
  return {
    text: text === undefined ? undefined : storable(text),
    file: file === undefined ? undefined : { name: storable(file.name), contentType: file.contentType, content: Buffer.from(file.base64, "base64") },
  };
}

/** What the channel would refuse now is refused before anything is written. */
async function refuseUnsendable(
  scope: Scope,
  conversation: ConversationFacts,
  { text, file }: Content,
  { gateway, now }: SendDeps & { now: Date },
): Promise<void> {
  const { port, facts } = await gateway.describe(scope, conversation.connectionId);
  const refusal = refusalOfState(stateOf(port, facts, conversation, now));
  if (refusal !== null) throw new AppError(refusal.code, { status: 409, params: refusal.params });
  const draft = { text, file: file === undefined ? undefined : { ...file, size: file.content.byteLength } };
  const fault = draftRefusal(rulesOf(port, conversation.channel), draft);
  if (fault !== null) throw new AppError(fault.code, { status: 400, params: fault.params });
}

/** @returns who lets it pass and why, when somebody has to. */
async function letPass(
  scope: Scope,
  sender: Sender,
  { conversationId, override }: OutgoingMessageInput,
  findings: readonly Finding[],
): Promise<{ byId: string; reason: string } | undefined> {
  if (override !== undefined && (!sender.mayOverride || sender.userId === null)) throw forbidden("inbox.override_forbidden");
  // Nothing to let pass: the audit must not tell of a block there was not.
  if (findings.length === 0) return undefined;
  if (override === undefined || sender.userId === null) throw blocked(findings);
  await writeAudit(scope, {
    actor: { kind: "user", id: sender.userId },
    action: "message.guard_overridden",
    subject: { type: "conversation", id: conversationId },
    details: { reason: override.reason, findings: findings.map(({ kind, matched }) => ({ kind, matched })) },
  });
  return { byId: sender.userId, reason: override.reason };
}

function releaseMoment({ sendAt, undoable }: OutgoingMessageInput, now: Date): Date | null {
  if (sendAt === undefined) return undoable ? new Date(now.getTime() + UNDO_MS) : null;
  if (sendAt.getTime() > now.getTime() + LATEST_SEND_DAYS * 86_400_000) throw invalid("inbox.send_at_out_of_range", { days: LATEST_SEND_DAYS });
  return sendAt <= now ? null : sendAt;
}

function repeat(
  before: { readonly id: string; readonly conversationId: string; readonly sendState: SendState | null; readonly sendScheduledAt: Date | null },
  conversationId: string,
): SentMessage {
  if (before.conversationId !== conversationId || before.sendState === null) throw conflict("inbox.send_id_taken");
  return { messageId: before.id, state: before.sendState, repeated: true, releaseAt: before.sendState === "scheduled" ? before.sendScheduledAt : null };
}
