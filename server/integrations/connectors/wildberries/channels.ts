import type { ChannelRules } from "../../contract/ports";
import { QUESTION_CHANNEL, REVIEW_CHANNEL } from "./answers";
import { CHAT_CHANNEL } from "./mapper";

const NO_FILES = { allowed: false, maxBytes: 0, types: [] };
/** An answer may be replaced once within so many days. */
export const EDIT_DAYS = 60;

export const chatRules = {
  channel: CHAT_CHANNEL,
  kind: "chat",
  stream: "chats",
  minTextLength: 1,
  maxTextLength: 1_000,
  files: { allowed: true, maxBytes: 5 * 1_024 * 1_024, types: ["image/jpeg", "image/png", "application/pdf"] },
  starts: [],
  windows: [],
  actions: [],
  replyLimit: { minutes: 10 * 24 * 60, source: "Wildberries API, buyer chat: answer within 10 days (recommendation)", checkedOn: "2026-08-19" },
  isModerated: false,
  deliveryStates: ["accepted", "confirmed"],
  source: "Wildberries API, buyer chat (OpenAPI 2026-07-22, English pages 2026-08-19).",
} as const satisfies ChannelRules;

export const questionRules = {
  channel: QUESTION_CHANNEL,
  kind: "question",
  stream: "questions",
  // The specification names no bounds for answers to questions: those of reviews, until a real account tells better.
  minTextLength: 2,
  maxTextLength: 5_000,
  files: NO_FILES,
  starts: [],
  windows: [],
  maxAnswers: 1,
  editing: { days: EDIT_DAYS, times: 1 },
  actions: ["mark_viewed", "reject"],
  isModerated: false,
  deliveryStates: ["accepted", "confirmed"],
  source:
    "Wildberries API, PATCH /api/v1/questions (OpenAPI 2026-07-22). Length of the answer: as for reviews, our own caution. Answers are checked before they are shown, but the API tells nothing of it.",
} as const satisfies ChannelRules;

export const reviewRules = {
  channel: REVIEW_CHANNEL,
  kind: "review",
  stream: "reviews",
  minTextLength: 2,
  maxTextLength: 5_000,
  files: NO_FILES,
  starts: [],
  windows: [],
  maxAnswers: 1,
  editing: { days: EDIT_DAYS, times: 1 },
  actions: [],
  isModerated: true,
  deliveryStates: ["accepted", "confirmed"],
  source: "Wildberries API, POST and PATCH /api/v1/feedbacks/answer (OpenAPI 2026-07-22).",
} as const satisfies ChannelRules;

export function rulesOf(channel: string): ChannelRules {
  return [questionRules, reviewRules].find((rules) => rules.channel === channel) ?? chatRules;
}
