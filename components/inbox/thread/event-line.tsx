"use client";

import {
  AlarmClock,
  Bell,
  CalendarClock,
  CircleCheck,
  CircleDot,
  Flag,
  GitMerge,
  type LucideIcon,
  NotebookPen,
  Tag,
  TimerOff,
  Undo2,
  UserRound,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useErrorText } from "@/components/providers/use-error-text";
import { cn } from "@/components/ui/class-names";
import { DateTime } from "@/components/ui/date-time";
import type { FollowUpView } from "@/server/follow-ups/schema";
import type { MessageView } from "@/server/inbox/schema";
import type { HistoryEvent } from "./build-timeline";

const icons: Readonly<Record<string, LucideIcon>> = {
  assigned: UserRound,
  status: CircleDot,
  snoozed: AlarmClock,
  woken: Bell,
  labelled: Tag,
  priority: Flag,
  note: NotebookPen,
  merged: GitMerge,
  unmerged: GitMerge,
  deadline: TimerOff,
};

export function EventIcon({ event }: { readonly event: HistoryEvent }) {
  const Icon = event.type === "status" && event.data["to"] === "resolved" ? CircleCheck : (icons[event.type] ?? CircleDot);
  return <Icon className="size-3.5 shrink-0" aria-hidden="true" />;
}

/** Something that happened between the messages: one quiet line. A missed deadline is the only loud one. */
export function EventLine({ event, text }: { readonly event: HistoryEvent; readonly text: string }) {
  return (
    <Line at={event.at} icon={<EventIcon event={event} />} loud={event.type === "deadline"}>
      {text}
    </Line>
  );
}

/** A message that was taken back before it left: nobody got it. */
export function WithdrawnLine({ message }: { readonly message: MessageView }) {
  const t = useTranslations("thread.events");
  return (
    <Line at={message.sentAt} icon={<Undo2 className="size-3.5 shrink-0" aria-hidden="true" />}>
      {message.text === "" ? t("withdrawnFile") : t("withdrawn", { text: message.text.length > 80 ? `${message.text.slice(0, 80)}…` : message.text })}
    </Line>
  );
}

/** What became of a message that was planned. */
export function FollowUpLine({ followUp, at }: { readonly followUp: FollowUpView; readonly at: Date }) {
  const t = useTranslations("thread.events.followUp");
  const errorText = useErrorText();
  const { status, reasonCode } = followUp;
  const icon = <CalendarClock className="size-3.5 shrink-0" aria-hidden="true" />;
  const text =
    status === "skipped" && reasonCode !== null ? t("skipped", { reason: errorText.forCode(reasonCode) }) : t(status === "sent" ? "sent" : "cancelled");
  return (
    <Line at={at} icon={icon}>
      {text}
    </Line>
  );
}

function Line({ at, icon, loud = false, children }: { readonly at: Date; readonly icon: ReactNode; readonly loud?: boolean; readonly children: ReactNode }) {
  return (
    <li className={cn("flex items-start justify-center gap-1.5 px-2 pt-2 text-xs", loud ? "text-overdue-text" : "text-ink-faint")}>
      <span className="mt-px">{icon}</span>
      <span className="min-w-0 text-pretty">
        {children} <DateTime value={at} parts="time" className="tabular opacity-80" />
      </span>
    </li>
  );
}
