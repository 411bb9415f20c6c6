import { describe, expect, it } from "vitest";
import { fixedClock } from "@/server/platform/clock";
import { memoryTokens } from "../../../contract/memory-tokens";
import type { ConnectorContext, Cursor, MessagingPullInput } from "../../../contract/ports";
import { type ScriptedAnswer, type SeenRequest, scriptedHttp } from "../../../contract/testing/scripted-http";
import { pullChats } from "./pull-chats";

const now = new Date("2026-11-21T12:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
const chat = (chatId: number, updatedAt: string, change: object = {}) => ({
  chatId,
  context: { type: "DIRECT" },
  type: "CHAT",
  status: "NEW",
  createdAt: updatedAt,
  updatedAt,
  ...change,
});
const message = (messageId: number) => ({ messageId, createdAt: minutesAgo(5), sender: "CUSTOMER", message: `т${messageId}` });

function run(input: Partial<MessagingPullInput>, answer: (request: SeenRequest) => ScriptedAnswer) {
  const http = scriptedHttp(answer);
  const context: ConnectorContext = {
    connectionId: "c",
    tokens: memoryTokens(),
    credentials: { apiKey: "k", businessId: "7" },
    baseUrl: "https://api.partner.market.yandex.ru",
    facts: { scopes: ["COMMUNICATION"] },
    http,
    clock: fixedClock(now),
  };
  return pullChats(context, { stream: "chats", knownHeads: async () => new Map(), ...input }).then((page) => ({ page, seen: http.seen }));
}

const lists = (...chats: unknown[]) => ({ json: { status: "OK", result: { chats, paging: {} } } });
const nothing = () => lists();

describe("which sweep a run makes", () => {
  it.each([
    ["nothing known", undefined, false],
    ["a full sweep 14 minutes ago", { fullSweepAt: minutesAgo(14) }, true],
    ["a full sweep 15 minutes ago", { fullSweepAt: minutesAgo(15) }, false],
    ["a full sweep of 100 000 chats an hour ago", { fullSweepAt: minutesAgo(60), chats: 100_000 }, true],
    ["a full sweep of 100 000 chats three hours ago", { fullSweepAt: minutesAgo(180), chats: 100_000 }, false],
    ["a full sweep in the future (the clock was set back)", { fullSweepAt: minutesAgo(-60) }, false],
    ["a checkpoint of another make", { something: 1 }, false],
  ] as readonly [string, Cursor | undefined, boolean][])("%s", async (_, checkpoint, isQuick) => {
    const { page, seen } = await run({ checkpoint }, nothing);
    const statuses = ["NEW", "WAITING_FOR_PARTNER", "WAITING_FOR_ARBITER", "WAITING_FOR_MARKET"];
    expect(seen.map((request) => request.body)).toEqual([isQuick ? { statuses } : {}]);
    expect(page.checkpoint).toEqual(isQuick ? checkpoint : { fullSweepAt: now.toISOString(), chats: 0 });
  });

  it("a window somebody chose is read in full, whatever was read before, and leaves older chats alone", async () => {
    const window = { from: new Date(minutesAgo(60)), to: now };
    const checkpoint = { fullSweepAt: minutesAgo(1), quickBefore: minutesAgo(1) };
    const { page, seen } = await run({ checkpoint, window }, ({ request }) =>
      request.group === "chats" ? lists(chat(1, minutesAgo(30)), chat(2, minutesAgo(90))) : { json: { result: { messages: [message(11)] } } },
    );
    expect(seen.map(({ request }) => request.group)).toEqual(["chats", "history"]);
    expect(page.records.map((record) => record.externalId)).toEqual(["1"]);
  });
});

describe("one page", () => {
  it("passes over chats unchanged since the moment it goes by, and asks the others from the message we hold", async () => {
    const { page, seen } = await run(
      { checkpoint: { fullSweepAt: minutesAgo(2), quickBefore: minutesAgo(10), newest: minutesAgo(3) }, knownHeads: async () => new Map([["2", "20"]]) },
      ({ request }) =>
        request.group === "chats" ? lists(chat(1, minutesAgo(11)), chat(2, minutesAgo(9))) : { json: { result: { messages: [message(20), message(21)] } } },
    );
    expect(seen.map((request) => [request.request.group, request.body])).toEqual([
      ["chats", expect.anything()],
      ["history", { messageIdFrom: 20 }],
    ]);
    expect(page.records.map((record) => [record.externalId, record.messages.map((entry) => entry.externalId)])).toEqual([["2", ["21"]]]);
    expect(page.checkpoint).toEqual({ fullSweepAt: minutesAgo(2), quickBefore: minutesAgo(3), newest: minutesAgo(3) });
  });

  it("goes by nothing later than what was seen before it began, or on its first page", async () => {
    const first = await run({ checkpoint: undefined }, ({ request }) =>
      request.group === "chats"
        ? { json: { result: { chats: [chat(1, minutesAgo(40))], paging: { nextPageToken: "p2" } } } }
        : { json: { result: { messages: [message(1)] } } },
    );
    expect(first.page.checkpoint).toBeUndefined();
    const second = await run({ cursor: JSON.parse(JSON.stringify(first.page.next)) as Cursor }, ({ request }) =>
      request.group === "chats" ? lists(chat(2, minutesAgo(1))) : { json: { result: { messages: [message(2)] } } },
    );
    expect(second.page.checkpoint).toEqual({
      fullSweepAt: now.toISOString(),
      chats: 2,
      fullBefore: minutesAgo(40),
      quickBefore: minutesAgo(40),
      newest: minutesAgo(1),
    });
  });

  it("sets an odd chat and an odd message aside and reads the rest", async () => {
    const { page } = await run({}, ({ request }) =>
      request.group === "chats" ? lists({ chatId: "x" }, chat(1, minutesAgo(1))) : { json: { result: { messages: [{ messageId: 5 }, message(6)] } } },
    );
    expect(page.rejected.map((record) => [record.kind, record.errorCode, record.externalId])).toEqual([
      ["conversation", "yandex-market.chat_shape", undefined],
      ["message", "yandex-market.message_shape", "5"],
    ]);
    expect([page.records[0]?.messages.length, page.received]).toEqual([1, 3]);
  });

  it("ends when it holds enough messages and goes on with the chats left over", async () => {
    const many = Array.from({ length: 1_000 }, (_, index) => message(index + 1));
    const answer = ({ request }: SeenRequest) =>
      request.group === "chats" ? lists(...[1, 2, 3, 4, 5].map((id) => chat(id, minutesAgo(id)))) : { json: { result: { messages: many } } };
    const first = await run({}, answer);
    expect(first.page.records.map((record) => record.externalId)).toEqual(["1", "2", "3"]);
    const second = await run({ cursor: JSON.parse(JSON.stringify(first.page.next)) as Cursor }, answer);
    expect(second.seen.map(({ request }) => request.group)).toEqual(["history", "history"]);
    expect([second.page.records.map((record) => record.externalId), second.page.next]).toEqual([["4", "5"], undefined]);
  });

  it("refuses a cursor that is none", async () => {
    await expect(run({ cursor: { mode: "sideways" } }, nothing)).rejects.toMatchObject({ kind: "invalid", code: "remote.cursor" });
  });
});
