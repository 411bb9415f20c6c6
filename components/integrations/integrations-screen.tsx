"use client";

import { useQuery } from "@tanstack/react-query";
import { BookOpenText, Plug, Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Page } from "@/components/layout/page";
import { QueryError } from "@/components/layout/query-error";
import { useTRPC } from "@/components/providers/trpc-provider";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ChannelMark } from "@/components/ui/channel-mark";
import { RelativeTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import type { ConnectionView } from "@/server/integrations/schema";
import { HealthBadge, useHealthText } from "./health";

const REFRESH_MS = 10_000;

export function IntegrationsScreen() {
  const t = useTranslations("integrations");
  const trpc = useTRPC();
  const { data, isPending, isError, error, refetch } = useQuery(trpc.integrations.list.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  const add = (
    <ButtonLink href="/integrations/new" variant="primary" icon={<Plus className="size-4" />}>
      {t("add")}
    </ButtonLink>
  );
  return (
    <Page width="wide">
      <PageHeader
        title={t("title")}
        count={data?.length}
        description={t("description")}
        actions={
          <>
            <ButtonLink href="/integrations/errors" variant="ghost" icon={<BookOpenText className="size-4" />}>
              {t("errors.link")}
            </ButtonLink>
            {data !== undefined && data.length > 0 ? add : null}
          </>
        }
      />
      {isError && data === undefined ? <QueryError error={error} title={t("loadFailed")} onRetry={() => void refetch()} /> : null}
      {isPending ? <CardsSkeleton /> : null}
      {data?.length === 0 ? (
        <EmptyState icon={<Plug />} title={t("empty.title")} reason={t("empty.reason")} action={add} className="rounded-lg border bg-surface" />
      ) : null}
      {data === undefined || data.length === 0 ? null : (
        <ul className="grid grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-3">
          {data.map((connection) => (
            <li key={connection.id}>
              <ConnectionCard connection={connection} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

function ConnectionCard({ connection }: { readonly connection: ConnectionView }) {
  const t = useTranslations("integrations");
  const healthText = useHealthText();
  const trouble = connection.health.state === "ok" ? null : healthText(connection.health);
  return (
    <Link
      href={`/integrations/${connection.id}`}
      className="focus-inset block h-full rounded-lg border bg-surface shadow-card transition-colors hover:border-line-strong hover:bg-hover"
    >
      <div className="flex items-start gap-3 px-4 pt-4">
        <ChannelMark system={connection.connectorId} size="lg" />
        <div className="min-w-0 flex-1">
          <p className="truncate text-base font-semibold">{connection.name}</p>
          <p className="truncate text-sm text-ink-muted">
            {connection.connectorLabel}
            {connection.accountRef === null ? null : ` · ${connection.accountRef}`}
          </p>
        </div>
        <HealthBadge health={connection.health} />
      </div>
      <p className="min-h-10 px-4 pt-3 text-sm text-pretty text-ink-muted">
        {trouble ?? (connection.expiry?.level === "soon" ? t("expiry.soonTitle", { days: connection.expiry.daysLeft }) : "")}
      </p>
      <dl className="grid grid-cols-2 gap-x-4 border-t px-4 py-3 text-sm">
        <Fact label={t("lastSync")}>{connection.lastSync === null ? t("never") : <LastSync sync={connection.lastSync} />}</Fact>
        <Fact label={t("nextSync")}>{connection.nextSyncAt === null ? t("notScheduled") : <RelativeTime value={connection.nextSyncAt} />}</Fact>
      </dl>
    </Link>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-faint">{label}</dt>
      <dd className="truncate">{children}</dd>
    </div>
  );
}

function LastSync({ sync }: { readonly sync: NonNullable<ConnectionView["lastSync"]> }) {
  const t = useTranslations("integrations");
  if (sync.result === "running") return <span>{t("runningNow")}</span>;
  return (
    <span className={sync.result === "error" ? "text-failed-text" : undefined}>
      {t(sync.result === "error" ? "failedSync" : "succeededSync")} <RelativeTime value={sync.at} className="text-ink-faint" />
    </span>
  );
}

function CardsSkeleton() {
  return (
    <div aria-busy="true" className="grid grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-3">
      {["a", "b", "c"].map((key) => (
        <Card key={key}>
          <Skeleton className="h-28" />
        </Card>
      ))}
    </div>
  );
}
