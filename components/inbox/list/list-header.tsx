"use client";

import { ArrowDownWideNarrow } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { memo, useEffect, useRef, useState } from "react";
import { useKeys } from "@/components/layout/shortcut-map";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { fetchCode } from "@/components/ui/late/fetch-code";
import { Menu, MenuChoice } from "@/components/ui/menu";
import { SearchInput } from "@/components/ui/search-input";
import { SaveView } from "@/components/views";
import type { ConversationSort } from "@/server/inbox/schema";
import { chosenFilters, orderOf, SORTS } from "./filter-model";
import { AddFilter } from "./filter-popover";
import { useListState, usePlace } from "./use-list-state";
import { ViewSheet } from "./view-sheet";

const FilterChips = dynamic(() => fetchCode(() => import("./filter-chips")).then((module) => module.FilterChips));

/** Title, order, search and filters above the list. */
export const ListHeader = memo(function ListHeader() {
  const { filters, change } = useListState();
  return (
    <header className="flex flex-col gap-2 border-b px-3 pt-2.5 pb-2.5">
      <div className="flex min-w-0 items-center gap-1">
        <ListTitle />
        <SaveView />
        <SortMenu value={orderOf(filters)} onChange={(sort) => change({ sort })} />
        <AddFilter />
      </div>
      <SearchBox value={filters.q} onSearch={(q) => change({ q })} />
      {chosenFilters(filters).length === 0 ? null : <FilterChips />}
    </header>
  );
});

function ListTitle() {
  const t = useTranslations("inbox-list.views");
  const title = useTranslations("inbox-list");
  const place = usePlace();
  const { filters, saved } = useListState();
  const text = saved?.name ?? (place === "reviews" && filters.view === "active" ? title("reviewsTitle") : t(filters.view));
  return (
    <div className="flex min-w-0 flex-1 items-center gap-1">
      <ViewSheet />
      <h1 title={text} className="min-w-0 truncate text-lg font-semibold">
        {text}
      </h1>
    </div>
  );
}

function SortMenu({ value, onChange }: { readonly value: ConversationSort; readonly onChange: (sort: ConversationSort) => void }) {
  const t = useTranslations("inbox-list.sort");
  return (
    <Menu align="end" trigger={<IconButton size="sm" label={t("current", { order: t(value) })} icon={<ArrowDownWideNarrow />} />}>
      <MenuChoice label={t("label")} value={value} onValueChange={onChange} options={SORTS.map((sort) => ({ value: sort, label: t(sort) }))} />
    </Menu>
  );
}

const TYPING_PAUSE_MS = 250;

/** Searches when the typing pauses; what is typed shows at once. */
function SearchBox({ value, onSearch }: { readonly value: string; readonly onSearch: (query: string) => void }) {
  const t = useTranslations("inbox");
  const keys = useKeys("list.search");
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const change = (next: string) => {
    setTyped(next);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      setTyped(null);
      onSearch(next);
    }, TYPING_PAUSE_MS);
  };
  const text = typed ?? value;
  return (
    <SearchInput
      label={t("search")}
      value={text}
      isMain
      trailing={text === "" && keys.length > 0 ? <Kbd keys={keys} className="mr-1 pointer-coarse:hidden" /> : undefined}
      onValueChange={change}
    />
  );
}
