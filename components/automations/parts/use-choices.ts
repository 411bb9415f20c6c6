"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../providers/trpc-provider";

/** What conditions choose from: shops, labels, teams. */
export function useChoices() {
  const trpc = useTRPC();
  const shops = useQuery(trpc.integrations.list.queryOptions());
  const labels = useQuery(trpc.inbox.labels.list.queryOptions());
  const teams = useQuery(trpc.inbox.teams.list.queryOptions());
  return {
    shops: (shops.data ?? []).map(({ id, name, connectorId }) => ({ id, name, system: connectorId })),
    labels: labels.data ?? [],
    teams: teams.data ?? [],
  };
}

export type Choices = ReturnType<typeof useChoices>;
