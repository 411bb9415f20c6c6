import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { closeLive } from "@/server/platform/live";
import { inWorkspace } from "@/server/platform/transaction";
import { listNotices } from "../reading/list-notices";
import { markAllRead, markConversationRead, markRead } from "../reading/mark-read";
import { watchNotices } from "../reading/watch-notices";
import { listNoticesInput, NOTICE_KINDS, type NoticeEvent } from "../schema";
import { choose, type Desk, deliveriesOf, eventsOf, give, join, makeDesk, makeTeam, noticesOf, sessionOf } from "../testing/make-desk";
import { withMail, withTelegram } from "../testing/transports";
import { notify } from "./notify";
import { tellAssigned, tellConnection, tellDeadline, tellMentioned, tellNewMessage, tellOrderChangeFailed, tellSendFailed } from "./tell";

const place = ({ workspaceId, conversationId }: Desk) => ({ workspaceId, conversationId });
const tellMessage = (desk: Desk, key: string = randomUUID(), count = 1) => tellNewMessage({ ...place(desk), count, key }, desk.clock);
const toldUsers = async (desk: Desk) => new Set((await noticesOf(desk)).map((notice) => notice.userId));
const list = (desk: Desk, userId: string, input = {}) => inWorkspace(desk.workspaceId, (scope) => listNotices(scope, userId, listNoticesInput.parse(input)));

describe("who is told of a new message", () => {
  it("everybody who may read it, while nobody has it", async () => {
    const desk = await makeDesk();
    const [owner, operator] = [await join(desk, "owner"), await join(desk, "operator")];
    await join(desk, "warehouse");
    await join(desk, "accountant");
    await join(desk, "operator", "own");
    await join(desk, "operator", "team");
    await tellMessage(desk);
    expect(await toldUsers(desk)).toEqual(new Set([owner.userId, operator.userId]));
  });

  it("the team it belongs to, not the rest", async () => {
    const desk = await makeDesk();
    await join(desk, "owner");
    const [mate, outsider] = [await join(desk, "operator", "team"), await join(desk, "operator", "team")];
    await makeTeam(desk, [outsider.userId]);
    await give(desk, { teamId: await makeTeam(desk, [mate.userId]) });
    await tellMessage(desk);
    expect(await toldUsers(desk)).toEqual(new Set([mate.userId]));
  });

  it("the assignee alone, also one who sees only their own", async () => {
    const desk = await makeDesk();
    await join(desk, "owner");
    const assignee = await join(desk, "operator", "own");
    await give(desk, { assigneeId: assignee.userId });
    await tellMessage(desk);
    expect(await toldUsers(desk)).toEqual(new Set([assignee.userId]));
  });

  it("not somebody who was switched off, and not who has it open", async () => {
    const desk = await makeDesk();
    const [gone, viewer, other] = [await join(desk, "operator"), await join(desk, "operator"), await join(desk, "operator")];
    await db.membership.update({ where: { id: gone.memberId }, data: { disabledAt: new Date() } });
    const presence = { conversationId: desk.conversationId, workspaceId: desk.workspaceId, activity: "viewing" };
    await db.conversationPresence.create({ data: { ...presence, userId: viewer.userId, until: new Date(desk.clock.now().getTime() + 5_000) } });
    await db.conversationPresence.create({ data: { ...presence, userId: other.userId, until: new Date(desk.clock.now().getTime() - 1) } });
    await tellMessage(desk);
    expect(await toldUsers(desk)).toEqual(new Set([other.userId]));
  });

  it("nobody once it is answered", async () => {
    const desk = await makeDesk();
    await join(desk, "operator");
    await db.conversation.update({ where: { id: desk.conversationId }, data: { lastMessageSide: "seller" } });
    expect(await tellMessage(desk)).toEqual({ told: 0 });
  });
});

