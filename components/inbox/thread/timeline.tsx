"use client";

import { useFormatter, useNow, useTranslations } from "next-intl";
import { useMemo } from "react";
import { ChannelMark } from "@/components/ui/channel-mark";
import type { FollowUpView } from "@/server/follow-ups/schema";
import type { ConversationSummary, MessageView, ThreadPart } from "@/server/inbox/schema";
import type { Note } from "@/server/inbox/team/schema";
import { buildTimeline, type HistoryEvent, isHeldBack, type TimelineEntry } from "./build-timeline";
import { EventLine, FollowUpLine, WithdrawnLine } from "./event-line";
import { useEventText } from "./event-text";
import { HeldMessages } from "./held-messages";
import { MessageBubble } from "./message-bubble";
import { NoteBubble } from "./note-bubble";
import { PlannedFollowUp } from "./planned-follow-up";
import { ReviewBlock } from "./review-block";
import { type Names, useNames } from "./use-names";

export interface TimelineProps {
  readonly conversation: ConversationSummary;
  readonly messages: readonly MessageView[];
  readonly notes: readonly Note[];
  readonly events: readonly HistoryEvent[];
  readonly followUps: readonly FollowUpView[];
  readonly parts: readonly ThreadPart[];
  readonly hasOlder: boolean;
  /** Words come back into the composer. */
  readonly onBack: (text: string) => void;
}

const NOTHING: readonly MessageView[] = [];
/** Two clocks may differ by so much. */
const CLOCK_MS = 5 * 60_000;

/** What a message of unknown outcome could be: our messages that came from elsewhere about then or later. */
function seenBeside(message: MessageView, messages: readonly MessageView[]): readonly MessageView[] {
  if (message.send?.state !== "unknown") return NOTHING;
  const from = message.sentAt.getTime() - CLOCK_MS;
  return messages.filter((other) => other.side === "seller" && other.send === null && other.sentAt.getTime() >= from).slice(0, 5);
}

export function Timeline({ conversation, messages, notes, events, followUps, parts, hasOlder, onBack }: TimelineProps) {
  const format = useFormatter();
  const names = useNames();
  const eventText = useEventText(names.names);
  const dayOf = (date: Date) => format.dateTime(date, { year: "numeric", month: "2-digit", day: "2-digit" });
  const entries = buildTimeline({ messages, notes, events, followUps, hasOlder, parts, dayOf });
  const held = useMemo(() => messages.filter(isHeldBack), [messages]);
  // A review or a question begins with the buyer's public words.
  const opening = conversation.kind === "chat" || hasOlder ? undefined : messages.find(({ side }) => side === "buyer");

  const show = (entry: TimelineEntry) => {
    switch (entry.kind) {
      case "day":
        return <DaySeparator key={entry.key} date={entry.at} />;
      case "part":
        return <PartMark key={entry.key} part={entry.part} shops={names.names} />;
      case "note":
        return <NoteBubble key={entry.key} note={entry.note} />;
      case "event":
        return <EventLine key={entry.key} event={entry.event} text={eventText(entry.event)} />;
      case "followUp":
        return <FollowUpLine key={entry.key} followUp={entry.followUp} at={entry.at} />;
      case "withdrawn":
        return <WithdrawnLine key={entry.key} message={entry.message} />;
      case "message":
        return entry.message.id === opening?.id ? (
          <ReviewBlock key={entry.key} conversation={conversation} message={entry.message} />
        ) : (
          <MessageBubble
            key={entry.key}
            message={entry.message}
            grouped={entry.grouped}
            author={entry.message.authorUserId === null ? null : (names.names.get(entry.message.authorUserId) ?? null)}
            seen={seenBeside(entry.message, messages)}
            onEditAgain={onBack}
          />
        );
    }
  };
  return (
    <ol className="mx-auto flex max-w-3xl flex-col pb-1">
      {entries.map(show)}
      <HeldMessages messages={held} onBack={onBack} />
      {followUps.map((followUp) => (followUp.status === "scheduled" ? <PlannedFollowUp key={followUp.id} followUp={followUp} /> : null))}
    </ol>
  );
}

/** Where a merged thread goes on in another chat: which shop, which order. */
function PartMark({ part, shops }: { readonly part: ThreadPart; readonly shops: Names["names"] }) {
  const t = useTranslations("thread.part");
  const shop = shops.get(part.connectionId);
  return (
    <li className="flex items-center gap-2 pt-4 text-xs text-ink-faint">
      <ChannelMark system={part.channel.split(".")[0] ?? ""} size="sm" label={part.channel} />
      <span className="min-w-0 truncate">
        {[t(part.kind), shop, part.orderNumber === null ? null : t("order", { order: part.orderNumber })]
          .filter((word) => word !== null && word !== undefined)
          .join(" · ")}
      </span>
      <span className="h-px flex-1 bg-line" aria-hidden="true" />
    </li>
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
