"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";

const KEPT_MS = 5 * 60_000;

/** Names of people, teams, labels and shops by id, as far as they still exist. */
export function useNames() {
  const trpc = useTRPC();
  const { data: people } = useQuery(trpc.inbox.people.list.queryOptions(undefined, { staleTime: KEPT_MS }));
  const { data: teams } = useQuery(trpc.inbox.teams.list.queryOptions(undefined, { staleTime: KEPT_MS }));
  const { data: labels } = useQuery(trpc.inbox.labels.list.queryOptions(undefined, { staleTime: KEPT_MS }));
  const { data: shops } = useQuery(trpc.integrations.list.queryOptions(undefined, { staleTime: KEPT_MS }));
  return useMemo(() => {
    const names = new Map<string, string>();
    for (const { userId, name } of people ?? []) names.set(userId, name);
    for (const { id, name } of [...(teams ?? []), ...(labels ?? []), ...(shops ?? [])]) names.set(id, name);
    return { names, people: people ?? [], teams: teams ?? [], labels: labels ?? [], shops: shops ?? [] };
  }, [people, teams, labels, shops]);
}

export type Names = ReturnType<typeof useNames>;
