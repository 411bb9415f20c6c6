import { makePolicy, makeSettings } from "../settings";
import type { GoldenCase } from "./case";

const SHOP_LIMIT = { channel: "shop.chat", minutes: 48 * 60, anchor: "last_buyer_message", source: "sheet", checkedOn: "2026-11-01" } as const;

/** Snoozed, waiting on the buyer, outages, and the marketplace's own limit, which nothing pauses. */
export const PAUSES: readonly GoldenCase[] = [
  {
    name: "snoozed for 45 minutes",
    timeline: [
      ["2026-11-06 16:30", "buyer"],
      ["2026-11-09 09:15", "snooze", "2026-11-09 10:00"],
      ["2026-11-09 10:00", "wake"],
    ],
    now: "2026-11-09 10:05",
    expect: [{ metric: "first_reply", from: "2026-11-06 16:30", due: "2026-11-09 11:15", warn: "2026-11-09 10:45", pausedMinutes: 45, state: "running" }],
  },
  {
    name: "snoozed now: due as if it wakes on time",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 11:00", "snooze", "2026-11-06 15:00"],
    ],
    now: "2026-11-06 12:00",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 16:00", pausedMinutes: 60, state: "paused" }],
  },
  {
    name: "snoozed until the buyer writes: nobody knows when",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 11:00", "snooze", null],
    ],
    now: "2026-11-06 16:00",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: null, pausedMinutes: 300, state: "paused" }],
  },
  {
    name: "the buyer's word wakes it",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 11:00", "snooze", "2026-11-09 09:00"],
      ["2026-11-06 12:00", "buyer"],
    ],
    now: "2026-11-06 12:30",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 13:00", pausedMinutes: 60, state: "running" }],
  },
  {
    name: "a pause in closed hours costs nothing",
    timeline: [
      ["2026-11-06 16:30", "buyer"],
      ["2026-11-06 18:00", "snooze", "2026-11-08 20:00"],
      ["2026-11-08 20:00", "wake"],
    ],
    now: "2026-11-09 09:30",
    expect: [{ metric: "first_reply", from: "2026-11-06 16:30", due: "2026-11-09 10:30", state: "running" }],
  },
  {
    name: "snoozed when it was late already: stays late",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 13:00", "snooze", "2026-11-06 16:00"],
    ],
    now: "2026-11-06 14:00",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", pausedMinutes: 0, state: "missed" }],
  },
  {
    name: "waiting on the buyer stops the clock until they write",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 10:30", "pending"],
      ["2026-11-06 12:30", "buyer"],
    ],
    now: "2026-11-06 12:40",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 14:00", pausedMinutes: 120, state: "running" }],
  },
  {
    name: "a policy that does not pause for it",
    settings: makeSettings({ policies: [makePolicy({ pauseOn: ["outage"] })] }),
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 10:30", "pending"],
    ],
    now: "2026-11-06 11:40",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", pausedMinutes: 0, state: "running" }],
  },
  {
    name: "the marketplace was down for an hour, snoozed for half of it: paused once",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 10:30", "outage"],
      ["2026-11-06 11:00", "snooze", "2026-11-06 12:00"],
      ["2026-11-06 11:30", "outage over"],
      ["2026-11-06 12:00", "wake"],
    ],
    now: "2026-11-06 12:10",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 13:30", pausedMinutes: 90, state: "running" }],
  },
  {
    name: "an outage that goes on, begun before the buyer wrote",
    timeline: [
      ["2026-11-06 09:00", "outage"],
      ["2026-11-06 10:00", "buyer"],
    ],
    now: "2026-11-06 16:00",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: null, pausedMinutes: 360, state: "paused" }],
  },
  {
    name: "the marketplace's limit wins while we pause",
    settings: makeSettings({ limits: [SHOP_LIMIT] }),
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 11:00", "pending"],
    ],
    now: "2026-11-06 16:00",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-08 10:00", warn: "2026-11-06 16:30", decidedBy: "limit", state: "paused" }],
  },
  {
    name: "the policy is stricter than the marketplace",
    settings: makeSettings({ limits: [SHOP_LIMIT] }),
    timeline: [["2026-11-06 10:00", "buyer"]],
    now: "2026-11-06 10:01",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", decidedBy: "policy", state: "running" }],
  },
  {
    name: "a limit counts from the buyer's newest message, where the marketplace says so",
    settings: makeSettings({ policies: [], limits: [SHOP_LIMIT] }),
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-07 10:00", "buyer"],
    ],
    now: "2026-11-07 12:00",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-09 10:00", decidedBy: "limit", state: "running" }],
  },
  {
    name: "a limit counts from the oldest unanswered message elsewhere",
    settings: makeSettings({ policies: [], limits: [{ ...SHOP_LIMIT, anchor: "unanswered", minutes: 10 * 24 * 60 }] }),
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-07 10:00", "buyer"],
    ],
    now: "2026-11-07 12:00",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-16 10:00", decidedBy: "limit", state: "running" }],
  },
  {
    name: "neither a policy nor a limit: nothing is due",
    settings: makeSettings({ policies: [makePolicy({ isActive: false })], limits: [{ ...SHOP_LIMIT, minutes: null }] }),
    timeline: [["2026-11-06 10:00", "buyer"]],
    now: "2026-11-07 12:00",
    expect: [],
  },
  {
    name: "a policy without a target for the next reply",
    settings: makeSettings({ policies: [makePolicy({ nextReplyMinutes: null })] }),
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 10:10", "reply"],
      ["2026-11-06 10:20", "buyer"],
    ],
    now: "2026-11-06 16:00",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", state: "met" }],
  },
];
