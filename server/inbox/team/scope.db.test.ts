import { randomUUID } from "node:crypto";
import superjson from "superjson";
import { beforeAll, describe, expect, it } from "vitest";
import type { MemberSession } from "@/server/access/index";
import { makeMember, makeSession } from "@/server/access/testing/make-workspace";
import { db } from "@/server/platform/db";
import { publish } from "@/server/platform/live";
import { inWorkspace } from "@/server/platform/transaction";
import { call } from "@/server/trpc/testing/call";
import { EXTRA_INPUT, idFor } from "@/server/trpc/testing/foreign-ids";
import { listProcedures, type ProcedureInfo } from "@/server/trpc/testing/procedures";
import { idFieldsOf, sampleInput } from "@/server/trpc/testing/sample-input";
import { makeWorld, type World } from "@/server/trpc/testing/world";
import { fetchAttachment } from "../reading/fetch-attachment";
import { watchInbox } from "../reading/watch-inbox";
import type { InboxEvent } from "../schema";
import { assign } from "./change-one";

/** Fields that lead to one conversation: with the hidden one there, every mutation must refuse. */
const NAMES_CONVERSATION = /(^|\.)(conversationIds?|headId|messageId|noteId|followUpId)$/;
function namesConversation({ input }: ProcedureInfo): boolean {
  return idFieldsOf(input).some((field) => NAMES_CONVERSATION.test(field));
}
/** The whole inbox, and whatever else of the API leads to a conversation. */
const procedures = listProcedures().filter(
  (procedure) => procedure.type !== "subscription" && (procedure.path.startsWith("inbox.") || namesConversation(procedure)),
);

const byPath = (path: string): ProcedureInfo => {
  const found = procedures.find((procedure) => procedure.path === path);
  if (found === undefined) throw new Error(`no procedure ${path}`);
  return found;
};
interface Stage {
  readonly world: World;
  readonly secret: string;
  readonly session: MemberSession;
  readonly mine: string;
}

/** One conversation of somebody else, full of a secret, and one the person may see. */
async function stage(scope: "own" | "team"): Promise<Stage> {
  const world = await makeWorld();
  const secret = `SECRET-${randomUUID()}`;
  const { workspaceId, conversationId } = world;
  const otherTeam = randomUUID();
  await db.team.create({ data: { id: otherTeam, workspaceId, name: `Others ${secret.slice(-8)}` } });
  await db.conversation.update({
    where: { id: conversationId },
    data: {
      buyerName: secret,
      buyerRef: "anna",
      orderNumber: secret,
      lastMessagePreview: secret,
      assigneeId: world.userId,
      teamId: otherTeam,
      status: "open",
      waitingSince: new Date(),
      nextDeadlineAt: new Date(0),
      deadlineState: "breached",
      nextDeadlineKind: "next_reply",
      lastBuyerMessageAt: new Date(),
    },
  });
  await db.message.update({
    where: { id: world.messageId },
    data: { text: `${secret} керамический`, attachments: [{ kind: "file", url: "https://files.test/1", name: secret }] },
  });
  await db.note.update({ where: { id: world.noteId }, data: { text: secret } });
  const member = await makeMember(workspaceId, "operator");
  await db.membership.update({ where: { id: member.memberId }, data: { conversationScope: scope } });
  if (scope === "team") await db.teamMember.create({ data: { teamId: world.teamId, userId: member.userId, workspaceId } });
  await db.noteMention.create({ data: { noteId: world.noteId, userId: member.userId, workspaceId, conversationId } });
  await db.draft.create({ data: { conversationId, userId: member.userId, workspaceId, kind: "reply", text: secret, updatedAt: new Date() } });
  const mine = randomUUID();
  const hidden = await db.conversation.findUniqueOrThrow({ where: { id: conversationId } });
  await db.conversation.create({
    data: {
      id: mine,
      workspaceId,
      organizationId: hidden.organizationId,
      connectionId: hidden.connectionId,
      channel: hidden.channel,
      externalId: `mine-${mine}`,
      buyerRef: "anna",
      lastMessageAt: new Date(),
      createdAt: new Date(),
      ...(scope === "own" ? { assigneeId: member.userId } : { teamId: world.teamId }),
    },
  });
  return { world, secret, session: await makeSession(member, workspaceId), mine };
}

