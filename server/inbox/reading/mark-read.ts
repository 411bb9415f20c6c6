import { notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { announce } from "./announce";
import { readRequested } from "./events";
import { integrationsGateway, type MessagingGateway } from "./gateway";
import { findConversation, findNewestBuyerMessageId, findReadMoment, saveRead } from "./repository";

/**
 * Notes how far a person has read; never goes backwards. The service is told later, by a function, where it can be told.
 * @throws AppError `inbox.conversation_not_found`, `inbox.message_not_found`.
 */
export async function markRead(
  scope: Scope,
  userId: string,
  input: { readonly conversationId: string; readonly messageId?: string | undefined },
): Promise<{ readAt: Date | null }> {
  if ((await findConversation(scope, input.conversationId, "look")) === null) throw notFound("inbox.conversation_not_found");
  const readAt = await findReadMoment(scope, input.conversationId, input.messageId);
  if (readAt === null) {
    if (input.messageId !== undefined) throw notFound("inbox.message_not_found");
    return { readAt: null };
  }
  if (!(await saveRead(scope, input.conversationId, userId, readAt))) return { readAt };
  await announce(scope, [input.conversationId]);
  const messageExternalId = await findNewestBuyerMessageId(scope, input.conversationId);
  if (messageExternalId !== null)
    await emit(scope.db, [readRequested.create({ workspaceId: scope.workspaceId, conversationId: input.conversationId, messageExternalId })]);
  return { readAt };
}

/** Tells the service; connectors without such a call, and chats that are closed to us, are left alone. */
export async function markReadRemotely(
  input: { readonly workspaceId: string; readonly conversationId: string; readonly messageExternalId: string },
  gateway: MessagingGateway = integrationsGateway,
): Promise<{ told: boolean }> {
  const opened = await inWorkspace(input.workspaceId, async (scope) => {
    const conversation = await findConversation(scope, input.conversationId, "look");
    return conversation === null ? null : { conversation, access: await gateway.open(scope, conversation.connectionId) };
  });
  const port = opened?.access.port;
  if (opened === null || port?.markRead === undefined) return { told: false };
  await port.markRead(opened.access.context, { conversationExternalId: opened.conversation.externalId, messageExternalId: input.messageExternalId });
  return { told: true };
}
