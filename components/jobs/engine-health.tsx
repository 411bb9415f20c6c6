"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { StatusPill, type Tone } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/date-time";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import type { JobsOverview } from "@/server/jobs/schema";

const LATE_MS = 60_000;

/** Who works and what waits: the first thing to look at when something does not happen. */
export function EngineHealth({ overview }: { readonly overview: JobsOverview | undefined }) {
  const t = useTranslations("jobs.health");
  if (overview === undefined) return <Skeleton className="h-10" />;
  const { queue } = overview;
  const alive = overview.workers.filter((worker) => worker.alive);
  const isLate = queue.dueSince !== null && Date.now() - queue.dueSince.getTime() > LATE_MS;
  return (
    <>
      {alive.length > 0 ? null : (
        <Notice tone="failed" title={t("noWorkerTitle")}>
          {t("noWorkerText")}
        </Notice>
      )}
      <ul aria-label={t("label")} className="tabular flex flex-wrap gap-x-5 gap-y-1.5 rounded-lg border bg-surface px-4 py-2.5 shadow-card">
        <Fact tone={alive.length > 0 ? "ok" : "failed"}>{t("workers", { count: alive.length })}</Fact>
        <Fact tone={queue.executing > 0 ? "accent" : "neutral"}>{t("executing", { count: queue.executing })}</Fact>
        <Fact tone={isLate ? "overdue" : "neutral"}>
          {t("due", { count: queue.due })}
          {isLate && queue.dueSince !== null ? <span> · {t.rich("dueSince", { time: () => <RelativeTime value={queue.dueSince ?? ""} /> })}</span> : null}
        </Fact>
        {queue.blocked > 0 ? <Fact tone="neutral">{t("blocked", { count: queue.blocked })}</Fact> : null}
        {queue.later > 0 ? <Fact tone="neutral">{t("later", { count: queue.later })}</Fact> : null}
        {queue.events > 0 ? <Fact tone="attention">{t("events", { count: queue.events })}</Fact> : null}
      </ul>
    </>
  );
}

function Fact({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <li>
      <StatusPill tone={tone}>{children}</StatusPill>
    </li>
  );
}
