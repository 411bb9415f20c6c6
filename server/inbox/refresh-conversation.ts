import type { Scope } from "@/server/platform/transaction";
import { announce } from "./announce";
import { readThreadFacts } from "./ingest.repository";
import { saveThreadFacts } from "./repository";
import { owedSince, previewOf } from "./rules";

/** Brings a conversation's last message and waiting up to date with its messages, and tells the browsers. Call with it locked. */
export async function refreshConversation(scope: Scope, conversationId: string): Promise<void> {
  const [fact] = await readThreadFacts(scope, [conversationId]);
  if (fact === undefined) return;
  await saveThreadFacts(scope, conversationId, {
    lastMessageAt: fact.lastMessageAt,
    preview: previewOf(fact.lastText ?? "", fact.lastAttachmentName ?? undefined),
    lastSide: fact.lastSide,
    waitingSince: owedSince(fact.status, fact.owedSince),
  });
  await announce(scope, [conversationId]);
}
