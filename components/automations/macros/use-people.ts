"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../providers/trpc-provider";

/** Who conversations can be given to. */
export function usePeople(): readonly { readonly id: string; readonly name: string }[] {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.inbox.people.list.queryOptions());
  return (data ?? []).filter(({ canBeAssigned }) => canBeAssigned).map(({ userId, name }) => ({ id: userId, name }));
}
