import type { FollowUpView } from "@/server/follow-ups/schema";
import type { MessageView, ThreadPart } from "@/server/inbox/schema";
import type { HistoryPage, Note } from "@/server/inbox/team/schema";

export type HistoryEvent = HistoryPage["events"][number];

export type TimelineEntry =
  | { readonly kind: "day"; readonly key: string; readonly at: Date }
  | { readonly kind: "part"; readonly key: string; readonly part: ThreadPart }
  | { readonly kind: "message"; readonly key: string; readonly message: MessageView; readonly grouped: boolean }
  | { readonly kind: "withdrawn"; readonly key: string; readonly message: MessageView }
  | { readonly kind: "note"; readonly key: string; readonly note: Note }
  | { readonly kind: "event"; readonly key: string; readonly event: HistoryEvent }
  | { readonly kind: "followUp"; readonly key: string; readonly followUp: FollowUpView; readonly at: Date };

export interface TimelineInput {
  /** Oldest first. */
  readonly messages: readonly MessageView[];
  readonly notes: readonly Note[];
  readonly events: readonly HistoryEvent[];
  readonly followUps: readonly FollowUpView[];
  /** There are messages before the first one here: what is older than it waits for them. */
  readonly hasOlder: boolean;
  readonly parts: readonly ThreadPart[];
  /** The calendar day of a moment, in the reader's zone. */
  readonly dayOf: (at: Date) => string;
}

/** Neighbours by the same side within a few minutes are drawn as one group. */
const GROUP_GAP_MS = 5 * 60_000;
/** What is told already: a note stands in the timeline itself, and a merger is told by the head of the thread. */
function isSilent({ type, conversationId }: HistoryEvent, parts: readonly ThreadPart[]): boolean {
  if (type === "note") return true;
  return (type === "merged" || type === "unmerged") && conversationId !== (parts[0]?.conversationId ?? conversationId);
}

type Moment = { readonly at: Date; readonly order: number } & (
  | { readonly kind: "message"; readonly message: MessageView }
  | { readonly kind: "note"; readonly note: Note }
  | { readonly kind: "event"; readonly event: HistoryEvent }
  | { readonly kind: "followUp"; readonly followUp: FollowUpView }
);

/** Messages that wait for their moment stand at the end, apart from what has happened. */
export function isHeldBack({ send }: MessageView): boolean {
  return send?.state === "scheduled";
}

/** Everything that happened, in order, with the marks between: days, changes of conversation, groups. */
export function buildTimeline({ messages, notes, events, followUps, hasOlder, parts, dayOf }: TimelineInput): TimelineEntry[] {
  const begin = hasOlder ? (messages[0]?.sentAt.getTime() ?? Number.POSITIVE_INFINITY) : Number.NEGATIVE_INFINITY;
  const moments: Moment[] = [
    ...messages.filter((message) => !isHeldBack(message)).map((message): Moment => ({ kind: "message", at: message.sentAt, order: 0, message })),
    ...notes.map((note): Moment => ({ kind: "note", at: note.createdAt, order: 1, note })),
    ...events.filter((event) => !isSilent(event, parts)).map((event): Moment => ({ kind: "event", at: event.at, order: 2, event })),
    // Those held out for comparison must not show: who knows of them would write.
    ...followUps.flatMap((followUp): Moment[] =>
      followUp.settledAt === null || followUp.status === "held_out" || followUp.status === "scheduled"
        ? []
        : [{ kind: "followUp", at: followUp.settledAt, order: 2, followUp }],
    ),
  ].filter(({ at }) => at.getTime() >= begin);
  // Stable, so messages of one moment keep the server's order.
  moments.sort((left, right) => left.at.getTime() - right.at.getTime() || left.order - right.order);

  const entries: TimelineEntry[] = [];
  const byId = new Map(parts.map((part) => [part.conversationId, part]));
  let day = "";
  let place = "";
  let before: MessageView | undefined;
  for (const moment of moments) {
    const today = dayOf(moment.at);
    if (today !== day) {
      entries.push({ kind: "day", key: `day-${today}`, at: moment.at });
      day = today;
      before = undefined;
    }
    if (moment.kind === "message") {
      const { message } = moment;
      const part = byId.get(message.conversationId);
      if (parts.length > 1 && part !== undefined && place !== part.conversationId) {
        entries.push({ kind: "part", key: `part-${message.id}`, part });
        before = undefined;
      }
      place = message.conversationId;
      entries.push(entryOf(message, before));
      before = message;
    } else {
      entries.push(besides(moment));
      before = undefined;
    }
  }
  return entries;
}

function besides(moment: Exclude<Moment, { readonly kind: "message" }>): TimelineEntry {
  if (moment.kind === "note") return { kind: "note", key: moment.note.id, note: moment.note };
  if (moment.kind === "event") return { kind: "event", key: moment.event.id, event: moment.event };
  return { kind: "followUp", key: moment.followUp.id, followUp: moment.followUp, at: moment.at };
}

function entryOf(message: MessageView, before: MessageView | undefined): TimelineEntry {
  // Taken back before it left: nobody ever got it, so it is an event and not a message.
  if (message.send?.state === "rejected" && message.send.errorCode === "inbox.send_cancelled") return { kind: "withdrawn", key: message.id, message };
  const grouped = before !== undefined && before.side === message.side && message.sentAt.getTime() - before.sentAt.getTime() < GROUP_GAP_MS;
  return { kind: "message", key: message.id, message, grouped };
}
