"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import type { PresenceEntry } from "@/server/inbox/team/schema";

/** Presence is good for 20 seconds; a sign every twelve keeps it through one lost request. */
const SIGN_MS = 12_000;
/** Somebody who has not pressed a key for so long only looks. */
const TYPING_MS = 6_000;
const NOBODY: readonly PresenceEntry[] = [];

/** Says that we look at a conversation or write in it, and who else does. */
export function usePresence(conversationId: string | undefined) {
  const trpc = useTRPC();
  const { mutate: touch } = useMutation(trpc.inbox.presence.touch.mutationOptions({ retry: false }));
  const { mutate: leave } = useMutation(trpc.inbox.presence.leave.mutationOptions({ retry: false }));
  const typedAt = useRef(Number.NEGATIVE_INFINITY);
  const { data: others } = useQuery(
    trpc.inbox.presence.list.queryOptions(
      { conversationId: conversationId ?? "" },
      {
        enabled: conversationId !== undefined,
        // The next moment at which somebody may be gone without a word.
        refetchInterval: ({ state }) => {
          const soonest = Math.min(...(state.data ?? []).map(({ until }) => until.getTime()));
          return Number.isFinite(soonest) ? Math.max(1_000, soonest - Date.now() + 500) : false;
        },
      },
    ),
  );

  useEffect(() => {
    if (conversationId === undefined) return;
    const sign = () => {
      if (document.visibilityState !== "visible") return;
      touch({ conversationId, activity: performance.now() - typedAt.current < TYPING_MS ? "typing" : "viewing" });
    };
    sign();
    const timer = setInterval(sign, SIGN_MS);
    document.addEventListener("visibilitychange", sign);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", sign);
      typedAt.current = Number.NEGATIVE_INFINITY;
      leave({ conversationId });
    };
  }, [conversationId, touch, leave]);

  const onTyping = useCallback(() => {
    const now = performance.now();
    const isNews = now - typedAt.current > TYPING_MS;
    typedAt.current = now;
    if (isNews && conversationId !== undefined) touch({ conversationId, activity: "typing" });
  }, [conversationId, touch]);
  return { others: others ?? NOBODY, onTyping };
}