/** Everything the database holds of the hidden conversation. */
async function hiddenRows({ conversationId }: World): Promise<string> {
  const where = { where: { conversationId } };
  return JSON.stringify([
    await db.conversation.findUnique({ where: { id: conversationId } }),
    await db.message.findMany(where),
    await db.note.findMany(where),
    await db.noteMention.findMany(where),
    await db.draft.findMany(where),
    await db.conversationRead.findMany(where),
    await db.conversationLabel.findMany(where),
    await db.conversationEvent.findMany(where),
    await db.conversationPresence.findMany(where),
  ]);
}

function leaks(answer: unknown, { world, secret }: Stage): string[] {
  const text = superjson.stringify(answer);
  return [secret, world.conversationId, world.messageId, world.noteId].filter((word) => text.includes(word));
}

describe.each(["own", "team"] as const)("scope %s", (scope) => {
  let at: Stage;
  beforeAll(async () => {
    at = await stage(scope);
  });
  const inputFor = (procedure: ProcedureInfo) => {
    const sample = sampleInput(procedure.input, { ids: (field) => idFor(at.world, procedure.path, field) ?? undefined });
    return procedure.path in EXTRA_INPUT ? { ...(sample as object), ...EXTRA_INPUT[procedure.path] } : sample;
  };

  it("has something to lose: the person sees their own conversation", async () => {
    const answer = await call(byPath("inbox.thread"), { conversationId: at.mine }, at.session);
    expect(answer).toMatchObject({ ok: true, data: { conversation: { id: at.mine } } });
  });

  it("and the secret is there for those who may see it", async () => {
    const seer = await makeSession(await makeMember(at.session.workspaceId, "admin"), at.session.workspaceId);
    for (const path of ["inbox.list", "inbox.thread", "inbox.notes.list"]) {
      const answer = await call(byPath(path), path === "inbox.list" ? {} : { conversationId: at.world.conversationId }, seer);
      expect(leaks(answer, at)).not.toEqual([]);
    }
  });

  it.each(procedures.map((procedure) => [procedure.path, procedure] as const))("%s neither shows nor touches what is out of it", async (_path, procedure) => {
    const before = await hiddenRows(at.world);
    const answer = await call(procedure, inputFor(procedure), at.session);
    expect(await hiddenRows(at.world)).toBe(before);
    if (answer.ok) {
      expect(procedure.type === "mutation" && namesConversation(procedure), "a mutation of a hidden conversation must be refused").toBe(false);
      expect(leaks(answer.data, at)).toEqual([]);
    } else expect(answer.isUnexpected ? answer.cause : null).toBeNull();
  });

  it.each([
    {},
    { waiting: true },
    { sort: "waiting" },
    { sort: "due" },
    { sort: "priority" },
    { sort: "oldest" },
    { unread: true },
    { overdue: true },
    { mentionsMe: true },
    { drafts: true },
    { hasTrouble: true },
    { search: "керамический" },
    { assigneeIds: ["none"] },
    { teamIds: ["none"] },
    { kinds: ["chat"] },
    { statuses: ["open"] },
  ])("the list with %j", async (input) => {
    const answer = await call(byPath("inbox.list"), input, at.session);
    expect(answer.ok).toBe(true);
    expect(leaks(answer, at)).toEqual([]);
  });

  it("the counts", async () => {
    const answer = await call(byPath("inbox.counts"), undefined, at.session);
    expect(answer).toMatchObject({ ok: true, data: { active: 1, waiting: 0, overdue: 0, mentions: 0, drafts: 0, resolved: 0, closed: 0 } });
  });

  it("the search, for any word of it", async () => {
    for (const query of ["керамический", at.secret, at.secret.slice(0, 12)]) {
      const answer = await call(byPath("inbox.search"), { query }, at.session);
      expect(answer).toMatchObject({ ok: true, data: { hits: [] } });
    }
    const byOrder = await call(byPath("inbox.list"), { orderNumber: at.secret }, at.session);
    expect(byOrder).toMatchObject({ ok: true, data: { conversations: [] } });
  });

  it("what stands beside an own conversation of the same buyer", async () => {
    for (const path of ["inbox.context", "inbox.mergeSuggestions"]) {
      const answer = await call(byPath(path), { conversationId: at.mine }, at.session);
      expect(answer.ok).toBe(true);
      expect(leaks(answer, at)).toEqual([]);
    }
    const merged = await call(byPath("inbox.merge"), { headId: at.mine, conversationIds: [at.world.conversationId] }, at.session);
    expect(merged).toMatchObject({ ok: false, appCode: "inbox.conversation_not_found" });
  });

  it("bulk actions, by ids and by filter", async () => {
    const before = await hiddenRows(at.world);
    const action = { kind: "priority", priority: 4 };
    const byIds = { kind: "conversations", conversationIds: [at.mine, at.world.conversationId] };
    expect(await call(byPath("inbox.bulk"), { target: byIds, action }, at.session)).toMatchObject({
      ok: true,
      data: { found: 1, changed: 1, changedIds: [at.mine] },
    });
    const byFilter = { kind: "filter", filter: {} };
    expect(await call(byPath("inbox.bulk"), { target: byFilter, action: { kind: "status", status: "resolved" } }, at.session)).toMatchObject({
      ok: true,
      data: { found: 1, changed: 1, changedIds: [at.mine] },
    });
    expect(await hiddenRows(at.world)).toBe(before);
  });

  it("attachments", async () => {
    await expect(fetchAttachment(at.session, { messageId: at.world.messageId, index: 0 })).rejects.toMatchObject({ code: "inbox.attachment_not_found" });
  });

  it("the live stream", async () => {
    const { workspaceId } = at.session;
    const stop = new AbortController();
    const heard: unknown[] = [];
    const reading = (async () => {
      for await (const event of watchInbox(at.session, stop.signal)) {
        heard.push(event);
        if (event.presence.includes(at.mine)) stop.abort();
      }
    })();
    const say = (topic: string, id: string) => inWorkspace(workspaceId, (tx) => publish(tx.db, { workspaceId, topic, id }));
    while (!stop.signal.aborted) {
      await say("inbox", at.world.conversationId);
      await say("presence", at.world.conversationId);
      await say("presence", at.mine);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await reading;
    expect(JSON.stringify(heard)).not.toContain(at.world.conversationId);
  });

  it("the live stream, when a conversation leaves the person's sight: read again, by no name", async () => {
    const fresh = await stage(scope);
    const stop = new AbortController();
    const heard: InboxEvent[] = [];
    let isListening = false;
    const reading = (async () => {
      for await (const event of watchInbox(fresh.session, stop.signal)) {
        if (event.changed?.includes(fresh.mine)) isListening = true;
        else if (isListening) heard.push(event);
        if (heard.length > 0) stop.abort();
      }
    })();
    const { workspaceId } = fresh.session;
    while (!isListening) {
      await inWorkspace(workspaceId, (tx) => publish(tx.db, { workspaceId, topic: "inbox", id: fresh.mine }));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const boss = { userId: fresh.world.userId, role: "admin", scope: "all", teamIds: [] } as const;
    await inWorkspace(workspaceId, (tx) => assign(tx, boss, fresh.mine, { assigneeId: fresh.world.userId, teamId: null }));
    await reading;
    expect(heard).toEqual([{ changed: null, presence: [] }]);
  });
});
