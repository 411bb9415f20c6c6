"use client";

import { Clock, Pause } from "lucide-react";
import dynamic from "next/dynamic";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { fetchCode } from "@/components/ui/late/fetch-code";
import { Popover } from "@/components/ui/popover";
import type { ConversationSummary } from "@/server/inbox/schema";
import { PickSkeleton } from "./pick-skeleton";

const DeadlineExplanation = dynamic(() => fetchCode(() => import("./deadline-explanation")).then((module) => module.DeadlineExplanation), {
  loading: PickSkeleton,
});

type Deadline = NonNullable<ConversationSummary["deadline"]>;

const looks = {
  running: "bg-sunken text-ink-muted",
  paused: "bg-sunken text-ink-faint",
  warned: "bg-attention-soft text-attention-text",
  breached: "bg-overdue-soft text-overdue-text",
} as const;

/** How long there is for the reply that is owed next; pressing it tells why. */
export function DeadlineChip({ conversationId, deadline }: { readonly conversationId: string; readonly deadline: Deadline }) {
  const t = useTranslations("thread.deadline");
  const format = useFormatter();
  const now = useNow({ updateInterval: 20_000 });
  const { at } = deadline;
  // The server tells of a breach within a minute; the clock on the screen does not wait for it.
  const state = at !== null && at <= now && deadline.state !== "paused" ? "breached" : deadline.state;
  const when = at === null ? "" : format.relativeTime(at, { now, style: "short" });
  const text = at === null || state === "paused" ? t("paused") : state === "breached" ? t("late", { when }) : t("due", { when });
  return (
    <Popover
      label={t("why")}
      trigger={
        <button
          type="button"
          aria-label={`${text}. ${t("why")}`}
          className={cn(
            "tabular inline-flex h-6 max-w-full items-center gap-1 rounded-full px-2 text-xs font-medium whitespace-nowrap coarse:h-8",
            looks[state],
          )}
        >
          {state === "paused" ? <Pause className="size-3.5 shrink-0" /> : <Clock className="size-3.5 shrink-0" />}
          <span className="truncate">{text}</span>
        </button>
      }
    >
      <DeadlineExplanation conversationId={conversationId} />
    </Popover>
  );
}
