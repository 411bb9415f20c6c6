"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import { cn } from "@/components/ui/class-names";
import { Skeleton } from "@/components/ui/skeleton";
import { COUNTED_MOST } from "@/server/orders/schema";

const REFRESH_MS = 30_000;

/** What has to be handed over: late, within a day, all of it. Every number opens its list. For Home; only for those who may see orders. */
export function ToShipTile() {
  const t = useTranslations("orders.tile");
  const format = useFormatter();
  const trpc = useTRPC();
  const { data, isPending } = useQuery(trpc.orders.toShip.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  if (isPending) return <Skeleton className="h-24" />;
  if (data === undefined) return null;
  const parts = [
    { name: "late", count: data.late, href: "/orders?tab=waiting&urgency=late", tone: data.late > 0 ? "text-failed-text" : "text-ink-faint" },
    { name: "soon", count: data.soon, href: "/orders?tab=waiting&urgency=soon", tone: data.soon > 0 ? "text-attention-text" : "text-ink-faint" },
    { name: "waiting", count: data.waiting, href: "/orders?tab=waiting", tone: "text-ink" },
  ] as const;
  return (
    <section className="overflow-hidden rounded-lg border bg-surface shadow-card">
      <h2 className="px-5 pt-4 text-sm text-ink-muted">{t("title")}</h2>
      <div className="grid grid-cols-3 px-2 pt-1 pb-2">
        {parts.map(({ name, count, href, tone }) => (
          <Link key={name} href={href} className="focus-inset rounded-md px-3 py-2 hover:bg-hover">
            <span className={cn("tabular block text-2xl font-semibold", tone)}>
              {count >= COUNTED_MOST ? `${format.number(COUNTED_MOST)}+` : format.number(count)}
            </span>
            <span className="block text-sm text-ink-muted">{t(name)}</span>
          </Link>
        ))}
      </div>
      {data.short === 0 ? null : (
        <Link href="/orders?short=true" className="focus-inset block border-t px-5 py-2.5 text-sm text-failed-text hover:bg-hover">
          {t("short", { count: data.short })}
        </Link>
      )}
    </section>
  );
}
