import { defaultShouldDehydrateQuery, QueryCache, QueryClient } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "@/server/trpc/root";

/** Whether the server said that nobody is signed in any more. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof TRPCClientError && (error as TRPCClientError<AppRouter>).data?.appCode === "access.signed_out";
}

/** Refusals are answers; only failures of transport and server are worth another try. */
function isWorthRetrying(failures: number, error: unknown): boolean {
  const status = error instanceof TRPCClientError ? (error as TRPCClientError<AppRouter>).data?.httpStatus : undefined;
  return failures < 2 && (status === undefined || status >= 500);
}

/** For both sides: a new one per request on the server, one per tab in the browser. */
export function makeQueryClient(onSignedOut?: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error) => (isSignedOut(error) ? onSignedOut?.() : undefined) }),
    defaultOptions: {
      queries: { staleTime: 30_000, retry: isWorthRetrying },
      dehydrate: {
        serializeData: superjson.serialize,
        shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) || query.state.status === "pending",
      },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });
}
