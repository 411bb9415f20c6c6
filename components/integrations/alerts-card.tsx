"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/date-time";

const SHOWN = 10;

/** What admins were told of this connection, and whether it is over. Nothing is drawn where there never was anything. */
export function AlertsCard({ connectionId }: { readonly connectionId: string }) {
  const t = useTranslations("integrations.alerts");
  const health = useTranslations("integrations.health");
  /** Alerts of health carry its cause; the others have sentences of their own. */
  const alertText = (code: string, params: Readonly<Record<string, string | number>>) => {
    const cause = String(params["healthCode"] ?? "");
    if (health.has(cause)) return health(cause, { permission: "…", until: "…", ...params });
    return t.has(`codes.${code}`) ? t(`codes.${code}`, params) : health("unknown");
  };
  const trpc = useTRPC();
  const { data } = useQuery(trpc.integrations.alerts.list.queryOptions({ connectionId, includeResolved: true, limit: SHOWN }, { refetchInterval: 30_000 }));
  if (data === undefined || data.alerts.length === 0) return null;
  return (
    <Card title={t("title")} description={t("lead")} padding="flush">
      <ul className="divide-y">
        {data.alerts.map(({ id, subject, code, params, stage, openedAt, resolvedAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 sm:px-5">
            <Badge tone={resolvedAt === null ? "failed" : "ok"}>{resolvedAt === null ? t(`stages.s${stage}`) : t("over")}</Badge>
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{t(`subjects.${subject}`)}</span>
              <span className="block text-sm text-ink-muted">{alertText(code, params)}</span>
            </span>
            <span className="text-sm text-ink-faint">
              {t.rich(resolvedAt === null ? "since" : "until", { time: () => <RelativeTime value={resolvedAt ?? openedAt} /> })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
