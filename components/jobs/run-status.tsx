"use client";

import { useTranslations } from "next-intl";
import { StatusPill, type Tone } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/date-time";
import type { RunStatus, RunSummary } from "@/server/jobs/schema";

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

/** When a run that is still goes on by itself. */
export function GoesOn({ run, className }: { readonly run: Run; readonly className?: string | undefined }) {
  const t = useTranslations("jobs");
  const { activity, dueAt } = run;
  if (dueAt === null || (activity !== "retrying" && activity !== "waiting")) return null;
  return <span className={className}>{t.rich("goesOn", { time: () => <RelativeTime value={dueAt} /> })}</span>;
}
