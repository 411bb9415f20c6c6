import type { QueryClient } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { cache } from "react";
import { createContext } from "./context";
import { t } from "./init";
import { appRouter } from "./root";

/** One context (and one session query) for everything a page render asks. */
const pageContext = cache(async () => createContext(new Headers(await headers())));

/** Calls procedures from server components: `const api = await serverCaller(); await api.access.session.me()`. */
export async function serverCaller() {
  return t.createCallerFactory(appRouter)(await pageContext());
}

/**
 * Query options for prefetching in server components: `await queryClient.prefetchQuery(serverQueries(queryClient).inbox.list.queryOptions(…))`,
 * then `<HydrationBoundary state={dehydrate(queryClient)}>`; the client's `useTRPC()` finds the same keys.
 */
export function serverQueries(queryClient: QueryClient) {
  return createTRPCOptionsProxy({ router: appRouter, ctx: pageContext, queryClient });
}
