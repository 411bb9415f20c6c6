"use client";

import { ArrowUpRight, ChevronRight, CornerDownRight, Hourglass, type LucideIcon, MailOpen, Pause, Send, SquareCode } from "lucide-react";
import { useNow, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/date-time";
import type { AttemptView, RunView, StepView } from "@/server/jobs/schema";
import { CodeBlock } from "./code-block";
import { TimeBar, type TimeBarTone } from "./time-bar";
import { type TimeScale, timeScale } from "./time-scale";
import { useDuration } from "./use-words";

type Kind = "step" | "sleep" | "event" | "invoke" | "send" | "other";

const KINDS: Readonly<Record<string, Kind>> = {
  "step.run": "step",
  StepRun: "step",
  Step: "step",
  StepPlanned: "step",
  Sleep: "sleep",
  WaitForEvent: "event",
  InvokeFunction: "invoke",
  "step.sendEvent": "send",
};
const ICONS: Readonly<Record<Kind, LucideIcon>> = { step: SquareCode, sleep: Pause, event: MailOpen, invoke: ArrowUpRight, send: Send, other: CornerDownRight };

const kindOf = (step: StepView): Kind => KINDS[step.kind] ?? "other";

function toneOf(step: StepView): TimeBarTone {
  if (step.status === "failed") return "failed";
  const waits = kindOf(step) === "sleep" || kindOf(step) === "event";
  if (step.status === "pending") return waits || step.waitsFor !== null ? "waiting" : "active";
  return waits ? "idle" : "done";
}

/** From the queue to the end: every step with its time, its failed attempts and what it gave back. */
export function Timeline({ run }: { readonly run: RunView }) {
  const t = useTranslations("jobs.timeline");
  const duration = useDuration();
  const active = run.endedAt === null;
  const now = useNow(active ? { updateInterval: 1_000 } : undefined);
  const end = run.endedAt ?? now;
  const scale = timeScale(run.queuedAt, end);
  const queuedUntil = run.startedAt ?? end;
  return (
    <section aria-label={t("title")} className="overflow-hidden rounded-lg border bg-surface">
      <header className="flex items-center justify-between gap-3 border-b px-3 py-2">
        <h3 className="text-base font-semibold">{t("title")}</h3>
        <span className="tabular text-sm text-ink-muted" suppressHydrationWarning>
          {duration(scale.lengthMs)}
        </span>
      </header>
      <ol>
        <li className="border-b last:border-b-0">
          <StepLine icon={Hourglass} name={t("queue")} detail={null} took={queuedUntil.getTime() - run.queuedAt.getTime()}>
            <TimeBar scale={scale} from={run.queuedAt} to={queuedUntil} tone="idle" marks={[]} />
          </StepLine>
        </li>
        {run.steps.map((step) => (
          <StepRow key={step.id} step={step} scale={scale} end={end} active={active} />
        ))}
      </ol>
      {run.steps.length === 0 ? <p className="px-3 py-3 text-sm text-ink-muted">{active ? t("none") : t("noneEnded")}</p> : null}
      {run.moreSteps > 0 ? <p className="border-t px-3 py-2 text-sm text-ink-muted">{t("more", { count: run.moreSteps })}</p> : null}
      {run.failedCalls.length === 0 ? null : (
        <div className="border-t px-3 py-2.5">
          <h4 className="mb-1.5 text-sm font-medium text-ink-muted">{t("calls")}</h4>
          <Attempts attempts={run.failedCalls} />
        </div>
      )}
    </section>
  );
}

interface StepRowProps {
  readonly step: StepView;
  readonly scale: TimeScale;
  readonly end: Date;
  readonly active: boolean;
}

function StepRow({ step, scale, end, active }: StepRowProps) {
  const t = useTranslations("jobs.timeline");
  const kind = kindOf(step);
  const to = step.endedAt ?? end;
  const hasDetails = step.output !== null || step.error !== null || step.failedAttempts.length > 0;
  const line = (
    <StepLine
      icon={ICONS[kind]}
      name={step.name}
      mono
      detail={<StepDetail step={step} kind={kind} active={active} />}
      took={to.getTime() - step.startedAt.getTime()}
      failed={step.status === "failed"}
      opens={hasDetails}
    >
      <TimeBar scale={scale} from={step.startedAt} to={to} tone={toneOf(step)} marks={step.failedAttempts.map(({ at }) => at)} />
    </StepLine>
  );
  if (!hasDetails) return <li className="border-b last:border-b-0">{line}</li>;
  return (
    <li className="border-b last:border-b-0">
      <details className="group">
        <summary className="focus-inset list-none hover:bg-hover [&::-webkit-details-marker]:hidden">{line}</summary>
        <div className="flex flex-col gap-2.5 border-t bg-sunken px-3 py-3">
          <Attempts attempts={step.failedAttempts} />
          {step.output === null ? null : <CodeBlock label={t("result")} text={step.output} />}
        </div>
      </details>
    </li>
  );
}

/** In words what the bar shows in colour. A pause and an awaited event are pending by nature: that goes without saying. */
function StepDetail({ step, kind, active }: { readonly step: StepView; readonly kind: Kind; readonly active: boolean }) {
  const t = useTranslations("jobs.timeline");
  const jobs = useTranslations("jobs");
  const eventName = step.waitsFor?.eventName ?? null;
  const until = step.waitsFor?.until ?? null;
  const state = step.status === "pending" && !active ? jobs("status.Cancelled") : step.status === "done" ? null : t(`state.${step.status}`);
  return (
    <>
      {eventName === null ? t(`kinds.${kind}`) : t("waitsEvent", { event: eventName })}
      {state === null || step.waitsFor !== null ? null : <span className={cn(step.status === "failed" && "text-failed-text")}> · {state}</span>}
      {until === null ? null : <span> · {t.rich("until", { time: () => <RelativeTime value={until} /> })}</span>}
      {step.failedAttempts.length === 0 ? null : <span className="text-attention-text"> · {jobs("retriesShort", { count: step.failedAttempts.length })}</span>}
    </>
  );
}

interface StepLineProps {
  readonly icon: LucideIcon;
  readonly name: string;
  readonly mono?: boolean | undefined;
  readonly detail: ReactNode;
  readonly took: number;
  readonly failed?: boolean | undefined;
  readonly opens?: boolean | undefined;
  /** Its bar. */
  readonly children: ReactNode;
}

/** Name and words on the left, the bar in the middle, the length on the right; on a phone the bar is under the name. */
function StepLine({ icon: Icon, name, mono = false, detail, took, failed = false, opens = false, children }: StepLineProps) {
  const duration = useDuration();
  return (
    <div className="grid min-h-11 grid-cols-[1rem_minmax(0,1fr)_auto_0.875rem] items-center gap-x-2.5 gap-y-1 px-3 py-1.5 sm:grid-cols-[1rem_minmax(0,13rem)_minmax(0,1fr)_4.5rem_0.875rem]">
      <Icon className={cn("size-4 text-ink-faint", failed && "text-failed-text")} aria-hidden="true" />
      <span className="min-w-0">
        <span className={cn("block truncate", mono ? "font-mono text-sm" : "text-base")}>{name}</span>
        {detail === null ? null : <span className="block text-xs break-words text-ink-muted">{detail}</span>}
      </span>
      <span className="max-sm:order-last max-sm:col-span-4">{children}</span>
      <span className="tabular text-right text-sm whitespace-nowrap text-ink-muted" suppressHydrationWarning>
        {duration(took)}
      </span>
      {opens ? <ChevronRight className="size-3.5 text-ink-faint transition-transform group-open:rotate-90" aria-hidden="true" /> : <span />}
    </div>
  );
}

function Attempts({ attempts }: { readonly attempts: readonly AttemptView[] }) {
  const t = useTranslations("jobs.timeline");
  const duration = useDuration();
  if (attempts.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2">
      {attempts.map((attempt, index) => (
        <li key={`${attempt.attempt}-${index}`} className="text-sm">
          <p className="text-ink-muted">
            <span className="font-medium text-ink">{t("attempt", { attempt: attempt.attempt })}</span> · <RelativeTime value={attempt.at} />
            {attempt.retryAt === null ? null : ` · ${t("retryAfter", { duration: duration(attempt.retryAt.getTime() - attempt.at.getTime()) })}`}
          </p>
          <p className="break-words text-failed-text">{attempt.error.message === "" ? attempt.error.name : attempt.error.message}</p>
        </li>
      ))}
    </ul>
  );
}
