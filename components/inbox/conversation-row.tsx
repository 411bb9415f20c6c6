"use client";

import { Clock, CornerUpLeft, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { ChannelMark } from "@/components/ui/channel-mark";
import { cn } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/date-time";
import type { ConversationSummary } from "@/server/inbox/schema";
import { buyerLabel } from "./buyer-label";

export const ROW_HEIGHT = 68;

export interface ConversationRowProps {
  readonly conversation: ConversationSummary;
  readonly selected: boolean;
  /** Where the Tab key enters the list: the chosen row, else the first. */
  readonly tabbable: boolean;
  readonly onOpen: (id: string) => void;
  readonly onHover: (id: string) => void;
}

export function ConversationRow({ conversation, selected, tabbable, onOpen, onHover }: ConversationRowProps) {
  const t = useTranslations("inbox");
  const buyer = buyerLabel(conversation, t);
  return (
    <button
      type="button"
      role="option"
      aria-selected={selected}
      tabIndex={tabbable ? 0 : -1}
      data-conversation={conversation.id}
      onClick={() => onOpen(conversation.id)}
      onPointerEnter={() => onHover(conversation.id)}
      className={cn(
        "focus-inset relative flex h-full w-full gap-2.5 border-b px-3 py-2.5 text-left hover:bg-hover",
        selected && "bg-selected hover:bg-selected",
      )}
    >
      {conversation.unread ? <span aria-hidden="true" className="absolute top-3.5 left-1 size-1.5 rounded-full bg-accent" /> : null}
      <ChannelMark system={conversation.channel.split(".")[0] ?? ""} className="mt-0.5" />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className={cn("min-w-0 flex-1 truncate text-base", conversation.unread ? "font-semibold" : "font-medium")}>
            {buyer}
            {conversation.unread ? <span className="sr-only"> · {t("row.unread")}</span> : null}
          </span>
          <RelativeTime value={conversation.lastMessageAt} className="tabular shrink-0 text-xs text-ink-faint" />
        </span>
        <span className="mt-0.5 flex items-center gap-1.5 text-sm text-ink-muted">
          {conversation.lastMessageSide === "seller" ? <CornerUpLeft className="size-3.5 shrink-0 text-ink-faint" aria-label={t("row.ours")} /> : null}
          <span className={cn("min-w-0 flex-1 truncate", conversation.unread && "text-ink")}>{conversation.lastMessagePreview || t("row.attachment")}</span>
          <RowSign conversation={conversation} />
        </span>
      </span>
    </button>
  );
}

/** At most one sign a row: trouble with our message first, then the buyer's wait. */
function RowSign({ conversation }: { readonly conversation: ConversationSummary }) {
  const t = useTranslations("inbox");
  if (conversation.sendTrouble === "rejected" || conversation.sendTrouble === "unknown") {
    return (
      <span className="flex shrink-0 items-center gap-1 text-xs font-medium text-failed-text">
        <TriangleAlert className="size-3.5" />
        {t(`row.trouble.${conversation.sendTrouble}`)}
      </span>
    );
  }
  if (conversation.waitingSince === null) return null;
  return (
    <span className="flex shrink-0 items-center text-attention-text" title={t("row.waiting")}>
      <Clock className="size-3.5" aria-label={t("row.waiting")} />
    </span>
  );
}
