"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import type { OrderQuery } from "./filters";

export const ORDERS_PAGE = 60;

/** The list for a query, page by page; what is shown stays while another query is fetched. */
export function useOrders(query: OrderQuery) {
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.orders.list.infiniteQueryOptions(
      { ...query, limit: ORDERS_PAGE },
      { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: (before) => before },
    ),
  );
  // A row that moved between two pages while they were read stands in both.
  const orders = useMemo(() => [...new Map(list.data?.pages.flatMap((page) => page.orders).map((order) => [order.id, order]) ?? []).values()], [list.data]);
  return { list, orders };
}

export type Orders = ReturnType<typeof useOrders>;
