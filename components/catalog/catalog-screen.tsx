"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Page } from "@/components/layout/page";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button } from "@/components/ui/button";
import { FilterSelect } from "@/components/ui/filter-select";
import { PageHeader } from "@/components/ui/page-header";
import { SearchInput } from "@/components/ui/search-input";
import { Tabs } from "@/components/ui/tabs";
import { PageViewsProvider, useAddressViews, ViewBar } from "@/components/views";
import type { CatalogOverview } from "@/server/catalog/schema";
import { CATALOG_PARSERS, type CatalogTab, idOrNull, TABS, useCatalogFilters } from "./filters";
import { ListingList } from "./listing-list";
import { NewVariantDialog } from "./new-variant-dialog";
import { RulesDrawer } from "./rules-drawer";
import { TableMenu } from "./table-menu";
import { useLiveCatalog } from "./use-live-catalog";
import { VariantDrawer } from "./variant-drawer";
import { VariantList } from "./variant-list";

export interface CatalogScreenProps {
  readonly mayWrite: boolean;
  readonly maySeeOrders: boolean;
}

/** What we have, what every shop should show of it, and what it has acknowledged to show. */
export function CatalogScreen({ mayWrite, maySeeOrders }: CatalogScreenProps) {
  const t = useTranslations("catalog");
  const trpc = useTRPC();
  const [state, setState] = useCatalogFilters();
  const { data: overview } = useQuery(trpc.catalog.overview.queryOptions());
  useLiveCatalog();
  const [rulesOpen, setRulesOpen] = useState(false);
  const [adding, setAdding] = useState(false);
  const channels = overview?.channels ?? [];
  const item = idOrNull(state.item);
  const actions = (
    <>
      <PageViewsProvider value={useAddressViews("catalog", CATALOG_PARSERS)}>
        <ViewBar plain={t("tabs.all")} />
      </PageViewsProvider>
      <TableMenu mayWrite={mayWrite} />
      {mayWrite ? (
        <>
          <Button icon={<SlidersHorizontal />} onClick={() => setRulesOpen(true)}>
            {t("rules.open")}
          </Button>
          <Button variant="primary" icon={<Plus />} onClick={() => setAdding(true)}>
            {t("add")}
          </Button>
        </>
      ) : null}
    </>
  );
  return (
    <Page width="wide">
      <PageHeader title={t("title")} count={overview?.variants} description={t("description")} actions={actions} />
      <CatalogTabs overview={overview} value={state.show} onChange={(show) => void setState({ show })} />
      {state.show === "unmatched" || state.show === "apart" ? (
        <ListingList show={state.show} channels={channels} mayWrite={mayWrite} filters={<FilterBar overview={overview} />} />
      ) : (
        <VariantList show={state.show} channels={channels} overview={overview} mayWrite={mayWrite} filters={<FilterBar overview={overview} />} />
      )}
      {item === null ? null : (
        <VariantDrawer variantId={item} channels={channels} mayWrite={mayWrite} maySeeOrders={maySeeOrders} onClose={() => void setState({ item: null })} />
      )}
      {rulesOpen ? <RulesDrawer channels={channels} onClose={() => setRulesOpen(false)} /> : null}
      {adding ? <NewVariantDialog productIds={[]} onClose={() => setAdding(false)} /> : null}
    </Page>
  );
}

interface CatalogTabsProps {
  readonly overview: CatalogOverview | undefined;
  readonly value: CatalogTab;
  readonly onChange: (value: CatalogTab) => void;
}

/** Trouble has a tab while there is some; the others are always there. */
const ALWAYS: ReadonlySet<CatalogTab> = new Set(["all", "unmatched"]);

function CatalogTabs({ overview, value, onChange }: CatalogTabsProps) {
  const t = useTranslations("catalog.tabs");
  const countOf = (tab: CatalogTab): number => (overview === undefined ? 0 : tab === "all" ? overview.variants : overview[tab]);
  const shown = TABS.filter((tab) => ALWAYS.has(tab) || tab === value || countOf(tab) > 0);
  return (
    <Tabs
      value={value}
      onValueChange={onChange}
      label={t("label")}
      tabs={shown.map((tab) => ({
        value: tab,
        label: t(tab),
        ...(tab === "all" ? {} : { count: countOf(tab), countLabel: t("count", { count: countOf(tab) }) }),
      }))}
    />
  );
}

function FilterBar({ overview }: { readonly overview: CatalogOverview | undefined }) {
  const t = useTranslations("catalog.filters");
  const [state, setState] = useCatalogFilters();
  const channels = overview?.channels.filter((channel) => channel.listings > 0) ?? [];
  return (
    <>
      <div className="w-full sm:w-72">
        <SearchInput label={t("search")} value={state.q} isMain onValueChange={(next) => void setState({ q: next })} />
      </div>
      <FilterSelect
        className="w-48"
        label={t("shop")}
        all={t("allShops")}
        value={state.shop}
        onValueChange={(shop) => void setState({ shop })}
        options={channels.map(({ connectionId, name }) => ({ value: connectionId, label: name }))}
      />
    </>
  );
}
