"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { QueryError } from "@/components/layout/query-error";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, DataList, HeadCell, Table, TableHead, TableRow } from "@/components/ui/table";
import type { Metrics } from "@/server/integrations/console/schema";
import { CallsChart } from "./calls-chart";
import { HeadroomCard } from "./headroom-card";
import { saveMetrics } from "./save-metrics";
import { useFigures } from "./use-figures";

const STRETCHES = ["1", "7", "30"] as const;
const REFRESH_MS = 30_000;

/** How the service and our way to it have been doing, in figures, by day, with what is behind them. */
export function MetricsTab({ connectionId, name }: { readonly connectionId: string; readonly name: string }) {
  const t = useTranslations("integrations.metrics");
  const trpc = useTRPC();
  const [days, setDays] = useQueryState("days", parseAsStringLiteral(STRETCHES).withDefault("7"));
  const query = useQuery(
    trpc.integrations.console.metrics.queryOptions({ connectionId, days: Number(days) }, { refetchInterval: REFRESH_MS, placeholderData: (before) => before }),
  );
  if (query.isError && query.data === undefined) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton className="h-96" />;
  const metrics = query.data;
  return (
    <div className="flex flex-col gap-5" aria-busy={query.isPlaceholderData}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Select
          size="sm"
          className="w-44"
          label={t("stretch")}
          value={days}
          onValueChange={(value) => void setDays(value)}
          options={STRETCHES.map((value) => ({ value, label: t("lastDays", { days: Number(value) }) }))}
        />
        <Button size="sm" icon={<Download />} onClick={() => saveMetrics(metrics, name, t)}>
          {t("export")}
        </Button>
      </div>
      <Tiles total={metrics.total} />
      <CallsChart days={metrics.days} />
      <DaysTable days={metrics.days} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <EndpointsTable endpoints={metrics.endpoints} />
        <HeadroomCard headroom={metrics.headroom} />
      </div>
    </div>
  );
}

function Tiles({ total }: { readonly total: Metrics["total"] }) {
  const t = useTranslations("integrations.metrics");
  const { percent, milliseconds, bytes, number } = useFigures();
  const succeeded = total.runs === 0 ? null : 1 - total.failedRuns / total.runs;
  return (
    <dl className="grid grid-cols-2 divide-line overflow-hidden rounded-lg border bg-surface shadow-card sm:grid-cols-3 lg:grid-cols-5 lg:divide-x">
      <Tile label={t("availability")} note={t("calls", { count: total.calls, shown: number(total.calls) })}>
        {percent(total.availability)}
      </Tile>
      <Tile label={t("response")} note={t("p95", { time: milliseconds(total.p95Ms) })}>
        {milliseconds(total.medianMs)}
      </Tile>
      <Tile label={t("errors")} note={total.calls === 0 ? "" : percent(total.errors / total.calls)}>
        {number(total.errors)}
      </Tile>
      <Tile label={t("volume")}>{bytes(total.bytes)}</Tile>
      <Tile label={t("syncs")} note={t("runs", { count: total.runs, shown: number(total.runs) })}>
        {percent(succeeded)}
      </Tile>
    </dl>
  );
}

function Tile({ label, note = "", children }: { readonly label: string; readonly note?: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0 px-4 py-3">
      <dt className="text-sm text-ink-muted">{label}</dt>
      <dd className="tabular truncate text-xl font-semibold">{children}</dd>
      <dd className="tabular min-h-5 truncate text-sm text-ink-faint">{note}</dd>
    </div>
  );
}

/** By day, newest first, with the line that says nothing received is unaccounted for. */
function DaysTable({ days }: { readonly days: Metrics["days"] }) {
  const t = useTranslations("integrations.metrics");
  const format = useFormatter();
  const { percent, milliseconds, number } = useFigures();
  return (
    <DataList title={t("byDay")}>
      <Table label={t("byDay")}>
        <TableHead>
          <HeadCell>{t("day")}</HeadCell>
          <HeadCell align="end">{t("callsColumn")}</HeadCell>
          <HeadCell align="end">{t("errors")}</HeadCell>
          <HeadCell align="end">{t("availability")}</HeadCell>
          <HeadCell align="end">{t("response")}</HeadCell>
          <HeadCell>{t("conservation")}</HeadCell>
        </TableHead>
        <tbody>
          {days.toReversed().map((day) => (
            <TableRow key={day.day}>
              <Cell className="tabular whitespace-nowrap">
                {format.dateTime(new Date(`${day.day}T00:00:00Z`), { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" })}
              </Cell>
              <Cell align="end">{number(day.calls)}</Cell>
              <Cell align="end" className={day.errors > 0 ? "text-failed-text" : ""}>
                {number(day.errors)}
              </Cell>
              <Cell align="end">{percent(day.availability)}</Cell>
              <Cell align="end">{milliseconds(day.medianMs)}</Cell>
              <Cell>{day.conservation === null ? <span className="text-ink-faint">{t("noRuns")}</span> : <Conservation line={day.conservation} />}</Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </DataList>
  );
}

function Conservation({ line }: { readonly line: NonNullable<Metrics["days"][number]["conservation"]> }) {
  const t = useTranslations("integrations.metrics");
  const { number } = useFigures();
  return (
    <span className={line.balances ? "tabular text-ink-muted" : "tabular font-medium text-failed-text"}>
      {t("line", {
        received: number(line.received),
        applied: number(line.applied),
        duplicate: number(line.duplicate),
        rejected: number(line.rejected),
        deadLetter: number(line.deadLetter),
      })}
    </span>
  );
}

function EndpointsTable({ endpoints }: { readonly endpoints: Metrics["endpoints"] }) {
  const t = useTranslations("integrations.metrics");
  const { milliseconds, number } = useFigures();
  if (endpoints.length === 0) return <Card title={t("endpoints")}>{t("noCalls")}</Card>;
  return (
    <DataList title={t("endpoints")}>
      <Table label={t("endpoints")}>
        <TableHead>
          <HeadCell>{t("endpoint")}</HeadCell>
          <HeadCell align="end">{t("callsColumn")}</HeadCell>
          <HeadCell align="end">{t("errors")}</HeadCell>
          <HeadCell align="end">{t("p95Column")}</HeadCell>
        </TableHead>
        <tbody>
          {endpoints.map((row) => (
            <TableRow key={row.endpoint}>
              <Cell className="font-mono text-xs break-all">{row.endpoint}</Cell>
              <Cell align="end">{number(row.calls)}</Cell>
              <Cell align="end" className={row.errors > 0 ? "text-failed-text" : ""}>
                {number(row.errors)}
              </Cell>
              <Cell align="end" className="whitespace-nowrap">
                {milliseconds(row.p95Ms)}
              </Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </DataList>
  );
}
