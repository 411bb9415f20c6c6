import type { Scope } from "@/server/platform/transaction";
import { listConversations } from "./list-conversations";
import { summarizeWaiting } from "./repository";
import { type ConversationSummary, listConversationsInput } from "./schema";

export interface WaitingConversations {
  readonly count: number;
  readonly longestSince: Date | null;
  /** Those who wait longest, first. */
  readonly first: readonly ConversationSummary[];
}

/** Who is owed a reply: how many, since when, and the first few. */
export async function listWaiting(scope: Scope, userId: string, limit: number): Promise<WaitingConversations> {
  const summary = await summarizeWaiting(scope);
  if (summary.count === 0) return { ...summary, first: [] };
  const page = await listConversations(scope, userId, listConversationsInput.parse({ sort: "waiting", limit }));
  return { ...summary, first: page.conversations };
}
