"use client";

import { useQuery } from "@tanstack/react-query";
import { Bell } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useKeys } from "@/components/layout/shortcut-map";
import { useShortcut } from "@/components/layout/use-shortcut";
import { useTRPC } from "@/components/providers/trpc-provider";
import { CountBadge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { fetchCode } from "@/components/ui/late/fetch-code";
import { Popover } from "@/components/ui/popover";
import { SkeletonRows } from "@/components/ui/skeleton";

const NoticePanel = dynamic(() => fetchCode(() => import("./notice-panel")).then((module) => module.NoticePanel), {
  loading: () => <SkeletonRows rows={6} className="h-16" />,
});

/** The bell of the shell. It stands in the navigation of wide screens and in the header of phones; only one of the two is ever seen. */
export function NoticeBell() {
  const t = useTranslations("notices.bell");
  const trpc = useTRPC();
  const bell = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);
  const { data } = useQuery(trpc.notifications.unread.queryOptions());
  const unread = data?.unread ?? 0;
  const keys = useKeys("notices.open");
  useShortcut("notices.open", () => {
    if (bell.current?.checkVisibility() === true) setOpen(true);
  });
  const label = unread === 0 ? t("title") : t("titleUnread", { count: unread });
  return (
    <span ref={bell} className="relative inline-flex shrink-0">
      <Popover
        open={open}
        onOpenChange={setOpen}
        label={t("title")}
        className="max-h-[min(36rem,var(--available-height))] min-h-72 w-[min(24rem,var(--available-width))] overflow-hidden"
        trigger={<IconButton label={label} keys={keys} icon={<Bell />} />}
      >
        <NoticePanel unread={unread} onClose={() => setOpen(false)} />
      </Popover>
      <span aria-hidden="true" className="pointer-events-none absolute -top-1 -right-1">
        <CountBadge count={unread} label="" />
      </span>
    </span>
  );
}
