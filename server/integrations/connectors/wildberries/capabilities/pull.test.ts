import { describe, expect, it } from "vitest";
import { fixedClock } from "@/server/platform/clock";
import { memoryTokens } from "../../../contract/memory-tokens";
import type { ConnectorContext, Cursor, MessagingPullInput } from "../../../contract/ports";
import { type ScriptedAnswer, type SeenRequest, scriptedHttp } from "../../../contract/testing/scripted-http";
import { wildberriesMessaging as port } from "./messaging";

const now = new Date("2026-11-21T12:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
const bodyOf = (kind: number) => Buffer.from(JSON.stringify({ acc: kind, s: 0 })).toString("base64url");
const PERSONAL = `a.${bodyOf(3)}.c`;

function contextWith(answer: (request: SeenRequest) => ScriptedAnswer, token = PERSONAL) {
  const http = scriptedHttp(answer);
  const context: ConnectorContext = {
    connectionId: "c",
    tokens: memoryTokens(),
    credentials: { token },
    baseUrl: "https://common-api.wildberries.ru",
    facts: {},
    http,
    clock: fixedClock(now),
  };
  return { http, context };
}

const nobody = { knownHeads: async () => new Map<string, string>() };
const queryOf = (request: SeenRequest | undefined) => Object.fromEntries(new URLSearchParams(request?.path.split("?")[1] ?? ""));

/** Every page of one run, cursors through JSON as the house keeps them. */
async function runAll(context: ConnectorContext, input: Omit<MessagingPullInput, "cursor">) {
  const pages = [];
  let cursor: Cursor | undefined;
  do {
    const page = await port.pull(context, { ...input, cursor });
    pages.push(page);
    cursor = page.next === undefined ? undefined : (JSON.parse(JSON.stringify(page.next)) as Cursor);
  } while (cursor !== undefined && pages.length < 200);
  return pages;
}

describe("the feed of chats", () => {
  const event = (chatID: string, eventID: string, addTimestamp: number, given: Record<string, unknown> = {}) => ({
    chatID,
    eventID,
    addTimestamp,
    sender: "client",
    message: { text: "т" },
    ...given,
  });
  const feed = (next: number, events: readonly unknown[]) => ({ json: { result: { next, totalEvents: events.length, events }, errors: null } });
  const list = { json: { result: [{ chatID: "1:a", replySign: "1:a:s", clientName: "Иван" }], errors: null } };

  it("begins at the beginning, goes on with next until nothing comes, and remembers its place", async () => {
    const { http, context } = contextWith(({ path }) => {
      if (path.endsWith("/chats")) return list;
      if (path.endsWith("/events")) return feed(2_000, [event("1:a", "e1", 1_000), event("1:a", "e2", 2_000)]);
      return path.endsWith("next=2000") ? feed(3_000, [event("1:b", "e3", 3_000, { isNewChat: true, replySign: "1:b:s" })]) : feed(3_000, []);
    });
    const pages = await runAll(context, { stream: "chats", ...nobody });
    expect(http.seen.map((request) => request.path.replace("/api/v1/seller/", ""))).toEqual(["events", "chats", "events?next=2000", "events?next=3000"]);
    expect(pages.map((page) => page.received)).toEqual([2, 1, 0]);
    expect(pages[0]?.records[0]).toMatchObject({ remoteContext: { replySign: "1:a:s" }, buyerName: "Иван" });
    expect(pages.at(-1)?.checkpoint).toEqual({ next: "3000", listedAt: now.toISOString(), readAt: now.toISOString() });
  });

  it("reads again from ten seconds before, drops what it holds and stops where nothing is behind", async () => {
    const { http, context } = contextWith(() => feed(1_700_000_060_000, [event("1:a", "e1", 1_700_000_055_000), event("1:a", "e2", 1_700_000_060_000)]));
    const checkpoint = { next: "1700000060000", listedAt: minutesAgo(1) };
    const [page] = await runAll(context, { stream: "chats", checkpoint, knownHeads: async () => new Map([["1:a", "e2"]]) });
    expect(page).toMatchObject({ records: [], received: 0, checkpoint: { next: "1700000060000" } });
    expect(http.seen.map((request) => queryOf(request))).toEqual([{ next: "1700000050000" }]);
  });

  it("asks what is held only where it reads again: not in a first load, and not behind the place it was left at", async () => {
    const at = 1_700_000_000_000;
    const answer = ({ path }: SeenRequest) => {
      const next = Number(new URLSearchParams(path.split("?")[1] ?? "").get("next") ?? at - 10_000);
      if (path.endsWith("/chats")) return list;
      return next < at + 20_000 ? feed(next + 4_000, [event("1:a", `e${next}`, next + 4_000, { replySign: "s" })]) : feed(next, []);
    };
    const asked = async (checkpoint: Cursor | undefined) => {
      let times = 0;
      const heads = async () => {
        times += 1;
        return new Map<string, string>();
      };
      const pages = await runAll(contextWith(answer).context, { stream: "chats", ...(checkpoint === undefined ? {} : { checkpoint }), knownHeads: heads });
      return { times, messages: pages.reduce((sum, page) => sum + page.received, 0) };
    };
    expect(await asked(undefined)).toEqual({ times: 0, messages: 8 });
    // Of the eight pages those from ten, six and two seconds before.
    expect(await asked({ next: String(at), listedAt: minutesAgo(1) })).toEqual({ times: 3, messages: 8 });
  });

  it("asks for the list at once when a new chat brings no signature, and not for one it knows", async () => {
    const answer = ({ path }: SeenRequest) =>
      path.endsWith("/chats")
        ? list
        : path.includes("next=1699999990000")
          ? feed(1_700_000_001_000, [event("1:a", "e9", 1_700_000_001_000)])
          : feed(1_700_000_001_000, []);
    const checkpoint = { next: "1700000000000", listedAt: minutesAgo(1) };
    const asked = async (heads: ReadonlyMap<string, string>) => {
      const { http, context } = contextWith(answer);
      await runAll(context, { stream: "chats", checkpoint, knownHeads: async () => heads });
      return http.seen.filter((request) => request.path.endsWith("/chats")).length;
    };
    expect([await asked(new Map()), await asked(new Map([["1:a", "e1"]]))]).toEqual([1, 0]);
  });

  it("renews names and signatures every ten minutes while something is new", async () => {
    const { http, context } = contextWith(({ path }) =>
      path.endsWith("/chats")
        ? list
        : path.includes("1699999990000")
          ? feed(1_700_000_001_000, [event("1:a", "e9", 1_700_000_001_000)])
          : feed(1_700_000_001_000, []),
    );
    const checkpoint = { next: "1700000000000", listedAt: minutesAgo(11) };
    const [page] = await runAll(context, { stream: "chats", checkpoint, knownHeads: async () => new Map([["1:a", "e1"]]) });
    expect(page?.records[0]?.remoteContext).toEqual({ replySign: "1:a:s" });
    expect(http.seen.filter((request) => request.path.endsWith("/chats"))).toHaveLength(1);
  });

  it("sets odd events aside whole and counts them", async () => {
    const { context } = contextWith(({ path }) =>
      path.endsWith("/chats") ? list : path.includes("next") ? feed(5_000, []) : feed(5_000, [{ eventID: "odd", chatID: 5 }, event("1:a", "e1", 5_000)]),
    );
    const [page] = await runAll(context, { stream: "chats", ...nobody });
    expect(page?.received).toBe(2);
    expect(page?.rejected).toMatchObject([{ kind: "message", externalId: "odd", errorCode: "wildberries.event_shape" }]);
  });

  it("takes a window somebody chose from its beginning and leaves older events out", async () => {
    const from = new Date(1_700_000_000_000);
    const { http, context } = contextWith(({ path }) =>
      path.endsWith("/chats")
        ? list
        : path.includes("next=1700000000000")
          ? feed(1_700_000_009_000, [event("1:a", "old", 1_699_999_999_000), event("1:a", "new", 1_700_000_009_000)])
          : feed(1_700_000_009_000, []),
    );
    const pages = await runAll(context, {
      stream: "chats",
      window: { from, to: now },
      checkpoint: { next: "1800000000000" },
      knownHeads: async () => new Map([["1:a", "new"]]),
    });
    expect(pages[0]?.records[0]?.messages.map((message) => message.externalId)).toEqual(["new"]);
    expect(queryOf(http.seen[0])).toEqual({ next: "1700000000000" });
  });

  it("asks a base token's single hourly call for one page, with a warning, and nothing before the hour is over", async () => {
    const { http, context } = contextWith(() => feed(2_000, [event("1:a", "e1", 1_000)]), `a.${bodyOf(1)}.c`);
    const first = await port.pull(context, { stream: "chats", ...nobody });
    expect(first).toMatchObject({ received: 1, warnings: [{ code: "wildberries.base_token" }], checkpoint: { next: "2000" } });
    expect(await port.pull(context, { stream: "chats", checkpoint: first.checkpoint, ...nobody })).toMatchObject({ received: 0 });
    await port.pull(context, { stream: "chats", checkpoint: { ...first.checkpoint, readAt: minutesAgo(61) }, ...nobody });
    expect(http.seen.map((request) => queryOf(request))).toEqual([{}, { next: "2000" }]);
  });
});

describe("sweeps over questions and reviews", () => {
  const empty = { json: { data: { questions: [], feedbacks: [] }, error: false } };
  const memory = { pending: {}, edited: [] };
  const phases = (seen: readonly SeenRequest[]) =>
    seen.map((request) => `${request.path.split("?")[0]?.split("/").at(-1)} ${queryOf(request)["isAnswered"] ?? "-"}`);

  it.each([
    ["nothing known", undefined, 2],
    ["all fresh", { readAt: minutesAgo(1), fullAt: minutesAgo(29), deepAt: minutesAgo(60), memory }, 1],
    ["the full sweep is due", { readAt: minutesAgo(1), fullAt: minutesAgo(30), deepAt: minutesAgo(60), memory }, 2],
    ["a clock set back", { readAt: minutesAgo(1), fullAt: minutesAgo(-60), deepAt: minutesAgo(60), memory }, 2],
    ["a checkpoint of another make", { something: 1 }, 2],
  ] as readonly [string, Cursor | undefined, number][])("%s", async (_, checkpoint, calls) => {
    const { http, context } = contextWith(() => empty);
    await runAll(context, { stream: "questions", checkpoint, ...nobody });
    await runAll(context, { stream: "reviews", checkpoint, ...nobody });
    expect(phases(http.seen)).toEqual(
      calls === 1 ? ["questions false", "feedbacks false"] : ["questions false", "questions true", "feedbacks false", "archive -"],
    );
  });

  it("reads answered questions of the last 62 days in a full sweep, all of them once a day", async () => {
    const fromOf = async (deepAt: string) => {
      const { http, context } = contextWith(() => empty);
      const pages = await runAll(context, { stream: "questions", checkpoint: { readAt: minutesAgo(1), fullAt: minutesAgo(31), deepAt, memory }, ...nobody });
      expect(pages.at(-1)?.checkpoint).toMatchObject({ fullAt: now.toISOString() });
      return queryOf(http.seen[1])["dateFrom"];
    };
    expect(await fromOf(minutesAgo(60))).toBe(String(Math.floor(now.getTime() / 1_000) - 62 * 86_400));
    expect(await fromOf(minutesAgo(24 * 60))).toBeUndefined();
  });

  it("goes on by date where the service lets nobody skip further, and loses and repeats nothing", async () => {
    const all = Array.from({ length: 10_700 }, (_, index) => ({
      id: `Q${index}`,
      text: "?",
      createdDate: new Date(1_700_000_000_000 + index * 1_000).toISOString(),
      state: "wbRu",
    }));
    const { http, context } = contextWith((request) => {
      const { isAnswered, take, skip, dateFrom } = queryOf(request);
      expect(Number(take) + Number(skip)).toBeLessThanOrEqual(10_000);
      const from = dateFrom === undefined ? 0 : Number(dateFrom) * 1_000;
      const fitting = isAnswered === "true" ? [] : all.filter((question) => Date.parse(question.createdDate) >= from);
      return { json: { data: { questions: fitting.slice(Number(skip), Number(skip) + Number(take)) }, error: false } };
    });
    const heads = new Map<string, string>();
    let received = 0;
    let cursor: Cursor | undefined;
    do {
      const page = await port.pull(context, { stream: "questions", cursor, knownHeads: async () => heads });
      for (const record of page.records) heads.set(record.externalId, record.lastMessageId ?? "");
      received += page.received;
      cursor = page.next;
    } while (cursor !== undefined);
    expect([heads.size, received]).toEqual([all.length, all.length]);
    expect(http.seen.some((request) => queryOf(request)["dateFrom"] !== undefined)).toBe(true);
  });

  it("keeps what was settled before the first run's window out for good, but not what still waits", async () => {
    const old = new Date(now.getTime() - 40 * 86_400_000).toISOString();
    const question = (id: string, state: string) => ({
      id,
      text: "?",
      createdDate: old,
      state,
      ...(state === "wbRu" ? { answer: { text: "да", editable: true, createDate: old } } : {}),
    });
    const { context } = contextWith((request) => {
      const questions = queryOf(request)["isAnswered"] === "true" ? [question("settled", "wbRu")] : [question("waiting", "suppliersPortalSynch")];
      return { json: { data: { questions }, error: false } };
    });
    const window = { from: new Date(now.getTime() - 30 * 86_400_000), to: now };
    const first = await runAll(context, { stream: "questions", window, ...nobody });
    expect(first.flatMap((page) => page.records.map((record) => record.externalId))).toEqual(["q:waiting"]);
    const checkpoint = { ...first.at(-1)?.checkpoint, deepAt: minutesAgo(25 * 60) };
    const later = await runAll(context, { stream: "questions", checkpoint, knownHeads: async () => new Map([["q:waiting", "q:waiting"]]) });
    expect(later.flatMap((page) => page.records)).toEqual([]);
  });

  it("leaves the archive where it is older than the sweep looks", async () => {
    const page = (from: number) =>
      Array.from({ length: 500 }, (_, index) => ({
        id: `R${from + index}`,
        text: "x",
        productValuation: 5,
        createdDate: new Date(now.getTime() - (from + index) * 3_600_000).toISOString(),
      }));
    const { http, context } = contextWith((request) =>
      request.path.includes("/archive") ? { json: { data: { feedbacks: page(Number(queryOf(request)["skip"])) }, error: false } } : empty,
    );
    await runAll(context, { stream: "reviews", checkpoint: { readAt: minutesAgo(1), fullAt: minutesAgo(31), deepAt: minutesAgo(60), memory }, ...nobody });
    // 62 days are 1488 hours: three pages have something young, the fourth has not.
    expect(http.seen.filter((request) => request.path.includes("/archive"))).toHaveLength(4);
  });

  it("sets odd ones aside, refuses error envelopes and foreign cursors", async () => {
    const { context } = contextWith(() => ({ json: { data: { feedbacks: [{ id: "R1" }] }, error: false } }));
    const page = await port.pull(context, { stream: "reviews", ...nobody });
    expect(page).toMatchObject({ received: 1, rejected: [{ kind: "conversation", externalId: "r:R1", errorCode: "wildberries.review_shape" }] });
    const refused = contextWith(() => ({ json: { data: null, error: true, errorText: "Что-то пошло не так" } }));
    await expect(port.pull(refused.context, { stream: "questions", ...nobody })).rejects.toMatchObject({ kind: "invalid", remoteText: "Что-то пошло не так" });
    await expect(port.pull(context, { stream: "reviews", cursor: { phase: "sideways" }, ...nobody })).rejects.toMatchObject({
      code: "remote.cursor",
      retryable: false,
    });
    await expect(port.pull(context, { stream: "chats", cursor: { next: "soon" }, ...nobody })).rejects.toMatchObject({
      code: "remote.cursor",
      retryable: false,
    });
  });

  it("asks a base token nothing but what waits for an answer, every half hour at most", async () => {
    const { http, context } = contextWith(() => empty, `a.${bodyOf(1)}.c`);
    const page = await port.pull(context, { stream: "reviews", ...nobody });
    expect(page.next).toBeUndefined();
    await port.pull(context, { stream: "reviews", checkpoint: page.checkpoint, ...nobody });
    expect(phases(http.seen)).toEqual(["feedbacks false"]);
  });
});
