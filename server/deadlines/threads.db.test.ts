import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ingestConversations } from "@/server/inbox/index";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { explainDeadline } from "./explain-deadline";
import { recomputeDeadlines } from "./recompute-deadlines";
import { conversationOf, deadlinesOf, makeChat, makePolicyRow, makeSecond, minutesAfter, recompute, say, type TestChat, watch } from "./testing/make-chat";

const START = "2026-11-02T10:00:00Z";
const at = (minutes: number) => minutesAfter(START, minutes);
const EVERYTHING = { userId: randomUUID(), role: "owner", scope: "all", teamIds: [] } as const;
const shown = async (chat: TestChat) => {
  const { nextDeadlineAt, nextDeadlineKind, deadlineState } = await conversationOf(chat);
  return { at: nextDeadlineAt, kind: nextDeadlineKind, state: deadlineState };
};

describe("merged threads", () => {
  it("the head shows the earliest deadline of its parts, until that is settled", async () => {
    const head = await makeChat();
    const part = await makeSecond(head);
    await makePolicyRow(head, { escalation: { notify: [], raisePriorityTo: 3 } });
    await say(head);
    await say(part, { at: at(-30) });
    await db.conversation.update({ where: { id: part.conversationId }, data: { mergedIntoId: head.conversationId } });
    await recompute(part);
    expect(await shown(part)).toMatchObject({ at: at(30) });
    expect(await shown(head)).toEqual({ at: at(30), kind: "first_reply", state: "running" });
    head.passMinutes(31);
    await watch(head);
    expect(await shown(head)).toMatchObject({ at: at(30), state: "breached" });
    expect([await conversationOf(head), await conversationOf(part)]).toMatchObject([{ priority: 3 }, { priority: 0 }]);
    await say(part, { side: "seller", at: at(32) });
    await recompute(part);
    expect(await shown(part)).toMatchObject({ at: null });
    expect(await shown(head)).toMatchObject({ at: at(60), state: "running" });
    expect(await deadlinesOf(head)).toHaveLength(1);
  });
});

describe("the explanation", () => {
  it("is for those who may see the conversation", async () => {
    const chat = await makeChat();
    await makePolicyRow(chat);
    await say(chat);
    const [userId, teamId] = [randomUUID(), randomUUID()];
    const ask = (viewer: Parameters<typeof explainDeadline>[1]) =>
      inWorkspace(chat.workspaceId, (scope) => explainDeadline(scope, viewer, chat.conversationId, chat));
    const [own, team] = [
      { userId, role: "operator", scope: "own", teamIds: [teamId] } as const,
      { userId, role: "operator", scope: "team", teamIds: [teamId] } as const,
    ];
    for (const viewer of [own, team]) await expect(ask(viewer)).rejects.toMatchObject({ code: "inbox.conversation_not_found" });
    await db.conversation.update({ where: { id: chat.conversationId }, data: { teamId } });
    expect(await ask(team)).toMatchObject({ state: "running", dueAt: at(60) });
    await expect(ask(own)).rejects.toMatchObject({ code: "inbox.conversation_not_found" });
    await db.conversation.update({ where: { id: chat.conversationId }, data: { assigneeId: userId } });
    expect(await ask(own)).toMatchObject({ state: "running" });
    const stranger = await makeChat();
    const foreign = inWorkspace(stranger.workspaceId, (scope) => explainDeadline(scope, EVERYTHING, chat.conversationId, chat));
    await expect(foreign).rejects.toMatchObject({ code: "inbox.conversation_not_found" });
  });

  it("tells of the newest when nothing is due, and nothing when nothing ever was", async () => {
    const chat = await makeChat();
    const ask = () => inWorkspace(chat.workspaceId, (scope) => explainDeadline(scope, EVERYTHING, chat.conversationId, chat));
    await say(chat);
    expect(await ask()).toBeNull();
    await makePolicyRow(chat);
    await say(chat, { side: "seller", at: at(20) });
    chat.passMinutes(30);
    expect(await ask()).toMatchObject({ state: "met", isOpen: false, dueAt: at(60) });
  });
});

describe("what an ingest brings", () => {
  it("makes a reply due, and a reply from the cabinet settles it", async () => {
    const chat = await makeChat();
    await makePolicyRow(chat);
    const { organizationId, externalId, id } = await conversationOf(chat);
    const words = [
      { externalId: "1", side: "buyer", at: at(0) },
      { externalId: "2", side: "seller", at: at(20) },
      { externalId: "3", side: "buyer", at: at(25) },
    ] as const;
    const bring = (count: number) =>
      inWorkspace(chat.workspaceId, async (scope) => {
        const messages = words.slice(0, count).map((word) => ({
          externalId: word.externalId,
          side: word.side,
          authorKind: word.side,
          text: "…",
          attachments: [],
          sentAt: word.at,
          versionAt: word.at,
        }));
        const conversation = { externalId, channel: "fake.chat", remoteStatus: "open" as const, createdAt: at(0), messages };
        await ingestConversations(scope, { connection: { id: chat.connectionId, organizationId }, conversations: [conversation], source: "poll" });
        await recomputeDeadlines(scope, [id], chat);
      });
    await bring(1);
    expect(await shown(chat)).toMatchObject({ at: at(60), kind: "first_reply" });
    chat.passMinutes(26);
    await bring(2);
    expect(await shown(chat)).toMatchObject({ at: null });
    await bring(3);
    expect(await shown(chat)).toMatchObject({ at: at(55), kind: "next_reply" });
    expect(await deadlinesOf(chat)).toMatchObject([{ state: "met", settledAt: at(20) }, { state: "running" }]);
  });

  it("computed by several at once is computed once", async () => {
    const chat = await makeChat();
    await makePolicyRow(chat);
    await say(chat);
    await Promise.all(Array.from({ length: 6 }, () => recompute(chat)));
    expect(await deadlinesOf(chat)).toHaveLength(1);
  });
});
