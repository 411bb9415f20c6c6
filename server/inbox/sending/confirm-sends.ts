import { AppError } from "@/server/platform/errors";
import { inWorkspace } from "@/server/platform/transaction";
import { ingestConversations } from "../ingest/ingest-conversations";
import { findConversation } from "../repository";
import { DELIVERY_DEPS, type DeliveryDeps } from "./deliver-next";
import { findOldestUnconfirmed } from "./sending.repository";
import { readRef } from "./write-state";

export interface ConfirmInput {
  readonly workspaceId: string;
  readonly conversationId: string;
}

/**
 * Reads the conversation back soon after a message was accepted, so that the thread shows it confirmed without waiting for the
 * next poll. A courtesy: when it cannot be read now, the poll will confirm it.
 */
export async function confirmSends(input: ConfirmInput, deps: Pick<DeliveryDeps, "gateway"> = DELIVERY_DEPS): Promise<{ read: boolean }> {
  const opened = await inWorkspace(input.workspaceId, async (scope) => {
    const conversation = await findConversation(scope, input.conversationId, "look");
    const since = await findOldestUnconfirmed(scope, input.conversationId);
    if (conversation === null || since === null) return null;
    return { conversation, since, access: await deps.gateway.open(scope, conversation.connectionId) };
  });
  if (opened === null) return { read: false };
  const { conversation, since, access } = opened;
  try {
    const history = await access.port.readConversation(access.context, { ...readRef(conversation), since });
    await inWorkspace(input.workspaceId, (scope) =>
      ingestConversations(scope, {
        connection: { id: conversation.connectionId, organizationId: conversation.organizationId },
        conversations: [history],
        source: "push",
        isSame: (sent, found) => access.port.isSame(sent, found),
      }),
    );
    return { read: true };
  } catch (error) {
    if (error instanceof AppError) return { read: false };
    throw error;
  }
}
