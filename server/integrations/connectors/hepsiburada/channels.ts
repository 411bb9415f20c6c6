import type { ChannelRules, WriteState, WriteStateInput } from "../../contract/ports";
import { QUESTIONS_PERMISSION, readFacts } from "./facts";
import { QUESTION_CHANNEL } from "./issues";

const DAY_HOURS = 24;

export const questionRules = {
  channel: QUESTION_CHANNEL,
  kind: "question",
  stream: "questions",
  minTextLength: 1,
  maxTextLength: 2_000,
  // Files go only together with an answer, and our messages are either: text it is.
  files: { allowed: false, maxBytes: 0, types: [] },
  starts: [],
  // A business day: weekends and holidays make it longer, never shorter. The question's own end is told as `expireDate`.
  windows: [{ code: "business_day", from: "last_buyer_message", hours: DAY_HOURS }],
  actions: ["reject"],
  replyLimit: { minutes: DAY_HOURS * 60, source: "Hepsiburada, Satıcıya Sor: one business day, then the question is closed", checkedOn: "2026-10-10" },
  isModerated: false,
  deliveryStates: ["accepted", "confirmed"],
  source:
    "Hepsiburada developer portal, ask-to-seller (OpenAPI 2026-05-04, fields checked on SIT 2026-10-10): answer up to 2000 characters, refused after expireDate.",
} as const satisfies ChannelRules;

/** Closed is what the service has closed: rejected by us, or run out of its day. When that will be only the question itself tells. */
export function writeState(facts: Readonly<Record<string, unknown>>, input: WriteStateInput): WriteState {
  if (readFacts(facts).questions === false) return { open: false, code: "permission", params: { permission: QUESTIONS_PERMISSION } };
  return input.remoteStatus === "closed" ? { open: false, code: "question_closed" } : { open: true };
}
