"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { BellOff, CheckCheck, Settings2 } from "lucide-react";
import Link from "next/link";
import { useFormatter, useNow, useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { QueryContent } from "@/components/layout/query-content";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { NoticeView } from "@/server/notifications/schema";
import { type DayGroup, groupByDay } from "./group-by-day";
import { NoticeRow } from "./notice-row";
import { PopUpOffer } from "./pop-up-offer";
import { useMarkRead } from "./use-mark-read";

const SETTINGS = "/settings/notifications";
const FILTERS = ["all", "unread"] as const;

/** What the bell opens: own notices by day. */
export function NoticePanel({ unread, onClose }: { readonly unread: number; readonly onClose: () => void }) {
  const t = useTranslations("notices.bell");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const [filter, setFilter] = useState<(typeof FILTERS)[number]>("all");
  const { markRead, markAllRead } = useMarkRead();
  const list = useInfiniteQuery(
    trpc.notifications.list.infiniteQueryOptions(
      { unreadOnly: filter === "unread" },
      { getNextPageParam: (page) => page.nextCursor ?? undefined, staleTime: 0 },
    ),
  );
  return (
    <>
      <header className="flex items-center gap-1 border-b py-2 pr-2 pl-4">
        <h2 className="flex-1 text-base font-semibold">{t("title")}</h2>
        <IconButton size="sm" label={t("markAllRead")} icon={<CheckCheck />} disabled={unread === 0} onClick={markAllRead} />
        <Link
          href={SETTINGS}
          onClick={onClose}
          aria-label={t("settings")}
          title={t("settings")}
          className="flex size-7 items-center justify-center rounded-md text-ink-muted hover:bg-hover hover:text-ink coarse:size-9"
        >
          <Settings2 className="size-4" aria-hidden="true" />
        </Link>
      </header>
      <fieldset className="flex gap-1 border-b px-3 py-1.5">
        <legend className="sr-only">{t("filter")}</legend>
        {FILTERS.map((value) => (
          <Button
            key={value}
            size="sm"
            variant="ghost"
            aria-pressed={filter === value}
            className={cn(filter === value && "bg-selected text-ink")}
            onClick={() => setFilter(value)}
          >
            {t(`filters.${value}`)}
          </Button>
        ))}
      </fieldset>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <QueryContent query={list} skeleton={<SkeletonRows rows={5} className="h-16" />}>
          {({ pages }) => {
            const notices = pages.flatMap((page) => page.notices);
            const isFiltered = filter === "unread";
            if (notices.length === 0)
              return (
                <EmptyState
                  className="py-10"
                  icon={<BellOff />}
                  title={t(isFiltered ? "emptyUnread" : "empty")}
                  reason={t(isFiltered ? "emptyUnreadReason" : "emptyReason")}
                />
              );
            return <Days notices={notices} onOpen={onClose} onRead={markRead} />;
          }}
        </QueryContent>
        {list.hasNextPage ? (
          <div className="flex justify-center border-t py-2">
            <Button size="sm" variant="ghost" pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {common("loadMore")}
            </Button>
          </div>
        ) : null}
      </div>
      <PopUpOffer />
    </>
  );
}

interface DaysProps {
  readonly notices: readonly NoticeView[];
  readonly onOpen: () => void;
  readonly onRead: (noticeId: string) => void;
}

function Days({ notices, onOpen, onRead }: DaysProps) {
  const t = useTranslations("notices.bell");
  const format = useFormatter();
  const zone = useTimeZone() ?? "UTC";
  const now = useNow({ updateInterval: 60_000 });
  const nameOf = ({ day, date }: DayGroup) =>
    day === "earlier" ? format.dateTime(new Date(`${date}T12:00:00Z`), { day: "numeric", month: "long", timeZone: "UTC" }) : t(`days.${day}`);
  return groupByDay(notices, zone, now).map((group) => (
    <section key={group.date} aria-label={nameOf(group)}>
      <h3 className="sticky top-0 z-10 border-b bg-raised px-4 py-1.5 text-xs font-medium text-ink-muted">{nameOf(group)}</h3>
      <ul className="divide-y divide-line">
        {group.notices.map((notice) => (
          <NoticeRow
            key={notice.noticeId}
            notice={notice}
            onRead={() => onRead(notice.noticeId)}
            onOpen={() => {
              if (notice.readAt === null) onRead(notice.noticeId);
              onOpen();
            }}
          />
        ))}
      </ul>
    </section>
  ));
}
