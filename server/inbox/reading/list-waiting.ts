import type { Viewer } from "@/server/access/index";
import type { Scope } from "@/server/platform/transaction";
import { type ConversationSummary, listConversationsInput } from "../schema";
import { summarizeWaiting } from "./counts.repository";
import { listConversations } from "./list-conversations";

export interface WaitingConversations {
  readonly count: number;
  readonly longestSince: Date | null;
  /** Those who wait longest, first. */
  readonly first: readonly ConversationSummary[];
}

/** Who of those the viewer may see is owed a reply: how many, since when, and the first few. */
export async function listWaiting(scope: Scope, viewer: Viewer, limit: number): Promise<WaitingConversations> {
  const summary = await summarizeWaiting(scope, viewer);
  if (summary.count === 0) return { ...summary, first: [] };
  const page = await listConversations(scope, viewer, listConversationsInput.parse({ sort: "waiting", limit }));
  return { ...summary, first: page.conversations };
}
