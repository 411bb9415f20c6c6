"use client";

import { CircleAlert, CircleCheck, KeyRound, LoaderCircle } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useErrorText } from "@/components/providers/use-error-text";
import { Card } from "@/components/ui/card";
import type { HomeSummary } from "@/server/home/schema";

type Connections = NonNullable<HomeSummary["connections"]>;

/** Shops that need somebody: failing, about to lose their key, failed or running synchronisations. */
export function ConnectionsPanel({ connections }: { readonly connections: Connections }) {
  const t = useTranslations("home.connections");
  const integrations = useTranslations("integrations");
  const errorText = useErrorText();
  const failedSyncs = connections.syncs.filter((sync) => sync.status === "failed");
  const running = connections.syncs.filter((sync) => sync.status === "running");
  const calm = connections.failing.length === 0 && connections.expiring.length === 0 && failedSyncs.length === 0;
  return (
    <Card title={t("title")} padding="flush">
      <ul className="divide-y">
        {connections.failing.map((entry) => (
          <Line key={`failing ${entry.id}`} href={entry.target} icon={<CircleAlert className="text-failed-text" />} title={entry.name}>
            {integrations(`healthState.${entry.health.state}`)}
          </Line>
        ))}
        {connections.expiring.map((entry) => (
          <Line key={`expiring ${entry.id}`} href={entry.target} icon={<KeyRound className="text-attention-text" />} title={entry.name}>
            {entry.level === "expired" ? integrations("expiry.expiredTitle") : integrations("expiry.soonTitle", { days: entry.daysLeft })}
          </Line>
        ))}
        {failedSyncs.map((sync) => (
          <Line
            key={`failed ${sync.connectionId} ${sync.stream}`}
            href={sync.target}
            icon={<CircleAlert className="text-failed-text" />}
            title={`${sync.name} · ${streamName(sync.stream, integrations)}`}
          >
            {sync.errorCode === null ? t("syncFailed") : errorText.forCode(sync.errorCode)}
          </Line>
        ))}
        {running.map((sync) => (
          <Line
            key={`running ${sync.connectionId} ${sync.stream}`}
            href={sync.target}
            icon={<LoaderCircle className="animate-spin text-ink-muted" />}
            title={`${sync.name} · ${streamName(sync.stream, integrations)}`}
          >
            {t("syncing")}
          </Line>
        ))}
        {calm ? (
          <Line href="/integrations" icon={<CircleCheck className="text-ok-text" />} title={t("calm")}>
            {t("count", { count: connections.total })}
          </Line>
        ) : null}
      </ul>
    </Card>
  );
}

type Translate = ReturnType<typeof useTranslations<"integrations">>;

function streamName(stream: string, t: Translate): string {
  return t.has(`streams.${stream}`) ? t(`streams.${stream}`) : stream;
}

function Line({ href, icon, title, children }: { readonly href: string; readonly icon: ReactNode; readonly title: string; readonly children: ReactNode }) {
  return (
    <li>
      <Link href={href} className="focus-inset flex items-start gap-3 px-4 py-3 hover:bg-hover sm:px-5">
        <span className="mt-0.5 [&_svg]:size-4">{icon}</span>
        <span className="min-w-0 flex-1">
          <span className="block truncate text-base font-medium">{title}</span>
          <span className="block text-sm text-pretty text-ink-muted">{children}</span>
        </span>
      </Link>
    </li>
  );
}
