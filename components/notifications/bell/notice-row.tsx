"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/date-time";
import { IconButton } from "@/components/ui/icon-button";
import type { NoticeView } from "@/server/notifications/schema";
import { useNoticeText } from "../use-notice-text";
import { NoticeMark } from "./notice-mark";

export interface NoticeRowProps {
  readonly notice: NoticeView;
  readonly onOpen: () => void;
  readonly onRead: () => void;
}

export function NoticeRow({ notice, onOpen, onRead }: NoticeRowProps) {
  const t = useTranslations("notices.bell");
  const { title, body } = useNoticeText()(notice);
  const isUnread = notice.readAt === null;
  return (
    <li className="group relative flex gap-3 py-2.5 pr-3 pl-4 hover:bg-hover has-[a:focus-visible]:bg-hover">
      <NoticeMark kind={notice.kind} channel={notice.params.channel} />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <Link
            href={notice.target}
            onClick={onOpen}
            className={cn(
              "focus-inset line-clamp-2 min-w-0 flex-1 rounded-sm text-base after:absolute after:inset-0",
              isUnread ? "font-semibold" : "text-ink-muted",
            )}
          >
            {title}
            {isUnread ? <span className="sr-only">, {t("unreadMark")}</span> : null}
          </Link>
          <RelativeTime value={notice.createdAt} className="tabular relative shrink-0 text-xs whitespace-nowrap text-ink-faint" />
        </div>
        {body === "" ? null : <p className="line-clamp-2 pr-7 text-sm text-ink-muted">{body}</p>}
      </div>
      {isUnread ? (
        <>
          <span
            aria-hidden="true"
            className="absolute right-4 bottom-3.5 size-2 rounded-full bg-accent group-focus-within:opacity-0 group-hover:opacity-0 coarse:hidden"
          />
          <IconButton
            size="sm"
            label={t("markRead")}
            icon={<Check />}
            onClick={onRead}
            className="absolute right-1.5 bottom-1.5 bg-hover opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 coarse:bg-transparent coarse:opacity-100"
          />
        </>
      ) : null}
    </li>
  );
}
