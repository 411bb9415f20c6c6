import { describe, expect, it } from "vitest";
import { parseRef, toAnswers, toComment, toQuestion, toReview } from "./mapper-feedback";
import { answerSchema, commentSchema, feedbackSchema, questionSchema } from "./schemas";

const BASE = "https://api.partner.market.yandex.ru";
const review = (change: object = {}) =>
  feedbackSchema.parse({
    feedbackId: "9118000000000000001",
    createdAt: "2026-11-20T12:00:00+03:00",
    needReaction: true,
    identifiers: { orderId: 48, offerId: "YM-1" },
    author: "Ольга",
    description: { advantages: "Мягкий", disadvantages: "Маркий", comment: "В целом довольна" },
    media: { photos: ["https://avatars.mds.yandex.net/get-market-ugc/1/orig"], videos: null },
    statistics: { rating: 4, commentsCount: 0 },
    ...change,
  });

describe("ids of our own making", () => {
  it.each([
    ["5100007", { kind: "chat", id: "5100007" }],
    ["r:9118000000000000001", { kind: "review", id: "9118000000000000001" }],
    ["q:601", { kind: "question", id: "601" }],
    ["x:1", undefined],
    ["r:", undefined],
    ["r:1:2", undefined],
    ["5 OR 1", undefined],
  ])("%s means %j", (externalId, expected) => {
    expect(parseRef(externalId)).toEqual(expected);
  });
});

describe("a review", () => {
  it("is a conversation with its stars, product, order and pictures, its parts told under their names", () => {
    const conversation = toReview(review(), [], BASE);
    expect(conversation).toMatchObject({
      externalId: "r:9118000000000000001",
      channel: "yandex-market.review",
      rating: 4,
      sku: "YM-1",
      orderNumber: "48",
      buyerName: "Ольга",
    });
    expect(conversation.messages).toMatchObject([
      { side: "buyer", text: "Достоинства: Мягкий\nНедостатки: Маркий\nКомментарий: В целом довольна", attachments: [{ kind: "image" }] },
    ]);
  });

  it("that is only a comment, or only stars, gets no labels", () => {
    const textOf = (description: object) => toReview(review({ description }), [], BASE).messages[0]?.text;
    expect(textOf({ comment: "Хорошо" })).toBe("Хорошо");
    expect(textOf({ advantages: "Цена" })).toBe("Достоинства: Цена");
    expect(textOf({})).toBe("");
  });

  it("has comments whose version never moves, because the service tells no time of theirs", () => {
    const comment = (status: string, type: string) =>
      commentSchema.parse({ id: 5, text: "т", author: { type, name: "Имя" }, status, feedbackId: "9118000000000000001" });
    const seen = new Date("2026-11-21T12:00:00Z");
    const at = (status: string, type: string) => toComment(comment(status, type), review(), seen);
    expect(at("UNMODERATED", "BUSINESS")).toMatchObject({
      externalId: "r:9118000000000000001:5",
      side: "seller",
      sentAt: seen,
      versionAt: review().createdAt,
      moderation: "pending",
    });
    expect([at("PUBLISHED", "BUSINESS").moderation, at("BANNED", "BUSINESS").moderation]).toEqual(["passed", "failed"]);
    expect([at("PUBLISHED", "USER").side, at("PUBLISHED", "USER").moderation, at("PUBLISHED", "BRAND").side, at("PUBLISHED", "ALIEN").side]).toEqual([
      "buyer",
      undefined,
      "system",
      "system",
    ]);
  });
});

describe("a question", () => {
  const question = questionSchema.parse({
    questionIdentifiers: { id: 601, offerId: "YM-1" },
    text: "Есть гарантия?",
    createdAt: "2026-11-20T12:00:00+03:00",
    author: { type: "USER", name: "Юлия" },
  });
  const text = (id: number, change: object = {}) => ({
    id,
    text: `т${id}`,
    author: { type: "BUSINESS" },
    status: "PUBLISHED",
    createdAt: "2026-11-20T13:00:00+03:00",
    ...change,
  });

  it("has its answers and what was said about them, deleted ones left out", () => {
    const answer = answerSchema.parse({ ...text(602), comments: [text(603, { author: { type: "USER", name: "Пётр" } }), text(604, { status: "DELETED" })] });
    const gone = answerSchema.parse(text(605, { status: "DELETED" }));
    const conversation = toQuestion(question, [...toAnswers(answer, "601"), ...toAnswers(gone, "601")]);
    expect(conversation).toMatchObject({
      externalId: "q:601",
      channel: "yandex-market.question",
      sku: "YM-1",
      buyerName: "Юлия",
      lastMessageId: "q:601:602:603",
    });
    expect(conversation.messages.map(({ externalId, side, moderation }) => [externalId, side, moderation])).toEqual([
      ["q:601", "buyer", undefined],
      ["q:601:602", "seller", "passed"],
      ["q:601:602:603", "buyer", undefined],
    ]);
  });
});
