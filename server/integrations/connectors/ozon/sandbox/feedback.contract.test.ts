import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openStage } from "./testing/stage";

const stage = await openStage();
const { call, control } = stage;
const codeOf = async (path: string, body: unknown) => {
  const answer = await call(path, body);
  return [answer.status, answer.json["code"]];
};
type Listed = { id: string }[];

beforeEach(() => control.reset());
afterAll(() => stage.sandbox.stop());

describe("who may ask", () => {
  it("opens questions to Premium Plus and Pro, reviews to review management and Pro", async () => {
    const tries = async () => [await codeOf("/v1/question/count", {}), await codeOf("/v2/review/count", {})];
    const [yes, no] = [
      [200, undefined],
      [403, 7],
    ];
    await control.ozon.setSubscription({ subscription: "PREMIUM_PLUS", reviewManagement: false });
    expect(await tries()).toEqual([yes, no]);
    await control.ozon.setSubscription({ subscription: "PREMIUM_PRO", reviewManagement: false });
    expect(await tries()).toEqual([yes, yes]);
    await control.ozon.setSubscription({ subscription: "PREMIUM", reviewManagement: true });
    expect(await tries()).toEqual([no, yes]);
    expect((await call("/v1/question/list", { limit: 10 })).json["message"]).toBe("not available with existing subscription");
  });

  it("asks for the role", async () => {
    await control.ozon.setRoles({ roles: ["question"] });
    expect(await codeOf("/v1/question/count", {})).toEqual([200, undefined]);
    expect((await call("/v2/review/count", {})).json["message"]).toBe("Api-Key is missing a required role for a method");
  });
});

describe("what may be asked", () => {
  it.each([
    ["/v2/review/list", {}],
    ["/v2/review/list", { limit: 19 }],
    ["/v2/review/list", { limit: 101 }],
    ["/v2/review/list", { limit: 20, filters: { status: "UNPROCESSED" } }],
    ["/v2/review/list", { limit: 20, filter: {} }],
    ["/v1/question/list", { limit: 101 }],
    ["/v1/question/list", { filter: { status: "ANSWERED" } }],
    ["/v1/question/list", { page: 2 }],
    ["/v1/review/comment/list", { limit: 20 }],
    ["/v1/review/comment/list", { limit: 10, review_id: "x" }],
    ["/v1/question/change-status", { question_ids: [], status: "VIEWED" }],
    ["/v2/review/change-status", { review_ids: ["x"], status: "ALL" }],
    ["/v1/question/answer/create", { question_id: "x", text: "ответ" }],
  ])("%s refuses %j", async (path, body) => {
    expect(await codeOf(path, body)).toEqual([400, 3]);
  });

  it("does not know foreign and invented entries", async () => {
    for (const [path, body] of [
      ["/v1/question/info", { question_id: "x" }],
      ["/v2/review/info", { review_id: "x" }],
      ["/v1/review/comment/create", { review_id: "x", text: "да" }],
      ["/v1/question/change-status", { question_ids: ["x"], status: "VIEWED" }],
    ] as const)
      expect([path, await codeOf(path, body)]).toEqual([path, [404, 5]]);
  });

  it("takes answers of 2 to 3000 characters to the question's own product", async () => {
    const { id, sku } = await control.ozon.addQuestion({ text: "?" });
    const answer = (text: string, product = Number(sku)) => codeOf("/v1/question/answer/create", { question_id: id, sku: product, text });
    expect(await answer("я")).toEqual([400, 3]);
    expect(await answer("я".repeat(3_001))).toEqual([400, 3]);
    expect(await answer("да", 1)).toEqual([400, 3]);
    expect(await answer("да")).toEqual([200, undefined]);
    expect(await answer("я".repeat(3_000))).toEqual([200, undefined]);
  });
});

describe("pages", () => {
  it("go on after last_id in both directions, without a gap", async () => {
    for (let index = 0; index < 45; index += 1) await control.ozon.addReview({ text: `Отзыв ${index}`, rating: 5 });
    const read = async (sort_dir: string) => {
      const ids: string[] = [];
      for (let last_id = "", goesOn = true; goesOn; ) {
        const page = (await call("/v2/review/list", { limit: 20, sort_dir, last_id })).json as unknown as {
          reviews: Listed;
          last_id: string;
          has_next: boolean;
        };
        ids.push(...page.reviews.map((review) => review.id));
        [last_id, goesOn] = [page.last_id, page.has_next];
      }
      return ids;
    };
    const [down, up] = [await read("DESC"), await read("ASC")];
    expect(up).toEqual([...down].reverse());
    expect(up).toEqual((await control.ozon.reviews({})).map((review) => review.id));
  });

  it("filter by status; looking and answering move it", async () => {
    const { id, sku } = await control.ozon.addQuestion({ text: "?" });
    const isListed = async (status: string) =>
      ((await call("/v1/question/list", { filter: { status }, limit: 100 })).json["questions"] as Listed).some((question) => question.id === id);
    expect([await isListed("NEW"), await isListed("UNPROCESSED"), await isListed("PROCESSED")]).toEqual([true, true, false]);
    const changed = await call("/v1/question/change-status", { question_ids: [id], status: "VIEWED" });
    expect([changed.status, changed.text]).toEqual([200, ""]);
    expect([await isListed("NEW"), await isListed("UNPROCESSED")]).toEqual([false, true]);
    await call("/v1/question/answer/create", { question_id: id, sku: Number(sku), text: "Да" });
    expect([await isListed("UNPROCESSED"), await isListed("PROCESSED")]).toEqual([false, true]);
  });
});

