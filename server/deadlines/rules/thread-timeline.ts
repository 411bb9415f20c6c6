import { z } from "zod";
import type { OutageRow, ThreadConversation, ThreadEvent, ThreadMessage } from "../thread.repository";
import type { TimelineEvent, TimelineStart } from "./timeline";

/** What the history says of a change of status; other fields are other rooms' business. */
const statusData = z.object({ to: z.enum(["open", "pending", "snoozed", "resolved", "closed"]), until: z.coerce.date().nullish() });
const snoozedData = z.object({ until: z.coerce.date().nullish() });

export interface ThreadRows {
  readonly conversation: ThreadConversation;
  /** Newest first. */
  readonly messages: readonly ThreadMessage[];
  /** There were more messages than were read. */
  readonly isCut: boolean;
  /** One of us had replied before the messages that were read. */
  readonly hasRepliedBefore: boolean;
  readonly events: readonly ThreadEvent[];
  readonly outages: readonly OutageRow[];
}

export interface ThreadTimeline {
  readonly events: readonly TimelineEvent[];
  readonly start: TimelineStart;
  /** Waits that began before are not in it; null = it is whole. */
  readonly coveredFrom: Date | null;
}

/** A conversation's rows as events. Of a long one the beginning is cut at a reply, so that no wait begins in its middle. */
export function timelineOf({ conversation, messages, isCut, hasRepliedBefore, events, outages }: ThreadRows): ThreadTimeline {
  const words = [...messages].reverse();
  const firstReply = words.findIndex(({ isBuyer }) => !isBuyer);
  const kept = isCut && firstReply >= 0 ? words.slice(firstReply) : words;
  const coveredFrom = isCut ? ((firstReply >= 0 ? kept[0]?.at : conversation.waitingSince) ?? null) : null;
  const { teamId, labelIds, channel, connectionId } = conversation;
  return {
    events: [
      ...(isCut && firstReply < 0 && conversation.waitingSince !== null ? [{ kind: "buyer-message", at: conversation.waitingSince } as const] : []),
      ...kept.map(({ at, isBuyer }): TimelineEvent => (isBuyer ? { kind: "buyer-message", at } : { kind: "reply", at, by: "person" })),
      ...statusEvents(conversation, events, messages.find(({ isBuyer }) => isBuyer)?.at ?? null),
      ...outages.flatMap(outageEvents),
    ],
    start: { traits: { channel, connectionId, teamId, labelIds }, hasReplied: isCut && hasRepliedBefore },
    coveredFrom,
  };
}

function outageEvents({ startedAt, endedAt }: OutageRow): TimelineEvent[] {
  return [{ kind: "outage-start", at: startedAt }, ...(endedAt === null ? [] : [{ kind: "outage-end", at: endedAt } as const])];
}

type Status = ThreadConversation["status"];

interface StatusChange {
  readonly event: TimelineEvent;
  readonly to: Status;
}

/** The history, brought into line with the status as it is: rows of before the history was kept have none. */
function statusEvents(conversation: ThreadConversation, events: readonly ThreadEvent[], newestBuyerMessage: Date | null): TimelineEvent[] {
  const changes = [...events].sort((a, b) => a.at.getTime() - b.at.getTime()).flatMap((event) => statusChange(event) ?? []);
  const last = changes.at(-1);
  const settled = changes.map(({ event }, index): TimelineEvent => {
    const isLastResolve = event.kind === "resolved" && !changes.slice(index + 1).some((later) => later.to === "resolved");
    return isLastResolve && conversation.answeredUntil !== null ? { ...event, settlesUntil: conversation.answeredUntil } : event;
  });
  const hasBuyerWrittenSince = last === undefined || (newestBuyerMessage !== null && newestBuyerMessage >= last.event.at);
  const told: Status = hasBuyerWrittenSince && last?.to !== "open" && conversation.status === "open" ? "open" : (last?.to ?? "open");
  return told === conversation.status ? settled : [...settled, presentStatus(conversation)];
}

function statusChange({ at, actorKind, type, data }: ThreadEvent): StatusChange | null {
  if (type === "woken") return { event: { kind: "woken", at }, to: "open" };
  if (type === "snoozed") return { event: { kind: "snoozed", at, until: snoozedData.safeParse(data).data?.until ?? null }, to: "snoozed" };
  const parsed = statusData.safeParse(data);
  if (!parsed.success) return null;
  const { to, until } = parsed.data;
  if (to === "open") return { event: { kind: "reopened", at, by: actorKind === "service" ? "service" : actorKind === "system" ? "buyer" : "person" }, to };
  if (to === "snoozed") return { event: { kind: "snoozed", at, until: until ?? null }, to };
  return { event: { kind: to, at }, to };
}

function presentStatus({ status, updatedAt: at, snoozedUntil, answeredUntil }: ThreadConversation): TimelineEvent {
  if (status === "open") return { kind: "reopened", at, by: answeredUntil === null ? "person" : "service" };
  if (status === "snoozed") return { kind: "snoozed", at, until: snoozedUntil };
  return status === "resolved" ? { kind: "resolved", at, settlesUntil: answeredUntil ?? at } : { kind: status, at };
}
