"use client";

import { useNow, useTranslations } from "next-intl";
import { useRef } from "react";
import { useShortcut } from "@/components/layout/use-shortcut";
import { RelativeTime } from "@/components/ui/date-time";
import { Cell, HeadCell, Table, TableHead, TableRow } from "@/components/ui/table";
import type { RunSummary } from "@/server/jobs/schema";
import { GoesOn, RunStatusPill } from "./run-status";
import { SCHEDULE_EVENT, useDuration, useFunctionName } from "./use-words";

export interface RunTableProps {
  readonly runs: readonly RunSummary[];
  readonly openId: string | null;
  readonly onOpen: (runId: string) => void;
}

/** j and k move between the runs, Enter opens one. */
export function RunTable({ runs, openId, onOpen }: RunTableProps) {
  const t = useTranslations("jobs");
  const body = useRef<HTMLTableSectionElement>(null);
  const step = (by: 1 | -1) => {
    const buttons = [...(body.current?.querySelectorAll<HTMLButtonElement>("button[data-run]") ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[at === -1 ? 0 : Math.min(buttons.length - 1, Math.max(0, at + by))]?.focus();
  };
  useShortcut("list.next", () => step(1));
  useShortcut("list.previous", () => step(-1));
  return (
    <Table label={t("list")} className="table-fixed">
      <TableHead>
        <HeadCell>{t("columns.function")}</HeadCell>
        <HeadCell className="w-36 sm:w-44">{t("columns.status")}</HeadCell>
        <HeadCell className="w-24 max-sm:hidden">{t("columns.started")}</HeadCell>
        <HeadCell align="end" className="w-24 max-sm:hidden">
          {t("columns.duration")}
        </HeadCell>
        <HeadCell align="end" className="w-20 max-md:hidden">
          {t("columns.steps")}
        </HeadCell>
      </TableHead>
      <tbody ref={body}>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} open={run.id === openId} onOpen={onOpen} />
        ))}
      </tbody>
    </Table>
  );
}

function RunRow({ run, open, onOpen }: { readonly run: RunSummary; readonly open: boolean; readonly onOpen: (runId: string) => void }) {
  const t = useTranslations("jobs");
  const nameOf = useFunctionName();
  const name = nameOf(run.functionId, run.functionName);
  return (
    <TableRow selected={open} className="relative h-14">
      <Cell>
        <button
          type="button"
          data-run={run.id}
          aria-label={t("open", { name })}
          onClick={() => onOpen(run.id)}
          className="focus-inset block w-full truncate rounded-sm text-left font-medium after:absolute after:inset-0"
        >
          {name}
        </button>
        <span className="block truncate text-sm text-ink-muted">
          {run.eventName === SCHEDULE_EVENT ? t("schedule") : <code className="font-mono text-xs">{run.eventName}</code>}
          <span className="sm:hidden">
            {" · "}
            <RelativeTime value={run.startedAt ?? run.queuedAt} />
          </span>
        </span>
      </Cell>
      <Cell className="overflow-hidden">
        <RunStatusPill run={run} />
        <RunNote run={run} />
      </Cell>
      <Cell className="tabular text-sm whitespace-nowrap text-ink-muted max-sm:hidden">
        <span className="relative">
          <RelativeTime value={run.startedAt ?? run.queuedAt} />
        </span>
      </Cell>
      <Cell numeric className="text-sm text-ink-muted max-sm:hidden">
        <Took run={run} />
      </Cell>
      <Cell numeric className="text-sm text-ink-muted max-md:hidden">
        {run.stepsDone}
      </Cell>
    </TableRow>
  );
}

/** One line under the state: the error, else the failed attempts on the way, else when it goes on. */
function RunNote({ run }: { readonly run: RunSummary }) {
  const t = useTranslations("jobs");
  if (run.status === "Failed" && run.error !== null) return <p className="truncate text-sm text-failed-text">{run.error.message}</p>;
  if (run.failedAttempts > 0)
    return (
      <p className="truncate text-sm text-attention-text">
        {t("retriesShort", { count: run.failedAttempts })}
        <GoesOn run={run} className="block truncate text-ink-muted" />
      </p>
    );
  return <GoesOn run={run} className="block truncate text-sm text-ink-muted" />;
}

/** From the start to the end, or to now while it is under way. */
export function Took({ run }: { readonly run: Pick<RunSummary, "startedAt" | "endedAt"> }) {
  const now = useNow(run.endedAt === null ? { updateInterval: 1_000 } : undefined);
  const duration = useDuration();
  if (run.startedAt === null) return "–";
  return <span suppressHydrationWarning>{duration((run.endedAt ?? now).getTime() - run.startedAt.getTime())}</span>;
}
