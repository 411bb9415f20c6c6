import { newId } from "@/lib/ids";
import { storable } from "@/lib/storable";
import { type Clock, systemClock } from "@/server/platform/clock";
import { AppError, conflict, notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import type { Scope } from "@/server/platform/transaction";
import { sendRequested } from "./events";
import { integrationsGateway, type MessagingGateway } from "./gateway";
import { refreshConversation } from "./refresh-conversation";
import { findConversation } from "./repository";
import { draftRefusal, refusalOfState } from "./rules";
import type { SendMessageInput, SendState } from "./schema";
import { addMessages, findBySendId, insertOutgoing } from "./sending.repository";
import { rulesOf, writeStateInput } from "./write-state";

export interface SentMessage {
  readonly messageId: string;
  readonly state: SendState;
  /** The same send id was here before: nothing was written again. */
  readonly repeated: boolean;
}

/**
 * Writes one outgoing message and the event that sets it going, in one transaction. The same send id, however often it comes,
 * is one message.
 * @throws AppError `inbox.conversation_not_found`, `inbox.send_id_taken`, what the channel refuses (`inbox.text_too_long`,
 *   `inbox.file_type`, …) and `inbox.closed.<code>` while writing is closed.
 */
export async function sendMessage(
  scope: Scope,
  userId: string,
  input: SendMessageInput,
  gateway: MessagingGateway = integrationsGateway,
  clock: Clock = systemClock,
): Promise<SentMessage> {
  const conversation = await findConversation(scope, input.conversationId, "lock");
  if (conversation === null) throw notFound("inbox.conversation_not_found");
  const before = await findBySendId(scope, input.sendId);
  if (before !== null) return repeat(before, input.conversationId);
  const { port, facts } = await gateway.describe(scope, conversation.connectionId);
  const now = clock.now();
  const refusal = refusalOfState(port.writeState(facts, writeStateInput(conversation, now)));
  if (refusal !== null) throw new AppError(refusal.code, { status: 409, params: refusal.params });
  const text = input.text === undefined ? undefined : storable(input.text);
  const file =
    input.file === undefined
      ? undefined
      : { name: storable(input.file.name), contentType: input.file.contentType, content: Buffer.from(input.file.base64, "base64") };
  const fault = draftRefusal(rulesOf(port, conversation.channel), { text, file: file === undefined ? undefined : { ...file, size: file.content.byteLength } });
  if (fault !== null) throw new AppError(fault.code, { status: 400, params: fault.params });
  const id = newId();
  const row = {
    id,
    conversationId: conversation.id,
    connectionId: conversation.connectionId,
    sendId: input.sendId,
    authorUserId: userId,
    text: text ?? "",
    file,
    at: now,
  };
  // Taken by another conversation's transaction or, unseen here, by another workspace.
  if (!(await insertOutgoing(scope, row))) throw conflict("inbox.send_id_taken");
  await addMessages(scope, conversation.id, 1);
  await emit(scope.db, [sendRequested.create({ workspaceId: scope.workspaceId, conversationId: conversation.id, messageId: id })]);
  await refreshConversation(scope, conversation.id);
  return { messageId: id, state: "queued", repeated: false };
}

function repeat(before: { readonly id: string; readonly conversationId: string; readonly sendState: SendState | null }, conversationId: string): SentMessage {
  if (before.conversationId !== conversationId || before.sendState === null) throw conflict("inbox.send_id_taken");
  return { messageId: before.id, state: before.sendState, repeated: true };
}
