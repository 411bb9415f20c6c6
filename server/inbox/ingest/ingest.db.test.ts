import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExternalConversation, ExternalMessage } from "@/server/integrations/contract/records";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { setStatus } from "../team/change-one";
import { makeInbox, type TestInbox } from "../testing/make-inbox";
import { ingestConversations } from "./ingest-conversations";
import { knownClosed, knownHeads } from "./known-heads";

const at = (minute: number, second = 0) => new Date(Date.UTC(2026, 9, 1, 10, minute, second));

function message(externalId: string, minute: number, more: Partial<ExternalMessage> = {}): ExternalMessage {
  return { externalId, side: "buyer", authorKind: "buyer", text: `text ${externalId}`, attachments: [], sentAt: at(minute), versionAt: at(minute), ...more };
}

function conversation(externalId: string, messages: readonly ExternalMessage[], more: Partial<ExternalConversation> = {}): ExternalConversation {
  return { externalId, channel: "fake.chat", createdAt: at(0), remoteStatus: "open", messages, ...more };
}

const ingest = (inbox: TestInbox, conversations: readonly ExternalConversation[], source: "poll" | "push" = "poll") =>
  inWorkspace(inbox.workspaceId, (scope) => ingestConversations(scope, { connection: inbox.connection, conversations, source }));

const stored = (inbox: TestInbox) =>
  db.conversation.findMany({
    where: { connectionId: inbox.connection.id },
    include: { messages: { orderBy: { externalId: "asc" } } },
    orderBy: { externalId: "asc" },
  });

async function only(inbox: TestInbox) {
  const [first, ...rest] = await stored(inbox);
  if (first === undefined || rest.length > 0) throw new Error("one conversation expected");
  return first;
}