describe("new messages of one conversation", () => {
  it("within a minute are one notice with a count and the newest words", async () => {
    const desk = await makeDesk();
    const { userId } = await join(desk, "operator");
    await tellMessage(desk);
    desk.clock.pass(30_000);
    await db.conversation.update({ where: { id: desk.conversationId }, data: { lastMessagePreview: "Ау?" } });
    await tellMessage(desk, "second", 2);
    expect(await noticesOf(desk, userId)).toMatchObject([{ params: { count: 3, preview: "Ау?", buyer: "Иван <П.>" } }]);
    desk.clock.pass(31_000);
    await tellMessage(desk);
    expect(await noticesOf(desk, userId)).toHaveLength(2);
  });

  it("count once however often the event comes", async () => {
    const desk = await makeDesk();
    const { userId } = await join(desk, "operator");
    await tellMessage(desk, "a");
    await tellMessage(desk, "b");
    for (const key of ["a", "b", "b"]) await tellMessage(desk, key);
    expect(await noticesOf(desk, userId)).toMatchObject([{ params: { count: 2 } }]);
    desk.clock.pass(120_000);
    await tellMessage(desk, "a");
    expect(await noticesOf(desk, userId)).toHaveLength(1);
  });

  it("begin anew when the notice was read", async () => {
    const desk = await makeDesk();
    const { userId } = await join(desk, "operator");
    await tellMessage(desk);
    desk.clock.pass(1_000);
    await inWorkspace(desk.workspaceId, (scope) => markAllRead(scope, userId, desk.clock));
    await tellMessage(desk);
    expect(await noticesOf(desk, userId)).toMatchObject([{ params: { count: 1 } }, { params: { count: 1 } }]);
  });

  it("lose none when many come at the same moment", async () => {
    const desk = await makeDesk();
    const { userId } = await join(desk, "operator");
    await Promise.all(Array.from({ length: 8 }, () => tellMessage(desk)));
    expect(await noticesOf(desk, userId)).toMatchObject([{ params: { count: 8 } }]);
  });
});

