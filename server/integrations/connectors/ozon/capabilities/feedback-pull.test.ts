import { describe, expect, it } from "vitest";
import { memoryTokens } from "../../../contract/memory-tokens";
import type { Cursor, MessagingPullInput } from "../../../contract/ports";
import { type ScriptedAnswer, type SeenRequest, scriptedHttp } from "../../../contract/testing/scripted-http";
import { ozonMessaging } from "./messaging";

const NOW = new Date("2026-11-21T12:00:00Z");
const contextWith = (answer: (request: SeenRequest) => ScriptedAnswer, facts: Readonly<Record<string, unknown>> = {}) => {
  const http = scriptedHttp(answer);
  const credentials = { clientId: "1", apiKey: "k" };
  return {
    http,
    context: { connectionId: "c", credentials, baseUrl: "https://api-seller.ozon.ru", facts, http, clock: { now: () => NOW }, tokens: memoryTokens() },
  };
};
const question = (id: string, extra: Record<string, unknown> = {}) => ({
  id,
  sku: 7,
  text: "?",
  published_at: "2026-11-20T00:00:00Z",
  status: "NEW",
  answers_count: 0,
  ...extra,
});
const review = (id: string, extra: Record<string, unknown> = {}) => ({ ...question(id, extra), rating: 5 });
const input = (stream: "questions" | "reviews", extra: Partial<MessagingPullInput> = {}): MessagingPullInput => ({
  stream,
  knownHeads: async () => new Map(),
  ...extra,
});
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000).toISOString();
const minutesAgo = (minutes: number, deep = minutes, pending: readonly string[] = []) => ({ fullSweepAt: ago(minutes), deepSweepAt: ago(deep), pending });
const holding = (heads: Readonly<Record<string, string>>, closed: readonly string[] = []) => ({
  knownHeads: async () => new Map(Object.entries(heads)),
  knownClosed: async () => new Set(closed),
});
const asked = (request: SeenRequest | undefined) => {
  const body = request?.body as { filter?: Record<string, unknown>; filters?: Record<string, unknown>; last_id?: string };
  return body.filter ?? body.filters ?? {};
};

describe("which sweep a run makes", () => {
  it.each([
    ["the first reads everything", {}, { status: "ALL" }],
    ["a fresh one asks for what nobody has seen", { checkpoint: minutesAgo(3) }, { status: "NEW" }],
    ["a quarter of an hour later the last weeks", { checkpoint: minutesAgo(16) }, { status: "ALL", date_from: "2026-10-22T12:00:00.000Z" }],
    ["a checkpoint of the future is overdue", { checkpoint: minutesAgo(-5) }, { status: "ALL", date_from: "2026-10-22T12:00:00.000Z" }],
    ["a checkpoint of another shape is none", { checkpoint: { fullSweepAt: "yesterday" } }, { status: "ALL" }],
    [
      "a chosen window is read whole",
      { checkpoint: minutesAgo(3), window: { from: new Date("2026-11-01T00:00:00Z"), to: NOW } },
      { status: "ALL", date_from: "2026-11-01T00:00:00.000Z", date_to: "2026-11-21T12:00:00.000Z" },
    ],
  ])("%s", async (_, extra, filter) => {
    const { http, context } = contextWith(() => ({ json: { questions: [] } }));
    await ozonMessaging.pull(context, input("questions", extra));
    expect(http.seen).toHaveLength(1);
    expect(asked(http.seen[0])).toEqual(filter);
  });

  it("only a finished sweep moves its clock", async () => {
    const { context } = contextWith(() => ({ json: { questions: [] } }));
    const checkpointOf = async (extra: Partial<MessagingPullInput>) => (await ozonMessaging.pull(context, input("questions", extra))).checkpoint;
    expect(await checkpointOf({ checkpoint: minutesAgo(3, 100) })).toEqual(minutesAgo(3, 100));
    expect(await checkpointOf({ checkpoint: minutesAgo(16, 100) })).toEqual(minutesAgo(0, 100));
    expect(await checkpointOf({ checkpoint: minutesAgo(16, 361) })).toEqual(minutesAgo(0));
    expect(await checkpointOf({})).toEqual(minutesAgo(0));
    const { context: more } = contextWith(() => ({ json: { questions: [question("q1")], last_id: "q1", has_next: true } }));
    const page = await ozonMessaging.pull(more, input("questions"));
    expect([page.checkpoint, page.next]).toEqual([undefined, expect.objectContaining({ lastId: "q1", mode: "deep" })]);
  });
});

