"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "../providers/trpc-provider";
import { useErrorText } from "../providers/use-error-text";
import { toast } from "../ui/toast";
import { applyOverrides, useShortcutMap } from "./shortcut-map";
import { readOverrides, type ShortcutOverrides } from "./shortcut-rules";

/** They change only on the person's own settings page; another tab learns of it when it is looked at again. */
const FRESH_MS = 5 * 60_000;

/** Puts the person's own keys in force; mounted once by the shell. */
export function useOwnShortcuts(): void {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.access.preferences.shortcuts.queryOptions(undefined, { staleTime: FRESH_MS }));
  useEffect(() => {
    if (data !== undefined) applyOverrides(readOverrides(data));
  }, [data]);
}

export interface OwnShortcuts {
  readonly overrides: ShortcutOverrides;
  /** In force at once; back to what they were, in words, when the server did not take them. */
  readonly save: (overrides: ShortcutOverrides) => void;
}

/** The person's own keys, for the page that changes them. */
export function useSaveShortcuts(): OwnShortcuts {
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const { overrides } = useShortcutMap();
  const key = trpc.access.preferences.shortcuts.queryKey();
  const { mutate } = useMutation(
    trpc.access.preferences.saveShortcuts.mutationOptions({
      // One after the other: the last choice is the one that stays.
      scope: { id: "own-shortcuts" },
      onError: (error) => {
        toast.failed(errorText(error).text);
        void client.invalidateQueries({ queryKey: key });
      },
    }),
  );
  return {
    overrides,
    save: (next) => {
      const stored = Object.fromEntries(Object.entries(next).map(([id, keys]) => [id, [...keys]]));
      applyOverrides(next);
      // An answer that is still on its way tells of the keys before these.
      void client.cancelQueries({ queryKey: key });
      client.setQueryData(key, stored);
      mutate(stored);
    },
  };
}
