import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SMALL } from "./index";
import { openStage, type Stage } from "./testing/stage";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  await stage.control.setSettings({ limits: 0 });
});
afterEach(() => stage.stop());

const HOST = "feedbacks-api";
const get = (path: string) => stage.call(HOST, path);
const patchQuestion = (body: unknown) => stage.call(HOST, "/api/v1/questions", { method: "PATCH", body });
const question = async (id: string) =>
  (await get(`/api/v1/question?id=${id}`)).json["data"] as { state: string; wasViewed: boolean; answer: { text: string; editable: boolean } | null };
const review = async (id: string) =>
  (await get(`/api/v1/feedback?id=${id}`)).json["data"] as { answer: { text: string; state: string; editable: boolean } | null };
const ids = async (path: string, list: "questions" | "feedbacks") =>
  ((await get(path)).json["data"] as Record<string, { id: string }[]>)[list]?.map((entry) => entry.id) ?? [];

describe("questions", () => {
  it("are answered, edited once, and no more", async () => {
    const { open } = SMALL.questions;
    const answer = (text: string) => patchQuestion({ id: open, answer: { text }, state: "wbRu" });
    expect((await answer("Да")).json).toEqual({ data: null, error: false, errorText: "", additionalErrors: null });
    expect(await question(open)).toMatchObject({ state: "wbRu", answer: { text: "Да", editable: true } });
    expect((await answer("Нет")).status).toBe(200);
    expect(await question(open)).toMatchObject({ answer: { text: "Нет", editable: false } });
    expect((await answer("Опять да")).status).toBe(422);
    expect(await question(open)).toMatchObject({ answer: { text: "Нет" } });
  });

  it("cannot be edited after 60 days", async () => {
    await stage.advance(59 * 86_400_000);
    expect((await question(SMALL.questions.answered)).answer?.editable).toBe(false);
    expect((await patchQuestion({ id: SMALL.questions.answered, answer: { text: "Поздно" }, state: "wbRu" })).status).toBe(422);
  });

  it("are viewed and rejected; a rejected one takes no answer", async () => {
    const { open } = SMALL.questions;
    await patchQuestion({ id: open, wasViewed: true });
    expect(await question(open)).toMatchObject({ wasViewed: true, state: "suppliersPortalSynch" });
    await patchQuestion({ id: open, answer: { text: "Не о товаре" }, state: "none" });
    expect((await question(open)).state).toBe("none");
    expect((await patchQuestion({ id: open, answer: { text: "Да" }, state: "wbRu" })).status).toBe(422);
  });

  it("are listed by answer and date", async () => {
    expect(await ids("/api/v1/questions?isAnswered=false&take=10&skip=0", "questions")).toEqual([SMALL.questions.open]);
    expect(await ids("/api/v1/questions?isAnswered=true&take=2&skip=0&order=dateAsc", "questions")).toEqual([SMALL.questions.old, SMALL.questions.rejected]);
    const from = Math.floor(Date.now() / 1_000) - 4 * 86_400;
    expect(await ids(`/api/v1/questions?isAnswered=true&take=10&skip=0&dateFrom=${from}`, "questions")).toEqual([SMALL.questions.answered]);
  });

  it.each([
    "isAnswered=maybe&take=1&skip=0",
    "take=1&skip=0",
    "isAnswered=true&skip=0",
    "isAnswered=true&take=10001&skip=0",
    "isAnswered=true&take=9000&skip=2000",
    "isAnswered=true&take=1&skip=0&order=up",
    "isAnswered=true&take=1&skip=0&dateFrom=2026-01-01",
  ])("refuse the list %s in their own envelope", async (query) => {
    const { status, json } = await get(`/api/v1/questions?${query}`);
    expect([status, json["error"], json["data"]]).toEqual([400, true, null]);
  });

  it("refuse unknown ids and bodies", async () => {
    expect((await get("/api/v1/question?id=none")).json).toMatchObject({ error: true, errorText: "Невозможно получить вопрос по id" });
    expect((await patchQuestion({ id: "none", wasViewed: true })).status).toBe(404);
    expect((await patchQuestion({ id: SMALL.questions.open })).status).toBe(400);
    expect((await patchQuestion("{")).status).toBe(400);
  });
});

describe("reviews", () => {
  const answer = (method: "POST" | "PATCH", body: unknown, headers = {}) => stage.call(HOST, "/api/v1/feedbacks/answer", { method, body, headers });

  it("are answered, checked, edited once", async () => {
    const { open } = SMALL.reviews;
    expect((await answer("POST", { id: open, text: "Заменим крышку" })).status).toBe(204);
    expect(await review(open)).toMatchObject({ answer: { text: "Заменим крышку", state: "reviewRequired", editable: true } });
    await stage.advance(31_000);
    expect((await review(open)).answer?.state).toBe("wbRu");
    expect((await answer("PATCH", { id: open, text: "Заменим всё" })).status).toBe(204);
    expect(await review(open)).toMatchObject({ answer: { text: "Заменим всё", state: "reviewRequired", editable: false } });
    expect((await answer("PATCH", { id: open, text: "Или нет" })).status).toBe(204);
    expect((await review(open)).answer?.text).toBe("Заменим всё");
  });

  it("say 204 to an id they do not know", async () => {
    expect((await answer("POST", { id: "nobody", text: "Спасибо" })).status).toBe(204);
  });

  it.each([
    ["one character", { id: SMALL.reviews.open, text: "я" }, {}],
    ["5001 characters", { id: SMALL.reviews.open, text: "я".repeat(5_001) }, {}],
    ["no JSON", "{", {}],
    ["another content type", { id: SMALL.reviews.open, text: "да" }, { "content-type": "application/javascript" }],
  ])("refuse %s", async (_, body, headers) => {
    expect((await answer("POST", body, headers)).status).toBe(400);
    expect((await review(SMALL.reviews.open)).answer).toBeNull();
  });

  it("leave the waiting list for the archive: answered, 30 days old, or bare", async () => {
    const waiting = "/api/v1/feedbacks?isAnswered=false&take=100&skip=0";
    const archive = "/api/v1/feedbacks/archive?take=100&skip=0&order=dateAsc";
    expect((await ids(waiting, "feedbacks")).sort()).toEqual([SMALL.reviews.open, SMALL.reviews.photo].sort());
    expect(await ids(archive, "feedbacks")).toEqual([SMALL.reviews.late, SMALL.reviews.edited, SMALL.reviews.answered, SMALL.reviews.bare]);
    await stage.advance(31 * 86_400_000);
    expect(await ids(waiting, "feedbacks")).toEqual([]);
  });

  it("show their photos at the public host without a token", async () => {
    const data = (await get(`/api/v1/feedback?id=${SMALL.reviews.photo}`)).json["data"] as { photoLinks: { fullSize: string }[] };
    const url = new URL(data.photoLinks[0]?.fullSize ?? "");
    expect(url.hostname).toBe("feedback04.wbbasket.ru");
    const photo = await stage.call("feedback04", url.pathname, { token: null });
    expect([photo.status, photo.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect((await stage.call("feedback04", "/vol1/part1/none/photos/fs.webp", { token: null })).status).toBe(404);
  });
});
