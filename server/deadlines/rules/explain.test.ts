import { readFileSync } from "node:fs";
import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { LOCALES } from "@/lib/i18n/locales";
import { durationParts, type ExplainStep, explainParamKind } from "../schema";
import { LABEL_VIP, local, makeCalendar, makePolicy, makeSettings, TEAM_CARE, TRAITS } from "../testing/settings";
import { explain } from "./explain";
import { computeDeadlines, type DeadlineSettings } from "./obligations";
import type { TimelineEvent } from "./timeline";

const moscow = local("Europe/Moscow");
const any = { channels: [], labelIds: [], teamIds: [], connectionIds: [] };
const LIMIT = { channel: "shop.chat", minutes: 2_880, anchor: "last_buyer_message", source: "Sheet 2.3", checkedOn: "2026-11-01" } as const;

function explained(settings: DeadlineSettings, now: string, ...events: readonly TimelineEvent[]): ExplainStep[] {
  const { open, obligations } = computeDeadlines(
    events,
    { traits: { ...TRAITS, labelIds: [LABEL_VIP], teamId: TEAM_CARE }, hasReplied: false },
    settings,
    moscow(now),
  );
  const obligation = open ?? obligations.at(-1);
  if (obligation === undefined) throw new Error("nothing is due");
  return explain(obligation);
}

const buyer = (at: string): TimelineEvent => ({ kind: "buyer-message", at: moscow(at) });
const snoozed = (at: string, until: string | null): TimelineEvent => ({ kind: "snoozed", at: moscow(at), until: until === null ? null : moscow(until) });

function catalogue(locale: string): Record<string, unknown> {
  return { deadlines: JSON.parse(readFileSync(new URL(`../../../messages/${locale}/deadlines.json`, import.meta.url), "utf8")) as unknown };
}

