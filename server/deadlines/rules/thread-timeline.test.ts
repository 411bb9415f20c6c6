import { describe, expect, it } from "vitest";
import type { ThreadConversation, ThreadEvent } from "../thread.repository";
import { type ThreadRows, timelineOf } from "./thread-timeline";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 2, 10, minute));

function rows(changes: Partial<ThreadRows> = {}, conversation: Partial<ThreadConversation> = {}): ThreadRows {
  return {
    conversation: {
      id: "c",
      connectionId: "k",
      channel: "fake.chat",
      buyerName: null,
      assigneeId: null,
      teamId: "t",
      labelIds: ["l"],
      status: "open",
      snoozedUntil: null,
      answeredUntil: null,
      waitingSince: null,
      updatedAt: at(59),
      nextDeadlineAt: null,
      nextDeadlineKind: null,
      deadlineState: null,
      ...conversation,
    },
    messages: [],
    isCut: false,
    hasRepliedBefore: false,
    events: [],
    outages: [],
    ...changes,
  };
}

const event = (minute: number, type: string, data: unknown = {}, actorKind = "user"): ThreadEvent => ({
  conversationId: "c",
  at: at(minute),
  actorKind,
  type,
  data,
});
const word = (minute: number, isBuyer: boolean) => ({ conversationId: "c", at: at(minute), isBuyer });
const statuses = (input: ThreadRows) => timelineOf(input).events.filter(({ kind }) => kind !== "buyer-message" && kind !== "reply");

describe("a conversation's rows as a timeline", () => {
  it("takes traits, words and outages", () => {
    const { events, start, coveredFrom } = timelineOf(
      rows({
        messages: [word(3, false), word(1, true)],
        outages: [
          { connectionId: "k", startedAt: at(4), endedAt: at(5) },
          { connectionId: "k", startedAt: at(6), endedAt: null },
        ],
      }),
    );
    expect(start).toEqual({ traits: { channel: "fake.chat", connectionId: "k", teamId: "t", labelIds: ["l"] }, hasReplied: false });
    expect(coveredFrom).toBeNull();
    expect(events).toEqual([
      { kind: "buyer-message", at: at(1) },
      { kind: "reply", at: at(3), by: "person" },
      { kind: "outage-start", at: at(4) },
      { kind: "outage-end", at: at(5) },
      { kind: "outage-start", at: at(6) },
    ]);
  });

  it("reads the history: who reopened, until when it was snoozed, what a resolve had settled", () => {
    const history = [
      event(1, "snoozed", { from: "open", until: at(9).toISOString() }),
      event(2, "woken", { by: "time" }, "system"),
      event(3, "status", { from: "open", to: "pending" }),
      event(4, "status", { from: "pending", to: "resolved" }),
      event(5, "status", { from: "resolved", to: "open" }, "system"),
      event(6, "status", { from: "open", to: "closed" }, "service"),
      event(7, "status", { from: "closed", to: "open" }, "service"),
      event(8, "status", { from: "open", to: "resolved" }),
    ];
    expect(statuses(rows({ events: [...history].reverse() }, { status: "resolved", answeredUntil: at(0) }))).toEqual([
      { kind: "snoozed", at: at(1), until: at(9) },
      { kind: "woken", at: at(2) },
      { kind: "pending", at: at(3) },
      { kind: "resolved", at: at(4) },
      { kind: "reopened", at: at(5), by: "buyer" },
      { kind: "closed", at: at(6) },
      { kind: "reopened", at: at(7), by: "service" },
      { kind: "resolved", at: at(8), settlesUntil: at(0) },
    ]);
  });

  it("passes over what it cannot read", () => {
    expect(statuses(rows({ events: [event(1, "status", { to: "elsewhere" }), event(2, "status", null)] }))).toEqual([]);
  });

  it.each<[string, Partial<ThreadConversation>, readonly ThreadEvent[], unknown]>([
    ["resolved", { status: "resolved", answeredUntil: at(5) }, [], { kind: "resolved", at: at(59), settlesUntil: at(5) }],
    ["closed", { status: "closed" }, [event(1, "status", { to: "pending" })], { kind: "closed", at: at(59) }],
    ["pending", { status: "pending" }, [], { kind: "pending", at: at(59) }],
    ["snoozed", { status: "snoozed", snoozedUntil: at(30) }, [], { kind: "snoozed", at: at(59), until: at(30) }],
    ["open again", { status: "open" }, [event(1, "status", { to: "closed" }, "service")], { kind: "reopened", at: at(59), by: "person" }],
    [
      "open again by the service",
      { status: "open", answeredUntil: at(0) },
      [event(1, "status", { to: "closed" }, "service")],
      { kind: "reopened", at: at(59), by: "service" },
    ],
  ])("takes the present status where the history does not explain it: %s", (_name, conversation, events, expected) => {
    expect(statuses(rows({ events }, conversation)).at(-1)).toEqual(expected);
  });

  it("needs no explanation when the buyer has written since", () => {
    const input = rows({ events: [event(1, "status", { to: "resolved" })], messages: [word(2, true)] }, { answeredUntil: at(0) });
    expect(statuses(input)).toEqual([{ kind: "resolved", at: at(1), settlesUntil: at(0) }]);
  });

  it("cuts a long one at the first reply that was read", () => {
    const { events, start, coveredFrom } = timelineOf(rows({ messages: [word(9, true), word(8, false), word(7, true)], isCut: true, hasRepliedBefore: true }));
    expect(events.map(({ at: moment }) => moment)).toEqual([at(8), at(9)]);
    expect([start.hasReplied, coveredFrom]).toEqual([true, at(8)]);
  });

  it("a long one without any reply begins where the buyer began to wait", () => {
    const { events, start, coveredFrom } = timelineOf(rows({ messages: [word(9, true), word(8, true)], isCut: true }, { waitingSince: at(2) }));
    expect(events.map(({ at: moment }) => moment)).toEqual([at(2), at(8), at(9)]);
    expect([start.hasReplied, coveredFrom]).toEqual([false, at(2)]);
  });
});
