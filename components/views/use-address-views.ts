"use client";

import { useQuery } from "@tanstack/react-query";
import { type ParserMap, parseAsString, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import type { SavedView, ViewPage } from "@/server/views/schema";
import type { PageViews } from "./page-views";
import { type AddressState, addressOf, stateOf } from "./view-address";

const NO_VIEWS: readonly SavedView[] = [];
/** In the address in place of a view: the page plain, whatever it opens with otherwise. */
const PLAIN = "none";
const NAME = { view: parseAsString };

/**
 * Saved views of a page whose filters live in its address under `parsers`. Opening one writes its filters out, with its id in `view`
 * beside them: the address always says everything and can be sent to whoever does not see the view.
 * Keep what is no filter (the open row) out of `parsers`, and `parsers` the same object.
 */
export function useAddressViews<Parsers extends ParserMap>(page: Exclude<ViewPage, "inbox">, parsers: Parsers): PageViews {
  const trpc = useTRPC();
  const { data: views = NO_VIEWS } = useQuery(trpc.views.list.queryOptions({ page }, { staleTime: 60_000 }));
  const [state, setState] = useQueryStates(parsers, { history: "replace", shallow: true, clearOnDefault: true });
  const [{ view: viewId }, setView] = useQueryStates(NAME, { history: "replace", shallow: true });
  const address = addressOf(parsers, state as AddressState<Parsers>);
  return useMemo(() => {
    const saved = views.find(({ id }) => id === viewId);
    // The same filters are the same text, in whatever order an older version wrote them.
    const kept = saved === undefined || saved.filters.page === "inbox" ? undefined : addressOf(parsers, stateOf(parsers, saved.filters.address));
    const show = (next: string, name: string | null) => {
      void setState(stateOf(parsers, next) as Parameters<typeof setState>[0]);
      void setView({ view: name });
    };
    return {
      views,
      saved,
      isChanged: kept !== undefined && kept !== address,
      hasFilters: address !== "",
      current: () => ({ page, address }),
      open: ({ id, filters }) => filters.page === "inbox" || show(filters.address, id),
      leave: () => show("", views.some(({ isDefault }) => isDefault) ? PLAIN : null),
    };
  }, [views, viewId, parsers, address, page, setState, setView]);
}
