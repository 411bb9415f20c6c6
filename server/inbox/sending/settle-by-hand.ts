import { type AuditActor, writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { conflict, notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import type { Scope } from "@/server/platform/transaction";
import { sendRequested } from "../events";
import { refreshConversation } from "../refresh-conversation";
import { lockConversation } from "../repository";
import type { SendState } from "../schema";
import { dropSentFile, findOutgoing, type OutgoingRow, updateSend } from "./sending.repository";

/** The message, with its conversation locked, so that no delivery moves it meanwhile. */
async function lockOutgoing(scope: Scope, messageId: string): Promise<OutgoingRow> {
  const seen = await findOutgoing(scope, messageId);
  if (seen === null) throw notFound("inbox.message_not_found");
  await lockConversation(scope, seen.conversationId);
  const row = await findOutgoing(scope, messageId);
  if (row === null) throw notFound("inbox.message_not_found");
  return row;
}

/**
 * Takes back a message that has not left. Its text is given back; the row stays and says that it was cancelled.
 * @throws AppError `inbox.message_not_found`, `inbox.cannot_cancel` (it is on its way or has left).
 */
export async function cancelSend(scope: Scope, messageId: string): Promise<{ text: string }> {
  const row = await lockOutgoing(scope, messageId);
  if (row.state !== "queued" && row.state !== "scheduled") throw conflict("inbox.cannot_cancel", { state: row.state });
  await updateSend(scope, {
    messageId,
    generation: row.generation,
    from: ["queued", "scheduled"],
    state: "rejected",
    nextAt: null,
    errorCode: "inbox.send_cancelled",
  });
  await dropSentFile(scope, messageId);
  await wakeQueue(scope, row);
  await refreshConversation(scope, row.conversationId);
  return { text: row.text };
}

/**
 * A person looked into the marketplace's own cabinet and knows what became of a message of unknown outcome.
 * "Was sent" waits for the history to confirm it; "send again" puts it back into the queue.
 * @throws AppError `inbox.message_not_found`, `inbox.not_unknown`.
 */
export async function settleByHand(
  scope: Scope,
  input: { readonly messageId: string; readonly outcome: "was_sent" | "send_again" },
  actor: AuditActor,
  clock: Clock = systemClock,
): Promise<{ state: SendState }> {
  const row = await lockOutgoing(scope, input.messageId);
  if (row.state !== "unknown") throw conflict("inbox.not_unknown", { state: row.state });
  const state = input.outcome === "was_sent" ? ("accepted" as const) : ("queued" as const);
  await updateSend(scope, { messageId: row.id, generation: row.generation, from: ["unknown"], state, nextAt: state === "queued" ? clock.now() : null });
  await writeAudit(scope, { actor, action: "message.settled_by_hand", subject: { type: "message", id: row.id }, details: { outcome: input.outcome } });
  await wakeQueue(scope, row);
  await refreshConversation(scope, row.conversationId);
  return { state };
}

/** What waited behind this message may go now. */
async function wakeQueue(scope: Scope, row: OutgoingRow): Promise<void> {
  await emit(scope.db, [sendRequested.create({ workspaceId: scope.workspaceId, conversationId: row.conversationId, messageId: row.id })]);
}
