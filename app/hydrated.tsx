import { dehydrate, HydrationBoundary, type QueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { makeQueryClient } from "@/components/providers/query-client";
import { serverQueries } from "@/server/trpc/caller";

export interface HydratedProps {
  /** Starts the queries of the view below; each is `client.prefetchQuery(api.….queryOptions())`. A failed one is asked again by the browser. */
  readonly prefetch: (api: ReturnType<typeof serverQueries>, client: QueryClient) => readonly Promise<unknown>[];
  readonly children: ReactNode;
}

/** Renders a view with its data already there: the same query keys are found by `useTRPC()` in the browser. */
export async function Hydrated({ prefetch, children }: HydratedProps) {
  const client = makeQueryClient();
  await Promise.all(prefetch(serverQueries(client), client));
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
