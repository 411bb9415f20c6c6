import { describe, expect, it } from "vitest";
import { channelOfId, entryId, hiddenComments, imageOf, isPutAway, toQuestion, toReview } from "./feedback-mapper";
import { answerSchema, commentSchema, questionListSchema, questionSchema, reviewInfoSchema, reviewListSchema, reviewSchema } from "./feedback-schemas";
import questionList from "./fixtures/question-list.json";
import reviewList from "./fixtures/review-list.json";

const BASE = "http://127.0.0.1:4020/ozon";
const AT = "2026-11-20T10:00:00Z";
const question = (extra: Record<string, unknown> = {}) =>
  questionSchema.parse({ id: "q1", sku: "9007199254740993", text: "Какой размер?", author_name: "Марина", published_at: AT, status: "NEW", ...extra });
const answer = (extra: Record<string, unknown> = {}) =>
  answerSchema.parse({ id: "a1", author_name: "Уютный дом", text: "Большой", published_at: "2026-11-20T11:00:00Z", status_publication: "PUBLISHED", ...extra });
const review = (extra: Record<string, unknown> = {}) =>
  reviewInfoSchema.parse({ id: "r1", sku: 7, text: "Хорошо", published_at: AT, rating: 4, status: "NEW", ...extra });
const comment = (extra: Record<string, unknown> = {}) =>
  commentSchema.parse({ id: "c1", text: "Спасибо", published_at: "2026-11-20T11:00:00Z", is_owner: true, is_published: true, ...extra });

describe("the documented samples", () => {
  it("a question is a conversation of its own channel", () => {
    const [raw] = questionListSchema.parse(questionList.payload).questions;
    expect(toQuestion(questionSchema.parse(raw), [])).toMatchObject({
      externalId: "q:019294ff-6888-7009-89d8-26569e4e450d",
      channel: "ozon.question",
      remoteStatus: "open",
      buyerName: "Пользователь OZON",
      sku: "646399170",
      remoteContext: { sku: "646399170" },
      messages: [{ externalId: "019294ff-6888-7009-89d8-26569e4e450d", side: "buyer", text: "Новый вопрос о товаре Света" }],
    });
  });

  it("a review carries its stars; a status nobody has heard of leaves it open", () => {
    const [raw] = reviewListSchema.parse(reviewList.payload).reviews;
    const mapped = toReview(reviewSchema.parse(raw), [], BASE);
    expect(mapped).toMatchObject({
      externalId: "r:017c0d1c-66d3-b838-3d29-cf9b95a6ac48",
      channel: "ozon.review",
      rating: 2,
      sku: "148591503",
      remoteStatus: "open",
    });
    expect(mapped.messages[0]?.sentAt).toEqual(new Date("2024-10-10T07:23:55.970Z"));
  });
});

describe("who answered a question", () => {
  it.each([
    ["Уютный дом", "seller"],
    ["Пользователь OZON", "buyer"],
    ["пользователь", "buyer"],
    ["Марина", "buyer"],
    ["Пользовательский магазин", "seller"],
    [null, "seller"],
  ])("%s is the %s", (author_name, side) => {
    expect(toQuestion(question(), [answer({ author_name })]).messages[1]).toMatchObject({ side, authorKind: side });
  });

  it.each([
    ["PUBLISHED", "passed"],
    ["AWAITING_MODERATION", "pending"],
    ["MODERATION_FAILED", "failed"],
    ["DUPLICATE", "failed"],
    ["", undefined],
    ["SOMETHING_NEW", undefined],
  ])("publication %s is moderation %s", (status_publication, moderation) => {
    expect(toQuestion(question(), [answer({ status_publication })]).messages[1]?.moderation).toBe(moderation);
  });
});

