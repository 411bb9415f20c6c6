import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import { makeListings } from "./goods";
import { booksOf } from "./routes-money";
import type { HbState, Listing, Merchant } from "./state";

export const whose = { merchantId: z.string().optional() };

/** The merchant of the desk's request; the first one when none is named. */
export function merchantOf(state: HbState, id: string | undefined): Merchant {
  const merchant = id === undefined ? Object.values(state.merchants)[0] : state.merchants[id];
  if (!merchant) throw new Error(`There is no merchant "${id}".`);
  return merchant;
}

export function listingOf(merchant: Merchant, merchantSku: string): Listing {
  const listing = merchant.listings.find((one) => one.merchantSku.toUpperCase() === merchantSku.toUpperCase());
  if (!listing) throw new Error(`There is no listing "${merchantSku}".`);
  return listing;
}

/** Desk commands about accounts, listings and the service's settings. */
export function accountDesk(state: HbState) {
  return {
    merchants: deskCommand(z.strictObject({}), () => Object.values(state.merchants).map(({ id, name, key, userAgent }) => ({ id, name, key, userAgent }))),
    /** The seller makes a new key in the panel: the old one dies at once. */
    rotateKey: deskCommand(z.strictObject({ ...whose, key: z.string().regex(/^[A-Za-z0-9]{12}$/) }), (input) => {
      merchantOf(state, input.merchantId).key = input.key;
    }),
    /** What support has not switched on. */
    withhold: deskCommand(z.strictObject({ ...whose, permissions: z.array(z.enum(["questions", "finance"])) }), (input) => {
      merchantOf(state, input.merchantId).withheld = input.permissions;
    }),
    setOwnCarrier: deskCommand(z.strictObject({ ...whose, own: z.boolean() }), (input) => {
      merchantOf(state, input.merchantId).ownCarrier = input.own;
    }),
    /** What support enters after a ticket. */
    setWebhook: deskCommand(z.strictObject({ ...whose, url: z.string(), user: z.string(), password: z.string() }), ({ merchantId, ...webhook }) => {
      merchantOf(state, merchantId).webhook = webhook;
    }),
    listings: deskCommand(z.strictObject(whose), (input) => structuredClone(merchantOf(state, input.merchantId).listings)),
    cards: deskCommand(z.strictObject(whose), (input) => structuredClone(merchantOf(state, input.merchantId).cards)),
    /** Somebody changes a listing in the panel. */
    setListing: deskCommand(
      z.strictObject({
        ...whose,
        merchantSku: z.string(),
        stock: z.number().int().min(0).optional(),
        priceMinor: z.number().int().positive().optional(),
        isFrozen: z.boolean().optional(),
        inCampaign: z.boolean().optional(),
      }),
      ({ merchantId, merchantSku, ...change }) => {
        const listing = listingOf(merchantOf(state, merchantId), merchantSku);
        Object.assign(listing, Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)));
        return structuredClone(listing);
      },
    ),
    /** So many more listings, made by hand in the panel. */
    addListings: deskCommand(z.strictObject({ ...whose, count: z.number().int().min(1).max(5_000) }), (input) => {
      const { listings } = merchantOf(state, input.merchantId);
      const before = listings.length;
      const made = makeListings(before + input.count + 1, () => state.random.uuid()).slice(before, before + input.count);
      listings.push(...made);
      return structuredClone(made);
    }),
    /** Orders placed in the window, added up: what a synchronised shop has to come to. */
    books: deskCommand(z.strictObject({ ...whose, from: z.number(), to: z.number() }), (input) => booksOf(state, merchantOf(state, input.merchantId), input)),
    setSettings: deskCommand(
      z.strictObject({
        limits: z.union([z.literal(0), z.literal(1)]).optional(),
        catalogPerSecond: z.number().int().min(1).optional(),
        uploadMs: z.number().int().min(0).optional(),
        accountsMs: z.number().int().min(0).optional(),
        autoPackMs: z.number().int().min(0).optional(),
      }),
      (input) => {
        Object.assign(state.settings, Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)));
        return { ...state.settings };
      },
    ),
  };
}