describe("ingesting conversations", () => {
  it("stores each message once and counts every one it was given", async () => {
    const inbox = await makeInbox();
    const page = [conversation("a", [message("1", 1), message("2", 2, { side: "seller", authorKind: "seller" })]), conversation("b", [message("1", 3)])];
    expect(await ingest(inbox, page)).toEqual({ applied: 3, duplicate: 0, rejected: [] });
    expect(await ingest(inbox, page, "push")).toEqual({ applied: 0, duplicate: 3, rejected: [] });
    expect(await ingest(inbox, [...page, ...page])).toEqual({ applied: 0, duplicate: 6, rejected: [] });
    expect((await stored(inbox)).map((row) => [row.externalId, row.messageCount, row.messages.length])).toEqual([
      ["a", 2, 2],
      ["b", 1, 1],
    ]);
  });

  it("lets the newest version win, whichever comes first", async () => {
    const inbox = await makeInbox();
    const edited = message("1", 1, { text: "edited", versionAt: at(5) });
    await ingest(inbox, [conversation("a", [edited])]);
    expect(await ingest(inbox, [conversation("a", [message("1", 1, { text: "first" })])])).toMatchObject({ applied: 0, duplicate: 1 });
    expect((await only(inbox)).messages).toMatchObject([{ text: "edited" }]);
    await ingest(inbox, [conversation("a", [message("1", 1, { text: "again", versionAt: at(9) })])]);
    expect(await only(inbox)).toMatchObject({ lastMessagePreview: "again", messageCount: 1 });
  });

  it("notes at an equal version that the buyer has read it, and never forgets it", async () => {
    const inbox = await makeInbox();
    const sent = message("1", 1, { side: "seller", authorKind: "seller" });
    await ingest(inbox, [conversation("a", [{ ...sent, isRead: false }])]);
    expect(await ingest(inbox, [conversation("a", [{ ...sent, isRead: true }])])).toMatchObject({ applied: 1 });
    expect(await ingest(inbox, [conversation("a", [{ ...sent, isRead: false }])])).toMatchObject({ duplicate: 1 });
    expect((await only(inbox)).messages).toMatchObject([{ isReadByBuyer: true }]);
  });

  it("owes a reply since the first unanswered question; a reply from the marketplace's own cabinet counts", async () => {
    const inbox = await makeInbox();
    await ingest(inbox, [conversation("a", [message("1", 1), message("2", 4)])]);
    expect((await only(inbox)).waitingSince).toEqual(at(1));
    await ingest(inbox, [conversation("a", [message("3", 3, { side: "seller", authorKind: "seller" })])]);
    expect((await only(inbox)).waitingSince).toEqual(at(4));
    await ingest(inbox, [conversation("a", [message("4", 6, { side: "seller", authorKind: "seller" })])]);
    expect(await only(inbox)).toMatchObject({ waitingSince: null, lastMessageSide: "seller" });
    await ingest(inbox, [conversation("a", [message("5", 8, { side: "system", authorKind: "system" })])]);
    expect((await only(inbox)).waitingSince).toBeNull();
  });

  it("reopens what was resolved when the buyer writes, but not for an old message that comes late", async () => {
    const inbox = await makeInbox();
    await ingest(inbox, [conversation("a", [message("2", 5)])]);
    const { id } = await only(inbox);
    await inWorkspace(inbox.workspaceId, (scope) => setStatus(scope, inbox.viewer, { conversationId: id, status: "resolved" }));
    expect(await only(inbox)).toMatchObject({ status: "resolved", waitingSince: null });
    await ingest(inbox, [conversation("a", [message("1", 2)])]);
    expect(await only(inbox)).toMatchObject({ status: "resolved", waitingSince: null, messageCount: 2 });
    await ingest(inbox, [conversation("a", [message("3", 9)])]);
    expect(await only(inbox)).toMatchObject({ status: "open", waitingSince: at(9) });
  });

  it("closes with the service and opens again with it", async () => {
    const inbox = await makeInbox();
    await ingest(inbox, [conversation("a", [message("1", 1)])]);
    await ingest(inbox, [conversation("a", [], { remoteStatus: "closed" })]);
    expect(await only(inbox)).toMatchObject({ status: "closed", waitingSince: null, remoteStatus: "closed" });
    expect([...(await inWorkspace(inbox.workspaceId, (scope) => knownClosed(scope, inbox.connection.id, ["a", "b"])))]).toEqual(["a"]);
    await ingest(inbox, [conversation("a", [], { remoteStatus: "unknown" })]);
    expect(await only(inbox)).toMatchObject({ status: "closed" });
    await ingest(inbox, [conversation("a", [], { remoteStatus: "open" })]);
    expect(await only(inbox)).toMatchObject({ status: "open", waitingSince: at(1) });
  });

  it("keeps what an incomplete record does not tell", async () => {
    const inbox = await makeInbox();
    await ingest(inbox, [conversation("a", [message("1", 1)], { orderNumber: "123-0001", buyerName: "Анна", sku: "77" })]);
    await ingest(inbox, [conversation("a", [message("2", 2)])], "push");
    expect(await only(inbox)).toMatchObject({ orderNumber: "123-0001", buyerName: "Анна", sku: "77" });
  });

  it("moves the head of the next poll by polls only", async () => {
    const inbox = await makeInbox();
    const heads = () => inWorkspace(inbox.workspaceId, (scope) => knownHeads(scope, inbox.connection.id, ["a"]));
    await ingest(inbox, [conversation("a", [message("1", 1)], { lastMessageId: "1" })]);
    await ingest(inbox, [conversation("a", [message("3", 3)], { lastMessageId: "3" })], "push");
    expect([...(await heads())]).toEqual([["a", "1"]]);
    await ingest(inbox, [conversation("a", [message("2", 2), message("3", 3)], { lastMessageId: "3" })]);
    expect([...(await heads())]).toEqual([["a", "3"]]);
  });

  it("sets aside what cannot be stored and keeps the rest", async () => {
    const inbox = await makeInbox();
    const broken = message("", 1);
    const timeless = message("2", 1, { sentAt: new Date(Number.NaN) });
    const odd = message("3", 3, { text: `nul ${String.fromCharCode(0)} and half ${String.fromCharCode(0xd800)}.` });
    const result = await ingest(inbox, [conversation("a", [broken, timeless, odd]), conversation("", [message("9", 1)])]);
    expect(result).toMatchObject({ applied: 1, duplicate: 0 });
    expect(result.rejected.map((record) => record.errorCode)).toEqual([
      "inbox.message_without_id",
      "inbox.message_without_time",
      "inbox.conversation_without_id",
    ]);
    expect((await only(inbox)).messages).toMatchObject([{ text: "nul  and half \uFFFD." }]);
  });

  it("gives each message once when polls and pushes arrive at the same time", async () => {
    const inbox = await makeInbox();
    const page = Array.from({ length: 20 }, (_, index) =>
      conversation(
        `c${index}`,
        Array.from({ length: 10 }, (_unused, n) => message(`${n}`, n)),
      ),
    );
    const results = await Promise.all([
      ingest(inbox, page),
      ingest(inbox, [...page].reverse(), "push"),
      ...page.slice(0, 4).map((one) => ingest(inbox, [one], "push")),
    ]);
    expect(results.reduce((sum, result) => sum + result.applied, 0)).toBe(200);
    expect(results.reduce((sum, result) => sum + result.duplicate, 0)).toBe(240);
    expect((await stored(inbox)).every((row) => row.messageCount === 10 && row.messages.length === 10)).toBe(true);
  });

  it("ends in the same state whatever the order and repetition", async () => {
    const all = Array.from({ length: 8 }, (_, index) => message(`m${index}`, index, index % 3 === 2 ? { side: "seller", authorKind: "seller" } : {}));
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(all, { minLength: 8 }),
        fc.array(fc.constantFrom(...all), { maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        async (order, repeats, size) => {
          const inbox = await makeInbox();
          const queue = [...order, ...repeats];
          for (let start = 0; start < queue.length; start += size)
            await ingest(inbox, [conversation("a", queue.slice(start, start + size))], start % 2 === 0 ? "poll" : "push");
          const row = await only(inbox);
          expect(row.messages.map((entry) => entry.externalId)).toEqual(all.map((entry) => entry.externalId));
          expect(row).toMatchObject({
            messageCount: 8,
            lastMessageAt: at(7),
            lastMessagePreview: "text m7",
            lastBuyerMessageAt: at(7),
            waitingSince: at(6),
            status: "open",
          });
        },
      ),
      { numRuns: 15 },
    );
  });
});
