import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { recomputeBatch } from "./recompute-deadlines";
import { conversationOf, deadlinesOf, emitted, makeChat, makePolicyRow, minutesAfter, recompute, say, watch } from "./testing/make-chat";

const at = (minutes: number) => minutesAfter("2026-11-02T10:00:00Z", minutes);

describe("the look at the clock", () => {
  it("warns once and breaches once, also with sweeps at the same moment", async () => {
    const chat = await makeChat();
    const { id: policyId } = await makePolicyRow(chat, { escalation: { notify: ["team", "admins"], raisePriorityTo: 3 } });
    await say(chat);
    await recompute(chat);
    chat.passMinutes(44);
    await watch(chat);
    expect(await emitted(chat, "deadlines/deadline.warned")).toEqual([]);
    chat.passMinutes(1);
    await Promise.all([watch(chat), watch(chat), watch(chat)]);
    const [row] = await deadlinesOf(chat);
    const facts = {
      workspaceId: chat.workspaceId,
      conversationId: chat.conversationId,
      deadlineId: row?.id,
      metric: "first_reply",
      dueAt: at(60).toISOString(),
      policyId,
    };
    expect(await emitted(chat, "deadlines/deadline.warned")).toEqual([facts]);
    expect(await conversationOf(chat)).toMatchObject({ deadlineState: "warned", priority: 0 });
    chat.passMinutes(15);
    await Promise.all([watch(chat), watch(chat), watch(chat)]);
    expect(await emitted(chat, "deadlines/deadline.breached")).toEqual([{ ...facts, notify: ["team", "admins"] }]);
    expect(await emitted(chat, "deadlines/deadline.warned")).toHaveLength(1);
    expect(await conversationOf(chat)).toMatchObject({ deadlineState: "breached", priority: 3, nextDeadlineAt: at(60) });
    expect(await deadlinesOf(chat)).toMatchObject([{ state: "missed", breachedAt: at(60), escalatedAt: at(60), settledAt: null }]);
    const history = await db.conversationEvent.findMany({ where: { conversationId: chat.conversationId }, orderBy: { type: "asc" } });
    expect(history.map(({ type, actorKind, data }) => ({ type, actorKind, data }))).toEqual([
      { type: "deadline", actorKind: "system", data: { event: "breached", metric: "first_reply", dueAt: at(60).toISOString() } },
      { type: "priority", actorKind: "system", data: { from: 0, to: 3, because: "deadline" } },
    ]);
  });

  it("never lowers a priority", async () => {
    const chat = await makeChat();
    await makePolicyRow(chat, { escalation: { notify: [], raisePriorityTo: 2 } });
    await say(chat);
    await recompute(chat);
    await db.conversation.update({ where: { id: chat.conversationId }, data: { priority: 4 } });
    chat.passMinutes(61);
    await watch(chat);
    expect(await conversationOf(chat)).toMatchObject({ priority: 4, deadlineState: "breached" });
  });

  it("says nothing of what was answered meanwhile", async () => {
    const chat = await makeChat();
    await makePolicyRow(chat);
    await say(chat);
    await recompute(chat);
    await say(chat, { side: "seller", at: at(30) });
    await recompute(chat);
    chat.passMinutes(90);
    await watch(chat);
    expect(await emitted(chat, "deadlines/deadline.warned")).toEqual([]);
    expect(await emitted(chat, "deadlines/deadline.breached")).toEqual([]);
  });

  it("an outage stops the clock while it lasts", async () => {
    const chat = await makeChat();
    await makePolicyRow(chat);
    await say(chat);
    await recompute(chat);
    chat.passMinutes(10);
    const outage = await db.connectionOutage.create({
      data: { id: randomUUID(), workspaceId: chat.workspaceId, connectionId: chat.connectionId, startedAt: at(8), code: "unreachable" },
    });
    const heedOutage = () => recomputeBatch({ workspaceId: chat.workspaceId, connectionId: chat.connectionId, after: null }, chat);
    await heedOutage();
    expect(await conversationOf(chat)).toMatchObject({ nextDeadlineAt: null, nextDeadlineKind: "first_reply", deadlineState: "paused" });
    chat.passMinutes(90);
    await watch(chat);
    expect(await emitted(chat, "deadlines/deadline.breached")).toEqual([]);
    await db.connectionOutage.update({ where: { id: outage.id }, data: { endedAt: at(98) } });
    await heedOutage();
    expect(await conversationOf(chat)).toMatchObject({ nextDeadlineAt: at(60 + 90), deadlineState: "running" });
    expect(await deadlinesOf(chat)).toMatchObject([{ pausedMs: BigInt(90 * 60_000) }]);
  });

  it("keeps to the workspace whose policy it is", async () => {
    const [mine, theirs] = [await makeChat(), await makeChat()];
    await makePolicyRow(theirs);
    await say(mine);
    await say(theirs);
    await recompute(mine);
    await recompute(theirs);
    expect(await deadlinesOf(mine)).toEqual([]);
    expect(await deadlinesOf(theirs)).toHaveLength(1);
  });
});
