"use client";

import { useQuery } from "@tanstack/react-query";
import { usePublishCount } from "@/components/layout/signals";
import { useTRPC } from "@/components/providers/trpc-provider";

const REFRESH_MS = 60_000;

/** Puts the number of late orders beside the navigation's entry. For the workspace's layout; only for those who may see orders. Draws nothing. */
export function OrderSignals() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.orders.toShip.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  usePublishCount("orders", data?.late ?? 0);
  return null;
}
