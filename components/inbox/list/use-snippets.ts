"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import type { SearchHit } from "@/server/inbox/schema";

const SHORTEST = 2;
const HITS = 50;
const none: ReadonlyMap<string, SearchHit["snippet"]> = new Map();

/** For a search: the newest found stretch of each conversation, with the words that matched. */
export function useSnippets(words: string): ReadonlyMap<string, SearchHit["snippet"]> {
  const trpc = useTRPC();
  const query = words.trim();
  const enabled = query.length >= SHORTEST;
  const { data } = useQuery(trpc.inbox.search.queryOptions({ query, limit: HITS }, { enabled, placeholderData: keepPreviousData, staleTime: 60_000 }));
  return useMemo(() => {
    if (!enabled || data === undefined) return none;
    const found = new Map<string, SearchHit["snippet"]>();
    for (const hit of data.hits) if (!found.has(hit.conversationId)) found.set(hit.conversationId, hit.snippet);
    return found;
  }, [data, enabled]);
}
