"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Download, ReceiptText, Upload } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Page } from "@/components/layout/page";
import { QueryError } from "@/components/layout/query-error";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Menu, MenuItem } from "@/components/ui/menu";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { DataList } from "@/components/ui/table";
import { PageViewsProvider, useAddressViews, ViewBar } from "@/components/views";
import { exportAddress, LINES_ID, SALE_PARSERS, type SaleQuery, saleQuery, useSaleFilters } from "./filters";
import { RevenueChart } from "./revenue-chart";
import { SaleFilterBar } from "./sale-filter-bar";
import { SaleTable } from "./sale-table";
import { TotalsPanel } from "./totals-panel";
import { TotalsTiles } from "./totals-tiles";

export interface SalesScreenProps {
  /** The workspace's day, at 00:00 UTC; fixed for the page's life, so that every part asks for the same days. ISO instant. */
  readonly today: string;
  readonly canExport: boolean;
}

/** Revenue by day, what it is made of, and the lines themselves. */
export function SalesScreen({ today, canExport }: SalesScreenProps) {
  const t = useTranslations("sales");
  const [state] = useSaleFilters();
  const query = useMemo(() => saleQuery(state, new Date(today)), [state, today]);
  const actions = (
    <>
      <PageViewsProvider value={useAddressViews("sales", SALE_PARSERS)}>
        <ViewBar plain={t("all")} />
      </PageViewsProvider>
      {canExport ? (
        <>
          <ButtonLink href="/sales/import" icon={<Upload />}>
            {t("import")}
          </ButtonLink>
          <ExportMenu query={query} />
        </>
      ) : null}
    </>
  );
  return (
    <Page width="wide">
      <PageHeader title={t("title")} description={t("description")} actions={actions}>
        <SaleFilterBar />
      </PageHeader>
      <TotalsTiles query={query} />
      <div className="grid gap-5 xl:grid-cols-[1fr_24rem]">
        <RevenueChart query={query} />
        <TotalsPanel query={query} />
      </div>
      <div id={LINES_ID} className="scroll-mt-4">
        <SaleLines query={query} />
      </div>
    </Page>
  );
}

function ExportMenu({ query }: { readonly query: SaleQuery }) {
  const t = useTranslations("sales.export");
  // Excel in these languages takes the semicolon for the column separator.
  const separator = useLocale() === "en" ? "comma" : "semicolon";
  return (
    <Menu align="end" trigger={<Button icon={<Download />}>{t("button")}</Button>}>
      <MenuItem onSelect={() => window.location.assign(exportAddress(query, "xlsx", separator))}>{t("xlsx")}</MenuItem>
      <MenuItem onSelect={() => window.location.assign(exportAddress(query, "csv", separator))}>{t("csv")}</MenuItem>
    </Menu>
  );
}

function SaleLines({ query }: { readonly query: SaleQuery }) {
  const t = useTranslations("sales");
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.sales.list.infiniteQueryOptions(
      { ...query, limit: 100 },
      { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: (before) => before },
    ),
  );
  const lines = useMemo(() => list.data?.pages.flatMap((page) => page.lines) ?? [], [list.data]);
  const footer =
    lines.length === 0 ? undefined : list.hasNextPage ? (
      <MoreButton pending={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()} />
    ) : (
      <span>{t("allShown")}</span>
    );
  return (
    <DataList title={t("lines")} busy={list.isPending} footer={footer}>
      {list.isError && lines.length === 0 ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <SkeletonRows rows={8} /> : null}
      {list.isSuccess && lines.length === 0 ? <NoSales /> : null}
      {lines.length === 0 ? null : <SaleTable lines={lines} />}
    </DataList>
  );
}

function MoreButton({ pending, onPress }: { readonly pending: boolean; readonly onPress: () => void }) {
  const t = useTranslations("sales");
  return (
    <Button size="sm" pending={pending} onClick={onPress}>
      {t("more")}
    </Button>
  );
}

function NoSales() {
  const t = useTranslations("sales.empty");
  const trpc = useTRPC();
  const [, setState] = useSaleFilters();
  const [cleared, setCleared] = useState(false);
  const { data: connections } = useQuery(trpc.integrations.list.queryOptions());
  if (connections?.length === 0)
    return (
      <EmptyState
        icon={<ReceiptText />}
        title={t("title")}
        reason={t("noConnection")}
        action={<ButtonLink href="/integrations/new">{t("connect")}</ButtonLink>}
      />
    );
  const clear = () => {
    setCleared(true);
    void setState(null);
  };
  return (
    <EmptyState
      icon={<ReceiptText />}
      title={t("title")}
      reason={cleared ? t("notSynced") : t("filtered")}
      action={cleared ? <ButtonLink href="/integrations">{t("integrations")}</ButtonLink> : <Button onClick={clear}>{t("clear")}</Button>}
    />
  );
}
