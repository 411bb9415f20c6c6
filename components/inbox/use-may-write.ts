"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/providers/trpc-provider";

/** Whether the person's role lets them answer and resolve; undefined until it is known. The server checks again. */
export function useMayWrite(): boolean | undefined {
  const trpc = useTRPC();
  const { data: me } = useQuery(trpc.access.session.me.queryOptions());
  return me?.permissions.includes("inbox.write");
}
