import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import { sellerOf, whose } from "./desk-chats";
import { booksOf } from "./sales";
import type { WbState } from "./state";
import { ALL_CATEGORIES, CATEGORY_BITS, type Category, makeToken, readToken } from "./token";

const DAY_MS = 86_400_000;

/** Desk commands about tokens and the service's settings. */
export function accountDesk(state: WbState) {
  return {
    /** A token as the cabinet makes it. */
    makeToken: deskCommand(
      z.strictObject({
        ...whose,
        kind: z.enum(["base", "test", "personal", "service"]).default("personal"),
        categories: z.array(z.enum(Object.keys(CATEGORY_BITS) as [Category, ...Category[]])).default(ALL_CATEGORIES),
        readOnly: z.boolean().default(false),
        /** Default 180, in the scenario `key-expiring` as many as its `keyDays`. */
        days: z.number().optional(),
      }),
      (input): { token: string } => ({
        token: makeToken({
          sid: sellerOf(state, input.sid).sid,
          kind: input.kind,
          categories: input.categories,
          readOnly: input.readOnly,
          expiresAtMs: state.host.clock.nowMs() + (input.days ?? usualDays(state)) * DAY_MS,
          id: state.random.uuid(),
        }),
      }),
    ),
    revokeToken: deskCommand(z.strictObject({ token: z.string() }), (input) => {
      const claims = readToken(input.token);
      sellerOf(state, claims.sid).revokedTokens.push(claims.id);
    }),
    sellers: deskCommand(z.strictObject({}), (): { sid: string; name: string }[] => Object.values(state.sellers).map(({ sid, name }) => ({ sid, name }))),
    products: deskCommand(z.strictObject(whose), (input) => structuredClone(sellerOf(state, input.sid).products)),
    /** The report rows of the Moscow days from..to, added up: what a synchronised shop has to come to. */
    books: deskCommand(z.strictObject({ ...whose, from: z.string(), to: z.string() }), (input) => booksOf(sellerOf(state, input.sid), input.from, input.to)),
    setSettings: deskCommand(
      z.strictObject({
        eventsPage: z.number().int().min(1).optional(),
        limits: z.union([z.literal(0), z.literal(1)]).optional(),
        moderationMs: z.number().int().min(0).optional(),
        reportPage: z.number().int().min(1).optional(),
        ordersPage: z.number().int().min(1).optional(),
        statisticsPage: z.number().int().min(1).optional(),
        pricesMs: z.number().int().min(0).optional(),
      }),
      (input) => {
        const told = Object.entries(input).filter(([, value]) => value !== undefined);
        Object.assign(state.settings, Object.fromEntries(told));
        return { ...state.settings };
      },
    ),
  };
}

function usualDays(state: WbState): number {
  return state.host.scenario === "key-expiring" ? (state.host.parameters["keyDays"] ?? 5) : 180;
}
