import { describe, expect, it } from "vitest";
import type { Expected, GoldenCase, Line } from "../testing/golden/case";
import { CONVERSATIONS } from "../testing/golden/conversations";
import { HOURS } from "../testing/golden/hours";
import { PAUSES } from "../testing/golden/pauses";
import { local, makeSettings, TRAITS } from "../testing/settings";
import { computeDeadlines, type Obligation } from "./obligations";
import type { TimelineEvent } from "./timeline";

const KINDS = { buyer: "buyer-message", close: "closed", wake: "woken", pending: "pending", outage: "outage-start", "outage over": "outage-end" } as const;

function eventOf(line: Line, at: (text: string) => Date): TimelineEvent {
  const moment = at(line[0]);
  switch (line[1]) {
    case "reply":
      return { kind: "reply", at: moment, by: "person" };
    case "bot":
      return { kind: "reply", at: moment, by: "bot" };
    case "resolve":
      return { kind: "resolved", at: moment, settlesUntil: line[2] === undefined ? undefined : at(line[2]) };
    case "reopen":
      return { kind: "reopened", at: moment, by: line[2] };
    case "snooze":
      return { kind: "snoozed", at: moment, until: line[2] === null ? null : at(line[2]) };
    case "team":
      return { kind: "assigned", at: moment, teamId: line[2] };
    case "labels":
      return { kind: "labelled", at: moment, labelIds: line[2] };
    default:
      return { kind: KINDS[line[1]], at: moment };
  }
}

/** The wall clock of the zone; of an hour that comes twice, the second is "again". */
function clock(timeZone: string): (moment: Date) => string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  return (moment) => {
    const text = format.format(moment);
    return format.format(new Date(moment.getTime() - 3_600_000)) === text ? `${text} again` : text;
  };
}

function shown(obligation: Obligation, wanted: Expected | undefined, show: (moment: Date) => string): Expected {
  const { metric, startedAt, dueAt, warnAt, state, pausedMs, end, decidedBy } = obligation;
  return {
    metric,
    from: show(startedAt),
    due: dueAt === null ? null : show(dueAt),
    state,
    ...(wanted?.warn === undefined || warnAt === null ? {} : { warn: show(warnAt) }),
    ...(wanted?.pausedMinutes === undefined ? {} : { pausedMinutes: pausedMs / 60_000 }),
    ...(wanted?.ended === undefined || end === null ? {} : { ended: end.by }),
    ...(wanted?.decidedBy === undefined || decidedBy === null ? {} : { decidedBy }),
  };
}

function run(golden: GoldenCase, timeline: readonly Line[]) {
  const timeZone = golden.timeZone ?? "Europe/Moscow";
  const at = local(timeZone);
  const start = { traits: { ...TRAITS, ...golden.traits }, hasReplied: golden.hasReplied ?? false };
  const settings = golden.settings ?? makeSettings();
  const { obligations } = computeDeadlines(
    timeline.map((line) => eventOf(line, at)),
    start,
    settings,
    at(golden.now),
  );
  const show = clock(timeZone);
  return obligations.map((obligation, index) => shown(obligation, golden.expect[index], show));
}

describe.each([
  ["hours", HOURS],
  ["conversations", CONVERSATIONS],
  ["pauses", PAUSES],
])("golden timelines: %s", (_name, cases) => {
  it.each(cases)("$name", (golden) => {
    expect(run(golden, golden.timeline)).toEqual(golden.expect);
  });

  it("the order in which events are read does not matter", () => {
    for (const golden of cases) expect(run(golden, [...golden.timeline].reverse()), golden.name).toEqual(golden.expect);
  });
});
