"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { QueryError } from "@/components/layout/query-error";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/date-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { CredentialsView } from "@/server/integrations/console/schema";
import type { ConnectionView } from "@/server/integrations/schema";

const TONES: Readonly<Record<CredentialsView["permissions"][number]["state"], Tone>> = { granted: "ok", missing: "attention", unknown: "neutral" };
const LEVELS = { fine: "ok", soon: "attention", expired: "failed" } as const;

/** What is known of the keys without showing them: age, end, rights, uses and who touched them. */
export function CredentialsCard({ connection }: { readonly connection: ConnectionView }) {
  const t = useTranslations("integrations.credentials");
  const trpc = useTRPC();
  const query = useQuery(trpc.integrations.console.credentials.queryOptions({ connectionId: connection.id }, { refetchInterval: 30_000 }));
  return (
    <Card title={t("title")} description={t("lead")} padding="flush">
      {query.isError ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <SkeletonRows rows={4} /> : null}
      {query.data === undefined ? null : (
        <div className="flex flex-col divide-y">
          <Facts connection={connection} credentials={query.data} />
          <Permissions lines={query.data.permissions} />
          <AccessLog entries={query.data.accessLog} />
        </div>
      )}
    </Card>
  );
}

function Facts({ connection, credentials }: { readonly connection: ConnectionView; readonly credentials: CredentialsView }) {
  const t = useTranslations("integrations.credentials");
  const streams = useTranslations("integrations.streams");
  const { version, changedAt, lastCallAt, lastRuns } = credentials;
  return (
    <dl className="grid gap-x-6 gap-y-3 px-4 py-3.5 sm:grid-cols-3 sm:px-5">
      <Fact label={t("changed")}>
        {changedAt === null ? t("never") : <RelativeTime value={changedAt} />}
        {version > 1 ? <span className="block text-sm text-ink-faint">{t("rotations", { count: version - 1 })}</span> : null}
      </Fact>
      <Fact label={t("ends")}>
        <Expiry connection={connection} />
      </Fact>
      <Fact label={t("lastUsed")}>
        {lastCallAt === null ? t("never") : <RelativeTime value={lastCallAt} />}
        {lastRuns.map(({ stream, at }) => (
          <span key={stream} className="block text-sm text-ink-faint">
            {streams(stream)}: <RelativeTime value={at} />
          </span>
        ))}
      </Fact>
    </dl>
  );
}

function Expiry({ connection: { credentialsExpireAt, expiry } }: { readonly connection: ConnectionView }) {
  const t = useTranslations("integrations");
  const format = useFormatter();
  if (credentialsExpireAt === null || expiry === null) return <span className="text-ink-muted">{t("credentials.noEnd")}</span>;
  return (
    <>
      <Badge tone={LEVELS[expiry.level]}>{expiry.level === "expired" ? t("expiry.expiredTitle") : t("credentials.daysLeft", { days: expiry.daysLeft })}</Badge>
      <span className="mt-0.5 block text-sm text-ink-faint">{format.dateTime(credentialsExpireAt, { dateStyle: "long" })}</span>
    </>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-faint">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Permissions({ lines }: { readonly lines: CredentialsView["permissions"] }) {
  const t = useTranslations("integrations");
  return (
    <section className="px-4 py-3.5 sm:px-5">
      <h3 className="mb-2 text-sm font-semibold">{t("credentials.permissions")}</h3>
      <ul className="grid gap-x-6 gap-y-1.5 sm:grid-cols-2">
        {lines.map(({ capability, state, permission }) => (
          <li key={capability} className="flex flex-wrap items-center justify-between gap-x-3">
            <span>{t(`capability.${capability}`)}</span>
            <Badge tone={TONES[state]}>{t(`credentials.states.${state}`)}</Badge>
            {permission === null ? null : <span className="w-full text-sm text-attention-text">{t("credentials.needs", { permission })}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function AccessLog({ entries }: { readonly entries: CredentialsView["accessLog"] }) {
  const t = useTranslations("integrations.credentials");
  const actionOf = (action: string) => {
    const name = action.slice(action.indexOf(".") + 1);
    return t.has(`actions.${name}`) ? t(`actions.${name}`) : name;
  };
  return (
    <section className="py-3.5">
      <h3 className="mb-1 px-4 text-sm font-semibold sm:px-5">{t("log")}</h3>
      {entries.length === 0 ? <p className="px-4 text-sm text-ink-muted sm:px-5">{t("logEmpty")}</p> : null}
      <ul aria-label={t("log")} tabIndex={entries.length === 0 ? undefined : 0} className="focus-inset max-h-72 overflow-y-auto">
        {entries.map(({ entryId, at, action, actorKind, actorName, fields, ip }) => (
          <li key={entryId} className="flex flex-wrap items-baseline gap-x-3 px-4 py-1.5 sm:px-5">
            <RelativeTime value={at} className="w-32 shrink-0 text-sm whitespace-nowrap text-ink-faint" />
            <span className="min-w-48 flex-1">
              {actionOf(action)}
              {fields.length === 0 ? null : <span className="ml-2 font-mono text-xs text-ink-muted">{fields.join(", ")}</span>}
            </span>
            <span className="text-sm text-ink-muted">
              {actorName ?? (t.has(`actors.${actorKind}`) ? t(`actors.${actorKind}`) : actorKind)}
              {ip === null ? null : <span className="ml-2 font-mono text-xs text-ink-faint">{ip}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