describe("the other kinds", () => {
  it("assigned: the one it was given to, unless it went on or they took it themselves", async () => {
    const desk = await makeDesk();
    const [giver, taker] = [await join(desk, "admin"), await join(desk, "operator", "own")];
    const assigned = { ...place(desk), assigneeId: taker.userId, byUserId: giver.userId, key: "1" };
    expect(await tellAssigned(assigned, desk.clock)).toEqual({ told: 0 });
    await give(desk, { assigneeId: taker.userId });
    expect(await tellAssigned({ ...assigned, byUserId: taker.userId }, desk.clock)).toEqual({ told: 0 });
    expect(await tellAssigned(assigned, desk.clock)).toEqual({ told: 1 });
    expect(await tellAssigned(assigned, desk.clock)).toEqual({ told: 0 });
    const { name } = await db.user.findUniqueOrThrow({ where: { id: giver.userId } });
    expect(await noticesOf(desk)).toMatchObject([{ userId: taker.userId, kind: "assigned", params: { actor: name } }]);
  });

  it("mentioned: those who may read the conversation, with the words of the note", async () => {
    const desk = await makeDesk();
    const [author, named, blind] = [await join(desk, "operator"), await join(desk, "operator"), await join(desk, "operator", "own")];
    const noteId = randomUUID();
    await db.note.create({
      data: { id: noteId, workspaceId: desk.workspaceId, conversationId: desk.conversationId, authorId: author.userId, text: "@you: посмотри" },
    });
    const userIds = [author.userId, named.userId, blind.userId];
    await tellMentioned({ ...place(desk), noteId, userIds, byUserId: author.userId }, desk.clock);
    expect(await noticesOf(desk)).toMatchObject([{ userId: named.userId, params: { preview: "@you: посмотри" } }]);
  });

  it("deadlines: whom the policy names, else who has it; nobody when nothing is owed", async () => {
    const desk = await makeDesk();
    const [owner, assignee] = [await join(desk, "owner"), await join(desk, "operator")];
    await give(desk, { assigneeId: assignee.userId });
    const deadline = { ...place(desk), deadlineId: randomUUID(), dueAt: "2026-11-02T12:30:00.000Z" };
    await tellDeadline({ ...deadline, kind: "deadline_near", targets: ["assignee"] }, desk.clock);
    expect(await toldUsers(desk)).toEqual(new Set([assignee.userId]));
    await tellDeadline({ ...deadline, kind: "deadline_breached", targets: ["admins"] }, desk.clock);
    await tellDeadline({ ...deadline, kind: "deadline_breached", targets: [] }, desk.clock);
    const breached = (await noticesOf(desk)).filter((notice) => notice.kind === "deadline_breached");
    expect(new Set(breached.map((notice) => notice.userId))).toEqual(new Set([owner.userId, assignee.userId]));
    await db.conversation.update({ where: { id: desk.conversationId }, data: { nextDeadlineAt: null } });
    expect(await tellDeadline({ ...deadline, deadlineId: randomUUID(), kind: "deadline_near", targets: ["assignee"] }, desk.clock)).toEqual({ told: 0 });
  });

  it("send failed: the author, else an admin", async () => {
    const desk = await makeDesk();
    const [admin, author] = [await join(desk, "admin"), await join(desk, "operator")];
    const failed = { ...place(desk), messageId: randomUUID(), code: "remote.invalid", key: "1" };
    await tellSendFailed({ ...failed, authorUserId: author.userId }, desk.clock);
    expect(await noticesOf(desk)).toMatchObject([{ userId: author.userId, params: { errorCode: "remote.invalid" } }]);
    await tellSendFailed({ ...failed, messageId: randomUUID(), authorUserId: null }, desk.clock);
    expect((await noticesOf(desk, admin.userId)).map((notice) => notice.kind)).toEqual(["send_failed"]);
  });

  it("order change failed: who asked, with the way to the order; when they left, whoever may act", async () => {
    const desk = await makeDesk();
    const [packer, owner] = [await join(desk, "warehouse"), await join(desk, "owner")];
    await join(desk, "accountant");
    const orderId = randomUUID();
    const { workspaceId, connectionId } = desk;
    const at = desk.clock.now();
    const seen = { placedAt: at, sourceVersionAt: at, sourceHash: "h", remoteState: "new", fulfilment: "fbs", currency: "RUB", totalMinor: 100n, pieces: 1 };
    await db.order.create({
      data: { id: orderId, workspaceId, organizationId: randomUUID(), connectionId, externalId: "1", number: "N-1", state: "new", ...seen },
    });
    const failed = { workspaceId, orderId, changeId: randomUUID(), requestedBy: packer.userId, code: "ozon.change_refused", key: "1" };
    for (let turn = 0; turn < 2; turn += 1) await tellOrderChangeFailed(failed, desk.clock);
    expect((await list(desk, packer.userId)).notices).toMatchObject([
      { kind: "order_change_failed", target: `/orders/${orderId}`, orderId, params: { order: "N-1", channel: "ozon", state: "refused" } },
    ]);
    expect(await noticesOf(desk, owner.userId)).toEqual([]);
    await db.membership.update({ where: { id: packer.memberId }, data: { disabledAt: at } });
    await tellOrderChangeFailed({ ...failed, changeId: randomUUID(), code: "orders.change_unprovable" }, desk.clock);
    expect(await noticesOf(desk, owner.userId)).toMatchObject([{ orderId, params: { state: "unknown" } }]);
    expect(await toldUsers(desk)).toEqual(new Set([packer.userId, owner.userId]));
    expect(await tellOrderChangeFailed({ ...failed, orderId: randomUUID() }, desk.clock)).toEqual({ told: 0 });
  });

  it("connection: admins, the same trouble once in six hours, and that it is over", async () => {
    const desk = await makeDesk();
    const [admin] = [await join(desk, "admin"), await join(desk, "operator")];
    const { workspaceId, connectionId } = desk;
    const bad = { workspaceId, connectionId, alertId: randomUUID(), code: "auth_failed", stage: 2, resolved: false };
    expect(await tellConnection({ ...bad, connectionId: randomUUID() }, desk.clock)).toEqual({ told: 0 });
    for (let turn = 0; turn < 3; turn += 1) await tellConnection({ ...bad, alertId: randomUUID() }, desk.clock);
    expect(await noticesOf(desk)).toMatchObject([
      { userId: admin.userId, connectionId: desk.connectionId, params: { connection: "Main shop", state: "auth_failed" } },
    ]);
    desk.clock.pass(6 * 3_600_000);
    expect(await tellConnection(bad, desk.clock)).toEqual({ told: 1 });
    expect(await tellConnection({ ...bad, stage: 3 }, desk.clock)).toEqual({ told: 1 });
    for (let turn = 0; turn < 2; turn += 1) await tellConnection({ ...bad, resolved: true }, desk.clock);
    const states = (await noticesOf(desk)).map(({ params }) => (params as { state?: string }).state);
    expect(states.sort()).toEqual(["auth_failed", "auth_failed", "auth_failed", "resolved"]);
  });

  it("nothing of another workspace's conversation", async () => {
    const [mine, theirs] = [await makeDesk(), await makeDesk()];
    await join(mine, "owner");
    const told = await inWorkspace(mine.workspaceId, (scope) =>
      notify(scope, { kind: "assigned", audience: { type: "conversation" }, conversationId: theirs.conversationId, params: {}, dedupeKey: "x" }, mine.clock),
    );
    expect(told).toEqual({ told: 0 });
    expect(await noticesOf(theirs)).toEqual([]);
  });
});

