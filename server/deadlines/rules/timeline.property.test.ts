import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeadlineRow } from "../deadline.repository";
import { LABEL_RETURN, LABEL_VIP, makeCalendar, makePolicy, makeSettings, TEAM_CARE, TRAITS } from "../testing/settings";
import { isWorking, openingsBetween, workingTimeBetween } from "./calendar";
import { countingBy, dueAfter, type Pause, pausesSince } from "./counting";
import { computeDeadlines, obligationsOf } from "./obligations";
import { limitDueAt, limitFor, matchPolicy } from "./policies";
import { rowChanges } from "./row-changes";
import { foldTimeline, type TimelineEvent } from "./timeline";

const MINUTE = 60_000;
const DAY = 86_400_000;
const BASE = Date.parse("2026-11-02T00:00:00Z");
const NOW = new Date(BASE + 12 * DAY);
const RUNS = { numRuns: 300 };

const moment = fc.integer({ min: 0, max: 10 * 24 * 60 }).map((minutes) => new Date(BASE + minutes * MINUTE));
const messages: fc.Arbitrary<TimelineEvent> = fc.oneof(
  fc.record({ kind: fc.constant("buyer-message" as const), at: moment }),
  fc.record({ kind: fc.constant("reply" as const), at: moment, by: fc.constantFrom("person" as const, "bot" as const) }),
);
const events: fc.Arbitrary<TimelineEvent> = fc.oneof(
  { weight: 4, arbitrary: messages },
  fc.record({ kind: fc.constantFrom("closed" as const, "pending" as const, "woken" as const, "outage-start" as const, "outage-end" as const), at: moment }),
  fc.record({ kind: fc.constant("resolved" as const), at: moment }),
  fc.record({ kind: fc.constant("reopened" as const), at: moment, by: fc.constantFrom("person" as const, "buyer" as const, "service" as const) }),
  fc.record({ kind: fc.constant("snoozed" as const), at: moment, until: fc.option(moment) }),
  fc.record({ kind: fc.constant("labelled" as const), at: moment, labelIds: fc.subarray([LABEL_VIP, LABEL_RETURN]) }),
);
const timeline = fc.uniqueArray(events, { maxLength: 25, selector: ({ kind, at }) => `${kind} ${at.getTime()}` });
const START = { traits: TRAITS, hasReplied: false };
const settings = makeSettings({
  policies: [
    makePolicy({
      id: "00000000-0000-4000-8000-000000000002",
      firstReplyMinutes: 15,
      conditions: { channels: [], labelIds: [LABEL_VIP], teamIds: [], connectionIds: [] },
    }),
    makePolicy(),
  ],
});

