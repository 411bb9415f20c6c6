"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { type CommandSearch, useCommandSearch } from "@/components/layout/commands";
import { useTRPC } from "@/components/providers/trpc-provider";
import { buyerLabel } from "../buyer-label";

const FOUND = 6;

/** Conversations in the command bar, from every page. */
export function useConversationSearch() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const t = useTranslations("inbox");
  const search = useCallback<CommandSearch>(
    async (query, signal) => {
      const { conversations } = await client.fetchQuery(trpc.inbox.list.queryOptions({ search: query, limit: FOUND }, { staleTime: 10_000 }));
      if (signal.aborted) return [];
      return conversations.map((conversation) => ({
        id: `conversation.${conversation.id}`,
        label: buyerLabel(conversation, t),
        hint: conversation.lastMessagePreview,
        group: t("conversations"),
        run: () => router.push(`/inbox?view=all&conversation=${conversation.id}`),
      }));
    },
    [client, trpc, router, t],
  );
  useCommandSearch("inbox", search);
}
