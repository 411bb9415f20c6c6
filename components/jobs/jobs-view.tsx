"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ExternalLink, ListChecks } from "lucide-react";
import { useTranslations } from "next-intl";
import { QueryContent } from "@/components/layout/query-content";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { DataList } from "@/components/ui/table";
import { EngineHealth } from "./engine-health";
import { filterInput, isFiltered, useJobsState } from "./filters";
import { JobFilterBar } from "./job-filter-bar";
import { RunDrawer } from "./run-drawer";
import { RunTable } from "./run-table";

const REFRESH_MS = 5_000;
const PAGE = 50;

/** Runs of durable functions: what Karavan does in the background. */
export function JobsView({ canManage }: { readonly canManage: boolean }) {
  const t = useTranslations("jobs");
  const trpc = useTRPC();
  const [state, setState] = useJobsState();
  const overview = useQuery(trpc.jobs.overview.queryOptions(filterInput(state), { refetchInterval: REFRESH_MS, placeholderData: (before) => before }));
  const isExternal = overview.data?.engine === "inngest";
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} />
      {isExternal ? (
        <ExternalEngine address={overview.data?.engineUrl ?? null} />
      ) : (
        <>
          {overview.isError ? null : <EngineHealth overview={overview.data} />}
          <RunList />
        </>
      )}
      <RunDrawer runId={state.run} canManage={canManage} onClose={() => void setState({ run: null })} />
    </>
  );
}

function ExternalEngine({ address }: { readonly address: string | null }) {
  const t = useTranslations("jobs.external");
  return (
    <Card>
      <EmptyState
        icon={<ExternalLink />}
        title={t("title")}
        reason={t("text")}
        action={
          address === null ? undefined : (
            <ButtonLink href={address} target="_blank" rel="noreferrer">
              {t("open")}
            </ButtonLink>
          )
        }
      />
    </Card>
  );
}

function RunList() {
  const t = useTranslations("jobs");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const [state, setState] = useJobsState();
  const overview = useQuery(trpc.jobs.overview.queryOptions(filterInput(state), { placeholderData: (before) => before }));
  const input = { ...filterInput(state), ...(state.status === null ? {} : { status: [state.status] }), limit: PAGE };
  const runs = useInfiniteQuery(
    trpc.jobs.list.infiniteQueryOptions(input, {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      refetchInterval: REFRESH_MS,
      placeholderData: (before) => before,
    }),
  );
  const shown = runs.data?.pages.flatMap((page) => page.runs) ?? [];
  const more = (
    <Button size="sm" pending={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
      {common("loadMore")}
    </Button>
  );
  const clear = <Button onClick={() => void setState({ status: null, function: null, origin: null })}>{common("clearFilters")}</Button>;
  const filtered = isFiltered(state);
  return (
    <DataList
      title={t("list")}
      busy={runs.isPending || runs.isPlaceholderData}
      filters={<JobFilterBar overview={overview.data} />}
      footer={shown.length === 0 ? undefined : runs.hasNextPage ? more : <span>{t("allShown")}</span>}
    >
      <QueryContent query={runs} skeleton={<SkeletonRows rows={10} className="h-14" />} errorTitle={t("loadFailed")}>
        {() =>
          shown.length === 0 ? (
            <EmptyState
              icon={<ListChecks />}
              title={t("empty.title")}
              reason={t(filtered ? "empty.filtered" : "empty.none")}
              action={filtered ? clear : undefined}
            />
          ) : (
            <RunTable runs={shown} openId={state.run} onOpen={(run) => void setState({ run })} />
          )
        }
      </QueryContent>
    </DataList>
  );
}
