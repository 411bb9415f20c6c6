import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Viewer } from "@/server/access/index";
import { ingestProducts } from "@/server/catalog/index";
import type { ExternalMessage } from "@/server/integrations/contract/records";
import { db } from "@/server/platform/db";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { ingestConversations } from "../ingest/ingest-conversations";
import { getThreadInput, listConversationsInput, searchMessagesInput } from "../schema";
import { getWriteState } from "../sending/write-state";
import { setStatus } from "../team/change-one";
import { makeInbox, type TestInbox } from "../testing/make-inbox";
import { fetchAttachment } from "./fetch-attachment";
import { getThread } from "./get-thread";
import { countConversations, listConversations } from "./list-conversations";
import { markRead } from "./mark-read";
import { searchMessages } from "./search-messages";

const SOMEBODY: Viewer = { userId: randomUUID(), role: "admin", scope: "all", teamIds: [] };

const at = (minute: number) => new Date(Date.UTC(2026, 9, 1, 0, minute));

function message(externalId: string, minute: number, text: string, side: "buyer" | "seller" = "buyer"): ExternalMessage {
  return { externalId, side, authorKind: side, text, attachments: [], sentAt: at(minute), versionAt: at(minute) };
}

/** Ten chats; every third is answered. */
async function filled(): Promise<TestInbox> {
  const inbox = await makeInbox();
  const conversations = Array.from({ length: 10 }, (_, index) => ({
    externalId: `c${index}`,
    channel: "fake.chat",
    createdAt: at(0),
    remoteStatus: index === 9 ? ("closed" as const) : ("open" as const),
    orderNumber: `4787-${index}`,
    sku: `sku-${index}`,
    messages: [
      message("1", 10 + index, index === 4 ? "Когда доставят мои заказы?" : "Здравствуйте"),
      ...(index % 3 === 0 ? [message("2", 40 + index, "Ответ", "seller")] : []),
    ],
  }));
  await use(inbox, (scope) => ingestConversations(scope, { connection: inbox.connection, conversations, source: "poll" }));
  return inbox;
}

const use = <T>(inbox: TestInbox, work: (scope: Scope) => Promise<T>) => inWorkspace(inbox.workspaceId, work);
const list = (inbox: TestInbox, input: object = {}) => use(inbox, (scope) => listConversations(scope, inbox.viewer, listConversationsInput.parse(input)));
const idOf = async (inbox: TestInbox, externalId: string) =>
  (await db.conversation.findFirstOrThrow({ where: { connectionId: inbox.connection.id, externalId } })).id;

