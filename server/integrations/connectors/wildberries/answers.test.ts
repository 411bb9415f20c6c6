import { describe, expect, it } from "vitest";
import { questionItem, reviewItem, splitId } from "./answers";
import { judge, type Memory } from "./capabilities/answers-memory";
import question from "./fixtures/question.json";
import reviews from "./fixtures/reviews.json";
import { questionSchema, reviewSchema } from "./schemas";

const now = new Date("2026-11-21T12:00:00Z");
const DAY_MS = 86_400_000;
const nothing: Memory = { pending: {}, edited: [] };
const review = (given: Record<string, unknown> = {}) =>
  reviewSchema.parse({ id: "R", text: "Хорошо", productValuation: 4, createdDate: new Date(now.getTime() - DAY_MS).toISOString(), answer: null, ...given });
const answered = (state: string, editable = true) => review({ answer: { text: "Спасибо", state, editable } });
const messageOf = (given: ReturnType<typeof review>, at = now) => reviewItem(given, now).toConversation(at).messages.at(-1);

describe("official samples", () => {
  it("a question with its answer", () => {
    const item = questionItem(questionSchema.parse(question.payload.data));
    expect(item.toConversation(now)).toMatchObject({
      externalId: "q:TfWOp5QBfEYrrd0AMJau",
      channel: "wildberries.question",
      remoteStatus: "open",
      sku: "224747484",
      productName: "Карандаш с ластиком",
      lastMessageId: "q:TfWOp5QBfEYrrd0AMJau:answer",
      messages: [
        { externalId: "q:TfWOp5QBfEYrrd0AMJau", side: "buyer", text: "Хороший карандаш? Когда еще поставите?", sentAt: new Date("2025-01-27T11:38:21.202Z") },
        { externalId: "q:TfWOp5QBfEYrrd0AMJau:answer", side: "seller", text: "На следующей неделе", sentAt: new Date("2025-07-28T08:24:37.187Z") },
      ],
    });
  });

  it("a review with stars, parts, tags, photos, film and answer", () => {
    const item = reviewItem(reviewSchema.parse(reviews.payload.data.feedbacks[0]), now);
    const conversation = item.toConversation(now);
    expect(conversation).toMatchObject({
      externalId: "r:YX52RZEBhH9mrcYdEJuD",
      channel: "wildberries.review",
      rating: 5,
      buyerName: "Николай",
      sku: "987654321",
    });
    expect(conversation.messages[0]?.text).toBe("★★★★★\nСпасибо, всё подошло\nДостоинства: Удобный\nНедостатки: Нет\nТеги: цена\nВидео, 10 с");
    expect(conversation.messages[0]?.attachments.map((attachment) => attachment.name)).toEqual(["photo-1.webp", "photo-2.webp", "photo-3.webp"]);
    expect(conversation.messages[1]).toMatchObject({ text: "Пожалуйста. Ждём вас снова!", moderation: "passed" });
  });
});

describe("versions of an answer", () => {
  it("grow with the end of moderation and with the edit, whenever they are read", () => {
    const versions = [answered("reviewRequired"), answered("wbRu"), answered("reviewRequired", false), answered("wbRu", false)].map(
      (each) => messageOf(each)?.versionAt.getTime() ?? 0,
    );
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(new Set(versions).size).toBe(4);
    expect(messageOf(answered("wbRu"), new Date(0))?.versionAt).toEqual(messageOf(answered("wbRu"))?.versionAt);
  });

  it.each([
    ["none", "pending"],
    ["reviewRequired", "pending"],
    ["wbRu", "passed"],
    ["rejected", "failed"],
    ["of tomorrow", undefined],
  ])("state %s is moderation %s", (state, moderation) => {
    expect(messageOf(answered(state))?.moderation).toBe(moderation);
  });
});

