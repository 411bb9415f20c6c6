import { describe, expect, it } from "vitest";
import type { FollowUpView } from "@/server/follow-ups/schema";
import type { MessageView, ThreadPart } from "@/server/inbox/schema";
import type { Note } from "@/server/inbox/team/schema";
import { buildTimeline, type HistoryEvent, type TimelineInput } from "./build-timeline";

const at = (time: string) => new Date(`2026-11-${time}Z`);
const message = (id: string, time: string, more: Partial<MessageView> = {}): MessageView => ({
  id,
  conversationId: "c1",
  side: "buyer",
  authorKind: "buyer",
  authorRef: null,
  authorUserId: null,
  text: id,
  attachments: [],
  orderNumber: null,
  sku: null,
  isReadByBuyer: false,
  moderation: null,
  sentAt: at(time),
  send: null,
  ...more,
});
const sending = (state: "scheduled" | "rejected", errorCode: string | null = null): MessageView["send"] => ({
  sendId: "s",
  state,
  attempts: 0,
  nextAt: null,
  releaseAt: null,
  errorCode,
  errorText: null,
  file: null,
});
const note = (id: string, time: string): Note => ({
  id,
  conversationId: "c1",
  author: { id: "u", name: "Anna" },
  isYours: true,
  text: id,
  mentions: [],
  createdAt: at(time),
  editedAt: null,
});
const event = (id: string, time: string, type = "assigned"): HistoryEvent => ({
  id,
  conversationId: "c1",
  at: at(time),
  actorKind: "user",
  actor: null,
  type,
  data: {},
});
const part = (conversationId: string): ThreadPart => ({
  conversationId,
  connectionId: "k",
  channel: "ozon.chat",
  kind: "chat",
  buyerName: null,
  orderNumber: null,
  status: "open",
  lastMessageAt: at("18T10:00:00"),
});
const build = (input: Partial<TimelineInput>) =>
  buildTimeline({
    messages: [],
    notes: [],
    events: [],
    followUps: [],
    hasOlder: false,
    parts: [part("c1")],
    dayOf: (moment) => moment.toISOString().slice(0, 10),
    ...input,
  });
const shape = (input: Partial<TimelineInput>) => build(input).map((entry) => `${entry.kind}:${entry.key}`);

describe("the timeline", () => {
  it("puts messages, notes and events in order, with a line where a day begins", () => {
    const messages = [message("m1", "18T10:00:00"), message("m2", "19T09:00:00")];
    expect(shape({ messages, notes: [note("n1", "18T12:00:00")], events: [event("e1", "19T09:00:00"), event("e0", "18T09:00:00")] })).toEqual([
      "day:day-2026-11-18",
      "event:e0",
      "message:m1",
      "note:n1",
      "day:day-2026-11-19",
      "message:m2",
      "event:e1",
    ]);
  });

  it("groups neighbours of one side, until something stands between them", () => {
    const messages = [message("m1", "18T10:00:00"), message("m2", "18T10:01:00"), message("m3", "18T10:02:00"), message("m4", "18T10:30:00")];
    const grouped = build({ messages, notes: [note("n1", "18T10:01:30")] }).flatMap((entry) => (entry.kind === "message" ? [[entry.key, entry.grouped]] : []));
    expect(grouped).toEqual([
      ["m1", false],
      ["m2", true],
      ["m3", false],
      ["m4", false],
    ]);
  });

  it("keeps what is older than the loaded messages until those are here", () => {
    const input = { messages: [message("m1", "18T10:00:00")], notes: [note("n0", "17T10:00:00")], events: [event("e0", "17T11:00:00")] };
    expect(shape({ ...input, hasOlder: true })).toEqual(["day:day-2026-11-18", "message:m1"]);
    expect(shape({ ...input, hasOlder: false })).toHaveLength(5);
  });

  it("marks where a merged thread goes from one conversation to another, and says nothing when there is only one", () => {
    const messages = [
      message("m1", "18T10:00:00"),
      message("m2", "18T10:01:00", { conversationId: "c2" }),
      message("m3", "18T10:02:00", { conversationId: "c2" }),
    ];
    expect(shape({ messages, parts: [part("c1"), part("c2")] })).toEqual([
      "day:day-2026-11-18",
      "part:part-m1",
      "message:m1",
      "part:part-m2",
      "message:m2",
      "message:m3",
    ]);
    const mergers = [event("e1", "18T10:03:00", "merged"), { ...event("e2", "18T10:03:00", "merged"), conversationId: "c2" }];
    expect(shape({ events: mergers, parts: [part("c1"), part("c2")] })).toEqual(["day:day-2026-11-18", "event:e1"]);
    expect(shape({ messages: messages.slice(0, 1) })).toEqual(["day:day-2026-11-18", "message:m1"]);
  });

  it("leaves out what has not left yet, and shows what was taken back as an event", () => {
    const messages = [
      message("m1", "18T10:00:00", { send: sending("scheduled") }),
      message("m2", "18T10:01:00", { send: sending("rejected", "inbox.send_cancelled") }),
    ];
    expect(shape({ messages })).toEqual(["day:day-2026-11-18", "withdrawn:m2"]);
    expect(shape({ messages: [message("m3", "18T10:02:00", { send: sending("rejected", "connector.forbidden") })] })).toEqual([
      "day:day-2026-11-18",
      "message:m3",
    ]);
  });

  it("tells what became of a follow-up, and nothing of one that is held out or still ahead", () => {
    const followUp = (id: string, status: FollowUpView["status"], settled: string | null): FollowUpView => ({
      id,
      conversationId: "c1",
      buyerName: null,
      channel: "ozon.chat",
      ruleId: null,
      ruleName: null,
      createdById: null,
      text: id,
      dueAt: at("20T10:00:00"),
      status,
      reasonCode: null,
      createdAt: at("17T10:00:00"),
      settledAt: settled === null ? null : at(settled),
      answeredAt: null,
    });
    const followUps = [followUp("f1", "sent", "18T10:00:00"), followUp("f2", "held_out", "18T11:00:00"), followUp("f3", "scheduled", null)];
    expect(shape({ followUps })).toEqual(["day:day-2026-11-18", "followUp:f1"]);
  });

  it("does not tell of a note twice", () => {
    expect(shape({ notes: [note("n1", "18T12:00:00")], events: [event("e1", "18T12:00:00", "note")] })).toEqual(["day:day-2026-11-18", "note:n1"]);
  });
});
