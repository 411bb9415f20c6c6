import type { InfiniteData, QueryClient, QueryFilters } from "@tanstack/react-query";
import type { ThreadPage } from "@/server/inbox/schema";

/** By which ids a conversation is on the screen: its own, and the head's whose merged thread shows it. */
export function shownAs(client: QueryClient, threads: QueryFilters, conversationId: string): readonly string[] {
  const heads = client.getQueriesData<InfiniteData<ThreadPage>>(threads).flatMap(([, data]) => {
    const newest = data?.pages[0];
    return newest?.parts.some((part) => part.conversationId === conversationId) ? [newest.conversation.id] : [];
  });
  return [...new Set([conversationId, ...heads])];
}
