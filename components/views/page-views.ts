"use client";

import { createContext, useContext } from "react";
import type { SavedView, ViewFiltersInput } from "@/server/views/schema";

/** What a page tells of its saved views; the parts of this folder are the same on every page. */
export interface PageViews {
  /** Offered here, shared ones first. */
  readonly views: readonly SavedView[];
  /** The one that is open. */
  readonly saved: SavedView | undefined;
  /** Something else is shown than the open view says. */
  readonly isChanged: boolean;
  /** Something is chosen that a new view would keep. */
  readonly hasFilters: boolean;
  /** What is shown now, as a view keeps it. */
  readonly current: () => ViewFiltersInput;
  readonly open: (view: { readonly id: string; readonly filters: ViewFiltersInput }) => void;
  /** The page without a view. */
  readonly leave: () => void;
}

const PageViewsContext = createContext<PageViews | null>(null);
export const PageViewsProvider = PageViewsContext.Provider;

export function usePageViews(): PageViews {
  const views = useContext(PageViewsContext);
  if (views === null) throw new Error("PageViewsProvider is missing");
  return views;
}
