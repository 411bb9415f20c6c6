"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { Page } from "@/components/layout/page";
import { QueryError } from "@/components/layout/query-error";
import { useMay } from "@/components/layout/use-may";
import { StateMappingEditor } from "@/components/orders";
import { useTRPC } from "@/components/providers/trpc-provider";
import { ChannelMark } from "@/components/ui/channel-mark";
import { fetchCode } from "@/components/ui/late/fetch-code";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import type { ConnectionView } from "@/server/integrations/schema";
import { AlertsCard } from "./alerts-card";
import { CallsList } from "./calls-list";
import { ConnectionActions } from "./connection-actions";
import { ConnectionSettings } from "./connection-settings";
import { CheckpointsCard } from "./console/checkpoints-card";
import { CredentialsCard } from "./console/credentials-card";
import { DeadLetterList } from "./dead-letter-list";
import { DeliveryList } from "./delivery-list";
import { MetErrorsCard } from "./errors/met-errors-card";
import { ConnectionNotices, HealthBadge } from "./health";
import { RunList } from "./run-list";
import { StreamsCard } from "./streams-card";

const TABS = ["overview", "runs", "metrics", "calls", "webhooks", "rejected", "settings"] as const;
const REFRESH_MS = 5_000;

const MetricsTab = dynamic(() => fetchCode(() => import("./console/metrics-tab")).then((module) => module.MetricsTab), {
  loading: () => <Skeleton className="h-96" />,
});

export function ConnectionScreen({ connectionId }: { readonly connectionId: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.integrations.get.queryOptions({ id: connectionId }, { refetchInterval: REFRESH_MS }));
  if (query.isError && query.data === undefined) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
  return <Page width="wide">{query.data === undefined ? <DetailSkeleton /> : <Detail connection={query.data} />}</Page>;
}

function Detail({ connection }: { readonly connection: ConnectionView }) {
  const t = useTranslations("integrations");
  const mayManage = useMay("connections.manage");
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(TABS).withDefault("overview"));
  return (
    <>
      <PageHeader
        title={
          <span className="flex items-center gap-2.5">
            <ChannelMark system={connection.connectorId} size="lg" />
            {connection.name}
            <HealthBadge health={connection.health} />
          </span>
        }
        description={`${connection.connectorLabel}${connection.accountRef === null ? "" : ` · ${connection.accountRef}`}`}
        actions={<ConnectionActions connection={connection} />}
      />
      <ConnectionNotices connection={connection} />
      <Tabs value={tab} onValueChange={(next) => void setTab(next)} label={t("tabs.label")} tabs={TABS.map((value) => ({ value, label: t(`tabs.${value}`) }))}>
        <TabPanel value="overview" className="flex flex-col gap-5">
          <AlertsCard connectionId={connection.id} />
          <StreamsCard connection={connection} />
          <MetErrorsCard connectionId={connection.id} />
          <RunList connectionId={connection.id} limit={8} />
        </TabPanel>
        <TabPanel value="runs">
          <RunList connectionId={connection.id} limit={50} />
        </TabPanel>
        <TabPanel value="metrics">
          <MetricsTab connectionId={connection.id} name={connection.name} />
        </TabPanel>
        <TabPanel value="calls">
          <CallsList connectionId={connection.id} />
        </TabPanel>
        <TabPanel value="webhooks">
          <DeliveryList connection={connection} />
        </TabPanel>
        <TabPanel value="rejected">
          <DeadLetterList connectionId={connection.id} />
        </TabPanel>
        <TabPanel value="settings">
          <div className="flex max-w-3xl flex-col gap-5">
            <ConnectionSettings connection={connection} />
            {mayManage ? <CredentialsCard connection={connection} /> : null}
            {mayManage && connection.streams.some(({ stream }) => stream === "orders") ? <StateMappingEditor connectionId={connection.id} /> : null}
            {mayManage ? <CheckpointsCard connectionId={connection.id} /> : null}
          </div>
        </TabPanel>
      </Tabs>
    </>
  );
}

function DetailSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-5">
      <Skeleton className="h-10 w-72" />
      <Skeleton className="h-44" />
      <Skeleton className="h-72" />
    </div>
  );
}
