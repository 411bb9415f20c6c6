import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import type { Gate } from "./gate";
import { DEFAULT_MARKET_ID } from "./scenarios";
import { EVERY_SECTION, type Market, type RozetkaState } from "./state";

/** Every command takes an optional shop; without it the default one is meant. */
export const whose = { marketId: z.number().int().optional() };

export function marketOf(state: RozetkaState, marketId: number | undefined): Market {
  const market = state.markets.get(marketId ?? DEFAULT_MARKET_ID);
  if (market === undefined) throw new Error(`There is no shop ${marketId}.`);
  return market;
}

/** Desk commands about shops, logins, tokens and quirks. */
export function accountDesk(state: RozetkaState, gate: Gate) {
  const sessionsOf = (market: Market) => [...state.tokens.values()].filter((token) => token.marketId === market.id && token.kind === "session");
  return {
    markets: deskCommand(z.strictObject({}), () => [...state.markets.values()].map(({ id, title, login, password }) => ({ id, title, login, password }))),
    makeRoleToken: deskCommand(
      z.strictObject({ ...whose, sections: z.array(z.enum(["orders", "goods", "messages"])).default([...EVERY_SECTION]) }),
      (input) => ({
        token: gate.issue(marketOf(state, input.marketId), "role", input.sections).value,
      }),
    ),
    /** Ends every session of the shop: their tokens answer 6001 from now on. */
    expireSessions: deskCommand(z.strictObject(whose), (input) => {
      for (const token of sessionsOf(marketOf(state, input.marketId))) token.revoked = true;
    }),
    setPassword: deskCommand(z.strictObject({ ...whose, password: z.string().min(1) }), (input) => {
      marketOf(state, input.marketId).password = input.password;
    }),
    setPermissions: deskCommand(z.strictObject({ ...whose, permissions: z.array(z.string()) }), (input) => {
      marketOf(state, input.marketId).permissions = input.permissions;
    }),
    setQuirks: deskCommand(
      z.strictObject({
        ...whose,
        loginEndsOthers: z.boolean().optional(),
        passesAtOnce: z.boolean().optional(),
        appliesGoodItems: z.boolean().optional(),
        maintenance: z.boolean().optional(),
      }),
      ({ marketId, ...changes }) => {
        Object.assign(marketOf(state, marketId).quirks, Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)));
      },
    ),
  };
}
