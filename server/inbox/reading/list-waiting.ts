import type { Viewer } from "@/server/access/index";
import type { Scope } from "@/server/platform/transaction";
import { type ConversationSummary, listConversationsInput } from "../schema";
import { summarizeWaiting, type WaitingSummary } from "./counts.repository";
import { listConversations } from "./list-conversations";

export interface WaitingConversations extends WaitingSummary {
  /** Those whose reply is late, the latest first; then those who wait longest. */
  readonly first: readonly ConversationSummary[];
}

/** Who of those the viewer may see is owed a reply: how many, how many too late, since when, and the first few. */
export async function listWaiting(scope: Scope, viewer: Viewer, limit: number, now: Date): Promise<WaitingConversations> {
  const summary = await summarizeWaiting(scope, viewer, now);
  if (summary.count === 0) return { ...summary, first: [] };
  const late =
    summary.overdue === 0 ? [] : (await listConversations(scope, viewer, listConversationsInput.parse({ overdue: true, sort: "due", limit }))).conversations;
  const known = new Set(late.map(({ id }) => id));
  const longest = late.length >= limit ? [] : (await listConversations(scope, viewer, listConversationsInput.parse({ sort: "waiting", limit }))).conversations;
  return { ...summary, first: [...late, ...longest.filter(({ id }) => !known.has(id))].slice(0, limit) };
}
