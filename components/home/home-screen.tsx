"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { Page } from "@/components/layout/page";
import { QueryError } from "@/components/layout/query-error";
import { useMay } from "@/components/layout/use-may";
import { ToShipTile } from "@/components/orders";
import { useTRPC } from "@/components/providers/trpc-provider";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import type { HomeSummary } from "@/server/home/schema";
import { ConnectionsPanel } from "./connections-panel";
import { FirstSteps } from "./first-steps";
import { RevenueTile } from "./revenue-tile";
import { WaitingPanel } from "./waiting-panel";

const REFRESH_MS = 15_000;

/** What needs somebody now; every line opens its place. */
export function HomeScreen({ name, now }: { readonly name: string; readonly now: string }) {
  const t = useTranslations("home");
  const format = useFormatter();
  const trpc = useTRPC();
  const query = useQuery(trpc.home.summary.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  return (
    <Page width="wide">
      <PageHeader title={t("greeting", { name })} description={format.dateTime(new Date(now), { weekday: "long", day: "numeric", month: "long" })} />
      {query.isError && query.data === undefined ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <HomeSkeleton /> : null}
      {query.data === undefined ? null : <Summary summary={query.data} />}
    </Page>
  );
}

function Summary({ summary }: { readonly summary: HomeSummary }) {
  const maySeeOrders = useMay("orders.read");
  if (summary.connections !== null && summary.connections.total === 0) return <FirstSteps />;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[1fr_22rem]">
      {summary.waiting === null ? null : <WaitingPanel waiting={summary.waiting} />}
      <div className="flex flex-col gap-5">
        {maySeeOrders ? <ToShipTile /> : null}
        {summary.revenue === null ? null : <RevenueTile revenue={summary.revenue} />}
        {summary.connections === null ? null : <ConnectionsPanel connections={summary.connections} />}
      </div>
    </div>
  );
}

function HomeSkeleton() {
  return (
    <div aria-busy="true" className="grid gap-5 lg:grid-cols-[1fr_22rem]">
      <Skeleton className="h-80" />
      <Skeleton className="h-56" />
    </div>
  );
}
