"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, retryLink, splitLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import type { AppRouter } from "@/server/trpc/root";
import { isSignedOut, makeQueryClient } from "./query-client";

const context = createTRPCContext<AppRouter>();

/** Query, mutation and subscription options of every procedure: `useQuery(useTRPC().inbox.list.queryOptions(…))`. */
export const useTRPC = context.useTRPC;

/**
 * Subscriptions go over SSE. The browser reconnects by itself after a lost connection; the retry link does it where the browser
 * gives up (an error answer while the server restarts). Both send the last event id, so the server can catch up.
 */
function makeClient(url: string) {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: [
          retryLink({
            retry: ({ error }) => !isSignedOut(error) && (error.data === undefined || error.data === null || error.data.httpStatus >= 500),
            retryDelayMs: (attempt) => Math.min(1000 * 2 ** attempt, 15_000),
          }),
          httpSubscriptionLink({ url, transformer: superjson }),
        ],
        false: httpBatchLink({ url, transformer: superjson, methodOverride: "POST", maxItems: 12 }),
      }),
    ],
  });
}

/** Relative in the browser. During server rendering nothing is fetched: pages prefetch through `server/trpc/caller.ts`. */
const API_PATH = "/api/trpc";

function leaveForSignIn() {
  if (typeof window === "undefined" || window.location.pathname.startsWith("/sign-in")) return;
  const back = `${window.location.pathname}${window.location.search}`;
  window.location.assign(`/sign-in?back=${encodeURIComponent(back)}`);
}

export function TrpcProvider({ children }: { readonly children: ReactNode }) {
  const [queryClient] = useState(() => makeQueryClient(leaveForSignIn));
  const [client] = useState(() => makeClient(API_PATH));
  return (
    <QueryClientProvider client={queryClient}>
      <context.TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </context.TRPCProvider>
    </QueryClientProvider>
  );
}
