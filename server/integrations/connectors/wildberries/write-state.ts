import type { WriteState, WriteStateInput } from "../../contract/ports";
import { EDIT_DAYS, rulesOf } from "./channels";
import { READ_ONLY_PERMISSION, readFacts } from "./facts";
import { CATEGORIES } from "./token";

const DAY_MS = 86_400_000;

/**
 * Whether Wildberries takes our words now. Chats have no window at all. A question or review takes one answer, which may be
 * replaced once within 60 days; a rejected question takes none. Whether it was replaced already only the entry itself tells:
 * `sending.ts` looks there first. What the token's facts do not tell is not held against it.
 */
export function writeState(facts: Readonly<Record<string, unknown>>, input: WriteStateInput): WriteState {
  const known = readFacts(facts);
  if (known.isReadOnly === true) return { open: false, code: "permission", params: { permission: READ_ONLY_PERMISSION } };
  const rules = rulesOf(input.channel);
  const category = rules.kind === "chat" ? "chats" : "feedbacks";
  if (known.categories !== undefined && !known.categories.includes(category)) {
    return { open: false, code: "permission", params: { permission: CATEGORIES[category].name } };
  }
  if (rules.kind === "chat") return { open: true };
  // The reason of a rejection is kept as an answer, so their number does not tell.
  if (rules.kind === "question" && input.remoteStatus === "closed") return { open: false, code: "question_rejected" };
  if (input.answers === 0) return { open: true };
  const until = input.lastAnswerAt === undefined ? undefined : new Date(input.lastAnswerAt.getTime() + EDIT_DAYS * DAY_MS);
  if (until !== undefined && until < input.now) return { open: false, code: "answer_final", params: { days: EDIT_DAYS } };
  return { open: true, until };
}