describe("what a person wants", () => {
  it("no channel at all: no notice", async () => {
    const desk = await makeDesk();
    const { userId } = await join(desk, "operator");
    await choose(desk, userId, { matrix: { new_message: { browser: false, telegram: false, email: false } } });
    expect(await tellMessage(desk)).toEqual({ told: 0 });
  });

  it("nothing in the browser: in the list as seen, and still sent elsewhere", async () => {
    const desk = await makeDesk();
    const { userId } = await join(desk, "operator");
    await withTelegram(desk, userId);
    await choose(desk, userId, { matrix: { new_message: { browser: false, telegram: true } } });
    await tellMessage(desk);
    expect(await list(desk, userId)).toMatchObject({ unread: 0, notices: [{ kind: "new_message" }] });
    expect(await deliveriesOf(desk, userId)).toMatchObject([{ channel: "telegram", form: "single", status: "waiting" }]);
  });

  it("is queued only where the person can be reached", async () => {
    const desk = await makeDesk();
    const [linked, unlinked] = [await join(desk, "owner"), await join(desk, "owner")];
    await withTelegram(desk, linked.userId);
    const all = Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, { telegram: true, email: true }]));
    for (const { userId } of [linked, unlinked]) await choose(desk, userId, { matrix: all });
    await tellMessage(desk);
    expect((await deliveriesOf(desk)).map(({ userId, channel }) => [userId, channel])).toEqual([[linked.userId, "telegram"]]);
    await withMail(desk);
    desk.clock.pass(120_000);
    await tellMessage(desk);
    expect((await deliveriesOf(desk)).filter(({ channel }) => channel === "email")).toHaveLength(2);
    expect(await eventsOf(desk, "notifications/delivery.queued")).toHaveLength(4);
  });

  it("quiet hours hold back until they end, a missed deadline does not", async () => {
    const desk = await makeDesk();
    const { userId } = await join(desk, "owner");
    await withTelegram(desk, userId);
    await choose(desk, userId, {
      quietHours: { isOn: true, from: "22:00", to: "08:00", timeZone: "Europe/Istanbul" },
      matrix: { new_message: { telegram: true } },
    });
    desk.clock.set("2026-11-02T20:00:00Z");
    await tellMessage(desk);
    const deadline = { ...place(desk), deadlineId: randomUUID(), dueAt: "2026-11-02T20:00:00.000Z", targets: [] };
    await tellDeadline({ ...deadline, kind: "deadline_breached" }, desk.clock);
    expect((await deliveriesOf(desk)).map(({ notBefore }) => notBefore?.toISOString())).toEqual(["2026-11-03T05:00:00.000Z", "2026-11-02T20:00:00.000Z"]);
    expect(await eventsOf(desk, "notifications/delivery.queued")).toHaveLength(1);
  });

  it("a digest gathers mail for its hour", async () => {
    const desk = await makeDesk();
    const { userId } = await join(desk, "owner");
    await withMail(desk);
    await choose(desk, userId, { emailDigest: { mode: "daily", at: "09:00" }, matrix: { new_message: { email: true } } });
    await tellMessage(desk);
    expect(await deliveriesOf(desk)).toMatchObject([{ form: "digest", notBefore: new Date("2026-11-03T09:00:00Z") }]);
  });
});