describe("waits, for any course of events", () => {
  it("one at a time, each from a message of the buyer", () => {
    fc.assert(
      fc.property(timeline, (course) => {
        const { waits } = foldTimeline(course, START);
        const asked = new Set(course.flatMap(({ kind, at }) => (kind === "buyer-message" ? [at.getTime()] : [])));
        for (const [index, { startedAt, end }] of waits.entries()) {
          expect(asked.has(startedAt.getTime())).toBe(true);
          if (index > 0) expect(startedAt.getTime()).toBeGreaterThan(waits[index - 1]?.startedAt.getTime() ?? 0);
          if (index < waits.length - 1) expect(end).not.toBeNull();
        }
      }),
      RUNS,
    );
  });

  it("of messages alone, what is owed is what the inbox says: the first word of the buyer since our last", () => {
    fc.assert(
      fc.property(fc.array(messages, { maxLength: 25 }), (course) => {
        const ours = course.flatMap((event) => (event.kind === "reply" && event.by === "person" ? [event.at.getTime()] : []));
        const asked = course.flatMap(({ kind, at }) => (kind === "buyer-message" ? [at.getTime()] : []));
        const owed = asked.filter((at) => at >= Math.max(Number.NEGATIVE_INFINITY, ...ours)).sort((a, b) => a - b)[0];
        const last = foldTimeline(course, START).waits.at(-1);
        expect(last?.end === null ? last.startedAt.getTime() : undefined).toBe(owed);
      }),
      RUNS,
    );
  });

  it("another message of the buyer moves nothing that is owed already", () => {
    fc.assert(
      fc.property(fc.array(messages, { maxLength: 15 }), fc.integer({ min: 0, max: 3 * 24 * 60 }), (course, later) => {
        const before = computeDeadlines(course, START, settings, NOW).open;
        fc.pre(before !== null);
        const more: TimelineEvent = { kind: "buyer-message", at: new Date(before.startedAt.getTime() + later * MINUTE) };
        const after = computeDeadlines([...course, more], START, settings, NOW).open;
        expect([after?.startedAt, after?.dueAt, after?.warnAt]).toEqual([before.startedAt, before.dueAt, before.warnAt]);
      }),
      RUNS,
    );
  });

  it("the order of reading does not matter, and the same again is the same", () => {
    fc.assert(
      fc.property(timeline, (course) => {
        // Status changes of one instant have no order of their own.
        fc.pre(new Set(course.map(({ at }) => at.getTime())).size === course.length);
        const once = computeDeadlines(course, START, settings, NOW);
        expect(computeDeadlines([...course].reverse(), START, settings, NOW).obligations.map(({ dueAt, state }) => [dueAt, state])).toEqual(
          once.obligations.map(({ dueAt, state }) => [dueAt, state]),
        );
      }),
      RUNS,
    );
  });

  it("due and warning lie in open time, the warning first", () => {
    fc.assert(
      fc.property(timeline, (course) => {
        const calendar = settings.calendars.values().next().value?.calendar ?? makeCalendar();
        const isOpenOrClosing = (at: Date) =>
          isWorking(calendar, at) || openingsBetween(calendar, new Date(at.getTime() - DAY), at).some(({ end }) => end === at.getTime());
        for (const { dueAt, warnAt, startedAt } of computeDeadlines(course, START, settings, NOW).obligations) {
          if (dueAt === null || warnAt === null) continue;
          expect(isOpenOrClosing(dueAt)).toBe(true);
          expect(warnAt.getTime()).toBeLessThanOrEqual(dueAt.getTime());
          if (warnAt > startedAt) expect(isOpenOrClosing(warnAt)).toBe(true);
        }
      }),
      RUNS,
    );
  });
});

describe("pauses, for any of them", () => {
  const pause: fc.Arbitrary<Pause> = fc
    .tuple(moment, fc.option(fc.integer({ min: 0, max: 2_000 }), { freq: 10 }))
    .map(([from, minutes]) => ({ reason: "snoozed" as const, from, to: minutes === null ? null : new Date(from.getTime() + minutes * MINUTE) }));
  const calendar = makeCalendar({ timeZone: "Europe/Kyiv" });

  it.each([
    ["by the calendar", countingBy(calendar), (from: Date, to: Date) => workingTimeBetween(calendar, from, to)],
    ["around the clock", countingBy(null), (from: Date, to: Date) => to.getTime() - from.getTime()],
  ])("what counted outside them is the target, %s", (_name, counting, measure) => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 3_000 }), fc.array(pause, { maxLength: 5 }), (start, minutes, pauses) => {
        const merged = pausesSince(pauses, start);
        const due = dueAfter(counting, start, minutes * MINUTE, merged);
        const bare = dueAfter(counting, start, minutes * MINUTE, []);
        expect(due.runs.reduce((sum, run) => sum + measure(run.from, run.to), 0) + due.leftMs).toBe(minutes * MINUTE);
        if (due.at === null) {
          expect(due.pauses.at(-1)?.to).toBeNull();
          return;
        }
        expect(due.at.getTime()).toBeGreaterThanOrEqual(bare.at?.getTime() ?? 0);
        const inside = merged.reduce((sum, { from, to }) => (from < (due.at ?? start) && to !== null ? sum + measure(from, to) : sum), 0);
        expect(measure(start, due.at) - inside).toBe(minutes * MINUTE);
      }),
      RUNS,
    );
  });
});

