import type { QueryClient } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { cache } from "react";
import { createContext } from "./context";
import { appRouter } from "./root";

/** One context (and one session query) for everything a page render asks. */
const pageContext = cache(async () => createContext(new Headers(await headers())));

/**
 * Query options for prefetching in server components: `await queryClient.prefetchQuery(serverQueries(queryClient).inbox.list.queryOptions(…))`,
 * then `<HydrationBoundary state={dehydrate(queryClient)}>`; the client's `useTRPC()` finds the same keys.
 */
export function serverQueries(queryClient: QueryClient) {
  return createTRPCOptionsProxy({ router: appRouter, ctx: pageContext, queryClient });
}
