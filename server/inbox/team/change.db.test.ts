import { describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { ingestConversations } from "../ingest/ingest-conversations";
import { countConversations, listConversations } from "../reading/list-conversations";
import { markRead, markUnread } from "../reading/mark-read";
import { listConversationsInput } from "../schema";
import { makeInbox, type TestInbox } from "../testing/make-inbox";
import { conversation, makeChat, makeOperator, makeTeam, use, viewerFor } from "../testing/make-team";
import { changeMany } from "./bulk";
import { assign, setLabels, setPriority, setStatus, snooze } from "./change-one";
import { listHistory } from "./history";
import { createLabel, removeLabel, updateLabel } from "./labels";
import { bulkInput, historyInput } from "./schema";
import { wakeSnoozed } from "./wake-snoozed";

const ACTOR = { kind: "user", id: "00000000-0000-4000-8000-000000000001" } as const;
const HOUR = 3_600_000;
const list = async (inbox: TestInbox, input: object = {}) =>
  (await use(inbox, (scope) => listConversations(scope, inbox.viewer, listConversationsInput.parse(input), inbox.clock))).conversations;
const names = async (inbox: TestInbox, input: object = {}) => (await list(inbox, input)).map(({ externalId }) => externalId);
const counts = (inbox: TestInbox) => use(inbox, (scope) => countConversations(scope, inbox.viewer, inbox.clock));
const historyOf = async (inbox: TestInbox, conversationId: string) => {
  const page = await use(inbox, (scope) => listHistory(scope, inbox.viewer, historyInput.parse({ conversationId })));
  return page.events.map(({ type, actorKind, data }) => ({ type, actorKind, data })).reverse();
};
const later = (inbox: TestInbox, ms: number) => new Date(inbox.clock.now().getTime() + ms);

describe("putting away", () => {
  it("wakes at its moment and not before, once", async () => {
    const inbox = await makeInbox();
    const id = await makeChat(inbox, "c1");
    const until = later(inbox, HOUR);
    await use(inbox, (scope) => snooze(scope, inbox.viewer, { conversationId: id, until }, inbox.clock));
    expect(await conversation(id)).toMatchObject({ status: "snoozed", snoozedUntil: until });
    expect(await names(inbox, { statuses: ["snoozed"] })).toEqual(["c1"]);
    expect(await counts(inbox)).toMatchObject({ active: 1, snoozed: 1 });
    inbox.clock.pass(HOUR - 1);
    await wakeSnoozed(inbox.clock);
    expect((await conversation(id)).status).toBe("snoozed");
    inbox.clock.pass(1);
    expect((await wakeSnoozed(inbox.clock)).woken).toBeGreaterThanOrEqual(1);
    await wakeSnoozed(inbox.clock);
    expect(await conversation(id)).toMatchObject({ status: "open", snoozedUntil: null });
    expect(await historyOf(inbox, id)).toEqual([
      { type: "snoozed", actorKind: "user", data: { from: "open", until: until.toISOString() } },
      { type: "woken", actorKind: "system", data: { by: "time" } },
    ]);
  });

  it("wakes when the buyer writes, and forgets its moment", async () => {
    const inbox = await makeInbox();
    const id = await makeChat(inbox, "c1");
    await use(inbox, (scope) => snooze(scope, inbox.viewer, { conversationId: id, until: later(inbox, HOUR) }, inbox.clock));
    inbox.clock.pass(60_000);
    await makeChat(inbox, "c1", { text: "hello?" });
    expect(await conversation(id)).toMatchObject({ status: "open", snoozedUntil: null });
    expect((await historyOf(inbox, id)).at(-1)).toEqual({ type: "woken", actorKind: "service", data: { by: "buyer" } });
  });

  it("ends with any other status, and takes only a moment ahead", async () => {
    const inbox = await makeInbox();
    const id = await makeChat(inbox, "c1");
    for (const until of [inbox.clock.now(), later(inbox, 400 * 24 * HOUR)])
      await expect(use(inbox, (scope) => snooze(scope, inbox.viewer, { conversationId: id, until }, inbox.clock))).rejects.toMatchObject({
        code: "inbox.snooze_moment",
      });
    await use(inbox, (scope) => snooze(scope, inbox.viewer, { conversationId: id, until: later(inbox, HOUR) }, inbox.clock));
    await use(inbox, (scope) => setStatus(scope, inbox.viewer, { conversationId: id, status: "resolved" }, inbox.clock));
    expect(await conversation(id)).toMatchObject({ status: "resolved", snoozedUntil: null, waitingSince: null });
    await db.conversation.update({ where: { id }, data: { status: "closed" } });
    await expect(use(inbox, (scope) => setStatus(scope, inbox.viewer, { conversationId: id, status: "open" }))).rejects.toMatchObject({
      code: "inbox.closed_by_service",
    });
  });
});

describe("what a service told", () => {
  it("stands in the history, and news of a buyer is told once", async () => {
    const inbox = await makeInbox();
    const id = await makeChat(inbox, "c1");
    await use(inbox, (scope) => setStatus(scope, inbox.viewer, { conversationId: id, status: "resolved" }, inbox.clock));
    inbox.clock.pass(HOUR);
    await makeChat(inbox, "c1", { text: "one more" });
    await makeChat(inbox, "old", { at: new Date(inbox.clock.now().getTime() - 2 * HOUR) });
    const closed = { externalId: "c1", channel: "fake.chat", createdAt: inbox.clock.now(), remoteStatus: "closed" as const, messages: [] };
    await use(inbox, (scope) => ingestConversations(scope, { connection: inbox.connection, source: "poll", conversations: [closed] }, inbox.clock));
    expect(await historyOf(inbox, id)).toEqual([
      { type: "status", actorKind: "user", data: { from: "open", to: "resolved" } },
      { type: "status", actorKind: "service", data: { from: "resolved", to: "open" } },
      { type: "status", actorKind: "service", data: { from: "open", to: "closed" } },
    ]);
    const events = await db.engineEvent.findMany({ where: { name: "inbox/message.received" } });
    const told = events.map(({ data }) => data as Record<string, unknown>).filter((data) => data["workspaceId"] === inbox.workspaceId);
    expect(told).toEqual([
      { workspaceId: inbox.workspaceId, conversationId: id, count: 1 },
      { workspaceId: inbox.workspaceId, conversationId: id, count: 1 },
    ]);
  });
});

describe("labels and priority", () => {
  it("are set, filtered by, renamed and taken off everywhere", async () => {
    const inbox = await makeInbox();
    const [a, b] = [await makeChat(inbox, "a"), await makeChat(inbox, "b")];
    const make = (name: string) => use(inbox, (scope) => createLabel(scope, ACTOR, { name, color: "red" }));
    const [vip, size] = [(await make("VIP")).id, (await make("Size")).id];
    await expect(make("VIP")).rejects.toMatchObject({ code: "inbox.label_name_taken" });
    const label = (conversationId: string, addLabelIds: string[], removeLabelIds: string[] = []) =>
      use(inbox, (scope) => setLabels(scope, inbox.viewer, { conversationId, addLabelIds, removeLabelIds }, inbox.clock));
    expect((await label(a, [vip, size])).labels.map(({ name }) => name)).toEqual(["Size", "VIP"]);
    await label(b, [vip]);
    await label(b, [vip]);
    expect(await names(inbox, { labelIds: [vip] })).toHaveLength(2);
    expect(await names(inbox, { labelIds: [vip, size], labelMatch: "all" })).toEqual(["a"]);
    expect(await names(inbox, { labelIds: [vip, size], labelMatch: "any" })).toHaveLength(2);
    expect((await list(inbox, { labelIds: [size] }))[0]?.labels).toEqual([
      { id: size, name: "Size", color: "red" },
      { id: vip, name: "VIP", color: "red" },
    ]);
    await label(b, [], [vip]);
    expect(await historyOf(inbox, b)).toEqual([
      { type: "labelled", actorKind: "user", data: { added: [vip], removed: [] } },
      { type: "labelled", actorKind: "user", data: { added: [], removed: [vip] } },
    ]);
    await use(inbox, (scope) => updateLabel(scope, ACTOR, vip, { name: "Very", color: "blue" }));
    expect((await list(inbox, { labelIds: [vip] }))[0]?.labels.at(-1)).toEqual({ id: vip, name: "Very", color: "blue" });
    await use(inbox, (scope) => removeLabel(scope, ACTOR, vip));
    expect(await names(inbox, { labelIds: [vip] })).toEqual([]);
    await use(inbox, (scope) => setPriority(scope, inbox.viewer, { conversationId: b, priority: 4 }, inbox.clock));
    expect(await names(inbox, { priorities: [3, 4] })).toEqual(["b"]);
    inbox.clock.pass(1_000);
    await makeChat(inbox, "newer");
    expect(await names(inbox, { sort: "priority" })).toEqual(["b", "newer", "a"]);
    const first = await use(inbox, (scope) => listConversations(scope, inbox.viewer, listConversationsInput.parse({ sort: "priority", limit: 1 })));
    const rest = await names(inbox, { sort: "priority", cursor: first.nextCursor });
    expect(rest).toEqual(["newer", "a"]);
  });
});

describe("unread", () => {
  it("can be put back on anything that is worked on, and reading takes it off", async () => {
    const inbox = await makeInbox();
    const id = await makeChat(inbox, "c1");
    const unread = async () => ({ list: await names(inbox, { unread: true }), count: (await counts(inbox)).unread });
    expect(await unread()).toEqual({ list: ["c1"], count: 1 });
    const read = () => use(inbox, (scope) => markRead(scope, inbox.viewer, { conversationId: id }));
    await read();
    expect(await unread()).toEqual({ list: [], count: 0 });
    await use(inbox, (scope) => markUnread(scope, inbox.viewer, id));
    expect(await unread()).toEqual({ list: ["c1"], count: 1 });
    // Another person's mark is their own.
    expect((await use(inbox, (scope) => countConversations(scope, { ...inbox.viewer, userId: inbox.organizationId }))).unread).toBe(1);
    await read();
    expect(await unread()).toEqual({ list: [], count: 0 });
    await use(inbox, (scope) => markUnread(scope, inbox.viewer, id));
    await use(inbox, (scope) => setStatus(scope, inbox.viewer, { conversationId: id, status: "resolved" }, inbox.clock));
    expect(await unread()).toEqual({ list: [], count: 0 });
  });
});

describe("filters by people", () => {
  it("know me, nobody, my teams", async () => {
    const inbox = await makeInbox();
    const me = await makeOperator(inbox);
    const teamId = await makeTeam(inbox, [me]);
    const [mine, teams] = [await makeChat(inbox, "mine"), await makeChat(inbox, "team")];
    await makeChat(inbox, "free");
    await use(inbox, (scope) => assign(scope, inbox.viewer, mine, { assigneeId: me.userId }, inbox.clock));
    await use(inbox, (scope) => assign(scope, inbox.viewer, teams, { teamId }, inbox.clock));
    const viewer = viewerFor(me, [teamId]);
    const find = async (input: object) => {
      const page = await use(inbox, (scope) => listConversations(scope, viewer, listConversationsInput.parse(input), inbox.clock));
      return page.conversations.map(({ externalId }) => externalId).sort();
    };
    expect(await find({ assigneeIds: ["me"] })).toEqual(["mine"]);
    expect(await find({ assigneeIds: ["none"] })).toEqual(["free", "team"]);
    expect(await find({ assigneeIds: ["me", "none"], teamIds: ["none"] })).toEqual(["free", "mine"]);
    expect(await find({ teamIds: ["mine"] })).toEqual(["team"]);
    expect(await use(inbox, (scope) => countConversations(scope, viewer, inbox.clock))).toMatchObject({ active: 3, mine: 1, team: 1, unassigned: 2 });
    expect(await use(inbox, (scope) => countConversations(scope, { ...viewer, scope: "team" }, inbox.clock))).toMatchObject({
      active: 2,
      mine: 1,
      team: 1,
      unassigned: 1,
    });
    expect(await use(inbox, (scope) => countConversations(scope, { ...viewer, scope: "own" }, inbox.clock))).toMatchObject({
      active: 1,
      mine: 1,
      unassigned: 0,
    });
  });

  it("know kinds, stars, dates and what is due", async () => {
    const inbox = await makeInbox();
    await makeChat(inbox, "chat", { at: later(inbox, -3 * HOUR) });
    const review = await makeChat(inbox, "review", { channel: "fake.review", at: later(inbox, -HOUR) });
    const now = inbox.clock.now();
    await db.conversation.update({
      where: { id: review },
      data: { rating: 1, nextDeadlineAt: new Date(now.getTime() + 10 * 60_000), nextDeadlineKind: "first_reply", deadlineState: "running" },
    });
    expect(await names(inbox, { kinds: ["review", "question"] })).toEqual(["review"]);
    expect(await names(inbox, { kinds: ["chat"] })).toEqual(["chat"]);
    expect(await names(inbox, { ratings: [1, 2] })).toEqual(["review"]);
    expect(await names(inbox, { from: later(inbox, -2 * HOUR) })).toEqual(["review"]);
    expect(await names(inbox, { to: later(inbox, -2 * HOUR) })).toEqual(["chat"]);
    expect(await names(inbox, { sort: "oldest" })).toEqual(["chat", "review"]);
    expect(await names(inbox, { overdue: true })).toEqual([]);
    expect(await names(inbox, { dueWithinMinutes: 15 })).toEqual(["review"]);
    expect(await names(inbox, { sort: "due" })).toEqual(["review"]);
    expect((await list(inbox, { sort: "due" }))[0]?.deadline).toMatchObject({ kind: "first_reply", state: "running" });
    inbox.clock.pass(11 * 60_000);
    expect(await names(inbox, { overdue: true })).toEqual(["review"]);
    expect(await counts(inbox)).toMatchObject({ overdue: 1 });
    await db.conversation.update({ where: { id: review }, data: { deadlineState: "paused" } });
    expect(await names(inbox, { overdue: true })).toEqual([]);
  });
});

describe("bulk", () => {
  it("does each deed on what is selected, skips what a service closed, and is audited with its counts", async () => {
    const inbox = await makeInbox();
    const ids = [await makeChat(inbox, "a"), await makeChat(inbox, "b"), await makeChat(inbox, "c")];
    const [, , closed] = ids;
    await db.conversation.update({ where: { id: closed ?? "" }, data: { status: "closed", waitingSince: null } });
    const act = (action: object, target: object = { kind: "conversations", conversationIds: ids }) =>
      use(inbox, (scope) => changeMany(scope, inbox.viewer, ACTOR, bulkInput.parse({ target, action }), inbox.clock));
    expect(await act({ kind: "status", status: "resolved" })).toEqual({ found: 3, changed: 2, changedIds: expect.any(Array) });
    expect(await counts(inbox)).toMatchObject({ resolved: 2, waiting: 0 });
    expect(await act({ kind: "status", status: "open" })).toMatchObject({ found: 3, changed: 2 });
    expect(await counts(inbox)).toMatchObject({ active: 2, waiting: 2 });
    expect(await act({ kind: "read" })).toMatchObject({ changed: 3 });
    expect((await counts(inbox)).unread).toBe(0);
    expect(await act({ kind: "unread" })).toMatchObject({ changed: 3 });
    expect((await counts(inbox)).unread).toBe(2);
    expect(await act({ kind: "snooze", until: later(inbox, HOUR) })).toMatchObject({ changed: 2 });
    expect(await act({ kind: "priority", priority: 2 }, { kind: "filter", filter: { statuses: ["snoozed"] } })).toMatchObject({ found: 2, changed: 2 });
    expect(await act({ kind: "priority", priority: 2 }, { kind: "filter", filter: { statuses: ["resolved"] } })).toEqual({
      found: 0,
      changed: 0,
      changedIds: [],
    });
    const member = await makeOperator(inbox);
    expect(await act({ kind: "assign", assigneeId: member.userId })).toMatchObject({ changed: 3 });
    const audit = await db.auditEntry.findMany({ where: { workspaceId: inbox.workspaceId, action: "conversations.changed" }, orderBy: { id: "asc" } });
    expect(audit).toHaveLength(8);
    expect(audit[0]).toMatchObject({ actorId: ACTOR.id, details: { by: "conversations", found: 3, changed: 2 } });
    const stranger = await makeChat(await makeInbox(), "x");
    await expect(act({ kind: "read" }, { kind: "conversations", conversationIds: [stranger] })).rejects.toMatchObject({ code: "inbox.conversation_not_found" });
  });
});
