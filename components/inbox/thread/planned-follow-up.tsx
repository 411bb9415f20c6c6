"use client";

import { CalendarClock } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { FollowUpView } from "@/server/follow-ups/schema";
import { CancelFollowUp } from "./follow-up-list";

/** A message a rule or a person has planned: it is looked at again when its day comes. */
export function PlannedFollowUp({ followUp }: { readonly followUp: FollowUpView }) {
  const t = useTranslations("thread.followUps");
  const format = useFormatter();
  const moment = format.dateTime(followUp.dueAt, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return (
    <li className="flex flex-col items-end pt-3">
      <div className="max-w-[85%] rounded-xl border border-dashed border-line-strong bg-sunken px-3.5 py-2 text-base break-words whitespace-pre-wrap text-ink-muted md:max-w-[34rem]">
        {followUp.text}
      </div>
      <p className="mt-1 flex flex-wrap items-center justify-end gap-x-1.5 px-1 text-xs text-ink-faint [&_svg]:size-3.5">
        <CalendarClock aria-hidden="true" />
        <span className="tabular">
          {t("planned", { moment })}
          {followUp.ruleName === null ? "" : ` · ${followUp.ruleName}`}
        </span>
        <CancelFollowUp followUp={followUp} className="h-6 px-1.5 text-accent-text" />
      </p>
    </li>
  );
}
