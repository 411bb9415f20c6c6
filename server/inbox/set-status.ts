import { conflict, notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { refreshConversation } from "./refresh-conversation";
import { findConversation, updateStatus } from "./repository";
import type { ConversationStatus } from "./schema";

/**
 * Resolving ends the buyer's wait until they write again; opening counts it anew.
 * @throws AppError `inbox.conversation_not_found`, `inbox.closed_by_service` (a chat the service closed stays closed).
 */
export async function setStatus(
  scope: Scope,
  input: { readonly conversationId: string; readonly status: "open" | "pending" | "resolved" },
): Promise<{ status: ConversationStatus }> {
  const conversation = await findConversation(scope, input.conversationId, "lock");
  if (conversation === null) throw notFound("inbox.conversation_not_found");
  if (conversation.status === "closed") throw conflict("inbox.closed_by_service");
  await updateStatus(scope, input.conversationId, input.status);
  await refreshConversation(scope, input.conversationId);
  return { status: input.status };
}
