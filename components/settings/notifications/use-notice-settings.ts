"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { toast } from "@/components/ui/toast";
import type { NoticePreferences, noticeSettingsOutput } from "@/server/notifications/schema";

export type NoticeSettings = z.output<typeof noticeSettingsOutput>;

/** A link waits for Start to be pressed in Telegram: looked after so often. */
const WHILE_PENDING_MS = 3_000;

export function useNoticeSettings() {
  const trpc = useTRPC();
  return useQuery(
    trpc.notifications.settings.get.queryOptions(undefined, {
      refetchInterval: (query) => (query.state.data?.telegram.state === "pending" ? WHILE_PENDING_MS : false),
    }),
  );
}

/** Saves a choice as it is made: on the screen at once, taken back with words when the server refuses. */
export function useSavePreferences(): (change: (now: NoticePreferences) => NoticePreferences) => void {
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const key = trpc.notifications.settings.get.queryKey();
  const saveKey = trpc.notifications.settings.save.mutationKey();
  const save = useMutation(
    trpc.notifications.settings.save.mutationOptions({
      // One after the other: the last choice is the one that stays.
      scope: { id: "notice-preferences" },
      onError: (error) => void toast.failed(errorText(error).text),
      // Asked again after the last save only: an answer in between would show, and hand on, the state before the next one.
      onSettled: () =>
        client.isMutating({ mutationKey: saveKey }) === 1 ? client.invalidateQueries(trpc.notifications.settings.get.queryFilter()) : undefined,
    }),
  );
  return (change) => {
    const now = client.getQueryData(key);
    if (now === undefined) return;
    const preferences = change(now.preferences);
    void client.cancelQueries(trpc.notifications.settings.get.queryFilter());
    client.setQueryData(key, { ...now, preferences });
    save.mutate(preferences);
  };
}
