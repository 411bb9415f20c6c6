"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useRef } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";

/** A synchronisation or a round of requests changes much in one moment: what is shown is read again once for all of it. */
const GAP_MS = 1_000;

/** Keeps what the page shows of the catalog equal to the database: after every committed change it is read again. */
export function useLiveCatalog(): void {
  const trpc = useTRPC();
  const client = useQueryClient();
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  useSubscription(
    trpc.catalog.live.subscriptionOptions(undefined, {
      onData: () => {
        timer.current ??= window.setTimeout(() => {
          timer.current = undefined;
          void client.invalidateQueries(trpc.catalog.pathFilter());
        }, GAP_MS);
      },
    }),
  );
}
