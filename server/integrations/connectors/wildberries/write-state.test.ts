import { describe, expect, it } from "vitest";
import type { WriteStateInput } from "../../contract/ports";
import { writeState } from "./write-state";

const now = new Date("2026-11-21T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const input = (channel: string, given: Partial<WriteStateInput> = {}): WriteStateInput => ({
  channel: `wildberries.${channel}`,
  answers: 0,
  createdAt: daysAgo(90),
  remoteStatus: "open",
  now,
  ...given,
});

describe("whether we may write", () => {
  it.each([
    ["a chat, however old", "chat", { lastBuyerMessageAt: daysAgo(300) }, { open: true }],
    ["a chat answered ten times", "chat", { answers: 10, lastAnswerAt: daysAgo(1) }, { open: true }],
    ["a new question", "question", {}, { open: true }],
    [
      "a rejected question, its reason counted",
      "question",
      { answers: 1, lastAnswerAt: daysAgo(1), remoteStatus: "closed" },
      { open: false, code: "question_rejected" },
    ],
    ["an archived review nobody answered", "review", { remoteStatus: "closed" }, { open: true }],
    ["an answer of yesterday", "review", { answers: 1, lastAnswerAt: daysAgo(1) }, { open: true, until: daysAgo(-59) }],
    ["an answer of 61 days ago", "review", { answers: 1, lastAnswerAt: daysAgo(61) }, { open: false, code: "answer_final", params: { days: 60 } }],
    ["an answer and its replacement on the way", "question", { answers: 2, lastAnswerAt: daysAgo(1) }, { open: true, until: daysAgo(-59) }],
  ] as const)("%s", (_, channel, given, state) => {
    expect(writeState({}, input(channel, given))).toEqual(state);
  });

  it("minds what the token may do, channel by channel", () => {
    const facts = { categories: ["feedbacks"], isReadOnly: false };
    expect(writeState(facts, input("chat"))).toEqual({ open: false, code: "permission", params: { permission: "Чат с покупателями" } });
    expect(writeState(facts, input("review"))).toEqual({ open: true });
    expect(writeState({ ...facts, isReadOnly: true }, input("review"))).toMatchObject({ open: false, code: "permission" });
    expect(writeState({ categories: "nonsense" }, input("chat"))).toEqual({ open: true });
  });
});
