"use client";

import type { ReactNode } from "react";
import { QueryError } from "./query-error";

export interface QueryContentProps<Data> {
  /** Any result of useQuery or useInfiniteQuery. */
  readonly query: { readonly data: Data | undefined; readonly error: unknown; readonly refetch: () => unknown };
  /** The final shape in grey. */
  readonly skeleton: ReactNode;
  readonly errorTitle?: string | undefined;
  readonly children: (data: Data) => ReactNode;
}

/** Skeleton, words of failure or content. Data that is there stays on the screen when a refresh fails. */
export function QueryContent<Data>({ query, skeleton, errorTitle, children }: QueryContentProps<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <QueryError error={query.error} title={errorTitle} onRetry={() => void query.refetch()} />;
  return <div aria-busy="true">{skeleton}</div>;
}
