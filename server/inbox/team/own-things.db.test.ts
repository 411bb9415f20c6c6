import { describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { listConversations } from "../reading/list-conversations";
import { listConversationsInput } from "../schema";
import { makeInbox } from "../testing/make-inbox";
import { makeChat, makeOperator, use, viewerFor } from "../testing/make-team";
import { describeContext } from "./context";
import { clearDraft, listDrafts, saveDraft } from "./drafts";
import { addNote, editNote, listNotes, removeNote } from "./notes";
import { leavePresence, listPresence, touchPresence } from "./presence";
import { PRESENCE_MS } from "./rules";

describe("notes", () => {
  it("mention members who read, tell each once, and belong to their author", async () => {
    const inbox = await makeInbox();
    const [one, two] = [await makeOperator(inbox), await makeOperator(inbox, "all", "read_only")];
    const id = await makeChat(inbox, "c1");
    const [me, other] = [viewerFor(one), viewerFor(two)];
    const note = await use(inbox, (scope) => addNote(scope, me, { conversationId: id, text: "see this", mentionIds: [two.userId] }, inbox.clock));
    expect(await use(inbox, (scope) => listNotes(scope, other, id))).toMatchObject([
      {
        id: note.id,
        author: { id: one.userId, name: one.name },
        isYours: false,
        text: "see this",
        mentions: [{ id: two.userId, name: two.name }],
        editedAt: null,
      },
    ]);
    const find = async () => {
      const page = await use(inbox, (scope) => listConversations(scope, other, listConversationsInput.parse({ mentionsMe: true })));
      return page.conversations.map((row) => row.id);
    };
    expect(await find()).toEqual([id]);
    await use(inbox, (scope) => editNote(scope, me, { noteId: note.id, text: "changed", mentionIds: [two.userId, one.userId] }, inbox.clock));
    const events = await db.engineEvent.findMany({ where: { name: "inbox/note.mentioned" } });
    const told = events.map(({ data }) => data as Record<string, unknown>).filter((data) => data["conversationId"] === id);
    expect(told).toEqual([{ workspaceId: inbox.workspaceId, conversationId: id, noteId: note.id, userIds: [two.userId], byUserId: one.userId }]);
    await expect(use(inbox, (scope) => editNote(scope, inbox.viewer, { noteId: note.id, text: "mine", mentionIds: [] }))).rejects.toMatchObject({
      code: "inbox.note_not_yours",
    });
    const stranger = await makeOperator(await makeInbox());
    const accountant = await makeOperator(inbox, "all", "accountant");
    for (const { userId } of [stranger, accountant])
      await expect(use(inbox, (scope) => addNote(scope, me, { conversationId: id, text: "x", mentionIds: [userId] }))).rejects.toMatchObject({
        code: "member.not_found",
      });
    await use(inbox, (scope) => removeNote(scope, me, note.id, inbox.clock));
    expect(await use(inbox, (scope) => listNotes(scope, me, id))).toEqual([]);
    expect(await find()).toEqual([]);
    const history = await db.conversationEvent.findMany({ where: { conversationId: id, type: "note" }, orderBy: { id: "asc" } });
    expect(history.map(({ data }) => (data as { deed: string }).deed)).toEqual(["added", "edited", "removed"]);
  });
});

describe("drafts", () => {
  it("follow their writer, the last write wins, sending and emptiness end them", async () => {
    const inbox = await makeInbox();
    const one = await makeOperator(inbox);
    const [me, other] = [viewerFor(one), inbox.viewer];
    const id = await makeChat(inbox, "c1");
    const save = (text: string, kind: "reply" | "note" = "reply") =>
      use(inbox, (scope) => saveDraft(scope, me, { conversationId: id, kind, text }, inbox.clock));
    const texts = async () => (await use(inbox, (scope) => listDrafts(scope, me, id))).map(({ kind, text }) => [kind, text]);
    await save("Dear");
    await save("Dear Anna");
    await save("she is angry", "note");
    expect(await texts()).toEqual([
      ["note", "she is angry"],
      ["reply", "Dear Anna"],
    ]);
    expect(await use(inbox, (scope) => listDrafts(scope, other, id))).toEqual([]);
    const drafted = async (viewer: typeof me) =>
      (await use(inbox, (scope) => listConversations(scope, viewer, listConversationsInput.parse({ drafts: true })))).conversations.map(
        ({ hasDraft }) => hasDraft,
      );
    expect(await drafted(me)).toEqual([true]);
    expect(await drafted(other)).toEqual([]);
    await use(inbox, (scope) => addNote(scope, me, { conversationId: id, text: "she is angry", mentionIds: [] }, inbox.clock));
    expect(await texts()).toEqual([["reply", "Dear Anna"]]);
    await use(inbox, (scope) => clearDraft(scope, { conversationId: id, userId: one.userId, kind: "reply" }));
    expect(await texts()).toEqual([]);
    await save("x");
    await save("  ");
    expect(await drafted(me)).toEqual([]);
  });
});

describe("presence", () => {
  it("shows others by name for twenty seconds", async () => {
    const inbox = await makeInbox();
    const [one, two] = [await makeOperator(inbox), await makeOperator(inbox)];
    const [me, other] = [viewerFor(one), viewerFor(two)];
    const id = await makeChat(inbox, "c1");
    const touch = (activity: "viewing" | "typing") => use(inbox, (scope) => touchPresence(scope, me, { conversationId: id, activity }, inbox.clock));
    const seen = () => use(inbox, (scope) => listPresence(scope, other, id, inbox.clock));
    await touch("viewing");
    expect(await seen()).toEqual([{ userId: one.userId, name: one.name, activity: "viewing", until: new Date(inbox.clock.now().getTime() + PRESENCE_MS) }]);
    expect(await use(inbox, (scope) => listPresence(scope, me, id, inbox.clock))).toEqual([]);
    inbox.clock.pass(PRESENCE_MS - 1);
    await touch("typing");
    inbox.clock.pass(PRESENCE_MS - 1);
    expect(await seen()).toMatchObject([{ activity: "typing" }]);
    inbox.clock.pass(1);
    expect(await seen()).toEqual([]);
    await touch("viewing");
    await use(inbox, (scope) => leavePresence(scope, me, id));
    expect(await seen()).toEqual([]);
  });
});

describe("the right drawer", () => {
  it("tells the buyer's other conversations, the product, and money only to those who may see it", async () => {
    const inbox = await makeInbox();
    const id = await makeChat(inbox, "c1", { buyerRef: "anna", orderNumber: "46-1" });
    const earlier = await makeChat(inbox, "c0", { buyerRef: "anna" });
    await makeChat(inbox, "else", { buyerRef: "boris" });
    const { workspaceId, organizationId, connection } = inbox;
    await db.conversation.update({ where: { id }, data: { sku: "s1" } });
    await db.product.create({
      data: { id: crypto.randomUUID(), workspaceId, connectionId: connection.id, externalId: "p1", sku: "s1", name: "Kettle", offerId: "K-1" },
    });
    await db.saleLine.create({
      data: {
        id: crypto.randomUUID(),
        workspaceId,
        organizationId,
        connectionId: connection.id,
        marketplace: "fake",
        externalId: "l1",
        kind: "sale",
        date: new Date("2026-10-01"),
        quantity: 1,
        revenueMinor: 12_345n,
        currency: "RUB",
        description: "Kettle",
        orderNumber: "46-1",
        sourceHash: "h",
      },
    });
    const admin = await use(inbox, (scope) => describeContext(scope, inbox.viewer, id));
    expect(admin).toMatchObject({
      buyer: { ref: "anna" },
      orderNumber: "46-1",
      product: { sku: "s1", name: "Kettle", offerId: "K-1" },
      earlier: [{ id: earlier }],
      sales: [{ kind: "sale", date: "2026-10-01", revenueMinor: 12_345n, currency: "RUB" }],
    });
    expect((await use(inbox, (scope) => describeContext(scope, { ...inbox.viewer, role: "operator" }, id))).sales).toBeNull();
  });
});
