import { describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { ingestConversations } from "../ingest/ingest-conversations";
import { getThread } from "../reading/get-thread";
import { countConversations, listConversations } from "../reading/list-conversations";
import { markRead } from "../reading/mark-read";
import { getThreadInput, listConversationsInput } from "../schema";
import { makeInbox, type TestInbox } from "../testing/make-inbox";
import { conversation, makeChat, makeOperator, use } from "../testing/make-team";
import { assign, setStatus } from "./change-one";
import { merge, suggestMerges, unmerge } from "./merge";
import { addNote, listNotes } from "./notes";

const names = async (inbox: TestInbox, input: object = {}) =>
  (await use(inbox, (scope) => listConversations(scope, inbox.viewer, listConversationsInput.parse(input), inbox.clock))).conversations.map(
    ({ externalId }) => externalId,
  );
const thread = (inbox: TestInbox, conversationId: string) => use(inbox, (scope) => getThread(scope, inbox.viewer, getThreadInput.parse({ conversationId })));
const join = (inbox: TestInbox, headId: string, ...conversationIds: string[]) =>
  use(inbox, (scope) => merge(scope, inbox.viewer, { headId, conversationIds }, inbox.clock));

async function two(): Promise<{ inbox: TestInbox; head: string; part: string }> {
  const inbox = await makeInbox();
  const head = await makeChat(inbox, "head", { buyerRef: "anna", text: "first" });
  inbox.clock.pass(1_000);
  const part = await makeChat(inbox, "part", { buyerRef: "anna", text: "second" });
  return { inbox, head, part };
}

describe("merging", () => {
  it("shows one row and one thread, and touches no message", async () => {
    const { inbox, head, part } = await two();
    const before = await db.message.findMany({ where: { workspaceId: inbox.workspaceId }, orderBy: { id: "asc" } });
    expect((await use(inbox, (scope) => suggestMerges(scope, inbox.viewer, head))).map(({ id, reason }) => [id, reason])).toEqual([[part, "same_buyer"]]);
    expect(await join(inbox, head, part)).toEqual({ headId: head, mergedCount: 1 });
    expect(await names(inbox)).toEqual(["head"]);
    expect(await names(inbox, { search: "second" })).toEqual(["head"]);
    expect(await use(inbox, (scope) => countConversations(scope, inbox.viewer, inbox.clock))).toMatchObject({ active: 1, waiting: 1, unread: 1 });
    for (const id of [head, part]) {
      const page = await thread(inbox, id);
      expect(page.conversation).toMatchObject({ id: head, mergedCount: 1, lastMessagePreview: "second" });
      expect(page.parts.map(({ conversationId }) => conversationId)).toEqual([head, part]);
      expect(page.messages.map(({ text, conversationId }) => [text, conversationId])).toEqual([
        ["first", head],
        ["second", part],
      ]);
    }
    expect(await db.message.findMany({ where: { workspaceId: inbox.workspaceId }, orderBy: { id: "asc" } })).toEqual(before);
    expect(await use(inbox, (scope) => suggestMerges(scope, inbox.viewer, part))).toEqual([]);
  });

  it("is one thread to assign, settle, read and note in", async () => {
    const { inbox, head, part } = await two();
    await join(inbox, head, part);
    const member = await makeOperator(inbox);
    await use(inbox, (scope) => assign(scope, inbox.viewer, part, { assigneeId: member.userId }, inbox.clock));
    expect([(await conversation(head)).assigneeId, (await conversation(part)).assigneeId]).toEqual([member.userId, member.userId]);
    await use(inbox, (scope) => markRead(scope, inbox.viewer, { conversationId: head }));
    expect(await names(inbox, { unread: true })).toEqual([]);
    const noteOn = (conversationId: string, text: string) =>
      use(inbox, (scope) => addNote(scope, { ...inbox.viewer, userId: member.userId }, { conversationId, text, mentionIds: [] }, inbox.clock));
    await noteOn(part, "on the part");
    await noteOn(head, "on the head");
    expect((await use(inbox, (scope) => listNotes(scope, inbox.viewer, head))).map(({ text }) => text).sort()).toEqual(["on the head", "on the part"]);
    await use(inbox, (scope) => setStatus(scope, inbox.viewer, { conversationId: head, status: "resolved" }, inbox.clock));
    expect([(await conversation(head)).status, (await conversation(part)).status]).toEqual(["resolved", "resolved"]);
  });

  it("comes up again when the buyer writes in either, and waits as long as either does", async () => {
    const { inbox, head, part } = await two();
    await join(inbox, head, part);
    await use(inbox, (scope) => setStatus(scope, inbox.viewer, { conversationId: head, status: "resolved" }, inbox.clock));
    expect(await names(inbox, { waiting: true })).toEqual([]);
    inbox.clock.pass(60_000);
    await makeChat(inbox, "part", { text: "third" });
    expect(await conversation(head)).toMatchObject({ status: "open", lastMessagePreview: "third", waitingSince: inbox.clock.now() });
    expect(await names(inbox, { waiting: true, unread: true })).toEqual(["head"]);
    // Answered in the marketplace's own cabinet: nothing is owed any more.
    inbox.clock.pass(60_000);
    const at = inbox.clock.now();
    const answer = { externalId: "a1", side: "seller" as const, authorKind: "seller", text: "here you are", attachments: [], sentAt: at, versionAt: at };
    await use(inbox, (scope) =>
      ingestConversations(
        scope,
        {
          connection: inbox.connection,
          source: "push",
          conversations: [{ externalId: "part", channel: "fake.chat", createdAt: at, remoteStatus: "open", messages: [answer] }],
        },
        inbox.clock,
      ),
    );
    expect(await conversation(head)).toMatchObject({ lastMessageSide: "seller", waitingSince: null });
  });

  it("is undone without a trace in either thread", async () => {
    const { inbox, head, part } = await two();
    const before = await conversation(head);
    await join(inbox, head, part);
    expect(await use(inbox, (scope) => unmerge(scope, inbox.viewer, part, inbox.clock))).toEqual({ headId: head, mergedCount: 0 });
    expect(await names(inbox)).toEqual(["part", "head"]);
    const { updatedAt: _, ...after } = await conversation(head);
    expect(before).toMatchObject(after);
    expect((await thread(inbox, head)).messages.map(({ text }) => text)).toEqual(["first"]);
    const types = await db.conversationEvent.findMany({ where: { conversationId: head }, orderBy: { id: "asc" } });
    expect(types.map(({ type }) => type)).toEqual(["merged", "unmerged"]);
    await expect(use(inbox, (scope) => unmerge(scope, inbox.viewer, part))).rejects.toMatchObject({ code: "inbox.not_merged" });
  });

  it("refuses itself, chains and a head that is closed; what is open leaves a head that closes", async () => {
    const { inbox, head, part } = await two();
    const third = await makeChat(inbox, "third", { buyerRef: "anna" });
    await expect(join(inbox, head, head)).rejects.toMatchObject({ code: "inbox.merge_self" });
    await join(inbox, head, part);
    await expect(join(inbox, part, third)).rejects.toMatchObject({ code: "inbox.merge_nested" });
    await expect(join(inbox, third, head)).rejects.toMatchObject({ code: "inbox.merge_nested" });
    const closed = { externalId: "head", channel: "fake.chat", createdAt: inbox.clock.now(), remoteStatus: "closed" as const, messages: [] };
    await use(inbox, (scope) => ingestConversations(scope, { connection: inbox.connection, source: "poll", conversations: [closed] }, inbox.clock));
    expect(await conversation(part)).toMatchObject({ mergedIntoId: null, status: "open" });
    expect((await names(inbox, { statuses: ["open"] })).sort()).toEqual(["part", "third"]);
    await expect(join(inbox, head, third)).rejects.toMatchObject({ code: "inbox.merge_closed_head" });
  });
});