describe("what is put away", () => {
  it("is processed without an answer, and closed", () => {
    expect([isPutAway("NEW", 0), isPutAway("VIEWED", 0), isPutAway("PROCESSED", 0), isPutAway("PROCESSED", 1)]).toEqual([false, false, true, false]);
    expect(toQuestion(question({ status: "PROCESSED" }), []).remoteStatus).toBe("closed");
    expect(toReview(review({ status: "PROCESSED" }), [], BASE).remoteStatus).toBe("closed");
  });

  it("answered is not put away, whether the answer is counted or only listed", () => {
    expect(toQuestion(question({ status: "PROCESSED", answers_count: 1 }), [answer()]).remoteStatus).toBe("open");
    expect(toReview(review({ status: "PROCESSED" }), [comment({ is_rejected: true })], BASE)).toMatchObject({
      remoteStatus: "open",
      messages: [{}, { side: "seller", moderation: "failed" }],
    });
  });

  it("knows how many comments the moderators keep back", () => {
    expect([hiddenComments({ comments_amount: 2 }, [comment()]), hiddenComments({ comments_amount: 0 }, [comment()])]).toEqual([1, 0]);
  });
});

describe("what a review says", () => {
  it.each([
    [{ text: "", rating: 3 }, "★★★☆☆"],
    [{ text: "Мал", rating: 3 }, "Мал"],
    [{ text: "", rating: 0 }, ""],
    [{ text: "Мал", rating: 1, videos: [{ url: "https://v.ozone.ru/vod/1.mp4" }] }, "Мал\nhttps://v.ozone.ru/vod/1.mp4"],
  ])("%j", (extra, text) => {
    expect(toReview(review(extra), [], BASE).messages[0]?.text).toBe(text);
  });

  it("has no rating outside the stars", () => {
    expect([toReview(review({ rating: 0 }), [], BASE).rating, toReview(review({ rating: 6 }), [], BASE).rating]).toEqual([undefined, undefined]);
  });

  it("shows photos of the image host, under their own address, and leaves others as links", () => {
    const photos = [{ url: `${BASE}/cdn1/s3/rp-photo-1/a.png` }, { url: "https://elsewhere.test/b.png" }];
    const [message] = toReview(review({ photos, photos_amount: 2 }), [], BASE).messages;
    expect(message?.attachments).toEqual([{ kind: "image", url: "https://cdn1.ozone.ru/s3/rp-photo-1/a.png", name: "photo-1.png" }]);
    expect(message?.text).toBe("Хорошо\nhttps://elsewhere.test/b.png");
  });

  it("keeps buyers' and officials' comments apart from ours, oldest first", () => {
    const later = comment({ id: "c2", is_owner: false, published_at: "2026-11-20T12:00:00Z" });
    const official = comment({ id: "c3", is_owner: false, is_official: true, published_at: "2026-11-20T13:00:00Z" });
    const { messages } = toReview(review({ comments_amount: 3 }), [official, later, comment()], BASE);
    expect(messages.map((message) => [message.externalId, message.side])).toEqual([
      ["r1", "buyer"],
      ["c1", "seller"],
      ["c2", "buyer"],
      ["c3", "system"],
    ]);
  });
});

describe("addresses of images", () => {
  it.each([
    "https://cdn1.ozone.ru/s3/a.png?x=1",
    "https://cdn1.ozone.ru/s3/../a.png/..%2f",
    "https://cdn1.ozone.ru.evil.test/s3/a.png",
    "https://user@cdn1.ozone.ru/s3/a.png",
    "http://cdn1.ozone.ru/s3/a.png",
    "https://api-seller.ozon.ru/cdn1/s3/a.png",
    "http://127.0.0.1:4020/ozon/cdn12/a.png",
    "not an address",
  ])("%s is none", (url) => {
    expect(imageOf(url, BASE)).toBeUndefined();
  });

  it("gives host and path to fetch by", () => {
    expect(imageOf("https://cdn1.ozone.ru/s3/multimedia-4/6804736960.jpg", BASE)).toMatchObject({ host: "cdn1", path: "/s3/multimedia-4/6804736960.jpg" });
  });
});

it("tells the channel from the id", () => {
  expect([channelOfId("q:1"), channelOfId("r:1"), channelOfId("5e767a03-b400"), entryId("q:1"), entryId("r:r:1")]).toEqual([
    "ozon.question",
    "ozon.review",
    undefined,
    "1",
    "r:1",
  ]);
});
