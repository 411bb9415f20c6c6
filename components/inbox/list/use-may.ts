"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/providers/trpc-provider";
import type { Permission } from "@/server/access/schema";

/** What the signed-in member may do; false until it is known. The server checks again. */
export function useMay(permission: Permission): boolean {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.access.session.me.queryOptions());
  return data?.permissions.includes(permission) ?? false;
}