describe("moderation", () => {
  const commentsOf = async (id: string) => (await call("/v1/review/comment/list", { review_id: id, limit: 20 })).json["comments"] as Record<string, unknown>[];

  it("keeps comments back until it has decided, but counts them", async () => {
    const { id } = await control.ozon.addReview({ text: "Мал", rating: 2 });
    const created = await call("/v1/review/comment/create", { review_id: id, text: "Заменим", mark_review_as_processed: true });
    expect(await commentsOf(id)).toEqual([]);
    expect((await call("/v2/review/info", { review_id: id })).json).toMatchObject({ comments_amount: 1, status: "PROCESSED" });
    await control.ozon.moderate({ id, verdict: "passed" });
    expect(await commentsOf(id)).toEqual([expect.objectContaining({ id: created.json["comment_id"], is_owner: true, is_published: true, is_rejected: false })]);
    await control.ozon.moderate({ id, verdict: "failed" });
    expect(await commentsOf(id)).toEqual([expect.objectContaining({ is_published: false, is_rejected: true, deviation_reason: expect.stringMatching(/./) })]);
  });

  it("shows answers from the start with their standing, and calls an equal one a duplicate", async () => {
    const { id, sku } = await control.ozon.addQuestion({ text: "?" });
    const about = { question_id: id, sku: Number(sku) };
    const standings = async () =>
      ((await call("/v1/question/answer/list", about)).json["answers"] as { status_publication: string }[]).map((answer) => answer.status_publication);
    await call("/v1/question/answer/create", { ...about, text: "Да" });
    expect(await standings()).toEqual(["AWAITING_MODERATION"]);
    await control.ozon.moderate({ id, verdict: "passed" });
    await call("/v1/question/answer/create", { ...about, text: "Да" });
    expect(await standings()).toEqual(["PUBLISHED", "AWAITING_MODERATION"]);
  });

  it("lets an answer and a comment be deleted by their product", async () => {
    const question = await control.ozon.addQuestion({ text: "?" });
    const review = await control.ozon.addReview({ text: "!", rating: 5 });
    const answer = await call("/v1/question/answer/create", { question_id: question.id, sku: Number(question.sku), text: "Да" });
    const comment = await call("/v1/review/comment/create", { review_id: review.id, text: "Спасибо" });
    expect(await codeOf("/v1/question/answer/delete", { answer_id: answer.json["answer_id"], sku: 1 })).toEqual([404, 5]);
    await call("/v1/question/answer/delete", { answer_id: answer.json["answer_id"], sku: Number(question.sku) });
    await call("/v2/review/comment/delete", { comment_id: comment.json["comment_id"], sku: Number(review.sku) });
    const left = [...(await control.ozon.questions({})), ...(await control.ozon.reviews({}))].filter((entry) => [question.id, review.id].includes(entry.id));
    expect(left.map((entry) => entry.replies.length)).toEqual([0, 0]);
  });
});

describe("the live shop", () => {
  it("asks and reviews now and then once the API is used, and moderates by itself", async () => {
    const live = await openStage({ scenario: "demo" });
    try {
      const counted = async () => (await live.control.ozon.questions({})).length + (await live.control.ozon.reviews({})).length;
      const before = await counted();
      expect(before).toBe(48);
      await live.control.advance(60_000);
      expect(await counted()).toBe(before);
      await live.call("/v1/roles");
      await live.control.advance(30_000);
      expect(await counted()).toBe(before + 1);
      await live.control.advance(9 * 60_000);
      const grown = (await counted()) - before;
      expect(grown).toBeGreaterThanOrEqual(5);
      expect(grown).toBeLessThanOrEqual(15);
      const fresh = (await live.control.ozon.questions({})).at(-1);
      await live.call("/v1/question/answer/create", { question_id: fresh?.id, sku: Number(fresh?.sku), text: "Да, есть" });
      await live.control.advance(60_000);
      expect((await live.control.ozon.questions({})).find((entry) => entry.id === fresh?.id)?.replies.at(-1)?.standing).toBe("passed");
    } finally {
      await live.sandbox.stop();
    }
  });
});
