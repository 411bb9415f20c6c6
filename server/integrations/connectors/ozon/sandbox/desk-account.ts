import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import { sellerOf } from "./desk-chats";
import { PUSH_TYPES, type PushService } from "./push";
import { register } from "./routes-notification";
import { type ApiKey, createSeller, type OzonState, ROLES, type Seller } from "./state";

export interface DeskSeller {
  clientId: string;
  apiKeys: { value: string; expiresAt: string; deactivated: boolean; roles: string[] }[];
  subscription: Seller["subscription"];
  offerSigned: boolean;
}

const whose = { clientId: z.string().optional() };
const subscription = z.enum(["UNSPECIFIED", "PREMIUM", "PREMIUM_LITE", "PREMIUM_PLUS", "PREMIUM_PRO"]);
const CHAT_PUSHES = ["TYPE_NEW_MESSAGE", "TYPE_UPDATE_MESSAGE", "TYPE_MESSAGE_READ", "TYPE_CHAT_CLOSED"];

/** Desk commands about sellers, keys, limits, quirks and push URLs. */
export function accountDesk(state: OzonState, push: PushService) {
  return { ...keyDesk(state), ...shopDesk(state), ...pushDesk(state, push) };
}

function first(seller: Seller): ApiKey {
  const key = seller.keys[0];
  if (!key) throw new Error("The seller has no key.");
  return key;
}

function keyDesk(state: OzonState) {
  return {
    sellers: deskCommand(z.strictObject({}), (): DeskSeller[] => [...state.sellers.values()].map(deskSeller)),
    /** Another shop in the same service. */
    addSeller: deskCommand(
      z.strictObject({ clientId: z.string().regex(/^\d+$/), apiKey: z.string().min(8), subscription: subscription.optional() }),
      (input): DeskSeller => {
        if (state.sellers.has(input.clientId)) throw new Error(`Seller ${input.clientId} exists already.`);
        const seller = createSeller({
          clientId: input.clientId,
          apiKey: input.apiKey,
          nowMs: state.host.clock.nowMs(),
          subscription: input.subscription ?? "PREMIUM_PLUS",
        });
        state.sellers.set(seller.clientId, seller);
        return deskSeller(seller);
      },
    ),
    /** The key ends now. */
    expireKey: deskCommand(z.strictObject(whose), (input): DeskSeller => {
      const seller = sellerOf(state, input.clientId);
      first(seller).expiresAtMs = state.host.clock.nowMs() - 1;
      return deskSeller(seller);
    }),
    setKeyExpiry: deskCommand(z.strictObject({ ...whose, expiresAt: z.iso.datetime() }), (input): DeskSeller => {
      const seller = sellerOf(state, input.clientId);
      first(seller).expiresAtMs = Date.parse(input.expiresAt);
      return deskSeller(seller);
    }),
    /** The seller deactivates (or, with `active`, restores) the key in the cabinet. */
    revokeKey: deskCommand(z.strictObject({ ...whose, active: z.boolean().default(false) }), (input): DeskSeller => {
      const seller = sellerOf(state, input.clientId);
      first(seller).deactivated = !input.active;
      return deskSeller(seller);
    }),
    /** Gives the key these roles: names of `state.ts` (admin, chats, posting, fbo, finance, product, question, review, seller, notification). */
    setRoles: deskCommand(z.strictObject({ ...whose, roles: z.array(z.string()) }), (input): DeskSeller => {
      const seller = sellerOf(state, input.clientId);
      first(seller).roles = input.roles.map((name) => {
        const role = ROLES[name];
        if (!role) throw new Error(`There is no role "${name}". There are: ${Object.keys(ROLES).join(", ")}.`);
        return role;
      });
      return deskSeller(seller);
    }),
    setAllowedIps: deskCommand(z.strictObject({ ...whose, ips: z.array(z.string()).nullable() }), (input) => {
      first(sellerOf(state, input.clientId)).allowedIps = input.ips;
    }),
  };
}

function shopDesk(state: OzonState) {
  return {
    setSubscription: deskCommand(z.strictObject({ ...whose, subscription, reviewManagement: z.boolean().optional() }), (input): DeskSeller => {
      const seller = sellerOf(state, input.clientId);
      seller.subscription = input.subscription;
      seller.reviewManagement = input.reviewManagement ?? seller.reviewManagement;
      return deskSeller(seller);
    }),
    setOffer: deskCommand(z.strictObject({ ...whose, signed: z.boolean() }), (input) => {
      sellerOf(state, input.clientId).offerSigned = input.signed;
    }),
    /** `requestsPerSecond: 0` switches the limit off. */
    setLimits: deskCommand(
      z.strictObject({
        ...whose,
        requestsPerSecond: z.number().int().min(0).optional(),
        accrualPageSize: z.number().int().min(1).optional(),
        stockPairSeconds: z.number().int().min(0).optional(),
      }),
      (input) => {
        const seller = sellerOf(state, input.clientId);
        seller.requestsPerSecond = input.requestsPerSecond ?? seller.requestsPerSecond;
        if (input.stockPairSeconds !== undefined) seller.stockPairSeconds = input.stockPairSeconds;
        seller.accrualPageSize = input.accrualPageSize ?? seller.accrualPageSize;
      },
    ),
    setQuirks: deskCommand(
      z.strictObject({
        ...whose,
        unquotedIds: z.boolean().optional(),
        hasNextAsString: z.boolean().optional(),
        historyFromExclusive: z.boolean().optional(),
        lastIdOnLastPage: z.boolean().optional(),
        pendingCommentsListed: z.boolean().optional(),
        invalidKeyStatus: z.union([z.literal(403), z.literal(404)]).optional(),
      }),
      ({ clientId, ...changes }) => {
        const seller = sellerOf(state, clientId);
        seller.quirks = { ...seller.quirks, ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) };
      },
    ),
  };
}

function pushDesk(state: OzonState, push: PushService) {
  return {
    /** Registers a push URL as the cabinet does: with the handshake, refused when it fails. */
    registerPush: deskCommand(
      z.strictObject({ ...whose, url: z.string(), types: z.array(z.string()).default(CHAT_PUSHES) }),
      async (input): Promise<{ id: number }> => {
        const endpoint = await register(state, push, sellerOf(state, input.clientId), input);
        return { id: endpoint.id };
      },
    ),
    pushTypes: deskCommand(z.strictObject({}), () => Object.keys(PUSH_TYPES)),
    /** Registered URLs with their state and the answer times measured so far, in real milliseconds. */
    pushEndpoints: deskCommand(z.strictObject(whose), (input) =>
      sellerOf(state, input.clientId).endpoints.map((endpoint) => ({
        id: endpoint.id,
        url: endpoint.url,
        types: endpoint.types,
        enabled: endpoint.enabled,
        suspended: endpoint.suspended,
        availability: endpoint.availability,
        answerMs: endpoint.answers.map((answer) => answer.ms),
      })),
    ),
  };
}

function deskSeller(seller: Seller): DeskSeller {
  return {
    clientId: seller.clientId,
    apiKeys: seller.keys.map((key) => ({
      value: key.value,
      expiresAt: new Date(key.expiresAtMs).toISOString(),
      deactivated: key.deactivated,
      roles: key.roles.map((role) => role.name),
    })),
    subscription: seller.subscription,
    offerSigned: seller.offerSigned,
  };
}