describe("the list", () => {
  it("pages through everything once, newest first", async () => {
    const inbox = await filled();
    const seen: string[] = [];
    let cursor: { at: Date; id: string } | null | undefined;
    do {
      const page = await list(inbox, { limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...page.conversations.map((conversation) => conversation.externalId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(["c9", "c6", "c3", "c0", "c8", "c7", "c5", "c4", "c2", "c1"]);
  });

  it("sorts by who waits longest and filters", async () => {
    const inbox = await filled();
    const names = async (input: object) => (await list(inbox, input)).conversations.map((conversation) => conversation.externalId);
    expect(await names({ sort: "waiting", limit: 3 })).toEqual(["c1", "c2", "c4"]);
    expect(await names({ statuses: ["closed"] })).toEqual(["c9"]);
    expect(await names({ waiting: true })).toHaveLength(6);
    expect(await names({ orderNumber: "87-3" })).toEqual(["c3"]);
    expect(await names({ orderNumber: "%" })).toEqual([]);
    expect(await names({ search: "заказ" })).toEqual(["c4"]);
    expect(await names({ connectionIds: [inbox.organizationId] })).toEqual([]);
  });

  it("knows unread per person", async () => {
    const inbox = await filled();
    const id = await idOf(inbox, "c1");
    expect(await use(inbox, (scope) => countConversations(scope, inbox.viewer))).toMatchObject({ active: 9, waiting: 6, unread: 6, resolved: 0, closed: 1 });
    await use(inbox, (scope) => markRead(scope, inbox.viewer, { conversationId: id }));
    expect((await use(inbox, (scope) => countConversations(scope, inbox.viewer))).unread).toBe(5);
    expect((await use(inbox, (scope) => countConversations(scope, { ...inbox.viewer, userId: inbox.organizationId }))).unread).toBe(6);
    expect((await list(inbox, { unread: true })).conversations.map((conversation) => conversation.id)).not.toContain(id);
    await use(inbox, (scope) =>
      ingestConversations(scope, {
        connection: inbox.connection,
        source: "push",
        conversations: [{ externalId: "c1", channel: "fake.chat", createdAt: at(0), remoteStatus: "open", messages: [message("5", 59, "Ау")] }],
      }),
    );
    expect((await use(inbox, (scope) => countConversations(scope, inbox.viewer))).unread).toBe(6);
  });

  it("shows the catalog's product names", async () => {
    const inbox = await filled();
    await use(inbox, (scope) => ingestProducts(scope, { connection: inbox.connection, products: [{ externalId: "p", sku: "sku-4", name: "Чайник" }] }));
    const page = await list(inbox, { search: "заказ" });
    expect(page.conversations).toMatchObject([{ productName: "Чайник" }]);
  });

  it("shows nothing of another workspace", async () => {
    const [mine, theirs] = [await makeInbox(), await filled()];
    const foreign = await idOf(theirs, "c4");
    expect((await list(mine)).conversations).toEqual([]);
    expect((await list(mine, { search: "заказ" })).conversations).toEqual([]);
    expect((await use(mine, (scope) => searchMessages(scope, SOMEBODY, searchMessagesInput.parse({ query: "заказ" })))).hits).toEqual([]);
    for (const attempt of [
      () => use(mine, (scope) => getThread(scope, mine.viewer, getThreadInput.parse({ conversationId: foreign }))),
      () => use(mine, (scope) => markRead(scope, mine.viewer, { conversationId: foreign })),
      () => use(mine, (scope) => setStatus(scope, mine.viewer, { conversationId: foreign, status: "resolved" })),
      () => use(mine, (scope) => getWriteState(scope, foreign, mine.service.gateway, mine.clock)),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "inbox.conversation_not_found" });
    }
  });
});

describe("the thread", () => {
  it("pages backwards without gap or overlap", async () => {
    const inbox = await makeInbox();
    const messages = Array.from({ length: 25 }, (_, index) => message(`m${String(index).padStart(2, "0")}`, Math.floor(index / 4), `n${index}`));
    await use(inbox, (scope) =>
      ingestConversations(scope, {
        connection: inbox.connection,
        source: "poll",
        conversations: [{ externalId: "c", channel: "fake.chat", createdAt: at(0), remoteStatus: "open", messages }],
      }),
    );
    const conversationId = await idOf(inbox, "c");
    const pages: string[][] = [];
    let cursor: { at: Date; id: string } | null | undefined;
    do {
      const page = await use(inbox, (scope) =>
        getThread(scope, inbox.viewer, getThreadInput.parse({ conversationId, limit: 10, ...(cursor ? { cursor } : {}) })),
      );
      pages.unshift(page.messages.map((entry) => entry.text));
      cursor = page.olderCursor;
    } while (cursor !== null);
    expect(pages.map((page) => page.length)).toEqual([5, 10, 10]);
    expect(new Set(pages.flat()).size).toBe(25);
    expect(pages.flat()[0]).toBe("n0");
  });

  it("hands out attachments by their place and never shows the service's address", async () => {
    const inbox = await makeInbox();
    inbox.service.says("buyer", "", "чек.png");
    await use(inbox, (scope) => ingestConversations(scope, { connection: inbox.connection, source: "poll", conversations: [inbox.service.conversation()] }));
    const conversationId = await idOf(inbox, "chat-1");
    const { messages, conversation } = await use(inbox, (scope) => getThread(scope, inbox.viewer, getThreadInput.parse({ conversationId })));
    expect(conversation.lastMessagePreview).toBe("чек.png");
    expect(messages[0]?.attachments).toEqual([{ index: 0, kind: "image", name: "чек.png", moderation: null }]);
    expect(JSON.stringify(messages)).not.toContain("files.test");
    const port = {
      ...inbox.service.port,
      fetchAttachment: async (_context: unknown, url: string) => ({ content: Buffer.from(url), contentType: "image/png" }),
    };
    const gateway = {
      ...inbox.service.gateway,
      open: async (...args: Parameters<typeof inbox.service.gateway.open>) => ({ ...(await inbox.service.gateway.open(...args)), port }),
    };
    const messageId = messages[0]?.id ?? "";
    expect(await fetchAttachment(inbox.session, { messageId, index: 0 }, gateway)).toMatchObject({ name: "чек.png", contentType: "image/png" });
    await expect(fetchAttachment(inbox.session, { messageId, index: 1 }, gateway)).rejects.toMatchObject({ code: "inbox.attachment_not_found" });
    const stranger = await makeInbox();
    await expect(fetchAttachment(stranger.session, { messageId, index: 0 }, gateway)).rejects.toMatchObject({ code: "inbox.attachment_not_found" });
  });
});

describe("search", () => {
  it("finds other forms of a word and marks them", async () => {
    const inbox = await filled();
    const { hits } = await use(inbox, (scope) => searchMessages(scope, SOMEBODY, searchMessagesInput.parse({ query: "заказ" })));
    expect(hits).toHaveLength(1);
    expect(hits[0]?.snippet.filter((piece) => piece.hit).map((piece) => piece.text)).toEqual(["заказы"]);
  });

  it("takes any text as words, not as a query language that can break", async () => {
    const inbox = await filled();
    for (const query of ["'; DROP TABLE message; --", "a & | !", '"unclosed', "((("]) {
      expect((await use(inbox, (scope) => searchMessages(scope, SOMEBODY, searchMessagesInput.parse({ query })))).hits).toEqual([]);
    }
  });
});

describe("write state", () => {
  it("tells the reason, the deadline and the rules", async () => {
    const inbox = await filled();
    const id = await idOf(inbox, "c1");
    inbox.service.state = { open: false, code: "subscription", params: { plan: "Premium" } };
    inbox.service.delayCode = "unreachable";
    expect(await use(inbox, (scope) => getWriteState(scope, id, inbox.service.gateway, inbox.clock))).toMatchObject({
      open: false,
      code: "subscription",
      params: { plan: "Premium" },
      delayCode: "unreachable",
      rules: { maxTextLength: 1_000, files: { allowed: true, types: ["image/png"] } },
    });
  });
});

describe("search beyond the newest messages", () => {
  it("finds rare words far back, newest first, each once, and pages on", async () => {
    const inbox = await makeInbox();
    const rare = new Set([3, 700, 5_400, 6_900]);
    const messages = Array.from({ length: 7_000 }, (_, index) => ({
      ...message(`m${index}`, 0, rare.has(index) ? "редчайший керамический" : "обычный текст"),
      sentAt: new Date(at(0).getTime() + index * 1_000),
    }));
    await use(inbox, (scope) =>
      ingestConversations(scope, {
        connection: inbox.connection,
        source: "poll",
        conversations: [{ externalId: "c", channel: "fake.chat", createdAt: at(0), remoteStatus: "open", messages }],
      }),
    );
    const find = (query: string, limit: number, before?: Date) =>
      use(inbox, (scope) => searchMessages(scope, SOMEBODY, searchMessagesInput.parse({ query, limit, before })));
    const found = (page: { hits: { sentAt: Date }[] }) => page.hits.map((hit) => (hit.sentAt.getTime() - at(0).getTime()) / 1_000);
    expect(found(await find("керамические", 10))).toEqual([6_900, 5_400, 700, 3]);
    const first = await find("керамические", 3);
    expect(found(first)).toEqual([6_900, 5_400, 700]);
    expect(found(await find("керамические", 3, first.nextBefore ?? undefined))).toEqual([3]);
    expect(found(await find("обычный", 2))).toEqual([6_999, 6_998]);
  });
});
