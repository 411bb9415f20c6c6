import { publish, publishChanged } from "@/server/platform/live";
import type { Scope } from "@/server/platform/transaction";

/** Live events of conversations; without an id: many changed, read the list again. */
export const INBOX_TOPIC = "inbox";
/** Conversations changed hands: who sees only some of them must read the list again, whether they gained or lost one. Names none. */
export const INBOX_MOVED_TOPIC = "inbox-moved";
/** Who looks at or writes in a conversation changed. */
export const PRESENCE_TOPIC = "presence";

/** Tells open browsers, when the transaction commits, which conversations changed. Ids only: what they show is read again with their own rights. */
export async function announce(scope: Scope, conversationIds: readonly string[]): Promise<void> {
  await publishChanged(scope, INBOX_TOPIC, conversationIds);
}

/** Besides `announce`, when an assignment changed. */
export async function announceMoved(scope: Scope): Promise<void> {
  await publish(scope.db, { workspaceId: scope.workspaceId, topic: INBOX_MOVED_TOPIC });
}

export async function announcePresence(scope: Scope, conversationId: string): Promise<void> {
  await publish(scope.db, { workspaceId: scope.workspaceId, topic: PRESENCE_TOPIC, id: conversationId });
}