describe("what is asked again", () => {
  const CHECKPOINT = minutesAgo(16, 100, ["q:pending"]);
  const list = [
    question("new"),
    question("same"),
    question("answered-now", { answers_count: 1, status: "PROCESSED" }),
    question("answered-before", { answers_count: 1, status: "PROCESSED" }),
    question("put-away-now", { status: "PROCESSED" }),
    question("put-away-before", { status: "PROCESSED" }),
    question("pending", { answers_count: 1, status: "PROCESSED" }),
  ];
  const held = holding(
    {
      "q:same": "same",
      "q:answered-now": "answered-now",
      "q:answered-before": "a1",
      "q:put-away-now": "put-away-now",
      "q:put-away-before": "put-away-before",
      "q:pending": "a2",
    },
    ["q:put-away-before"],
  );
  const pull = async (checkpoint: Cursor) => {
    const answer = { id: "a", text: "да", published_at: "2026-11-20T01:00:00Z", status_publication: "AWAITING_MODERATION" };
    const { context } = contextWith(({ path }) => ({ json: path === "/v1/question/list" ? { questions: list } : { answers: [answer] } }));
    const page = await ozonMessaging.pull(context, input("questions", { checkpoint, ...held }));
    return { ids: page.records.map((record) => record.externalId.slice(2)), pending: page.checkpoint?.["pending"] };
  };

  it("in a full sweep: what the list shows to be other than we hold it, and what the moderators had", async () => {
    const { ids, pending } = await pull(CHECKPOINT);
    expect(ids).toEqual(["new", "answered-now", "put-away-now", "pending"]);
    expect(pending).toEqual(["q:answered-now", "q:put-away-now", "q:pending"]);
  });

  it("in a deep sweep: everything", async () => {
    expect((await pull(minutesAgo(16, 400))).ids).toHaveLength(list.length);
  });

  it("remembers a review whose moderators keep a comment back, also where others are shown", async () => {
    const shown = { id: "c1", text: "Спасибо", published_at: "2026-11-20T01:00:00Z", is_owner: false, is_published: true };
    const { context } = contextWith(({ path }) => ({
      json: path === "/v2/review/list" ? { reviews: [review("two", { comments_amount: 2 }), review("one", { comments_amount: 1 })] } : { comments: [shown] },
    }));
    expect((await ozonMessaging.pull(context, input("reviews"))).checkpoint).toMatchObject({ pending: ["r:two"] });
  });

  it("a quick sweep forgets nobody the moderators have", async () => {
    const { context } = contextWith(() => ({ json: { questions: [] } }));
    const page = await ozonMessaging.pull(context, input("questions", { checkpoint: minutesAgo(3, 100, ["q:pending"]) }));
    expect(page.checkpoint).toEqual(minutesAgo(3, 100, ["q:pending"]));
  });
});

describe("one page", () => {
  it("asks nothing about entries that are as we hold them: a quiet minute is one call", async () => {
    const { http, context } = contextWith(() => ({ json: { questions: [question("q1"), question("q2")] } }));
    const page = await ozonMessaging.pull(context, input("questions", { checkpoint: minutesAgo(3), ...holding({ "q:q1": "q1", "q:q2": "q2" }) }));
    expect([page.received, page.records.length, http.seen.length]).toEqual([0, 0, 1]);
  });

  it("sets an odd entry and one that is gone aside, and counts both", async () => {
    const { context } = contextWith(({ path }) =>
      path === "/v2/review/list"
        ? { json: { reviews: [review("r1"), { id: "r2", rating: "?" }, review("r3", { comments_amount: 1 })] } }
        : { status: 404, json: { code: 5, message: "review not found" } },
    );
    const page = await ozonMessaging.pull(context, input("reviews"));
    expect(page.records.map((record) => record.externalId)).toEqual(["r:r1"]);
    expect(page.rejected).toEqual([
      expect.objectContaining({ kind: "conversation", externalId: "r2", errorCode: "ozon.review_shape" }),
      expect.objectContaining({ kind: "conversation", externalId: "r:r3" }),
    ]);
    expect(page.received).toBe(3);
  });

  it("fails as a whole when an answer list fails for another reason, so that nothing is taken for read", async () => {
    const { context } = contextWith(({ path }) =>
      path === "/v1/question/list"
        ? { json: { questions: [question("q1", { answers_count: 1 })] } }
        : { status: 500, json: { code: 13, message: "Internal error" } },
    );
    await expect(ozonMessaging.pull(context, input("questions"))).rejects.toMatchObject({ kind: "unavailable" });
  });

  it.each([
    ["an unchanged last_id", { last_id: "same", has_next: true }],
    ["no last_id", { has_next: true }],
    ["has_next false", { last_id: "other", has_next: false }],
    ["has_next printed as text", { last_id: "other", has_next: "false" }],
  ])("ends at %s", async (_, tail) => {
    const cursor: Cursor = { mode: "full", startedAt: NOW.toISOString(), lastId: "same", pending: [], done: 0 };
    const { context } = contextWith(() => ({ json: { questions: [question("q1")], ...tail } }));
    expect((await ozonMessaging.pull(context, input("questions", { cursor }))).next).toBeUndefined();
  });

  it("refuses a cursor of another shape", async () => {
    const { context } = contextWith(() => ({ json: {} }));
    await expect(ozonMessaging.pull(context, input("reviews", { cursor: { mode: "sideways" } }))).rejects.toMatchObject({
      kind: "invalid",
      code: "remote.cursor",
    });
  });

  it("looks for a rejected comment of an entry the house holds, not on a first reading", async () => {
    const put = review("r1", { status: "PROCESSED" });
    const script = () => contextWith(({ path }) => ({ json: path === "/v2/review/list" ? { reviews: [put] } : { comments: [] } }));
    const [first, later] = [script(), script()];
    await ozonMessaging.pull(first.context, input("reviews"));
    await ozonMessaging.pull(later.context, input("reviews", holding({ "r:r1": "r1" })));
    expect([first.http.seen.length, later.http.seen.length]).toEqual([1, 2]);
  });
});

