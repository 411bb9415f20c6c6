"use client";

import { ArrowRight, CircleCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ChannelMark } from "@/components/ui/channel-mark";
import { RelativeTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import type { HomeSummary } from "@/server/home/schema";

type Waiting = NonNullable<HomeSummary["waiting"]>;

/** Buyers who wait for a reply: those it is late for, then the longest. */
export function WaitingPanel({ waiting }: { readonly waiting: Waiting }) {
  const t = useTranslations("home.waiting");
  if (waiting.count === 0) {
    return (
      <Card title={t("title")}>
        <EmptyState icon={<CircleCheck />} title={t("noneTitle")} reason={t("noneReason")} />
      </Card>
    );
  }
  return (
    <Card
      title={
        <span className="flex items-center gap-2">
          {t("title")}
          {waiting.overdue === 0 ? null : <Badge tone="failed">{t("overdue", { count: waiting.overdue })}</Badge>}
        </span>
      }
      description={
        waiting.longestSince === null
          ? undefined
          : t.rich("longest", {
              count: waiting.count,
              time: () => <RelativeTime value={waiting.longestSince ?? new Date()} className="font-medium text-ink" />,
            })
      }
      padding="flush"
      actions={
        <ButtonLink href={waiting.target} variant="primary" size="sm">
          {t("answer")}
          <ArrowRight className="size-4" />
        </ButtonLink>
      }
    >
      <ul className="divide-y">
        {waiting.first.map((entry) => (
          <li key={entry.id}>
            <Link href={entry.target} className="focus-inset flex items-start gap-3 px-4 py-3 hover:bg-hover sm:px-5">
              <ChannelMark system={entry.channel.split(".")[0] ?? ""} className="mt-0.5" />
              <span className="min-w-0 flex-1">
                <span className="block truncate text-base font-medium">
                  {entry.buyerName ?? (entry.orderNumber === null ? (entry.productName ?? t("buyer")) : t("order", { order: entry.orderNumber }))}
                </span>
                <span className="block truncate text-sm text-ink-muted">{entry.lastMessagePreview}</span>
              </span>
              <span className="flex shrink-0 flex-col items-end gap-0.5">
                {entry.waitingSince === null ? null : <RelativeTime value={entry.waitingSince} className="tabular text-sm text-attention-text" />}
                {entry.deadline?.state === "breached" ? <Badge tone="failed">{t("late")}</Badge> : null}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
