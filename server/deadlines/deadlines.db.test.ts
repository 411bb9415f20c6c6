import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { saveCalendar } from "./calendars";
import { explainDeadline } from "./explain-deadline";
import { removePolicy, reorderPolicies, savePolicy } from "./policies";
import { recomputeBatch } from "./recompute-deadlines";
import {
  ACTOR,
  conversationOf,
  deadlinesOf,
  emitted,
  makeChat,
  makePolicyRow,
  minutesAfter,
  note,
  policyInput,
  recompute,
  say,
  type TestChat,
  watch,
} from "./testing/make-chat";
import { makeCalendar } from "./testing/settings";

const START = "2026-11-02T10:00:00Z";
const at = (minutes: number) => minutesAfter(START, minutes);
const EVERYTHING = { userId: randomUUID(), role: "owner", scope: "all", teamIds: [] } as const;
const shown = async (chat: TestChat) => {
  const { nextDeadlineAt, nextDeadlineKind, deadlineState } = await conversationOf(chat);
  return { at: nextDeadlineAt, kind: nextDeadlineKind, state: deadlineState };
};

describe("deadlines of a conversation", () => {
  it("a buyer's message makes a reply due, once, however often it is computed", async () => {
    const chat = await makeChat();
    const { id: policyId } = await makePolicyRow(chat);
    await say(chat);
    expect(await recompute(chat)).toEqual({ changed: 1 });
    const [row] = await deadlinesOf(chat);
    expect(row).toMatchObject({ metric: "first_reply", state: "running", startedAt: at(0), dueAt: at(60), warnAt: at(45), policyId, settledAt: null });
    expect(await shown(chat)).toEqual({ at: at(60), kind: "first_reply", state: "running" });
    expect(await recompute(chat)).toEqual({ changed: 0 });
    expect(await deadlinesOf(chat)).toEqual([row]);
  });

  it("a reply written in the marketplace's cabinet counts, one of a bot or one that has not left does not", async () => {
    const chat = await makeChat();
    await makePolicyRow(chat);
    await say(chat);
    await say(chat, { side: "seller", authorKind: "bot", at: at(1) });
    await say(chat, { side: "seller", at: at(2), sendState: "queued" });
    await say(chat, { side: "seller", at: at(3), sendState: "rejected" });
    await recompute(chat);
    expect(await shown(chat)).toMatchObject({ at: at(60) });
    await say(chat, { side: "seller", at: at(10) });
    chat.passMinutes(20);
    await recompute(chat);
    expect(await deadlinesOf(chat)).toMatchObject([{ state: "met", settledAt: at(10), dueAt: at(60), breachedAt: null }]);
    expect(await shown(chat)).toEqual({ at: null, kind: null, state: null });
  });

  it("a cabinet's reply found late takes the breach back", async () => {
    const chat = await makeChat();
    await makePolicyRow(chat);
    await say(chat);
    await recompute(chat);
    chat.passMinutes(70);
    await watch(chat);
    expect(await shown(chat)).toMatchObject({ state: "breached" });
    await say(chat, { side: "seller", at: at(50) });
    await recompute(chat);
    expect(await deadlinesOf(chat)).toMatchObject([{ state: "met", settledAt: at(50), breachedAt: null }]);
  });

  it("next replies have rows of their own, and only one is open", async () => {
    const chat = await makeChat();
    await makePolicyRow(chat);
    await say(chat);
    await say(chat, { side: "seller", at: at(5), sendState: "accepted" });
    await say(chat, { at: at(10) });
    await say(chat, { at: at(12) });
    chat.passMinutes(15);
    await recompute(chat);
    expect(await deadlinesOf(chat)).toMatchObject([
      { metric: "first_reply", state: "met" },
      { metric: "next_reply", state: "running", startedAt: at(10), dueAt: at(40), settledAt: null },
    ]);
  });

  it("follows the history: snoozed, woken, resolved, reopened by a person", async () => {
    const chat = await makeChat();
    await makePolicyRow(chat);
    await say(chat);
    chat.passMinutes(10);
    await note(chat, "snoozed", { until: at(30).toISOString() });
    await db.conversation.update({ where: { id: chat.conversationId }, data: { status: "snoozed", snoozedUntil: at(30) } });
    await recompute(chat);
    expect(await shown(chat)).toEqual({ at: at(80), kind: "first_reply", state: "paused" });
    chat.passMinutes(10);
    await note(chat, "woken", {}, "user");
    await db.conversation.update({ where: { id: chat.conversationId }, data: { status: "open", snoozedUntil: null } });
    await recompute(chat);
    expect(await shown(chat)).toEqual({ at: at(70), kind: "first_reply", state: "running" });
    chat.passMinutes(5);
    await note(chat, "status", { from: "open", to: "resolved" });
    await db.conversation.update({ where: { id: chat.conversationId }, data: { status: "resolved", answeredUntil: at(0), waitingSince: null } });
    await recompute(chat);
    expect(await shown(chat)).toEqual({ at: null, kind: null, state: null });
    expect(await deadlinesOf(chat)).toMatchObject([{ state: "dropped", settledAt: at(25) }]);
    chat.passMinutes(5);
    await note(chat, "status", { from: "resolved", to: "open" });
    await db.conversation.update({ where: { id: chat.conversationId }, data: { status: "open", answeredUntil: null, waitingSince: at(0) } });
    await recompute(chat);
    expect(await shown(chat)).toEqual({ at: at(75), kind: "first_reply", state: "running" });
    expect(await deadlinesOf(chat)).toHaveLength(1);
  });

  it("a status without history is taken as it is", async () => {
    const chat = await makeChat();
    await makePolicyRow(chat);
    await say(chat);
    chat.passMinutes(5);
    await db.conversation.update({ where: { id: chat.conversationId }, data: { status: "closed", waitingSince: null, updatedAt: chat.now() } });
    await recompute(chat);
    expect(await deadlinesOf(chat)).toMatchObject([{ state: "dropped", settledAt: at(5) }]);
    expect(await shown(chat)).toMatchObject({ at: null });
  });

  it("a backlog from before makes no history, but what is still open is due", async () => {
    const chat = await makeChat();
    await makePolicyRow(chat);
    await say(chat, { at: at(-30 * 1_440) });
    await say(chat, { side: "seller", at: at(-29 * 1_440) });
    await say(chat, { at: at(-20 * 1_440) });
    await recompute(chat);
    expect(await deadlinesOf(chat)).toMatchObject([{ metric: "next_reply", state: "missed", settledAt: null }]);
    await watch(chat);
    expect(await emitted(chat, "deadlines/deadline.breached")).toEqual([]);
    expect((await deadlinesOf(chat))[0]?.breachedAt).toEqual(at(0));
  });

  it("of a conversation longer than it reads, the last stretch is right", async () => {
    const chat = await makeChat();
    await makePolicyRow(chat);
    for (let turn = 0; turn < 35; turn += 1) {
      await say(chat, { at: at(-200 + turn * 4) });
      await say(chat, { side: "seller", at: at(-199 + turn * 4) });
    }
    await say(chat, { at: at(-20) });
    await recompute(chat);
    expect(await shown(chat)).toEqual({ at: at(10), kind: "next_reply", state: "warned" });
    const rows = (await deadlinesOf(chat)).length;
    expect(rows).toBeGreaterThan(25);
    await recompute(chat);
    expect(await deadlinesOf(chat)).toHaveLength(rows);
  });

  it("what was open before a long stretch that came at once is settled by it", async () => {
    const chat = await makeChat();
    await makePolicyRow(chat);
    await say(chat);
    await recompute(chat);
    for (let turn = 0; turn < 35; turn += 1) {
      await say(chat, { side: "seller", at: at(70 + turn * 2) });
      await say(chat, { at: at(71 + turn * 2) });
    }
    chat.passMinutes(142);
    await recompute(chat);
    const rows = await deadlinesOf(chat);
    expect(rows[0]).toMatchObject({ metric: "first_reply", state: "missed", breachedAt: at(60) });
    expect(rows.filter(({ settledAt }) => settledAt === null)).toMatchObject([{ startedAt: at(139), state: "running" }]);
    expect(await shown(chat)).toMatchObject({ at: at(139 + 30) });
  });

  it("many of the buyer's messages without any reply count from the first", async () => {
    const chat = await makeChat();
    await makePolicyRow(chat);
    for (let turn = 0; turn < 65; turn += 1) await say(chat, { at: at(turn / 10) });
    await db.conversation.update({ where: { id: chat.conversationId }, data: { waitingSince: at(0) } });
    await recompute(chat);
    expect(await shown(chat)).toMatchObject({ at: at(60), kind: "first_reply" });
  });
});

