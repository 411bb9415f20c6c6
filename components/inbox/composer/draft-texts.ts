"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import type { DraftKind } from "@/server/inbox/team/schema";
import { useMayWrite } from "../use-may-write";

const SAVE_AFTER_MS = 800;

/** What this tab has typed; the rest of the drafts is the server's. */
const texts = new Map<string, string>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function put(key: string, text: string | undefined): void {
  if (text === undefined) texts.delete(key);
  else texts.set(key, text);
  for (const listener of listeners) listener();
}

type Next = string | ((before: string) => string);

/**
 * One's own unfinished words: shown as they are typed, kept on the server a moment later, found again in any other browser.
 * They outlive the composer, so a message that is taken back finds its way home from anywhere.
 */
export function useDraftText(conversationId: string, kind: DraftKind): readonly [text: string, set: (next: Next) => void] {
  const trpc = useTRPC();
  const client = useQueryClient();
  const mayWrite = useMayWrite();
  const key = `${conversationId} ${kind}`;
  const typed = useSyncExternalStore(
    subscribe,
    () => texts.get(key),
    () => undefined,
  );
  const options = trpc.inbox.drafts.list.queryOptions({ conversationId }, { enabled: mayWrite === true, refetchOnMount: "always" });
  const { data } = useQuery(options);
  const stored = data?.find((draft) => draft.kind === kind)?.text ?? "";
  const { queryKey } = options;
  const { mutate: save } = useMutation(trpc.inbox.drafts.save.mutationOptions({ scope: { id: `draft ${key}` }, retry: 2 }));
  const text = typed ?? stored;
  // A first word, or none any more: the list shows whose conversations hold a draft.
  const onAppearance = useCallback(() => {
    void client.invalidateQueries(trpc.inbox.list.infiniteQueryFilter());
    void client.invalidateQueries(trpc.inbox.counts.queryFilter());
  }, [client, trpc]);

  const set = useCallback(
    (next: Next) => {
      const before = texts.get(key) ?? client.getQueryData(queryKey)?.find((draft) => draft.kind === kind)?.text ?? "";
      const words = typeof next === "string" ? next : next(before);
      put(key, words);
      clearTimeout(timers.get(key));
      const keep = () => {
        timers.delete(key);
        const had = client.getQueryData(queryKey)?.some((draft) => draft.kind === kind) === true;
        client.setQueryData(queryKey, (drafts = []) => [
          ...drafts.filter((draft) => draft.kind !== kind),
          ...(words.trim() === "" ? [] : [{ kind, text: words, updatedAt: new Date() }]),
        ]);
        save({ conversationId, kind, text: words }, { onSuccess: () => (had === (words.trim() !== "") ? undefined : onAppearance()) });
      };
      timers.set(key, setTimeout(keep, SAVE_AFTER_MS));
    },
    [key, client, queryKey, save, onAppearance, conversationId, kind],
  );

  // What is saved is left to the server: another browser may write on before we come back.
  useEffect(
    () => () => {
      if (!timers.has(key)) put(key, undefined);
    },
    [key],
  );
  return [text, set];
}
