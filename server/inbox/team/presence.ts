import type { Viewer } from "@/server/access/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import type { Scope } from "@/server/platform/transaction";
import { announcePresence } from "../announce";
import { requireVisible } from "../visibility.repository";
import { deletePresence, listPresenceRows, purgePresence, savePresence } from "./presence.repository";
import { PRESENCE_MS } from "./rules";
import { activitySchema, type PresenceEntry } from "./schema";
import { threadIds } from "./thread-ids";

/** Rows this long dead are swept by whoever comes next. */
const DEAD_MS = 60 * 60_000;

/** "I look at this", "I write here": good for 20 seconds. Browsers hear of it only when it is news. @throws AppError `inbox.conversation_not_found`. */
export async function touchPresence(
  scope: Scope,
  viewer: Viewer,
  input: { readonly conversationId: string; readonly activity: "viewing" | "typing" },
  clock: Clock = systemClock,
): Promise<void> {
  await requireVisible(scope, viewer, input.conversationId);
  const now = clock.now();
  const isNews = await savePresence(scope, { ...input, userId: viewer.userId, now, until: new Date(now.getTime() + PRESENCE_MS) });
  if (!isNews) return;
  await purgePresence(scope, new Date(now.getTime() - DEAD_MS));
  await announcePresence(scope, input.conversationId);
}

export async function leavePresence(scope: Scope, viewer: Viewer, conversationId: string): Promise<void> {
  await requireVisible(scope, viewer, conversationId);
  if (await deletePresence(scope, conversationId, viewer.userId)) await announcePresence(scope, conversationId);
}

/** Who else is in the thread now. @throws AppError `inbox.conversation_not_found`. */
export async function listPresence(scope: Scope, viewer: Viewer, conversationId: string, clock: Clock = systemClock): Promise<PresenceEntry[]> {
  const rows = await listPresenceRows(scope, await threadIds(scope, viewer, conversationId), viewer.userId, clock.now());
  return rows.map((row) => ({ ...row, activity: activitySchema.catch("viewing").parse(row.activity) }));
}