describe("changed settings", () => {
  it("a policy changed, reordered and removed computes open deadlines anew and leaves settled ones", async () => {
    const chat = await makeChat();
    const { id } = await makePolicyRow(chat);
    await say(chat);
    await say(chat, { side: "seller", at: at(50) });
    await say(chat, { at: at(55) });
    chat.passMinutes(56);
    await recompute(chat);
    const all = () => recomputeBatch({ workspaceId: chat.workspaceId, connectionId: null, after: null }, chat);
    await inWorkspace(chat.workspaceId, (scope) => savePolicy(scope, { id, ...policyInput({ firstReplyMinutes: 10, nextReplyMinutes: 120 }) }, ACTOR));
    expect(await emitted(chat, "deadlines/policy.changed")).toHaveLength(2);
    expect(await all()).toEqual({ next: null, changed: 1 });
    expect(await shown(chat)).toMatchObject({ at: at(55 + 120) });
    expect((await deadlinesOf(chat))[0]).toMatchObject({ state: "met", dueAt: at(60) });

    const { id: strict } = await makePolicyRow(chat, {
      name: "Strict",
      nextReplyMinutes: 5,
      conditions: { channels: ["fake.chat"], labelIds: [], teamIds: [], connectionIds: [] },
    });
    await all();
    expect(await shown(chat)).toMatchObject({ at: at(55 + 120) });
    await inWorkspace(chat.workspaceId, (scope) => reorderPolicies(scope, [strict, id], ACTOR));
    await all();
    expect(await shown(chat)).toMatchObject({ at: at(60) });

    for (const policyId of [strict, id]) await inWorkspace(chat.workspaceId, (scope) => removePolicy(scope, policyId, ACTOR, chat));
    await all();
    expect(await shown(chat)).toEqual({ at: null, kind: null, state: null });
    expect(await deadlinesOf(chat)).toMatchObject([{ state: "met", policyId: id }]);
  });

  it("a late reply is in time again under a slower policy, and may be late once more", async () => {
    const chat = await makeChat();
    const { id } = await makePolicyRow(chat);
    await say(chat);
    await recompute(chat);
    chat.passMinutes(61);
    await watch(chat);
    await inWorkspace(chat.workspaceId, (scope) => savePolicy(scope, { id, ...policyInput({ firstReplyMinutes: 120 }) }, ACTOR));
    await recomputeBatch({ workspaceId: chat.workspaceId, connectionId: null, after: null }, chat);
    expect(await shown(chat)).toEqual({ at: at(120), kind: "first_reply", state: "running" });
    expect(await deadlinesOf(chat)).toMatchObject([{ breachedAt: null, state: "running" }]);
    chat.passMinutes(60);
    await watch(chat);
    expect(await emitted(chat, "deadlines/deadline.breached")).toHaveLength(2);
  });

  it("working hours decide: Monday 10:00 UTC is 13:00 in Moscow, four hours before closing", async () => {
    const chat = await makeChat();
    const { id: calendarId } = await inWorkspace(chat.workspaceId, (scope) => saveCalendar(scope, { name: "Office", ...makeCalendar() }, ACTOR));
    await makePolicyRow(chat, { calendarId, firstReplyMinutes: 300 });
    await say(chat);
    await recompute(chat);
    expect(await shown(chat)).toMatchObject({ at: new Date("2026-11-03T07:00:00Z") });
    const holidays = [
      { date: "2026-11-03", name: "Eve" },
      { date: "2026-11-04", name: "Unity Day" },
    ];
    await inWorkspace(chat.workspaceId, (scope) => saveCalendar(scope, { id: calendarId, name: "Office", ...makeCalendar({ holidays }) }, ACTOR));
    await recomputeBatch({ workspaceId: chat.workspaceId, connectionId: null, after: null }, chat);
    expect(await shown(chat)).toMatchObject({ at: new Date("2026-11-05T07:00:00Z") });
    const explained = await inWorkspace(chat.workspaceId, (scope) => explainDeadline(scope, EVERYTHING, chat.conversationId, chat));
    expect(explained).toMatchObject({ dueAt: new Date("2026-11-05T07:00:00Z"), timeZone: "Europe/Moscow", isOpen: true });
    expect(explained?.steps.map(({ code }) => code)).toEqual([
      "wrote_first",
      "policy_any",
      "target_working",
      "counts",
      "holiday",
      "holiday",
      "opens",
      "counts",
      "due",
      "warning",
    ]);
  });

  it("a label decides which policy", async () => {
    const chat = await makeChat();
    const labelId = randomUUID();
    await db.label.create({ data: { id: labelId, workspaceId: chat.workspaceId, name: "VIP", color: "red" } });
    await makePolicyRow(chat, { name: "VIP", firstReplyMinutes: 5, conditions: { channels: [], labelIds: [labelId], teamIds: [], connectionIds: [] } });
    await makePolicyRow(chat);
    await say(chat);
    await recompute(chat);
    expect(await shown(chat)).toMatchObject({ at: at(60) });
    await db.conversationLabel.create({ data: { conversationId: chat.conversationId, labelId, workspaceId: chat.workspaceId, lastMessageAt: at(0) } });
    await recompute(chat);
    expect(await shown(chat)).toMatchObject({ at: at(5) });
  });

  it("a marketplace's limit holds without any policy", async () => {
    const chat = await makeChat("ozon.chat");
    await say(chat);
    await recompute(chat);
    expect(await shown(chat)).toMatchObject({ at: at(48 * 60), state: "running" });
    expect(await deadlinesOf(chat)).toMatchObject([{ policyId: null }]);
  });
});