describe("open and closed", () => {
  it.each([
    ["fresh", review(), false],
    ["answered", answered("wbRu"), false],
    ["with a refused answer", answered("rejected"), false],
    ["31 days old", review({ createdDate: new Date(now.getTime() - 31 * DAY_MS).toISOString() }), true],
    ["stars only", review({ text: "" }), true],
    ["a photo only", review({ text: "", photoLinks: [{ fullSize: "https://feedback01.wbbasket.ru/a.webp" }] }), false],
    ["drawbacks only", review({ text: "", cons: "Шумит" }), false],
  ])("a review %s", (_, each, isClosed) => {
    expect(reviewItem(each, now).isClosed).toBe(isClosed);
  });

  it.each([
    ["suppliersPortalSynch", null, false],
    ["wbRu", { text: "Да", editable: true }, false],
    ["none", { text: "Не о товаре", editable: false }, true],
  ])("a question in state %s", (state, answer, isClosed) => {
    const each = questionSchema.parse({ id: "Q", text: "?", createdDate: now.toISOString(), state, answer });
    expect(questionItem(each).isClosed).toBe(isClosed);
  });

  it("tells kinds apart by the id, and leaves chats alone", () => {
    expect([splitId("q:1"), splitId("r:a:b"), splitId("1:4019cd7d")]).toEqual([{ kind: "question", id: "1" }, { kind: "review", id: "a:b" }, undefined]);
  });
});

describe("what is news", () => {
  const waiting = reviewItem(review(), now);
  it("a new one, and one whose head moved; not what we hold", () => {
    expect(judge(waiting, { head: undefined, isClosed: false }, nothing, now).record?.messages).toHaveLength(1);
    expect(judge(waiting, { head: "r:R", isClosed: false }, nothing, now).record).toBeUndefined();
    expect(judge(reviewItem(answered("wbRu"), now), { head: "r:R", isClosed: false }, nothing, now).record?.messages).toHaveLength(2);
  });

  it("gives an answer that appeared between two pulls the moment of the pull, an old one that of its review", () => {
    const item = reviewItem(answered("wbRu"), now);
    expect(judge(item, { head: "r:R", isClosed: false }, nothing, now).record?.messages[1]?.sentAt).toEqual(now);
    expect(judge(item, { head: undefined, isClosed: false }, nothing, now).record?.messages[1]?.sentAt).toEqual(new Date(now.getTime() - DAY_MS + 1_000));
  });

  it("the end of moderation, with the moment the answer was given", () => {
    const first = judge(reviewItem(answered("reviewRequired"), now), { head: "r:R", isClosed: false }, nothing, now);
    expect(first.memory.pending).toEqual({ "r:R": now.toISOString() });
    const later = new Date(now.getTime() + 3_600_000);
    const again = judge(reviewItem(answered("reviewRequired"), later), { head: "r:R:answer", isClosed: false }, first.memory, later);
    expect(again.record).toBeUndefined();
    const ended = judge(reviewItem(answered("wbRu"), later), { head: "r:R:answer", isClosed: false }, again.memory, later);
    expect(ended.record?.messages[1]).toMatchObject({ moderation: "passed", sentAt: now });
    expect(ended.memory.pending).toEqual({});
  });

  it("an edit, once; and not of answers too old to be edited", () => {
    const edited = reviewItem(answered("wbRu", false), now);
    const first = judge(edited, { head: "r:R:answer", isClosed: false }, nothing, now);
    expect(first.record).toBeDefined();
    expect(judge(edited, { head: "r:R:answer", isClosed: false }, first.memory, now).record).toBeUndefined();
    const old = reviewItem(
      review({ createdDate: new Date(now.getTime() - 70 * DAY_MS).toISOString(), answer: { text: "x", state: "wbRu", editable: false } }),
      now,
    );
    expect(judge(old, { head: "r:R:answer", isClosed: false }, nothing, now).record).toBeUndefined();
  });

  it("being closed or opened, without messages", () => {
    expect(judge(waiting, { head: "r:R", isClosed: true }, nothing, now).record).toMatchObject({ remoteStatus: "open", messages: [] });
    expect(judge(waiting, { head: "r:R", isClosed: undefined }, nothing, now).record).toBeUndefined();
  });

  it("and the memory stays small", () => {
    let memory = nothing;
    for (let index = 0; index < 1_200; index += 1) {
      const each = reviewItem(review({ id: `R${index}`, answer: { text: "x", state: "reviewRequired", editable: false } }), now);
      memory = judge(each, { head: undefined, isClosed: undefined }, memory, now).memory;
    }
    expect([Object.keys(memory.pending).length, memory.edited.length]).toEqual([500, 500]);
    expect(memory.edited.at(-1)).toBe("r:R1199");
  });
});
