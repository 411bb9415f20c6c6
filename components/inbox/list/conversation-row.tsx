"use client";

import { AlarmClock, Check, CircleQuestionMark, Clock, CornerUpLeft, GitMerge, Pencil, Star, TriangleAlert } from "lucide-react";
import { useFormatter, useTimeZone, useTranslations } from "next-intl";
import { type MouseEvent, memo, type ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { ChannelMark } from "@/components/ui/channel-mark";
import { cn } from "@/components/ui/class-names";
import { LabelDot } from "@/components/ui/label-chip";
import type { ConversationSummary, SearchHit } from "@/server/inbox/schema";
import { buyerLabel } from "../buyer-label";
import { PriorityIcon, priorityName } from "../thread/priority";
import { systemOf } from "./filter-model";
import { inUnits, type RowSign, signOf } from "./row-sign";
import { Stars } from "./stars";

export const ROW_HEIGHT = 68;

export interface ConversationRowProps {
  readonly conversation: ConversationSummary;
  /** Its thread is open beside the list. */
  readonly open: boolean;
  readonly checked: boolean;
  /** Something is ticked somewhere: every row shows its box. */
  readonly ticking: boolean;
  /** Where the Tab key enters the list: the open row, else the first. */
  readonly tabbable: boolean;
  readonly now: Date;
  /** The stretch of a message a search has found. */
  readonly snippet: SearchHit["snippet"] | undefined;
  readonly onPress: (id: string, how: "open" | "toggle" | "extend") => void;
  readonly onRest: (id: string) => void;
}

/** How a press is meant: on the box, with Ctrl or ⌘ it ticks; with Shift it ticks up to here. */
function meantBy(event: MouseEvent): "open" | "toggle" | "extend" {
  const onBox = event.target instanceof Element && event.target.closest("[data-tick]") !== null;
  if (event.shiftKey) return "extend";
  return onBox || event.ctrlKey || event.metaKey ? "toggle" : "open";
}

export const ConversationRow = memo(function ConversationRow({
  conversation,
  open,
  checked,
  ticking,
  tabbable,
  now,
  snippet,
  onPress,
  onRest,
}: ConversationRowProps) {
  const t = useTranslations("inbox");
  const word = useTranslations("inbox-list.row");
  const { id, unread } = conversation;
  return (
    <button
      type="button"
      role="option"
      aria-selected={open}
      aria-checked={ticking ? checked : undefined}
      tabIndex={tabbable ? 0 : -1}
      data-conversation={id}
      onClick={(event) => onPress(id, meantBy(event))}
      onPointerEnter={() => onRest(id)}
      className={cn(
        "group/row focus-inset relative flex h-full w-full gap-2.5 border-b px-3 py-3 text-left hover:bg-hover",
        open && "bg-selected hover:bg-selected",
        checked && "bg-selected hover:bg-selected",
      )}
    >
      {open ? <span aria-hidden="true" className="absolute inset-y-0 left-0 w-0.5 bg-accent" /> : null}
      <Tick conversation={conversation} checked={checked} ticking={ticking} />
      <span className="min-w-0 flex-1">
        <span className="flex h-5 items-center gap-1.5">
          {unread ? <span aria-hidden="true" className="size-2 shrink-0 rounded-full bg-accent" /> : null}
          {conversation.priority === 0 ? null : (
            <span title={word(`priority.${priorityName(conversation.priority)}`)} className="flex shrink-0 [&_svg]:size-3.5">
              <PriorityIcon priority={conversation.priority} />
              <span className="sr-only">{word(`priority.${priorityName(conversation.priority)}`)}</span>
            </span>
          )}
          <span className={cn("min-w-0 truncate text-base", unread ? "font-semibold" : "font-medium")}>
            {buyerLabel(conversation, t)}
            {unread ? <span className="sr-only"> · {t("row.unread")}</span> : null}
          </span>
          {conversation.rating === null ? null : <Stars rating={conversation.rating} label={word("stars", { count: conversation.rating })} />}
          <RowHints conversation={conversation} />
          <span className="flex-1" />
          <LabelDots labels={conversation.labels} />
          <RowTime at={conversation.lastMessageAt} now={now} strong={unread} />
        </span>
        <span className="mt-0.5 flex h-5 items-center gap-1.5 text-sm text-ink-muted">
          <Preview conversation={conversation} snippet={snippet} />
          <Sign sign={signOf(conversation, now)} />
          {conversation.assignee === null ? null : (
            <span title={conversation.assignee.name} className="flex">
              <Avatar name={conversation.assignee.name} size="xs" label={word("assignee", { name: conversation.assignee.name })} />
            </span>
          )}
        </span>
      </span>
    </button>
  );
});

/** The channel's mark; under the pointer, and while something is ticked, the box to tick. Keys and screen readers have `x` and `aria-checked`. */
function Tick({ conversation, checked, ticking }: { readonly conversation: ConversationSummary; readonly checked: boolean; readonly ticking: boolean }) {
  return (
    <span data-tick="" className="-m-2 flex h-fit shrink-0 p-2">
      <span className={cn("relative", ticking ? "hidden" : "group-hover/row:pointer-fine:hidden")}>
        <ChannelMark system={systemOf(conversation.channel)} />
        <KindCorner kind={conversation.kind} />
      </span>
      <span
        aria-hidden="true"
        className={cn(
          "m-0.5 size-4 items-center justify-center rounded-sm border border-control bg-surface text-accent-ink",
          ticking ? "flex" : "hidden group-hover/row:pointer-fine:flex",
          checked && "border-accent bg-accent",
        )}
      >
        {checked ? <Check className="size-3" strokeWidth={3} /> : null}
      </span>
    </span>
  );
}

function KindCorner({ kind }: Pick<ConversationSummary, "kind">) {
  const word = useTranslations("inbox-list.kinds");
  if (kind === "chat") return null;
  const Icon = kind === "review" ? Star : CircleQuestionMark;
  return (
    <span title={word(kind)} className="absolute -right-2 -bottom-2 flex size-4 items-center justify-center rounded-full border bg-raised text-ink-muted">
      <Icon className={cn("size-3", kind === "review" && "fill-current")} aria-label={word(kind)} />
    </span>
  );
}

/** Quiet facts: it sleeps, others stand behind it. */
function RowHints({ conversation: { snoozedUntil, mergedCount } }: { readonly conversation: ConversationSummary }) {
  const word = useTranslations("inbox-list.row");
  const format = useFormatter();
  return (
    <>
      {snoozedUntil === null ? null : (
        <Hint text={word("snoozed", { moment: format.dateTime(snoozedUntil, { dateStyle: "medium", timeStyle: "short" }) })}>
          <AlarmClock className="size-3.5" />
        </Hint>
      )}
      {mergedCount === 0 ? null : (
        <Hint text={word("merged", { count: mergedCount })}>
          <GitMerge className="size-3.5" />
          <span aria-hidden="true" className="tabular text-xs">
            {mergedCount + 1}
          </span>
        </Hint>
      )}
    </>
  );
}

function Hint({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <span title={text} className="flex shrink-0 items-center gap-0.5 text-ink-faint">
      {children}
      <span className="sr-only">{text}</span>
    </span>
  );
}

const DOTS = 2;

function LabelDots({ labels }: Pick<ConversationSummary, "labels">) {
  if (labels.length === 0) return null;
  const names = labels.map(({ name }) => name).join(", ");
  return (
    <span title={names} className="flex shrink-0 items-center gap-1">
      {labels.slice(0, DOTS).map(({ id, color }) => (
        <LabelDot key={id} color={color} />
      ))}
      {labels.length > DOTS ? (
        <span aria-hidden="true" className="tabular text-xs text-ink-faint">
          +{labels.length - DOTS}
        </span>
      ) : null}
      <span className="sr-only">{names}</span>
    </span>
  );
}

const DAY_MS = 86_400_000;

function RowTime({ at, now, strong }: { readonly at: Date; readonly now: Date; readonly strong: boolean }) {
  const format = useFormatter();
  const zone = useTimeZone();
  const distance = now.getTime() - at.getTime();
  const near = distance < 7 * DAY_MS;
  const text = near
    ? format.relativeTime(at, { now: distance < 60_000 ? at : now, style: "short" })
    : format.dateTime(at, { day: "numeric", month: "short", ...(at.getFullYear() === now.getFullYear() ? {} : { year: "numeric" }) });
  const exact = format.dateTime(at, { dateStyle: "full", timeStyle: "medium" });
  return (
    <time
      dateTime={at.toISOString()}
      title={zone === undefined ? exact : `${exact} · ${zone}`}
      className={cn("tabular shrink-0 text-xs", strong ? "font-medium text-ink-muted" : "text-ink-faint")}
    >
      {text}
    </time>
  );
}

function Preview({ conversation, snippet }: Pick<ConversationRowProps, "conversation" | "snippet">) {
  const t = useTranslations("inbox.row");
  const word = useTranslations("inbox-list.row");
  if (snippet !== undefined) {
    return (
      <span className="min-w-0 flex-1 truncate">
        {snippet.map((piece, at) =>
          piece.hit ? (
            <mark key={at} className="rounded-sm bg-attention-soft text-attention-text">
              {piece.text}
            </mark>
          ) : (
            piece.text
          ),
        )}
      </span>
    );
  }
  return (
    <>
      {conversation.hasDraft ? (
        <span title={word("draft")} className="flex shrink-0 items-center gap-1 text-accent-text">
          <Pencil className="size-3.5" aria-label={word("draft")} />
        </span>
      ) : conversation.lastMessageSide === "seller" ? (
        <CornerUpLeft className="size-3.5 shrink-0 text-ink-faint" aria-label={t("ours")} />
      ) : null}
      <span className={cn("min-w-0 flex-1 truncate", conversation.unread && "text-ink")}>{conversation.lastMessagePreview || t("attachment")}</span>
    </>
  );
}

function Sign({ sign }: { readonly sign: RowSign | null }) {
  const t = useTranslations("inbox.row");
  const word = useTranslations("inbox-list.row");
  const format = useFormatter();
  if (sign === null) return null;
  if (sign.kind === "waiting") {
    return (
      <span className="flex shrink-0 items-center text-ink-faint" title={t("waiting")}>
        <Clock className="size-3.5" aria-label={t("waiting")} />
      </span>
    );
  }
  if (sign.kind === "trouble") {
    return (
      <span className="flex shrink-0 items-center gap-1 text-xs font-medium text-failed-text">
        <TriangleAlert className="size-3.5" aria-hidden="true" />
        {t(`trouble.${sign.trouble}`)}
      </span>
    );
  }
  const { value, unit } = inUnits(sign.minutes);
  const span = format.number(value, { style: "unit", unit, unitDisplay: "short" });
  const sentence = word(sign.kind, { span });
  const look = sign.kind === "overdue" ? "bg-overdue-soft text-overdue-text" : "bg-attention-soft text-attention-text";
  return (
    <span title={sentence} className={cn("tabular inline-flex h-4.5 shrink-0 items-center gap-1 rounded-full px-1.5 text-xs font-medium", look)}>
      <Clock className="size-3" aria-hidden="true" />
      <span aria-hidden="true">{sign.kind === "overdue" ? `+${span}` : span}</span>
      <span className="sr-only">{sentence}</span>
    </span>
  );
}
