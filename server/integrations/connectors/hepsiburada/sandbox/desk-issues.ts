import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import { merchantOf, whose } from "./desk-account";
import { ask, expire, say } from "./issues-world";
import type { HbState, Issue, Merchant } from "./state";

function issueOf(merchant: Merchant, number: number): Issue {
  const issue = merchant.issues.find((one) => one.number === number);
  if (!issue) throw new Error(`There is no question ${number}.`);
  return issue;
}

const named = { ...whose, number: z.number().int() };

/** Desk commands about the buyers' questions. */
export function issueDesk(state: HbState) {
  return {
    ask: deskCommand(z.strictObject({ ...whose, text: z.string(), orderNumber: z.string().optional() }), (input): Issue => {
      const { merchantId, ...given } = input;
      return structuredClone(ask(state, merchantOf(state, merchantId), { ...given, via: "desk" }));
    }),
    /** The same buyer asks on. */
    askOn: deskCommand(z.strictObject({ ...named, text: z.string() }), (input) => ({
      id: say(state, issueOf(merchantOf(state, input.merchantId), input.number), { text: input.text, from: "Customer", via: "desk" }),
    })),
    /** The seller answers in the panel. */
    answerElsewhere: deskCommand(z.strictObject({ ...named, text: z.string() }), (input) => ({
      id: say(state, issueOf(merchantOf(state, input.merchantId), input.number), { text: input.text, from: "Merchant", via: "desk" }),
    })),
    issues: deskCommand(z.strictObject(whose), (input): Issue[] => {
      const merchant = merchantOf(state, input.merchantId);
      expire(merchant, state.host.clock.nowMs());
      return structuredClone(merchant.issues);
    }),
  };
}
