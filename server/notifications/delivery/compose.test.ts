import { describe, expect, it } from "vitest";
import { LOCALES } from "@/lib/i18n/locales";
import { NOTICE_KINDS, type NoticeView } from "../schema";
import { wordsFor } from "./compose";

const notice = (over: Partial<NoticeView>): NoticeView => ({
  noticeId: "0198c0de-0000-7000-8000-000000000001",
  kind: "new_message",
  params: {},
  conversationId: "0198c0de-0000-7000-8000-000000000002",
  connectionId: null,
  orderId: null,
  target: "/inbox/0198c0de-0000-7000-8000-000000000002",
  createdAt: new Date(0),
  readAt: null,
  ...over,
});

describe("the words of a notice", () => {
  it.each(LOCALES)("%s has a title and a body for every kind, with nothing known and with everything", async (locale) => {
    const words = await wordsFor({ locale, timeZone: "Europe/Kyiv", workspaceName: "W", withPreview: true }, "https://k.test");
    const params = { count: 5, buyer: "B", preview: "P", actor: "A", dueAt: "2026-11-02T10:00:00.000Z", connection: "C", state: "auth_failed", order: "N-1" };
    for (const kind of NOTICE_KINDS) {
      for (const values of [{}, params]) {
        const { title, body } = words.say(notice({ kind, params: values }));
        expect(`${title}${body}`).not.toMatch(/notifications\.|\{/);
        expect(title.trim()).not.toBe("");
      }
    }
  });

  it("writes moments in the reader's zone, counts in their grammar and leads to the place", async () => {
    const words = await wordsFor({ locale: "ru", timeZone: "Europe/Istanbul", workspaceName: "W", withPreview: true }, "https://k.test");
    expect(words.say(notice({ kind: "deadline_near", params: { buyer: "Анна", dueAt: "2026-11-02T21:30:00.000Z" } }))).toEqual({
      title: "Пора ответить: Анна",
      body: "Ответить нужно до 03.11.2026, 00:30.",
      linkText: "Открыть диалог",
      url: "https://k.test/inbox/0198c0de-0000-7000-8000-000000000002",
    });
    expect([1, 3, 5, 21].map((count) => words.say(notice({ params: { count, buyer: "А" } })).title)).toEqual([
      "1 новое сообщение: А",
      "3 новых сообщения: А",
      "5 новых сообщений: А",
      "21 новое сообщение: А",
    ]);
  });

  it("takes English for a language it does not know", async () => {
    expect((await wordsFor({ locale: "xx", timeZone: "UTC", workspaceName: "W", withPreview: true }, "")).locale).toBe("en");
  });
});
