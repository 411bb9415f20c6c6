import { RESYNC, subscribe } from "@/server/platform/live";
import { INBOX_TOPIC } from "./announce";

/** Changed conversations of a workspace as they are committed; null = many at once or some were missed: read the list again. */
export async function* watchInbox(workspaceId: string, signal: AbortSignal): AsyncGenerator<{ conversationId: string | null }> {
  for await (const event of subscribe(workspaceId, signal)) {
    if (event.topic === RESYNC) yield { conversationId: null };
    else if (event.topic === INBOX_TOPIC) yield { conversationId: event.id ?? null };
  }
}
