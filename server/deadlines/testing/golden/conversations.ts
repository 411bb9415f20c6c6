import { LABEL_VIP, makePolicy, makeSettings, TEAM_CARE } from "../settings";
import type { GoldenCase } from "./case";

/** Who owes whom: replies, cabinets, resolve, reopen, close. */
export const CONVERSATIONS: readonly GoldenCase[] = [
  {
    name: "answered in time",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 10:40", "reply"],
    ],
    now: "2026-11-06 12:00",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", state: "met", ended: "reply" }],
  },
  {
    name: "answered late",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 12:00", "buyer"],
      ["2026-11-06 12:01", "reply"],
    ],
    now: "2026-11-06 13:00",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", state: "missed", ended: "reply" }],
  },
  {
    name: "answered at the very moment it is due: in time",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 12:00", "reply"],
    ],
    now: "2026-11-06 13:00",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", state: "met" }],
  },
  {
    name: "a person answers, a bot does not",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 10:01", "bot"],
    ],
    now: "2026-11-06 12:00",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", state: "missed" }],
  },
  {
    name: "more messages of the buyer do not move the deadline",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 10:30", "buyer"],
      ["2026-11-06 11:45", "buyer"],
    ],
    now: "2026-11-06 11:50",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", state: "running" }],
  },
  {
    name: "after a reply the next one is due faster",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 10:10", "reply"],
      ["2026-11-06 10:20", "buyer"],
    ],
    now: "2026-11-06 10:30",
    expect: [
      { metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", state: "met" },
      { metric: "next_reply", from: "2026-11-06 10:20", due: "2026-11-06 11:20", state: "running" },
    ],
  },
  {
    name: "a reply of the same moment has not read the message",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 10:10", "buyer"],
      ["2026-11-06 10:10", "reply"],
    ],
    now: "2026-11-06 10:30",
    expect: [
      { metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", state: "met" },
      { metric: "next_reply", from: "2026-11-06 10:10", due: "2026-11-06 11:10", state: "running" },
    ],
  },
  {
    name: "we wrote first: the buyer's answer is no first contact",
    hasReplied: true,
    timeline: [["2026-11-06 10:00", "buyer"]],
    now: "2026-11-06 10:30",
    expect: [{ metric: "next_reply", from: "2026-11-06 10:00", due: "2026-11-06 11:00", state: "running" }],
  },
  {
    name: "resolved without a reply: nothing is due",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 11:00", "resolve"],
    ],
    now: "2026-11-06 15:00",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", state: "dropped", ended: "resolved" }],
  },
  {
    name: "resolved too late was late",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 14:00", "resolve"],
    ],
    now: "2026-11-06 15:00",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", state: "missed", ended: "resolved" }],
  },
  {
    name: "the buyer says thanks after it was resolved: a reply is due from that message on, the old wait stays over",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 10:30", "reply"],
      ["2026-11-06 10:31", "resolve"],
      ["2026-11-06 11:00", "buyer"],
    ],
    now: "2026-11-06 11:05",
    expect: [
      { metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", state: "met" },
      { metric: "next_reply", from: "2026-11-06 11:00", due: "2026-11-06 12:00", state: "running" },
    ],
  },
  {
    name: "thanks, resolved again: it does not run on",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 10:30", "reply"],
      ["2026-11-06 10:31", "resolve"],
      ["2026-11-06 11:00", "buyer"],
      ["2026-11-06 11:01", "resolve"],
    ],
    now: "2026-11-09 16:00",
    expect: [
      { metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", state: "met" },
      { metric: "next_reply", from: "2026-11-06 11:00", due: "2026-11-06 12:00", state: "dropped" },
    ],
  },
  {
    name: "a message that came in while somebody resolved is still owed",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 10:59", "buyer"],
      ["2026-11-06 11:00", "resolve", "2026-11-06 10:00"],
    ],
    now: "2026-11-06 11:05",
    expect: [
      { metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", state: "dropped" },
      { metric: "first_reply", from: "2026-11-06 10:59", due: "2026-11-06 12:59", state: "running" },
    ],
  },
  {
    name: "resolved by mistake and reopened: the time between is left out, the rest goes on",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 11:00", "resolve"],
      ["2026-11-06 11:20", "reopen", "person"],
    ],
    now: "2026-11-06 11:30",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:20", pausedMinutes: 20, state: "running" }],
  },
  {
    name: "reopened by a person: also what was settled twice is owed again, from its beginning",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 10:10", "resolve"],
      ["2026-11-06 10:20", "buyer"],
      ["2026-11-06 10:30", "resolve"],
      ["2026-11-06 10:40", "reopen", "person"],
    ],
    now: "2026-11-06 10:41",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:20", pausedMinutes: 20, state: "running" }],
  },
  {
    name: "closed by the marketplace: nobody can answer",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 11:00", "close"],
    ],
    now: "2026-11-06 15:00",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", state: "dropped", ended: "closed" }],
  },
  {
    name: "closed and opened again by the marketplace: owed again, the closed time left out",
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 11:00", "close"],
      ["2026-11-06 13:00", "reopen", "service"],
    ],
    now: "2026-11-06 13:30",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 14:00", pausedMinutes: 120, state: "running" }],
  },
  {
    name: "given to a team with a faster policy: counts from the buyer's message, not from the change",
    settings: makeSettings({
      policies: [
        makePolicy({ name: "Care", firstReplyMinutes: 30, conditions: { channels: [], labelIds: [], teamIds: [TEAM_CARE], connectionIds: [] } }),
        makePolicy(),
      ],
    }),
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 10:10", "team", TEAM_CARE],
    ],
    now: "2026-11-06 10:15",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 10:30", warn: "2026-11-06 10:00", state: "running" }],
  },
  {
    name: "taken from the team again: the slower policy again",
    settings: makeSettings({
      policies: [
        makePolicy({ name: "Care", firstReplyMinutes: 30, conditions: { channels: [], labelIds: [], teamIds: [TEAM_CARE], connectionIds: [] } }),
        makePolicy(),
      ],
    }),
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 10:10", "team", TEAM_CARE],
      ["2026-11-06 10:40", "team", null],
    ],
    now: "2026-11-06 10:45",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", state: "running" }],
  },
  {
    name: "a label given after the reply does not rewrite what was",
    settings: makeSettings({
      policies: [
        makePolicy({ name: "VIP", firstReplyMinutes: 5, conditions: { channels: [], labelIds: [LABEL_VIP], teamIds: [], connectionIds: [] } }),
        makePolicy(),
      ],
    }),
    timeline: [
      ["2026-11-06 10:00", "buyer"],
      ["2026-11-06 10:30", "reply"],
      ["2026-11-06 10:40", "labels", [LABEL_VIP]],
    ],
    now: "2026-11-06 11:00",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", state: "met" }],
  },
];