describe("the reader's list", () => {
  it("pages, counts and marks, each person's own", async () => {
    const desk = await makeDesk();
    const [mine, other] = [await join(desk, "owner"), await join(desk, "owner")];
    for (let turn = 0; turn < 5; turn += 1) {
      await tellMessage(desk);
      desk.clock.pass(61_000);
    }
    const first = await list(desk, mine.userId, { limit: 3 });
    expect(first).toMatchObject({ unread: 5, notices: { length: 3 } });
    const second = await list(desk, mine.userId, { limit: 3, cursor: first.nextCursor });
    expect(second.notices).toHaveLength(2);
    expect(second.nextCursor).toBeNull();
    const ids = [...first.notices, ...second.notices].map((notice) => notice.noticeId);
    expect(new Set(ids).size).toBe(5);
    const foreign = (await list(desk, other.userId)).notices[0]?.noticeId ?? "";
    await expect(inWorkspace(desk.workspaceId, (scope) => markRead(scope, mine.userId, [foreign], desk.clock))).rejects.toMatchObject({
      code: "notices.not_found",
    });
    expect(await inWorkspace(desk.workspaceId, (scope) => markRead(scope, mine.userId, ids.slice(0, 2), desk.clock))).toEqual({ unread: 3 });
    expect((await list(desk, mine.userId, { unreadOnly: true })).notices).toHaveLength(3);
    expect(await inWorkspace(desk.workspaceId, (scope) => markConversationRead(scope, mine.userId, desk.conversationId, desk.clock))).toEqual({ unread: 0 });
    expect((await list(desk, other.userId)).unread).toBe(5);
  });

  it("hears live of its own notices only, silent in quiet hours", async () => {
    const desk = await makeDesk();
    const [mine, other] = [await join(desk, "operator", "own"), await join(desk, "operator")];
    await give(desk, { assigneeId: mine.userId });
    const stop = new AbortController();
    const heard: NoticeEvent[] = [];
    // A line that comes up anew says "changed" besides.
    const told = () => heard.filter(({ type }) => type === "new");
    const session = await sessionOf(desk, mine);
    const listening = (async () => {
      for await (const event of watchNotices(session, stop.signal, desk.clock)) heard.push(event);
    })();
    const say = () => tellMessage(desk);
    // The listening connection comes up in its own time.
    await expect.poll(() => say().then(() => told().length), { interval: 100 }).toBeGreaterThan(0);
    heard.length = 0;
    await give(desk, { assigneeId: other.userId });
    desk.clock.pass(61_000);
    await say();
    await give(desk, { assigneeId: mine.userId });
    await say();
    await expect.poll(told).toMatchObject([{ type: "new", show: true, sound: true, notice: { kind: "new_message", target: `/inbox/${desk.conversationId}` } }]);
    heard.length = 0;
    await choose(desk, mine.userId, { quietHours: { isOn: true, from: "11:00", to: "14:00", timeZone: "UTC" } });
    desk.clock.pass(61_000);
    await say();
    await expect.poll(told).toMatchObject([{ type: "new", show: false, sound: false }]);
    stop.abort();
    await listening;
    await closeLive();
  });
});
