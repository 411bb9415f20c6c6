import { describe, expect, it } from "vitest";
import { fixedClock } from "@/server/platform/clock";
import { memoryTokens } from "../../../contract/memory-tokens";
import type { ConnectorContext, Cursor } from "../../../contract/ports";
import { type ScriptedAnswer, type SeenRequest, scriptedHttp } from "../../../contract/testing/scripted-http";
import { pullChats } from "./messaging-pull";

const now = new Date("2026-11-21T12:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();

function contextWith(answer: (request: SeenRequest) => ScriptedAnswer) {
  const http = scriptedHttp(answer);
  const context: ConnectorContext = {
    connectionId: "c",
    tokens: memoryTokens(),
    credentials: { clientId: "1", apiKey: "k" },
    baseUrl: "https://api-seller.ozon.ru",
    facts: { methods: [] },
    http,
    clock: fixedClock(now),
  };
  return { http, context };
}

const chat = (id: string, last: string, extra: Record<string, unknown> = {}) => ({
  chat: { chat_id: id, chat_status: "OPENED", chat_type: "BUYER_SELLER", created_at: "2026-11-01T00:00:00Z", ...extra },
  last_message_id: last,
  unread_count: 1,
});
const message = (id: string) => ({ message_id: id, created_at: "2026-11-20T00:00:00Z", user: { id: "9", type: "Customer" }, data: ["текст"] });
const chatOf = (request: SeenRequest) => (request.body as { chat_id?: string }).chat_id ?? "";
const nobody = { stream: "chats", knownHeads: async () => new Map<string, string>() } as const;

describe("which sweep a run makes", () => {
  it.each([
    ["nothing known", undefined, false],
    ["a full sweep 14 minutes ago", { fullSweepAt: minutesAgo(14) }, true],
    ["a full sweep 15 minutes ago", { fullSweepAt: minutesAgo(15) }, false],
    ["a full sweep in the future (the clock was set back)", { fullSweepAt: minutesAgo(-60) }, false],
    ["a checkpoint of another make", { something: 1 }, false],
  ] as readonly [string, Cursor | undefined, boolean][])("%s", async (_, checkpoint, unreadOnly) => {
    const { http, context } = contextWith(() => ({ json: { chats: [], has_next: false } }));
    const page = await pullChats(context, { checkpoint, ...nobody });
    expect(http.seen.map((request) => request.body)).toEqual([{ filter: { unread_only: unreadOnly }, limit: 100 }]);
    expect(page.checkpoint).toEqual(unreadOnly ? checkpoint : { fullSweepAt: now.toISOString() });
  });
});

describe("one page", () => {
  it("asks no history of chats whose newest message we hold: a quiet minute is one call", async () => {
    const { http, context } = contextWith(() => ({ json: { chats: [chat("a", "3000000000000000001"), chat("b", "3000000000000000002")], has_next: false } }));
    const page = await pullChats(context, {
      stream: "chats",
      checkpoint: { fullSweepAt: minutesAgo(1) },
      knownHeads: async () =>
        new Map([
          ["a", "3000000000000000001"],
          ["b", "3000000000000000002"],
        ]),
    });
    expect(http.seen).toHaveLength(1);
    expect(page).toMatchObject({ records: [], rejected: [], received: 0 });
    expect(page.next).toBeUndefined();
  });

  it("reads forward from the head we hold, with the head itself as overlap", async () => {
    const { http, context } = contextWith(({ path }) =>
      path === "/v3/chat/list"
        ? { json: { chats: [chat("a", "3000000000000000003")] } }
        : { json: { has_next: false, messages: [message("3000000000000000001"), message("3000000000000000003")] } },
    );
    const page = await pullChats(context, { stream: "chats", knownHeads: async () => new Map([["a", "3000000000000000001"]]) });
    expect(http.seen[1]?.text).toContain('"direction":"Forward"');
    expect(http.seen[1]?.text).toContain('"from_message_id":3000000000000000001');
    expect(page.received).toBe(2);
  });

  it("leaves every chat that is not a buyer's alone", async () => {
    const types = ["SELLER_SUPPORT", "SELLER_API_UPDATES", "SELLER_NOTIFICATION_LOGISTICS", "Seller_Notification_FBS", "UNSPECIFIED", "OF_TOMORROW"];
    const { http, context } = contextWith(() => ({ json: { chats: types.map((type, index) => chat(String(index), "5", { chat_type: type })) } }));
    const page = await pullChats(context, nobody);
    expect([page.received, http.seen.length]).toEqual([0, 1]);
  });

  it("sets an odd chat, an odd message and a chat the service will not show aside whole, and reads the others", async () => {
    const { context } = contextWith((request) => {
      if (request.path === "/v3/chat/list") return { json: { chats: [{ chat: { chat_id: 5 } }, chat("gone", "7"), chat("good", "8")] } };
      if (chatOf(request) === "gone") return { status: 404, json: { code: 5, message: "chat not found", details: [] } };
      return { json: { messages: [message("8"), { message_id: "9", created_at: "yesterday" }] } };
    });
    const page = await pullChats(context, nobody);
    expect(page.records.map((record) => [record.externalId, record.messages.length])).toEqual([["good", 1]]);
    expect(page.rejected.map((record) => [record.kind, record.errorCode, record.externalId])).toEqual([
      ["conversation", "ozon.chat_shape", undefined],
      ["conversation", "remote.not-found", "gone"],
      ["message", "ozon.message_shape", "9"],
    ]);
    expect(page.received).toBe(4);
  });

  it.each([
    [{ status: 500, json: { code: 13, message: "Internal error" } }, "unavailable"],
    [{ status: 403, json: { code: 7, message: "Api-Key is missing a required role for a method" } }, "forbidden"],
    [{ status: 400, json: { code: 9, message: "obsolete method cannot be used" } }, "invalid"],
    [{ text: '{"messages":[' }, "malformed"],
  ] as readonly [ScriptedAnswer, string][])("loses the whole page rather than a chat when history fails with %j", async (failure, kind) => {
    const { context } = contextWith((request) =>
      request.path === "/v3/chat/list"
        ? { json: { chats: [chat("a", "7"), chat("b", "8")] } }
        : chatOf(request) === "b"
          ? failure
          : { json: { messages: [message("7")] } },
    );
    await expect(pullChats(context, nobody)).rejects.toMatchObject({ kind });
  });

  it("hands a closed chat over although nothing was written in it", async () => {
    const { context } = contextWith(() => ({ json: { chats: [chat("a", "7", { chat_status: "CLOSED" }), chat("b", "8")] } }));
    const page = await pullChats(context, {
      stream: "chats",
      knownHeads: async () =>
        new Map([
          ["a", "7"],
          ["b", "8"],
        ]),
      knownClosed: async () => new Set<string>(),
    });
    expect(page.records).toMatchObject([{ externalId: "a", remoteStatus: "closed", messages: [], lastMessageId: "7" }]);
    expect(page.received).toBe(1);
  });
});

describe("long lists and long chats", () => {
  it("ends a page when it holds enough and carries the waiting chats in the cursor, through JSON, without listing again", async () => {
    const heads = Array.from({ length: 20 }, (_, index) => chat(`c${index}`, String(3_000 + index)));
    const { http, context } = contextWith((request) =>
      request.path === "/v3/chat/list"
        ? { json: { chats: heads, has_next: "false" } }
        : { json: { messages: Array.from({ length: 600 }, (_, index) => message(`${1_000_000 + index}`)) } },
    );
    const seen: string[] = [];
    let cursor: Cursor | undefined;
    let pages = 0;
    do {
      const page = await pullChats(context, { cursor, ...nobody });
      seen.push(...page.records.map((record) => record.externalId));
      expect(page.received).toBeLessThanOrEqual(6 * 600);
      expect(page.checkpoint === undefined).toBe(page.next !== undefined);
      cursor = page.next === undefined ? undefined : (JSON.parse(JSON.stringify(page.next)) as Cursor);
      pages += 1;
    } while (cursor !== undefined);
    expect(pages).toBeGreaterThan(3);
    expect(seen).toEqual(heads.map((head) => head.chat.chat_id));
    expect(http.seen.filter((request) => request.path === "/v3/chat/list")).toHaveLength(1);
  });

  it("stops when the list names the same cursor again", async () => {
    const { http, context } = contextWith(() => ({ json: { chats: [], cursor: "same", has_next: true } }));
    const first = await pullChats(context, nobody);
    const second = await pullChats(context, { cursor: first.next, ...nobody });
    expect(second.next).toBeUndefined();
    expect(http.seen).toHaveLength(2);
  });

  it("stops when history does not move on", async () => {
    const { http, context } = contextWith(({ path }) =>
      path === "/v3/chat/list" ? { json: { chats: [chat("a", "8")] } } : { json: { has_next: true, messages: [message("8")] } },
    );
    await pullChats(context, nobody);
    await pullChats(context, { stream: "chats", knownHeads: async () => new Map([["a", "7"]]) });
    expect(http.seen.length).toBeLessThan(8);
  });

  it("refuses a cursor that is not its own", async () => {
    const { context } = contextWith(() => ({ json: {} }));
    await expect(pullChats(context, { cursor: { mode: "sideways" }, ...nobody })).rejects.toMatchObject({ code: "remote.cursor", retryable: false });
  });
});
