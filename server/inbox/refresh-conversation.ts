import { type Clock, systemClock } from "@/server/platform/clock";
import type { Scope } from "@/server/platform/transaction";
import { afterChange } from "./after-change";
import { readThreadFacts } from "./ingest/ingest.repository";
import { saveThreadFacts } from "./repository";
import { threadHeadOf } from "./rules";

/** Brings conversations' last message and waiting up to date with their messages, and all that follows. Call with them locked. */
export async function refreshConversations(scope: Scope, conversationIds: readonly string[], clock: Clock = systemClock): Promise<void> {
  if (conversationIds.length === 0) return;
  await saveThreadFacts(scope, (await readThreadFacts(scope, conversationIds)).map(threadHeadOf));
  await afterChange(scope, conversationIds, clock);
}

export async function refreshConversation(scope: Scope, conversationId: string): Promise<void> {
  await refreshConversations(scope, [conversationId]);
}
