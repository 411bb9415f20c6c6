"use client";

import { useNow, useTranslations } from "next-intl";
import { StatusPill, type Tone } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/date-time";
import type { RunStatus, RunSummary } from "@/server/jobs/schema";
import { useDuration } from "./use-words";

const SOON_MS = 60_000;

const tones: Readonly<Record<RunStatus, Tone>> = { Queued: "neutral", Running: "accent", Completed: "ok", Failed: "failed", Cancelled: "neutral" };

type Run = Pick<RunSummary, "status" | "activity" | "dueAt">;

/** The state in words; an active run says what it is doing right now. */
export function RunStatusPill({ run }: { readonly run: Run }) {
  const t = useTranslations("jobs");
  const retrying = run.activity === "retrying";
  return (
    <StatusPill tone={retrying ? "attention" : tones[run.status]} active={run.activity === "executing"}>
      {run.activity === null || run.status === "Queued" ? t(`status.${run.status}`) : t(`activity.${run.activity}`)}
    </StatusPill>
  );
}

/** When a run that is still goes on by itself; seconds are counted down. */
export function GoesOn({ run, className }: { readonly run: Run; readonly className?: string | undefined }) {
  const { activity, dueAt } = run;
  if (dueAt === null || (activity !== "retrying" && activity !== "waiting")) return null;
  return (
    <span className={className}>
      <Moment dueAt={dueAt} />
    </span>
  );
}

function Moment({ dueAt }: { readonly dueAt: Date }) {
  const t = useTranslations("jobs");
  const now = useNow({ updateInterval: 1_000 });
  const duration = useDuration();
  const left = dueAt.getTime() - now.getTime();
  if (left > 0 && left < SOON_MS) return <span suppressHydrationWarning>{t("goesOnIn", { duration: duration(Math.ceil(left / 1_000) * 1_000) })}</span>;
  return t.rich("goesOn", { time: () => <RelativeTime value={dueAt} /> });
}
