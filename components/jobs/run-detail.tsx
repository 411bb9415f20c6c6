"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { DateTime } from "@/components/ui/date-time";
import { Notice } from "@/components/ui/notice";
import type { JobError, RunView } from "@/server/jobs/schema";
import { CodeBlock } from "./code-block";
import { useJobsState } from "./filters";
import { GoesOn, RunStatusPill } from "./run-status";
import { Took } from "./run-table";
import { Timeline } from "./timeline";
import { SCHEDULE_EVENT } from "./use-words";

/** Everything known of one run: state, facts, what went wrong, the timeline, what it was given and what came out. */
export function RunDetail({ run }: { readonly run: RunView }) {
  const t = useTranslations("jobs");
  return (
    <div className="flex flex-col gap-5">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-muted">
        <RunStatusPill run={run} />
        <GoesOn run={run} />
        {run.failedAttempts > 0 ? <span className="text-attention-text">{t("retriesShort", { count: run.failedAttempts })}</span> : null}
      </p>
      {run.cancelRequested ? (
        <Notice tone="attention" live>
          {t("detail.cancelRequested")}
        </Notice>
      ) : null}
      {run.error !== null && run.status === "Failed" ? <WhatWentWrong error={run.error} /> : null}
      <Facts run={run} />
      <Timeline run={run} />
      {run.payload === null ? null : <CodeBlock label={t("detail.payload")} text={run.payload} />}
      {run.output === null ? null : <CodeBlock label={t("detail.output")} text={run.output} />}
      {run.origin === "installation" ? <p className="text-sm text-ink-muted">{t("detail.private")}</p> : null}
    </div>
  );
}

function WhatWentWrong({ error }: { readonly error: JobError }) {
  const t = useTranslations("jobs.detail");
  return (
    <Notice tone="failed" title={t("error")}>
      <p className="break-words">{error.message === "" ? error.name : error.message}</p>
      {error.stack === null ? null : (
        <details className="mt-2">
          <summary className="w-fit text-sm font-medium underline underline-offset-2">{t("stack")}</summary>
          <section tabIndex={0} aria-label={t("stack")} className="focus-inset mt-2 max-h-64 overflow-auto rounded-md border bg-surface px-3 py-2 text-ink">
            <pre className="font-mono text-xs whitespace-pre">{error.stack}</pre>
          </section>
        </details>
      )}
    </Notice>
  );
}

function Facts({ run }: { readonly run: RunView }) {
  const t = useTranslations("jobs");
  return (
    <dl className="tabular grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-base sm:grid-cols-[auto_minmax(0,1fr)_auto_minmax(0,1fr)]">
      <Fact name={t("detail.event")}>
        {run.eventName === SCHEDULE_EVENT ? t("schedule") : <code className="font-mono text-sm break-all">{run.eventName}</code>}
      </Fact>
      <Fact name={t("detail.took")}>
        <Took run={run} />
      </Fact>
      <Fact name={t("detail.queued")}>
        <DateTime value={run.queuedAt} />
      </Fact>
      <Fact name={t("detail.ended")}>{run.endedAt === null ? "–" : <DateTime value={run.endedAt} />}</Fact>
      <Fact name={t("detail.attemptsLeft")}>{run.maxAttempts}</Fact>
      <Fact name={t("detail.id")}>
        <span className="flex items-center gap-1">
          <code className="min-w-0 truncate font-mono text-sm">{run.id}</code>
          <CopyButton value={run.id} label={t("detail.copyId")} />
        </span>
      </Fact>
      {run.parentRunId === null ? null : <Linked name={t("detail.parent")} runIds={[run.parentRunId]} />}
      {run.retriedFrom === null ? null : <Linked name={t("detail.retriedFrom")} runIds={[run.retriedFrom]} />}
      {run.retriedAs.length === 0 ? null : <Linked name={t("detail.retriedAs")} runIds={run.retriedAs} />}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function Linked({ name, runIds }: { readonly name: string; readonly runIds: readonly string[] }) {
  const t = useTranslations("jobs.detail");
  const [, setState] = useJobsState();
  return (
    <Fact name={name}>
      <span className="flex flex-wrap gap-x-3">
        {runIds.map((runId) => (
          <button
            key={runId}
            type="button"
            aria-label={`${t("openRun")} ${runId}`}
            onClick={() => void setState({ run: runId })}
            className="font-mono text-sm text-accent-text underline underline-offset-2 coarse:min-h-10"
          >
            …{runId.slice(-12)}
          </button>
        ))}
      </span>
    </Fact>
  );
}
