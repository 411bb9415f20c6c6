"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Boxes } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { QueryError } from "@/components/layout/query-error";
import { useShortcut } from "@/components/layout/use-shortcut";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { DataList } from "@/components/ui/table";
import type { CatalogOverview, ChannelView, VariantShow } from "@/server/catalog/schema";
import { BulkBar } from "./bulk-bar";
import { idOrNull, useCatalogFilters } from "./filters";
import { useSettled } from "./use-settled";
import { VariantCards, VariantTable } from "./variant-table";

export interface VariantListProps {
  readonly show: VariantShow;
  readonly channels: readonly ChannelView[];
  readonly overview: CatalogOverview | undefined;
  readonly mayWrite: boolean;
  readonly filters: ReactNode;
}

function useVariants(show: VariantShow) {
  const trpc = useTRPC();
  const [{ q, shop }] = useCatalogFilters();
  const search = useSettled(q.trim(), 250).slice(0, 200);
  const connectionId = idOrNull(shop);
  return useInfiniteQuery(
    trpc.catalog.variants.list.infiniteQueryOptions(
      { show, limit: 100, ...(search === "" ? {} : { search }), ...(connectionId === null ? {} : { connectionId }) },
      {
        getNextPageParam: (page) => page.nextCursor ?? undefined,
        placeholderData: (before) => before,
      },
    ),
  );
}

export function VariantList({ show, channels, overview, mayWrite, filters }: VariantListProps) {
  const t = useTranslations("catalog");
  const [, setState] = useCatalogFilters();
  const list = useVariants(show);
  const variants = useMemo(() => list.data?.pages.flatMap((page) => page.variants) ?? [], [list.data]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selected = variants.filter((variant) => chosen.has(variant.id));
  const toggle = (id: string) => setChosen((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])));
  const toggleAll = () => setChosen(selected.length === variants.length ? new Set() : new Set(variants.map((variant) => variant.id)));
  useRowKeys(toggle, () => setChosen(new Set()), selected.length > 0);
  const sold = channels.filter((channel) => channel.matched > 0);
  const table = {
    variants,
    channels: sold,
    mayWrite,
    chosen,
    onToggle: toggle,
    onToggleAll: toggleAll,
    onOpen: (id: string) => void setState({ item: id }),
  };
  const footer =
    variants.length === 0 ? undefined : list.hasNextPage ? (
      <Button size="sm" pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        {t("more")}
      </Button>
    ) : (
      <span>{t("allShown")}</span>
    );
  return (
    <DataList
      title={t(`tabs.${show}`)}
      count={list.isPending ? undefined : list.hasNextPage ? `${variants.length}+` : variants.length}
      filters={filters}
      bulkBar={selected.length === 0 ? undefined : <BulkBar variants={selected} onClear={() => setChosen(new Set())} />}
      busy={list.isPending}
      footer={footer}
    >
      {list.isError && variants.length === 0 ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <SkeletonRows rows={8} className="h-12" /> : null}
      {list.isSuccess && variants.length === 0 ? <NoVariants show={show} overview={overview} mayWrite={mayWrite} /> : null}
      {variants.length === 0 ? null : (
        <>
          <div className="hidden md:block">
            <VariantTable {...table} />
          </div>
          <div className="md:hidden">
            <VariantCards {...table} />
          </div>
        </>
      )}
    </DataList>
  );
}

/** j and k go from row to row, x ticks the one that has the focus, / looks for something. */
function useRowKeys(toggle: (id: string) => void, clear: () => void, ticking: boolean) {
  const rows = () => [...document.querySelectorAll<HTMLElement>("[data-variant]")].filter((row) => row.offsetParent !== null);
  const step = (by: number) => {
    const all = rows();
    const at = all.indexOf(document.activeElement instanceof HTMLElement ? document.activeElement : document.body);
    all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
  };
  useShortcut("list.next", () => step(1));
  useShortcut("list.previous", () => step(-1));
  useShortcut("list.search", () => document.querySelector<HTMLElement>('[data-shortcut="search"]')?.focus());
  useShortcut("list.select", () => {
    const id = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["variant"] : undefined;
    if (id !== undefined) toggle(id);
  });
  useShortcut("inbox.leave", clear, { enabled: ticking });
}

function NoVariants({ show, overview, mayWrite }: Pick<VariantListProps, "show" | "overview" | "mayWrite">) {
  const t = useTranslations("catalog.empty");
  const [{ q, shop }, setState] = useCatalogFilters();
  const isFiltered = q !== "" || shop !== null;
  if (isFiltered)
    return (
      <EmptyState
        icon={<Boxes />}
        title={t("filteredTitle")}
        reason={t("filtered")}
        action={<Button onClick={() => void setState({ q: "", shop: null })}>{t("clear")}</Button>}
      />
    );
  if (show !== "all") return <EmptyState icon={<Boxes />} title={t(`${show}Title`)} reason={t(show)} />;
  const listings = overview?.channels.reduce((sum, channel) => sum + channel.listings, 0) ?? 0;
  if (listings > 0)
    return (
      <EmptyState
        icon={<Boxes />}
        title={t("title")}
        reason={t("unmatchedReason", { count: listings })}
        action={
          mayWrite ? (
            <Button variant="primary" onClick={() => void setState({ show: "unmatched" })}>
              {t("toListings")}
            </Button>
          ) : undefined
        }
      />
    );
  return <EmptyState icon={<Boxes />} title={t("title")} reason={t("noListings")} action={<ButtonLink href="/integrations">{t("integrations")}</ButtonLink>} />;
}
