"use client";

import { useQuery } from "@tanstack/react-query";
import { useTimeZone } from "next-intl";
import { createParser, parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { createContext, type ReactNode, useCallback, useContext, useMemo } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { type PageViews, PageViewsProvider } from "@/components/views";
import type { SavedView } from "@/server/views/schema";
import { DUES, fromSaved, hasFilters, KINDS, type ListFilters, MARKS, NO_FILTERS, orderOf, type Place, SORTS, STATUSES, toFilter, VIEWS } from "./filter-model";

const DAY = createParser({ parse: (value) => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null), serialize: (value: string) => value });

/** An id, or a word that stands for one: anything else in an address asks nothing. */
const ID = createParser({
  parse: (value) => (/^(me|mine|none|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(value) ? value : null),
  serialize: (value: string) => value,
});

const parsers = {
  view: parseAsStringLiteral(VIEWS),
  saved: ID,
  q: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(SORTS),
  status: parseAsArrayOf(parseAsStringLiteral(STATUSES)).withDefault([]),
  kind: parseAsArrayOf(parseAsStringLiteral(KINDS)).withDefault([]),
  channel: parseAsArrayOf(parseAsString).withDefault([]),
  connection: parseAsArrayOf(ID).withDefault([]),
  assignee: parseAsArrayOf(ID).withDefault([]),
  team: parseAsArrayOf(ID).withDefault([]),
  label: parseAsArrayOf(ID).withDefault([]),
  labels: parseAsStringLiteral(["any", "all"] as const).withDefault("any"),
  priority: parseAsArrayOf(parseAsInteger).withDefault([]),
  due: parseAsStringLiteral(DUES),
  rating: parseAsArrayOf(parseAsInteger).withDefault([]),
  is: parseAsArrayOf(parseAsStringLiteral(MARKS)).withDefault([]),
  from: DAY.withDefault(""),
  to: DAY.withDefault(""),
  conversation: ID,
};

/** Everything that decides what the inbox shows lives in the address, so a view can be sent to a colleague. */
export function useInboxAddress() {
  return useQueryStates(parsers, { history: "replace", shallow: true, clearOnDefault: true });
}

const PlaceContext = createContext<Place>("inbox");
export const PlaceProvider = PlaceContext.Provider;
export const usePlace = () => useContext(PlaceContext);

const NO_VIEWS: readonly SavedView[] = [];

/** Saved views offered here, shared ones first. */
export function useSavedViews() {
  const trpc = useTRPC();
  const place = usePlace();
  const { data, isPending } = useQuery(trpc.views.list.queryOptions({ page: "inbox" }, { staleTime: 60_000 }));
  const views = useMemo(() => (data ?? NO_VIEWS).filter((view) => place === "inbox" || isOfReviews(view)), [data, place]);
  return { views, all: data ?? NO_VIEWS, isPending };
}

/** The inbox offers every view, the place of reviews and questions those of them alone. */
function isOfReviews({ filters }: SavedView): boolean {
  const kinds = filters.page === "inbox" ? (filters.filter.kinds ?? []) : [];
  return kinds.length > 0 && !kinds.includes("chat");
}

export type Change = Partial<ListFilters>;

/**
 * The filters in force and how to change them. A saved view stands in the address as its id alone; with the first change its
 * filters are written out beside the id, so that the address always says everything.
 */
function useReadState() {
  const place = usePlace();
  const timeZone = useTimeZone() ?? "UTC";
  const [address, setAddress] = useInboxAddress();
  const { all, isPending } = useSavedViews();
  const { saved: savedId, conversation: _, view, ...rest } = address;
  const saved = savedId === null ? undefined : all.find(({ id }) => id === savedId);
  // The same filters stay the same object while only the open conversation changes.
  const asText = JSON.stringify({ ...rest, view: view ?? NO_FILTERS.view } satisfies ListFilters);
  const written = useMemo(() => JSON.parse(asText) as ListFilters, [asText]);
  const isOpenedById = savedId !== null && view === null && !hasFilters(written) && written.sort === null;
  const fromView = useMemo(
    () => (saved?.filters.page === "inbox" ? fromSaved(saved.filters.filter, saved.filters.sort, timeZone) : undefined),
    [saved, timeZone],
  );
  const filters = isOpenedById && fromView !== undefined ? fromView : written;
  const query = useMemo(() => ({ ...toFilter(filters, place, timeZone), sort: orderOf(filters) }), [filters, place, timeZone]);
  const isChanged = fromView !== undefined && !isOpenedById && !isSame(fromView, filters, place, timeZone);
  /** False while the saved view of the address is not known yet. */
  const ready = !(isOpenedById && isPending);

  const change = useCallback((next: Change) => void setAddress(writeOut({ ...filters, ...next })), [filters, setAddress]);
  const openView = useCallback((next: ListFilters["view"]) => void setAddress({ ...writeOut({ ...NO_FILTERS, view: next }), saved: null }), [setAddress]);
  const openSaved = useCallback((id: string) => void setAddress({ ...CLEARED, saved: id }), [setAddress]);
  const clear = useCallback(
    () => void setAddress({ ...writeOut({ ...NO_FILTERS, view: filters.view, sort: filters.sort }), saved: null }),
    [filters, setAddress],
  );
  return useMemo(
    () => ({ filters, query, ready, saved, isChanged, change, openView, openSaved, clear }),
    [filters, query, ready, saved, isChanged, change, openView, openSaved, clear],
  );
}

export type ListState = ReturnType<typeof useReadState>;

const ListStateContext = createContext<ListState | null>(null);

/** Reads the address once for the whole screen: what shows filters is not drawn anew when another conversation opens. */
export function ListStateProvider({ children }: { readonly children: ReactNode }) {
  const state = useReadState();
  return (
    <ListStateContext.Provider value={state}>
      <PageViewsProvider value={useInboxViews(state)}>{children}</PageViewsProvider>
    </ListStateContext.Provider>
  );
}

function useInboxViews({ filters, query, saved, isChanged, openView, openSaved }: ListState): PageViews {
  const { views } = useSavedViews();
  return useMemo(() => {
    const { sort, ...filter } = query;
    return {
      views,
      saved,
      isChanged,
      hasFilters: hasFilters(filters),
      current: () => ({ page: "inbox", filter, sort }),
      open: ({ id }) => openSaved(id),
      leave: () => openView("active"),
    };
  }, [views, saved, isChanged, filters, query, openView, openSaved]);
}

export function useListState(): ListState {
  const state = useContext(ListStateContext);
  if (state === null) throw new Error("ListStateProvider is missing");
  return state;
}

function isSame(one: ListFilters, other: ListFilters, place: Place, timeZone: string): boolean {
  const asked = (filters: ListFilters) => JSON.stringify({ ...toFilter(filters, place, timeZone), sort: orderOf(filters) });
  return asked(one) === asked(other);
}

/** A saved view stands in the address alone. */
const CLEARED = Object.fromEntries(
  Object.keys(parsers)
    .filter((name) => name !== "conversation")
    .map((name) => [name, null]),
) as { readonly [Key in Exclude<keyof typeof parsers, "conversation">]: null };

function writeOut(filters: ListFilters) {
  return {
    ...filters,
    status: [...filters.status],
    kind: [...filters.kind],
    channel: [...filters.channel],
    connection: [...filters.connection],
    assignee: [...filters.assignee],
    team: [...filters.team],
    label: [...filters.label],
    priority: [...filters.priority],
    rating: [...filters.rating],
    is: [...filters.is],
  };
}
