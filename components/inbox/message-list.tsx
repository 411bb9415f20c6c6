"use client";

import { useFormatter, useNow, useTimeZone, useTranslations } from "next-intl";
import { Fragment } from "react";
import type { MessageView } from "@/server/inbox/schema";
import { MessageBubble } from "./message-bubble";

/** Messages by day; neighbours by the same side within a few minutes are drawn as one group. */
const GROUP_GAP_MS = 5 * 60_000;

export function MessageList({ messages }: { readonly messages: readonly MessageView[] }) {
  const format = useFormatter();
  const zone = useTimeZone();
  const dayOf = (date: Date) => format.dateTime(date, { year: "numeric", month: "2-digit", day: "2-digit", ...(zone === undefined ? {} : { timeZone: zone }) });
  return (
    <ol className="mx-auto flex max-w-3xl flex-col">
      {messages.map((message, index) => {
        const before = messages[index - 1];
        const newDay = before === undefined || dayOf(before.sentAt) !== dayOf(message.sentAt);
        const grouped = !newDay && before !== undefined && before.side === message.side && message.sentAt.getTime() - before.sentAt.getTime() < GROUP_GAP_MS;
        return (
          <Fragment key={message.id}>
            {newDay ? <DaySeparator date={message.sentAt} /> : null}
            <MessageBubble message={message} grouped={grouped} />
          </Fragment>
        );
      })}
    </ol>
  );
}

function DaySeparator({ date }: { readonly date: Date }) {
  const format = useFormatter();
  const t = useTranslations("inbox");
  const now = useNow({ updateInterval: 60_000 });
  const day = (value: Date) => format.dateTime(value, { dateStyle: "short" });
  const yesterday = new Date(now.getTime() - 86_400_000);
  const sameYear = date.getFullYear() === now.getFullYear();
  const text =
    day(date) === day(now)
      ? t("today")
      : day(date) === day(yesterday)
        ? t("yesterday")
        : format.dateTime(date, { weekday: "short", day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) });
  return (
    <li className="flex items-center gap-3 pt-5 pb-2 first:pt-0">
      <span className="h-px flex-1 bg-line" aria-hidden="true" />
      <span className="text-xs font-medium text-ink-faint">{text}</span>
      <span className="h-px flex-1 bg-line" aria-hidden="true" />
    </li>
  );
}