describe("policies", () => {
  const ids = { channels: ["a.chat", "b.chat"], labelIds: [LABEL_VIP, LABEL_RETURN], teamIds: [TEAM_CARE], connectionIds: [TRAITS.connectionId] };
  const conditions = fc.record({
    channels: fc.subarray(ids.channels),
    labelIds: fc.subarray(ids.labelIds),
    teamIds: fc.subarray(ids.teamIds),
    connectionIds: fc.subarray(ids.connectionIds),
  });
  const policies = fc.array(fc.record({ conditions, isActive: fc.boolean() }).map(makePolicy), { maxLength: 6 });
  const traits = fc.record({
    channel: fc.constantFrom(...ids.channels),
    connectionId: fc.constant(TRAITS.connectionId),
    teamId: fc.option(fc.constant(TEAM_CARE)),
    labelIds: fc.subarray(ids.labelIds),
  });

  it("the first that matches alone is the one of the list", () => {
    fc.assert(
      fc.property(policies, traits, (list, conversation) => {
        const alone = list.findIndex((policy) => matchPolicy([policy], conversation) !== null);
        const match = matchPolicy(list, conversation);
        expect(match === null ? -1 : match.position - 1).toBe(alone);
      }),
      RUNS,
    );
  });

  it("of the policy and the marketplace's limit the earlier decides", () => {
    const limit = { channel: TRAITS.channel, minutes: 600, anchor: "last_buyer_message", source: "x", checkedOn: "2026-11-01" } as const;
    fc.assert(
      fc.property(timeline, (course) => {
        const { open } = computeDeadlines(course, START, { ...settings, limits: [limit] }, NOW);
        fc.pre(open !== null);
        const due = [open.policyDue?.at, open.limitDueAt].flatMap((at) => (at == null ? [] : [at.getTime()]));
        expect(open.dueAt?.getTime()).toBe(Math.min(...due));
      }),
      RUNS,
    );
  });

  it("a limit without minutes is none", () => {
    const limit = { channel: "x", minutes: null, anchor: "unanswered", source: "", checkedOn: "2026-11-01" } as const;
    expect(limitFor([limit], "x")).toBeNull();
    const known = limitFor([{ ...limit, minutes: 5 }], "x");
    expect(known === null ? null : limitDueAt(known, { unanswered: new Date(0), lastBuyerMessage: NOW })).toEqual(new Date(5 * MINUTE));
  });
});

describe("stored rows, for any course of events", () => {
  const compute = (course: readonly TimelineEvent[], now: Date) => {
    const waits = foldTimeline(course, START);
    return { conversationId: "c", waits: waits.waits, deadlines: obligationsOf(waits, settings, now), coveredFrom: null };
  };
  const serial = { last: 0 };
  const nextId = () => {
    serial.last += 1;
    return `row-${serial.last}`;
  };
  const apply = (rows: readonly DeadlineRow[], course: readonly TimelineEvent[], now: Date): DeadlineRow[] => {
    const { remove, update, insert } = rowChanges(rows, compute(course, now), now, nextId);
    const changed = new Map(update.map((row) => [row.id, row]));
    return [...rows.filter(({ id }) => !remove.includes(id)).map((row) => changed.get(row.id) ?? row), ...insert];
  };

  it("computing anew changes nothing, and there is one open row at most", () => {
    fc.assert(
      fc.property(timeline, (course) => {
        const rows = apply([], course, NOW);
        expect(rows.filter(({ settledAt }) => settledAt === null).length).toBeLessThanOrEqual(1);
        expect(rowChanges(rows, compute(course, NOW), NOW, () => "x")).toEqual({ remove: [], update: [], insert: [] });
      }),
      RUNS,
    );
  });

  it("seen event by event as time goes, the rows end as if seen at once", () => {
    fc.assert(
      fc.property(timeline, (course) => {
        fc.pre(new Set(course.map(({ at }) => at.getTime())).size === course.length && !course.some(({ kind }) => kind === "labelled"));
        const sorted = [...course].sort((a, b) => a.at.getTime() - b.at.getTime());
        let rows: DeadlineRow[] = [];
        for (const [index, { at }] of sorted.entries()) rows = apply(rows, sorted.slice(0, index + 1), at);
        rows = apply(rows, sorted, NOW);
        const shape = (list: readonly DeadlineRow[]) =>
          list
            .map(({ metric, startedAt, dueAt, settledAt, state }) => ({ metric, startedAt, dueAt, settledAt, state }))
            .sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
        const fresh = new Set(shape(apply([], sorted, NOW)).map(({ startedAt }) => startedAt.getTime()));
        expect(shape(rows).filter(({ startedAt }) => fresh.has(startedAt.getTime()))).toEqual(shape(apply([], sorted, NOW)));
      }),
      RUNS,
    );
  });
});
