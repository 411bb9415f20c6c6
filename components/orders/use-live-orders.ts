"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useRef } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";

/** Many orders may change in one moment (a synchronisation): the list is read again once for all of them. */
const GAP_MS = 1_000;

/** Keeps what the page shows equal to the database: an event names the changed orders, and these are read again. */
export function useLiveOrders(): void {
  const trpc = useTRPC();
  const client = useQueryClient();
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const readLists = () => {
    timer.current ??= window.setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries(trpc.orders.list.infiniteQueryFilter());
      void client.invalidateQueries(trpc.orders.counts.queryFilter());
    }, GAP_MS);
  };
  useSubscription(
    trpc.orders.live.subscriptionOptions(undefined, {
      onData: (event) => {
        const { orderIds } = "data" in event ? event.data : event;
        if (orderIds === null) void client.invalidateQueries(trpc.orders.get.queryFilter());
        else for (const orderId of orderIds) void client.invalidateQueries(trpc.orders.get.queryFilter({ orderId }));
        readLists();
      },
    }),
  );
}
