"use client";

import { useQuery } from "@tanstack/react-query";
import { BarChart3, Table2 } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { QueryError } from "@/components/layout/query-error";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Card } from "@/components/ui/card";
import { IconButton } from "@/components/ui/icon-button";
import { formatMoney, Money } from "@/components/ui/money";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, HeadCell, Table, TableHead, TableRow } from "@/components/ui/table";
import { exponentOf } from "@/lib/money";
import type { RevenueSeries } from "@/server/sales/schema";
import { type SaleQuery, useShowLines } from "./filters";

type Series = RevenueSeries["series"][number];

/** Revenue by day as bars, and the same figures as a table for those who read rather than look. */
export function RevenueChart({ query }: { readonly query: SaleQuery }) {
  const t = useTranslations("sales.chart");
  const trpc = useTRPC();
  const [asTable, setAsTable] = useState(false);
  const { data, isError, error, refetch } = useQuery(trpc.sales.series.queryOptions(query, { placeholderData: (before) => before }));
  const series = data?.series[0];
  const toggle = (
    <IconButton size="sm" label={asTable ? t("showChart") : t("showTable")} icon={asTable ? <BarChart3 /> : <Table2 />} onClick={() => setAsTable(!asTable)} />
  );
  return (
    <Card title={t("title")} actions={toggle}>
      {isError && data === undefined ? <QueryError error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined && !isError ? <Skeleton className="h-64" /> : null}
      {data !== undefined && series === undefined ? <p className="flex h-64 items-center justify-center text-base text-ink-muted">{t("empty")}</p> : null}
      {series === undefined ? null : asTable ? <SeriesTable series={series} /> : <Bars series={series} />}
    </Card>
  );
}

function Bars({ series }: { readonly series: Series }) {
  const t = useTranslations("sales.chart");
  const locale = useLocale();
  const format = useFormatter();
  const show = useShowLines();
  const scale = 10 ** exponentOf(series.currency);
  const points = series.days.map((day) => ({ date: day.date, revenue: Number(day.revenueMinor) / scale, minor: day.revenueMinor, quantity: day.quantity }));
  const dayLabel = (date: string) => format.dateTime(new Date(`${date}T00:00:00Z`), { day: "numeric", month: "short", timeZone: "UTC" });
  return (
    <div className="h-64" role="img" aria-label={t("label", { days: series.days.length, currency: series.currency })}>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 640, height: 256 }}>
        <BarChart data={points} margin={{ top: 4, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="date"
            tickFormatter={dayLabel}
            tickLine={false}
            axisLine={{ stroke: "var(--line)" }}
            tick={{ fill: "var(--ink-faint)", fontSize: 11 }}
            minTickGap={28}
          />
          <YAxis
            tickFormatter={(value: number) => new Intl.NumberFormat(locale, { notation: "compact" }).format(value)}
            tickLine={false}
            axisLine={false}
            tick={{ fill: "var(--ink-faint)", fontSize: 11 }}
            width={48}
          />
          <Tooltip
            cursor={{ fill: "var(--hover)" }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as (typeof points)[number] | undefined;
              if (!active || point === undefined) return null;
              return (
                <div className="rounded-md border bg-raised px-3 py-2 text-sm shadow-raised">
                  <p className="text-ink-muted">{dayLabel(point.date)}</p>
                  <p className="tabular font-semibold">{formatMoney({ minor: point.minor, currency: series.currency }, locale)}</p>
                  <p className="text-ink-muted">{t("pieces", { count: point.quantity })}</p>
                </div>
              );
            }}
          />
          <Bar
            dataKey="revenue"
            fill="var(--accent)"
            radius={[3, 3, 0, 0]}
            isAnimationActive={false}
            maxBarSize={28}
            className="cursor-pointer"
            // From the keyboard the same days are in the table.
            onClick={(_bar, index) => {
              const date = points[index]?.date;
              if (date !== undefined) show({ from: date, to: date });
            }}
          />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

function SeriesTable({ series }: { readonly series: Series }) {
  const t = useTranslations("sales");
  const format = useFormatter();
  const show = useShowLines();
  return (
    <div className="h-64 overflow-y-auto">
      <Table label={t("chart.title")}>
        <TableHead>
          <HeadCell>{t("columns.date")}</HeadCell>
          <HeadCell align="end">{t("columns.quantity")}</HeadCell>
          <HeadCell align="end">{t("columns.revenue")}</HeadCell>
        </TableHead>
        <tbody>
          {[...series.days].reverse().map((day) => (
            <TableRow key={day.date}>
              <Cell>
                <button type="button" className="rounded-sm hover:text-accent-text" onClick={() => show({ from: day.date, to: day.date })}>
                  {format.dateTime(new Date(`${day.date}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" })}
                </button>
              </Cell>
              <Cell numeric>{format.number(day.quantity)}</Cell>
              <Cell numeric>
                <Money value={{ minor: day.revenueMinor, currency: series.currency }} />
              </Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
