import { ConnectorError } from "@/server/integrations/contract/errors";
import type { ExternalConversation } from "@/server/integrations/contract/records";
import { describeError } from "@/server/platform/errors";
import { logger } from "@/server/platform/logger";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { ingestConversations } from "../ingest/ingest-conversations";
import { refreshConversation } from "../refresh-conversation";
import { type ConversationFacts, lockConversation } from "../repository";
import { backoffMs } from "../rules";
import type { Delivery, DeliveryDeps } from "./deliver-next";
import type { MessagingAccess } from "./gateway";
import { findOutgoing, hasUnexplainedSellerMessage, type OutgoingRow, updateSend } from "./sending.repository";
import { tellFailure } from "./tell-failure";
import { readRef } from "./write-state";

export interface SettleInput {
  readonly workspaceId: string;
  readonly conversation: ConversationFacts;
  readonly head: OutgoingRow;
  readonly access: MessagingAccess;
}

/**
 * Finds out whether a message whose outcome is unknown has arrived. The look goes through the ordinary ingest, which gives every
 * sending its own history entry, so two equal texts are never mixed up.
 * Found → confirmed. Absent for certain → back into the queue. Not provable → stays unknown and asks a person.
 */
export async function settleFromHistory(input: SettleInput, deps: DeliveryDeps): Promise<Delivery> {
  const { conversation, head, access } = input;
  let history: ExternalConversation;
  try {
    history = await access.port.readConversation(access.context, { ...readRef(conversation), since: head.after ?? new Date(0) });
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return inWorkspace(input.workspaceId, (scope) => lookAgainLater(scope, head, error, deps));
  }
  return inWorkspace(input.workspaceId, (scope) => judge(scope, input, history, deps));
}

async function lookAgainLater(scope: Scope, head: OutgoingRow, error: ConnectorError, { clock, timings }: DeliveryDeps): Promise<Delivery> {
  logger.warn({ messageId: head.id, error: describeError(error) }, "an unknown sending could not be looked up");
  await lockConversation(scope, head.conversationId);
  const given = head.checks + 1 >= timings.maxChecks;
  const at = given ? null : new Date(clock.now().getTime() + backoffMs(head.checks + 1, error.retryAfterMs));
  const errorCode = given ? "inbox.send_unprovable" : error.code;
  await updateSend(scope, {
    messageId: head.id,
    generation: head.generation,
    from: ["unknown"],
    state: "unknown",
    nextAt: at,
    errorCode,
    errorText: error.remoteText,
    checked: true,
  });
  if (given) await tellFailure(scope, head, errorCode);
  await refreshConversation(scope, head.conversationId);
  return at === null ? { kind: "person" } : { kind: "later", at };
}

async function judge(scope: Scope, { conversation, head, access }: SettleInput, history: ExternalConversation, { clock }: DeliveryDeps): Promise<Delivery> {
  await lockConversation(scope, conversation.id);
  await ingestConversations(scope, {
    connection: { id: conversation.connectionId, organizationId: conversation.organizationId },
    conversations: [history],
    source: "push",
    isSame: (sent, found) => access.port.isSame(sent, found),
  });
  const now = await findOutgoing(scope, head.id);
  if (now === null || now.state !== "unknown" || now.generation !== head.generation) return { kind: "moved" };
  const doubtful = await hasUnexplainedSellerMessage(scope, conversation.id, head.after ?? new Date(0));
  const base = { messageId: head.id, generation: head.generation, from: ["unknown" as const], checked: true };
  if (doubtful) {
    await updateSend(scope, { ...base, state: "unknown", nextAt: null, errorCode: "inbox.send_unprovable" });
    await tellFailure(scope, head, "inbox.send_unprovable");
  } else {
    await updateSend(scope, { ...base, state: "queued", nextAt: clock.now(), errorCode: "inbox.send_not_arrived" });
  }
  await refreshConversation(scope, conversation.id);
  return { kind: doubtful ? "person" : "moved" };
}
