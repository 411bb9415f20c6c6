"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { Card } from "@/components/ui/card";
import type { Metrics } from "@/server/integrations/console/schema";

const TICK = { fill: "var(--ink-faint)", fontSize: 11 };

/** Calls by day, errors on top. The same figures are in the table below it. */
export function CallsChart({ days }: { readonly days: Metrics["days"] }) {
  const t = useTranslations("integrations.metrics");
  const format = useFormatter();
  const points = days.map(({ day, calls, errors }) => ({ day, fine: calls - errors, errors }));
  const dayLabel = (day: string) => format.dateTime(new Date(`${day}T00:00:00Z`), { day: "numeric", month: "short", timeZone: "UTC" });
  return (
    <Card title={t("chart")}>
      <div className="h-48" role="img" aria-label={t("chartLabel", { days: days.length })}>
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 640, height: 192 }}>
          <BarChart data={points} margin={{ top: 4, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis dataKey="day" tickFormatter={dayLabel} tickLine={false} axisLine={{ stroke: "var(--line)" }} tick={TICK} minTickGap={28} />
            <YAxis tickFormatter={(value: number) => format.number(value, { notation: "compact" })} tickLine={false} axisLine={false} tick={TICK} width={48} />
            <Tooltip
              cursor={{ fill: "var(--hover)" }}
              isAnimationActive={false}
              content={({ active, payload }) => {
                const point = payload?.[0]?.payload as (typeof points)[number] | undefined;
                if (!active || point === undefined) return null;
                return (
                  <div className="rounded-md border bg-raised px-3 py-2 text-sm shadow-raised">
                    <p className="text-ink-muted">{dayLabel(point.day)}</p>
                    <p className="tabular font-semibold">{t("calls", { count: point.fine + point.errors, shown: format.number(point.fine + point.errors) })}</p>
                    <p className="tabular text-failed-text">{t("errorsOf", { count: point.errors })}</p>
                  </div>
                );
              }}
            />
            <Bar dataKey="fine" stackId="calls" fill="var(--accent)" maxBarSize={28} isAnimationActive={false} />
            <Bar dataKey="errors" stackId="calls" fill="var(--failed)" radius={[2, 2, 0, 0]} maxBarSize={28} isAnimationActive={false} />
          </BarChart>
        </ResponsiveContainer>
      </div>
    </Card>
  );
}
