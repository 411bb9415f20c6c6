"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/date-time";
import type { Metrics } from "@/server/integrations/console/schema";
import { useFigures } from "./use-figures";

const TIGHT = 0.25;

/** What the service allows, and how much of it is free at this moment, shared by every process of ours. */
export function HeadroomCard({ headroom }: { readonly headroom: Metrics["headroom"] }) {
  const t = useTranslations("integrations.metrics");
  const { percent } = useFigures();
  return (
    <Card title={t("headroom")} description={t("headroomHint")} padding="flush">
      <ul className="divide-y">
        {headroom.map(({ group, points, perSeconds, free, shutUntil }) => (
          <li key={group} className="flex items-center gap-3 px-4 py-2.5 sm:px-5">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-mono text-xs">{group}</span>
              <span className="tabular block text-sm text-ink-faint">{t("limit", { points, seconds: perSeconds })}</span>
            </span>
            {shutUntil === null ? null : (
              <Badge tone="attention">
                {t("shut")} <RelativeTime value={shutUntil} />
              </Badge>
            )}
            <span aria-hidden="true" className="h-1.5 w-24 overflow-hidden rounded-full bg-sunken max-sm:w-16">
              <span className={cn("block h-full", free < TIGHT ? "bg-attention" : "bg-ok")} style={{ width: `${Math.round(free * 100)}%` }} />
            </span>
            <span className="tabular w-12 text-right text-sm">{percent(free)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
