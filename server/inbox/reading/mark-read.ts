import type { Viewer } from "@/server/access/index";
import { notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { announce } from "../announce";
import { readRequested } from "../events";
import { findConversation, findNewestBuyerMessageId, findReadMoment, saveRead } from "../repository";
import { integrationsGateway, type MessagingGateway } from "../sending/gateway";
import { conversationRef } from "../sending/write-state";
import { saveUnread } from "../team/change.repository";
import { threadIds } from "../team/thread-ids";

/**
 * Notes how far a person has read a thread; never goes backwards. The service is told later, by a function, where it can be told.
 * @throws AppError `inbox.conversation_not_found`, `inbox.message_not_found`.
 */
export async function markRead(
  scope: Scope,
  viewer: Viewer,
  input: { readonly conversationId: string; readonly messageId?: string | undefined },
): Promise<{ readAt: Date | null }> {
  const ids = await threadIds(scope, viewer, input.conversationId);
  const readAt = await findReadMoment(scope, ids, input.messageId);
  if (readAt === null) {
    if (input.messageId !== undefined) throw notFound("inbox.message_not_found");
    return { readAt: null };
  }
  const news: string[] = [];
  for (const id of ids) if (await saveRead(scope, id, viewer.userId, readAt)) news.push(id);
  if (news.length > 0) await announce(scope, ids);
  for (const conversationId of news) {
    const messageExternalId = await findNewestBuyerMessageId(scope, conversationId);
    if (messageExternalId !== null) await emit(scope.db, [readRequested.create({ workspaceId: scope.workspaceId, conversationId, messageExternalId })]);
  }
  return { readAt };
}

/** Puts a mark on a thread for oneself, to come back to it; reading it takes the mark off. @throws AppError `inbox.conversation_not_found`. */
export async function markUnread(scope: Scope, viewer: Viewer, conversationId: string): Promise<void> {
  const [headId] = await threadIds(scope, viewer, conversationId);
  if (headId !== undefined) await announce(scope, await saveUnread(scope, [headId], viewer.userId));
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
  await port.markRead(opened.access.context, { ...conversationRef(opened.conversation), messageExternalId: input.messageExternalId });
  return { told: true };
}