/** As a page would write it, in the calendar's clocks. */
function written(locale: string, steps: readonly ExplainStep[]): string[] {
  const t = createTranslator({
    locale,
    messages: catalogue(locale) as Record<string, never>,
    onError: (error) => {
      throw error;
    },
  }) as (key: string, values?: Record<string, string | number>) => string;
  const moment = new Intl.DateTimeFormat(locale, { timeZone: "Europe/Moscow", weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = new Intl.DateTimeFormat(locale, { timeZone: "Europe/Moscow", weekday: "short", day: "numeric" });
  const value = (name: string, raw: string | number | Date): string | number => {
    const kind = explainParamKind(name);
    if (raw instanceof Date) return (kind === "day" ? day : moment).format(raw);
    if (kind !== "duration" || typeof raw === "string") return raw;
    const { form, ...parts } = durationParts(raw);
    return t(`deadlines.duration.${form}`, parts);
  };
  return steps.map(({ code, params }) =>
    t(`deadlines.explain.${code}`, Object.fromEntries(Object.entries(params).map(([name, raw]) => [name, value(name, raw)]))),
  );
}

const NEVER = makeSettings({
  calendar: makeCalendar({ days: { mon: [{ from: "09:00", to: "09:01" }], tue: [], wed: [], thu: [], fri: [] } }),
  policies: [makePolicy({ firstReplyMinutes: 600 })],
});
const VIP = makeSettings({ policies: [makePolicy({ name: "VIP", conditions: { ...any, labelIds: [LABEL_VIP] } })] });
const weekend = () =>
  explained(VIP, "2026-11-09 10:05", buyer("2026-11-06 16:30"), snoozed("2026-11-09 09:15", "2026-11-09 10:00"), {
    kind: "woken",
    at: moscow("2026-11-09 10:00"),
  });

describe("why it is due then", () => {
  it("tells a weekend and a snooze as a person would work it out", () => {
    expect(written("en", weekend())).toEqual([
      "The buyer wrote on Fri 16:30. Nobody has answered in this conversation before.",
      "The first policy that fits is “VIP” (no. 1 in the list), because:",
      "the conversation has one of its labels",
      "It allows 2 h of working time by the calendar “Office” (Europe/Moscow).",
      "Fri 16:30 – Fri 17:00: 30 min counted.",
      "7 Sat – 8 Sun: closed, 2 days.",
      "Working time begins on Mon 09:00.",
      "Mon 09:00 – Mon 09:15: 15 min counted.",
      "Mon 09:15 – Mon 10:00: paused for 45 min, snoozed.",
      "Mon 10:00 – Mon 11:15: 1 h 15 min counted.",
      "A reply is due by Mon 11:15.",
      "It is called near from Mon 10:45 on.",
    ]);
  });

  it("says when the marketplace's limit decides", () => {
    const steps = explained(makeSettings({ limits: [LIMIT] }), "2026-11-06 16:00", buyer("2026-11-06 10:00"), {
      kind: "pending",
      at: moscow("2026-11-06 11:00"),
    });
    expect(written("en", steps).slice(3)).toEqual([
      "Fri 10:00 – Fri 11:00: 1 h counted.",
      "Paused since Fri 11:00: waiting on the buyer. When it goes on, 1 h are left.",
      "The marketplace itself allows 2 days after the buyer’s newest message (shop.chat): until Sun 10:00.",
      "Source: Sheet 2.3; checked on 1 Sun.",
      "That is earlier, so it decides. No pause moves it.",
      "A reply is due by Sun 10:00.",
      "It is called near from Fri 16:30 on.",
    ]);
  });

  it("is short for a long stretch of many days", () => {
    const steps = explained(makeSettings({ policies: [makePolicy({ firstReplyMinutes: 60 * 90 })] }), "2026-11-06 16:00", buyer("2026-11-06 10:00"));
    expect(steps.map(({ code }) => code)).toEqual(["wrote_first", "policy_any", "target_working", "counts_over", "due", "warning"]);
    expect(steps[3]?.params).toMatchObject({ stretches: 12, duration: 90 * 3_600_000 });
  });

  const lunch = [
    { from: "09:00", to: "13:00" },
    { from: "14:00", to: "18:00" },
  ];
  const cases: readonly [string, () => ExplainStep[], string][] = [
    ["a weekend and a snooze", weekend, "paused_snoozed"],
    [
      "no policy",
      () => explained(makeSettings({ policies: [], limits: [{ ...LIMIT, anchor: "unanswered" }] }), "2026-11-06 16:00", buyer("2026-11-06 10:00")),
      "no_policy",
    ],
    [
      "a stricter policy than the marketplace",
      () => explained(makeSettings({ limits: [LIMIT] }), "2026-11-06 10:01", buyer("2026-11-06 10:00")),
      "policy_wins",
    ],
    [
      "a lunch break",
      () => explained(makeSettings({ calendar: makeCalendar({ days: { fri: lunch } }) }), "2026-11-06 12:40", buyer("2026-11-06 12:30")),
      "break",
    ],
    [
      "a holiday",
      () =>
        explained(makeSettings({ calendar: makeCalendar({ holidays: [{ date: "2026-11-09", name: "Eve" }] }) }), "2026-11-06 16:40", buyer("2026-11-06 16:30")),
      "holiday",
    ],
    [
      "one closed day",
      () => explained(makeSettings({ calendar: makeCalendar({ days: { sat: lunch } }) }), "2026-11-07 17:40", buyer("2026-11-07 17:30")),
      "closed_day",
    ],
    ["a missing calendar", () => explained({ ...makeSettings(), calendars: new Map() }, "2026-11-06 10:10", buyer("2026-11-06 10:00")), "calendar_missing"],
    ["late", () => explained(makeSettings(), "2026-11-06 13:00", buyer("2026-11-06 10:00")), "late"],
    [
      "answered in time",
      () => explained(makeSettings(), "2026-11-06 13:00", buyer("2026-11-06 10:00"), { kind: "reply", at: moscow("2026-11-06 11:00"), by: "person" }),
      "replied_in_time",
    ],
    [
      "answered late",
      () => explained(makeSettings(), "2026-11-06 13:00", buyer("2026-11-06 10:00"), { kind: "reply", at: moscow("2026-11-06 12:30"), by: "person" }),
      "replied_late",
    ],
    [
      "answered while paused",
      () =>
        explained(makeSettings(), "2026-11-06 13:00", buyer("2026-11-06 10:00"), snoozed("2026-11-06 11:00", null), {
          kind: "reply",
          at: moscow("2026-11-06 12:30"),
          by: "person",
        }),
      "paused_snoozed",
    ],
    [
      "answered what was never due",
      () => explained(NEVER, "2026-11-06 13:00", buyer("2026-11-06 10:00"), { kind: "reply", at: moscow("2026-11-06 12:30"), by: "person" }),
      "replied",
    ],
    [
      "snoozed until the buyer writes",
      () => explained(makeSettings(), "2026-11-06 13:00", buyer("2026-11-06 10:00"), snoozed("2026-11-06 11:00", null)),
      "pausing_snoozed",
    ],
    [
      "an outage",
      () => explained(makeSettings(), "2026-11-06 13:00", { kind: "outage-start", at: moscow("2026-11-06 09:00") }, buyer("2026-11-06 10:00")),
      "pausing_outage",
    ],
    [
      "an outage that is over",
      () =>
        explained(
          makeSettings(),
          "2026-11-06 13:00",
          buyer("2026-11-06 10:00"),
          { kind: "outage-start", at: moscow("2026-11-06 11:00") },
          { kind: "outage-end", at: moscow("2026-11-06 12:00") },
        ),
      "paused_outage",
    ],
    [
      "pending until the buyer wrote",
      () =>
        explained(
          makeSettings(),
          "2026-11-06 13:00",
          buyer("2026-11-06 10:00"),
          { kind: "pending", at: moscow("2026-11-06 10:30") },
          buyer("2026-11-06 11:00"),
        ),
      "paused_pending",
    ],
    [
      "reopened",
      () =>
        explained(
          makeSettings(),
          "2026-11-06 13:00",
          buyer("2026-11-06 10:00"),
          { kind: "resolved", at: moscow("2026-11-06 11:00") },
          { kind: "reopened", at: moscow("2026-11-06 11:30"), by: "person" },
        ),
      "paused_resolved",
    ],
    [
      "opened by the marketplace again",
      () =>
        explained(
          makeSettings(),
          "2026-11-06 13:00",
          buyer("2026-11-06 10:00"),
          { kind: "closed", at: moscow("2026-11-06 11:00") },
          { kind: "reopened", at: moscow("2026-11-06 11:30"), by: "service" },
        ),
      "paused_closed",
    ],
    [
      "resolved",
      () => explained(makeSettings(), "2026-11-06 13:00", buyer("2026-11-06 10:00"), { kind: "resolved", at: moscow("2026-11-06 11:00") }),
      "ended_resolved",
    ],
    [
      "closed",
      () => explained(makeSettings(), "2026-11-06 13:00", buyer("2026-11-06 10:00"), { kind: "closed", at: moscow("2026-11-06 11:00") }),
      "ended_closed",
    ],
    ["never", () => explained(NEVER, "2026-11-06 13:00", buyer("2026-11-06 10:00")), "never"],
    [
      "by team, channel and shop",
      () =>
        explained(
          makeSettings({
            policies: [makePolicy({ conditions: { ...any, channels: ["shop.chat"], teamIds: [TEAM_CARE], connectionIds: [TRAITS.connectionId] } })],
          }),
          "2026-11-06 13:00",
          buyer("2026-11-06 10:00"),
        ),
      "because_team",
    ],
    [
      "no target for a next reply",
      () =>
        explained(
          makeSettings({ policies: [makePolicy({ nextReplyMinutes: null })], limits: [LIMIT] }),
          "2026-11-06 13:00",
          buyer("2026-11-06 10:00"),
          { kind: "reply", at: moscow("2026-11-06 10:30"), by: "person" },
          buyer("2026-11-06 11:00"),
        ),
      "no_next_target",
    ],
    [
      "no target for a first reply",
      () => explained(makeSettings({ policies: [makePolicy({ firstReplyMinutes: null })], limits: [LIMIT] }), "2026-11-06 13:00", buyer("2026-11-06 10:00")),
      "no_first_target",
    ],
    [
      "a long time",
      () => explained(makeSettings({ policies: [makePolicy({ firstReplyMinutes: 60 * 90 })] }), "2026-11-06 16:00", buyer("2026-11-06 10:00")),
      "counts_over",
    ],
    [
      "around the clock",
      () => explained(makeSettings({ policies: [makePolicy({ calendarId: null })] }), "2026-11-06 16:00", buyer("2026-11-06 10:00")),
      "target_always",
    ],
  ];

  it.each(cases)("%s: has a text in every language", (_name, steps, code) => {
    const found = steps();
    expect(found.map((entry) => entry.code)).toContain(code);
    for (const locale of LOCALES) for (const line of written(locale, found)) expect(line).not.toMatch(/[{}]|undefined|\[object|Invalid/);
  });

  it("has no text that nothing says", () => {
    const said = new Set(cases.flatMap(([, steps]) => steps().map(({ code }) => code)).concat("pausing_pending", "wrote_next"));
    const { deadlines } = catalogue("en") as { deadlines: { explain: Record<string, string> } };
    expect(Object.keys(deadlines.explain).filter((code) => !said.has(code))).toEqual([]);
  });
});

describe("durations", () => {
  it.each([
    [30_000, "minutes", { days: 0, hours: 0, minutes: 1 }],
    [90 * 60_000, "hoursMinutes", { days: 0, hours: 1, minutes: 30 }],
    [24 * 3_600_000, "hours", { days: 1, hours: 24, minutes: 0 }],
    [47.5 * 3_600_000, "hoursMinutes", { days: 1, hours: 47, minutes: 30 }],
    [240 * 3_600_000, "days", { days: 10, hours: 0, minutes: 0 }],
    [50 * 3_600_000, "daysHours", { days: 2, hours: 2, minutes: 0 }],
    [0, "minutes", { days: 0, hours: 0, minutes: 0 }],
  ])("%d ms are said in %s", (ms, form, parts) => {
    expect(durationParts(ms)).toEqual({ form, ...parts });
  });
});
