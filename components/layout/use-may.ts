"use client";

import { useQuery } from "@tanstack/react-query";
import type { Permission } from "@/server/access/schema";
import { useTRPC } from "../providers/trpc-provider";

/** What the signed-in member may do; false until it is known. */
export function useMay(permission: Permission): boolean {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.access.session.me.queryOptions());
  return data?.permissions.includes(permission) ?? false;
}
