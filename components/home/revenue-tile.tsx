"use client";

import { TrendingDown, TrendingUp } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Money } from "@/components/ui/money";
import type { HomeSummary } from "@/server/home/schema";

type Revenue = NonNullable<HomeSummary["revenue"]>;

/** Today beside the same weekday a week ago. */
export function RevenueTile({ revenue }: { readonly revenue: Revenue }) {
  const t = useTranslations("home.revenue");
  const currencies = revenue.currencies;
  return (
    <Link href={revenue.target} className="focus-inset block rounded-lg border bg-surface px-5 py-4 shadow-card hover:bg-hover">
      <p className="text-sm text-ink-muted">{t("today")}</p>
      {currencies.length === 0 ? <p className="mt-1 text-base text-ink-muted">{t("none")}</p> : null}
      {currencies.map((entry) => (
        <div key={entry.currency} className="not-first-of-type:mt-3">
          <p className="text-2xl font-semibold">
            <Money value={{ minor: entry.todayMinor, currency: entry.currency }} />
          </p>
          <Comparison entry={entry} date={revenue.comparedWith} />
        </div>
      ))}
    </Link>
  );
}

function Comparison({ entry, date }: { readonly entry: Revenue["currencies"][number]; readonly date: string }) {
  const t = useTranslations("home.revenue");
  const format = useFormatter();
  const day = format.dateTime(new Date(`${date}T00:00:00Z`), { weekday: "long", timeZone: "UTC" });
  const more = entry.todayMinor >= entry.weekAgoMinor;
  return (
    <p className="mt-1 flex items-center gap-1.5 text-sm text-ink-muted">
      {more ? <TrendingUp className="size-4 text-ok-text" aria-hidden="true" /> : <TrendingDown className="size-4 text-ink-faint" aria-hidden="true" />}
      <span>{t.rich("before", { day, amount: () => <Money value={{ minor: entry.weekAgoMinor, currency: entry.currency }} /> })}</span>
    </p>
  );
}