describe("answers over several pages", () => {
  it("are read to the end, and a page that repeats itself ends it", async () => {
    const answer = (id: string) => ({ id, text: "да", published_at: "2026-11-20T00:00:00Z" });
    const { http, context } = contextWith(({ path, body }) => {
      if (path === "/v1/question/info") return { json: question("q1", { answers_count: 3 }) };
      const from = (body as { last_id: string }).last_id;
      return { json: from === "" ? { answers: [answer("a1"), answer("a2")], last_id: "a2" } : { answers: [answer("a3")], last_id: "a2" } };
    });
    const { messages } = await ozonMessaging.readConversation(context, { externalId: "q:q1" });
    expect(messages.map((message) => message.externalId)).toEqual(["q1", "a1", "a2", "a3"]);
    expect(http.seen).toHaveLength(3);
  });
});

describe("a key that is known not to be allowed", () => {
  it.each([
    ["reviews", { unsubscribed: ["reviews"] }, { code: "ozon.reviews_subscription" }],
    ["questions", { unsubscribed: ["questions"] }, { code: "ozon.questions_subscription" }],
    ["questions", { methods: ["/v2/review/list"] }, { code: "ozon.role_missing", params: { permission: "/v1/question/list" } }],
  ] as const)("%s with %j costs no call and says why", async (stream, facts, warning) => {
    const { http, context } = contextWith(() => ({ json: {} }), facts);
    expect(await ozonMessaging.pull(context, input(stream))).toEqual({ records: [], rejected: [], received: 0, warnings: [warning] });
    expect(http.seen).toEqual([]);
  });

  it("is refused as an error where that is not known", async () => {
    const { context } = contextWith(() => ({ status: 403, json: { code: 7, message: "not available with existing subscription" } }));
    await expect(ozonMessaging.pull(context, input("reviews"))).rejects.toMatchObject({ kind: "subscription", code: "ozon.reviews_subscription" });
    await expect(ozonMessaging.pull(context, input("questions"))).rejects.toMatchObject({ kind: "subscription", code: "ozon.questions_subscription" });
  });
});

describe("a photo the image host does not give", () => {
  it.each([
    [403, "not-found"],
    [401, "not-found"],
    [404, "not-found"],
    [429, "rate-limited"],
    [503, "unavailable"],
  ])("%i is %s and never a bad key", async (status, kind) => {
    const { http, context } = contextWith(() => ({ status, text: "<html></html>" }));
    const fetching = ozonMessaging.fetchAttachment?.(context, "https://cdn1.ozone.ru/s3/rp-photo-1/a.jpg");
    await expect(fetching).rejects.toMatchObject({ kind, code: `remote.${kind}` });
    expect(http.seen[0]?.request).toMatchObject({ host: "cdn1", method: "GET" });
    expect(http.seen[0]?.request.headers ?? {}).toEqual({});
  });
});
