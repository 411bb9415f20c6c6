"use client";

import { useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { QueryError } from "@/components/layout/query-error";
import { useTRPC } from "@/components/providers/trpc-provider";
import { RelativeTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, DataList, HeadCell, Table, TableHead, TableRow } from "@/components/ui/table";
import type { RunView } from "@/server/integrations/schema";
import { ErrorSentence } from "./errors/error-sentence";
import { RunStatusPill } from "./run-status";

const REFRESH_MS = 5_000;

/** Runs with their conservation line: received = applied + duplicate + rejected + dead letters. */
export function RunList({ connectionId, limit }: { readonly connectionId: string; readonly limit: number }) {
  const t = useTranslations("integrations");
  const trpc = useTRPC();
  const query = useQuery(trpc.integrations.runs.list.queryOptions({ connectionId, limit }, { refetchInterval: REFRESH_MS }));
  return (
    <DataList title={t("runs.title")} busy={query.isPending}>
      {query.isError ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <SkeletonRows rows={4} /> : null}
      {query.data?.runs.length === 0 ? <EmptyState icon={<History />} title={t("runs.emptyTitle")} reason={t("runs.emptyReason")} /> : null}
      {query.data === undefined || query.data.runs.length === 0 ? null : <RunTable runs={query.data.runs} />}
    </DataList>
  );
}

function RunTable({ runs }: { readonly runs: readonly RunView[] }) {
  const t = useTranslations("integrations");
  return (
    <Table label={t("runs.title")}>
      <TableHead>
        <HeadCell>{t("runs.started")}</HeadCell>
        <HeadCell>{t("runs.stream")}</HeadCell>
        <HeadCell>{t("runs.status")}</HeadCell>
        <HeadCell align="end">{t("runs.received")}</HeadCell>
        <HeadCell align="end">{t("runs.applied")}</HeadCell>
        <HeadCell align="end">{t("runs.duplicate")}</HeadCell>
        <HeadCell align="end">{t("runs.rejected")}</HeadCell>
        <HeadCell align="end">{t("runs.deadLetter")}</HeadCell>
        <HeadCell align="end">{t("runs.duration")}</HeadCell>
      </TableHead>
      <tbody>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </tbody>
    </Table>
  );
}

function RunRow({ run }: { readonly run: RunView }) {
  const t = useTranslations("integrations");
  const format = useFormatter();
  const seconds = run.startedAt === null ? null : ((run.endedAt ?? new Date()).getTime() - run.startedAt.getTime()) / 1_000;
  const figures = [run.received, run.applied, run.duplicate, run.rejected, run.deadLetter];
  return (
    <TableRow>
      <Cell>
        <RelativeTime value={run.startedAt ?? run.queuedAt} className="whitespace-nowrap" />
      </Cell>
      <Cell>
        {t(`streams.${run.stream}`)}{" "}
        <span className="text-sm text-ink-faint">{t.has(`trigger.${run.trigger}`) ? t(`trigger.${run.trigger}`) : run.trigger}</span>
      </Cell>
      <Cell>
        <RunStatusPill status={run.status} />
        {run.errorCode === null ? null : (
          <p className="max-w-80 text-sm text-failed-text">
            <ErrorSentence code={run.errorCode} params={run.errorParams} />
          </p>
        )}
        {run.warnings.map(({ code, params }) => (
          <p key={code} className="max-w-80 text-sm text-attention-text">
            <ErrorSentence code={code} params={params} />
          </p>
        ))}
      </Cell>
      {["received", "applied", "duplicate", "rejected", "deadLetter"].map((name, index) => (
        <Cell key={name} numeric className={index > 2 && (figures[index] ?? 0) > 0 ? "text-failed-text" : undefined}>
          {format.number(figures[index] ?? 0)}
        </Cell>
      ))}
      <Cell numeric>{seconds === null ? "–" : t("runs.seconds", { seconds: format.number(seconds, { maximumFractionDigits: 1 }) })}</Cell>
    </TableRow>
  );
}
