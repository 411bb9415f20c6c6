import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import { sellerOf, whose } from "./desk-chats";
import { ask, review } from "./happenings";
import type { Question, Review, WbState } from "./state";

/** Desk commands about questions and reviews. */
export function answerDesk(state: WbState) {
  const nmIdOf = (sid: string | undefined, nmId: number | undefined) => nmId ?? sellerOf(state, sid).products[0]?.nmId ?? 0;
  return {
    askQuestion: deskCommand(
      z.strictObject({ ...whose, text: z.string(), nmId: z.number().optional(), daysAgo: z.number().default(0) }),
      (input): Question =>
        structuredClone(ask(state, sellerOf(state, input.sid), { nmId: nmIdOf(input.sid, input.nmId), text: input.text, atMs: ago(state, input.daysAgo) })),
    ),
    writeReview: deskCommand(
      z.strictObject({
        ...whose,
        text: z.string().default(""),
        pros: z.string().default(""),
        cons: z.string().default(""),
        stars: z.number().int().min(1).max(5).default(5),
        withPhoto: z.boolean().default(false),
        nmId: z.number().optional(),
        daysAgo: z.number().default(0),
      }),
      ({ sid, daysAgo, nmId, ...given }): Review =>
        structuredClone(review(state, sellerOf(state, sid), { ...given, nmId: nmIdOf(sid, nmId), createdAtMs: ago(state, daysAgo) })),
    ),
    /** The seller answers (or edits the answer) in the service's own pages, past us. */
    answerElsewhere: deskCommand(z.strictObject({ ...whose, id: z.string(), text: z.string() }), (input) => {
      const seller = sellerOf(state, input.sid);
      const nowMs = state.host.clock.nowMs();
      const question = seller.questions.find((one) => one.id === input.id);
      const found = question ?? seller.reviews.find((one) => one.id === input.id);
      if (!found) throw new Error(`There is no question or review "${input.id}".`);
      const given = {
        text: input.text,
        createdAtMs: found.answer?.createdAtMs ?? nowMs,
        edits: found.answer === null ? 0 : found.answer.edits + 1,
        via: "desk" as const,
      };
      if (question) {
        question.answer = given;
        question.state = "wbRu";
      } else (found as Review).answer = { ...given, state: "reviewRequired", settlesAtMs: nowMs + state.settings.moderationMs };
    }),
    /** Ends the check of an answer to a review. */
    settleAnswer: deskCommand(z.strictObject({ ...whose, id: z.string(), state: z.enum(["wbRu", "rejected"]) }), (input) => {
      const answer = sellerOf(state, input.sid).reviews.find((one) => one.id === input.id)?.answer;
      if (!answer) throw new Error(`There is no answered review "${input.id}".`);
      answer.state = input.state;
    }),
    questions: deskCommand(z.strictObject(whose), (input): Question[] => structuredClone(sellerOf(state, input.sid).questions)),
    reviews: deskCommand(z.strictObject(whose), (input): Review[] => structuredClone(sellerOf(state, input.sid).reviews)),
  };
}

function ago(state: WbState, days: number): number {
  return state.host.clock.nowMs() - Math.round(days * 86_400_000);
}
