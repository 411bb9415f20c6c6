"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { isAttended } from "./duties";
import { useUnreadCount } from "./use-unread";

const PLACES = ["/inbox", "/reviews"];

/** What of the inbox is on the screen, by the address. */
export function useOpenConversation() {
  const pathname = usePathname();
  const parameters = useSearchParams();
  const listIsOpen = PLACES.includes(pathname);
  return { listIsOpen, openConversationId: listIsOpen ? parameters.get("conversation") : null };
}

/**
 * What a person was told about a conversation is seen once they have it open before them. Asked again whenever the count changes, so
 * that nothing stays unread that came while the stream was down. @param unread as it is known now
 */
export function useReadWhileOpen(conversationId: string | null, unread: number): void {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { putEverywhere } = useUnreadCount();
  const waits = useRef(false);
  const { mutate } = useMutation(
    trpc.notifications.markConversationRead.mutationOptions({
      onSuccess: ({ unread }) => {
        putEverywhere(unread);
        return client.invalidateQueries(trpc.notifications.list.infiniteQueryFilter());
      },
    }),
  );
  const read = useCallback(() => {
    if (conversationId === null || unread === 0) return;
    waits.current = !isAttended();
    if (!waits.current) mutate({ conversationId });
  }, [conversationId, unread, mutate]);

  useEffect(() => {
    waits.current = false;
    read();
    const onFocus = () => (waits.current ? read() : undefined);
    window.addEventListener("focus", onFocus);
    return () => window.removeEventListener("focus", onFocus);
  }, [read]);
}
