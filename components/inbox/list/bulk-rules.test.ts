import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConversationSummary } from "@/server/inbox/schema";
import type { BulkAction } from "@/server/inbox/team/schema";
import { afterAction, stepsBack, targetsOf } from "./bulk-rules";

const now = new Date("2026-11-21T12:00:00Z");
const later = new Date("2026-11-22T06:00:00Z");
const people = [{ id: "p1", name: "Анна" }, { id: "p2", name: "Emre" }, null];
const teams = [{ id: "t1", name: "Поддержка" }, null];
const labels = [
  { id: "l1", name: "VIP", color: "purple" as const },
  { id: "l2", name: "Брак", color: "red" as const },
];

const row = (facts: Partial<ConversationSummary>): ConversationSummary => ({
  id: "c1",
  connectionId: "k1",
  organizationId: "o1",
  channel: "ozon.chat",
  externalId: "e1",
  buyerName: null,
  buyerRef: null,
  status: "open",
  remoteStatus: null,
  orderNumber: null,
  sku: null,
  productName: null,
  lastMessageAt: now,
  lastMessagePreview: "",
  lastMessageSide: "buyer",
  waitingSince: null,
  messageCount: 1,
  unread: false,
  sendTrouble: null,
  kind: "chat",
  rating: null,
  assignee: null,
  team: null,
  labels: [],
  priority: 0,
  snoozedUntil: null,
  deadline: null,
  mergedCount: 0,
  mergedIntoId: null,
  hasDraft: false,
  ...facts,
});

const before = fc
  .array(
    fc.record({
      status: fc.constantFrom("open", "pending", "snoozed", "resolved", "closed"),
      assignee: fc.constantFrom(...people),
      team: fc.constantFrom(...teams),
      labels: fc.subarray(labels),
      priority: fc.integer({ min: 0, max: 4 }),
      unread: fc.boolean(),
    }),
    { maxLength: 8 },
  )
  .map((rows) => rows.map((facts, at) => row({ ...facts, id: `c${at}`, snoozedUntil: facts.status === "snoozed" ? later : null })));

const action: fc.Arbitrary<BulkAction> = fc.oneof(
  fc.constantFrom<BulkAction>(
    { kind: "assign", assigneeId: "p1" },
    { kind: "assign", teamId: "t1" },
    { kind: "assign", assigneeId: null, teamId: null },
    { kind: "label", addLabelIds: ["l1"], removeLabelIds: [] },
    { kind: "label", addLabelIds: [], removeLabelIds: ["l1", "l2"] },
    { kind: "status", status: "resolved" },
    { kind: "status", status: "open" },
    { kind: "snooze", until: new Date("2026-11-25T06:00:00Z") },
    { kind: "priority", priority: 4 },
    { kind: "read" },
    { kind: "unread" },
  ),
);

const everybody = { labels };
const namesOf = (deed: BulkAction) =>
  deed.kind === "assign"
    ? {
        ...everybody,
        assignee: people.find((person) => person?.id === deed.assigneeId) ?? null,
        team: teams.find((team) => team?.id === deed.teamId) ?? null,
      }
    : everybody;
const inOrder = (entry: ConversationSummary) => ({ ...entry, labels: [...entry.labels].sort((one, other) => one.id.localeCompare(other.id)) });

describe("undo", () => {
  it("brings every conversation back to what it was", () => {
    fc.assert(
      fc.property(before, action, (rows, deed) => {
        const changed = new Map(rows.map((entry) => [entry.id, afterAction(entry, deed, namesOf(deed))]));
        for (const step of stepsBack(rows, deed, now)) {
          for (const id of step.ids) {
            const current = changed.get(id);
            if (current !== undefined) changed.set(id, afterAction(current, step.action, namesOf(step.action)));
          }
        }
        expect(rows.map(({ id }) => inOrder(changed.get(id) ?? row({})))).toEqual(rows.map(inOrder));
      }),
    );
  });

  it("asks once for those that were alike", () => {
    const rows = [row({ id: "a", priority: 1 }), row({ id: "b", priority: 3 }), row({ id: "c", priority: 1 })];
    expect(stepsBack(rows, { kind: "priority", priority: 4 }, now)).toEqual([
      { ids: ["a", "c"], action: { kind: "priority", priority: 1 } },
      { ids: ["b"], action: { kind: "priority", priority: 3 } },
    ]);
  });

  it("opens what would have woken up meanwhile", () => {
    const slept = row({ status: "snoozed", snoozedUntil: new Date("2026-11-21T11:00:00Z") });
    expect(stepsBack([slept], { kind: "status", status: "resolved" }, now)).toEqual([{ ids: ["c1"], action: { kind: "status", status: "open" } }]);
  });
});

describe("what a marketplace has closed", () => {
  it("stays closed", () => {
    const closed = row({ status: "closed" });
    expect(afterAction(closed, { kind: "status", status: "resolved" }, {})).toBe(closed);
    expect(stepsBack([closed], { kind: "snooze", until: later }, now)).toEqual([]);
  });
});

describe("targets", () => {
  it("hold each id once, no more than fit in one request", () => {
    const ids = Array.from({ length: 1_001 }, (_, at) => `c${at}`);
    const targets = targetsOf(ids, 500).map((target) => (target.kind === "conversations" ? target.conversationIds : []));
    expect(targets.map(({ length }) => length)).toEqual([500, 500, 1]);
    expect(targets.flat()).toEqual(ids);
  });
});
