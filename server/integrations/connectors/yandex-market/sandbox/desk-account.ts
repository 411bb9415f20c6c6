import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import { businessOf, whose } from "./desk-chats";
import type { Events } from "./events";
import { type NotificationService, TYPES } from "./notify";
import type { ApiKey, Business, Scope, YandexState } from "./state";
import { setStock, stockOf } from "./stock";
import { makeOrder } from "./trade";

const scope = z.enum([
  "ALL_METHODS",
  "ALL_METHODS_READ_ONLY",
  "INVENTORY_AND_ORDER_PROCESSING",
  "INVENTORY_AND_ORDER_PROCESSING_READ_ONLY",
  "OFFERS_AND_CARDS_MANAGEMENT",
  "OFFERS_AND_CARDS_MANAGEMENT_READ_ONLY",
  "PRICING",
  "FINANCE_AND_ACCOUNTING",
  "COMMUNICATION",
  "SETTINGS_MANAGEMENT",
] satisfies Scope[]);

function keyOf(state: YandexState, business: Business): ApiKey {
  const key = [...state.keys.values()].find((candidate) => candidate.businessIds.includes(business.businessId));
  if (key === undefined) throw new Error("The cabinet has no key.");
  return key;
}

/** Desk commands about cabinets, keys, limits, quirks, orders and notification addresses. */
export function accountDesk(state: YandexState, events: Events, notifications: NotificationService) {
  return { ...keyDesk(state), ...orderDesk(state, events), ...notificationDesk(state, notifications) };
}

function keyDesk(state: YandexState) {
  return {
    businesses: deskCommand(z.strictObject({}), () =>
      [...state.businesses.values()].map((business) => ({
        businessId: business.businessId,
        name: business.name,
        subscriptionLevel: business.subscriptionLevel,
        campaigns: business.campaigns.map(({ id, placementType }) => ({ id, placementType })),
        key: keyOf(state, business).value,
      })),
    ),
    setScopes: deskCommand(z.strictObject({ ...whose, scopes: z.array(scope) }), (input) => {
      keyOf(state, businessOf(state, input.businessId)).scopes = input.scopes;
    }),
    revokeKey: deskCommand(z.strictObject({ ...whose, active: z.boolean().default(false) }), (input) => {
      keyOf(state, businessOf(state, input.businessId)).revoked = !input.active;
    }),
    /** Lets the first cabinet's key see these cabinets, which the documents rule out. */
    setKeyBusinesses: deskCommand(z.strictObject({ ...whose, businessIds: z.array(z.string()) }), (input) => {
      keyOf(state, businessOf(state, input.businessId)).businessIds = input.businessIds;
    }),
    setSubscription: deskCommand(z.strictObject({ ...whose, level: z.enum(["NONE", "LIGHT", "MEDIUM"]) }), (input) => {
      businessOf(state, input.businessId).subscriptionLevel = input.level;
    }),
    setApiAvailability: deskCommand(
      z.strictObject({ ...whose, campaignId: z.string(), availability: z.enum(["AVAILABLE", "DISABLED_BY_INACTIVITY", "MANUALLY_DISABLED"]) }),
      (input) => {
        const campaign = businessOf(state, input.businessId).campaigns.find(({ id }) => id === input.campaignId);
        if (campaign === undefined) throw new Error(`There is no shop "${input.campaignId}".`);
        campaign.apiAvailability = input.availability;
      },
    ),
    /** `quotaFactor` scales every quota; 0 switches them off. `latencyMs` is real time. */
    setQuirks: deskCommand(
      z.strictObject({
        ...whose,
        historyNewestFirst: z.boolean().optional(),
        historyFromExclusive: z.boolean().optional(),
        notifyOwnMessages: z.boolean().optional(),
        latencyMs: z.number().int().min(0).optional(),
        quotaFactor: z.number().min(0).optional(),
      }),
      ({ businessId, ...changes }) => {
        const business = businessOf(state, businessId);
        business.quirks = { ...business.quirks, ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) };
      },
    ),
  };
}

function orderDesk(state: YandexState, events: Events) {
  return {
    addOrder: deskCommand(z.strictObject({ ...whose, campaignId: z.string().optional() }), (input) => {
      const business = businessOf(state, input.businessId);
      const campaign = business.campaigns.find(({ id }) => input.campaignId === undefined || id === input.campaignId);
      if (campaign === undefined) throw new Error(`There is no shop "${input.campaignId}".`);
      const order = makeOrder(state.random, business.goods, campaign, 500_000 + business.orders.size, state.host.clock.nowMs());
      events.newOrder(business, order);
      return { orderId: order.orderId, campaignId: order.campaignId };
    }),
    setOrderStatus: deskCommand(
      z.strictObject({
        ...whose,
        orderId: z.number(),
        status: z.enum(["PROCESSING", "DELIVERY", "PICKUP", "DELIVERED", "CANCELLED", "PARTIALLY_RETURNED", "RETURNED"]),
      }),
      (input) => {
        const business = businessOf(state, input.businessId);
        const order = business.orders.get(input.orderId);
        if (order === undefined) throw new Error(`There is no order ${input.orderId}.`);
        events.setOrderStatus(business, order, input.status);
      },
    ),
    /** The buyer of a DBS order on its way wants to cancel. */
    requestCancellation: deskCommand(z.strictObject({ ...whose, orderId: z.number() }), (input) => {
      const business = businessOf(state, input.businessId);
      const order = business.orders.get(input.orderId);
      if (order === undefined) throw new Error(`There is no order ${input.orderId}.`);
      events.requestCancellation(business, order);
    }),
    /** One more shop of the cabinet. */
    addCampaign: deskCommand(z.strictObject({ ...whose, placementType: z.enum(["FBS", "FBY", "DBS"]) }), (input) => {
      const business = businessOf(state, input.businessId);
      const id = String(Number(business.campaigns.at(-1)?.id ?? 21_000_100) + 1);
      business.campaigns.push({ id, domain: `${business.name} ${input.placementType}`, placementType: input.placementType, apiAvailability: "AVAILABLE" });
      return { campaignId: id };
    }),
    /** Puts stock past the API: in the cabinet, or by another program. */
    putStock: deskCommand(z.strictObject({ ...whose, offerId: z.string(), campaignId: z.string(), count: z.number().int().min(0) }), (input) => {
      const good = businessOf(state, input.businessId).goods.find(({ offerId }) => offerId === input.offerId);
      if (good === undefined) throw new Error(`There is no product "${input.offerId}".`);
      setStock(good, input.campaignId, input.count);
    }),
    /** What can be ordered of each product in a shop. */
    stocks: deskCommand(z.strictObject({ ...whose, campaignId: z.string() }), (input) =>
      Object.fromEntries(businessOf(state, input.businessId).goods.map((good) => [good.offerId, stockOf(good, input.campaignId)])),
    ),
    addGoods: deskCommand(z.strictObject({ ...whose, count: z.number().int().min(1).max(5_000) }), (input) => {
      const { goods } = businessOf(state, input.businessId);
      const from = goods.length;
      for (let index = from; index < from + input.count; index += 1) {
        goods.push({ offerId: `MORE-${index}`, marketSku: 103_000_000_000 + index, name: `Товар ${index}`, priceMinor: 100_000, archived: false });
      }
    }),
    orders: deskCommand(z.strictObject(whose), (input) => [...businessOf(state, input.businessId).orders.values()]),
    goods: deskCommand(z.strictObject(whose), (input) => businessOf(state, input.businessId).goods),
  };
}

function notificationDesk(state: YandexState, notifications: NotificationService) {
  return {
    /** Sets up an address as the cabinet does: with PING, refused when it fails. A shop's address gets order events only. */
    registerNotifications: deskCommand(
      z.strictObject({ ...whose, url: z.string(), campaignId: z.string().optional(), types: z.array(z.enum(TYPES as [string, ...string[]])).optional() }),
      async (input) => {
        const business = businessOf(state, input.businessId);
        const fault = await notifications.check(input.url);
        if (fault !== null) throw new Error(`The address did not pass the check: ${fault}.`);
        const allowed = TYPES.filter((type) => input.campaignId === undefined || type.startsWith("ORDER_"));
        const types = (input.types ?? allowed).filter((type) => allowed.includes(type));
        const campaignId = input.campaignId ?? null;
        // The cabinet has one address for the business and one for each campaign: a new one takes the place of the old.
        business.targets = business.targets.filter((target) => target.campaignId !== campaignId);
        business.targets.push({ url: input.url, campaignId, types, enabled: true, failingSinceMs: null });
        return { types };
      },
    ),
    notificationTargets: deskCommand(z.strictObject(whose), (input) => businessOf(state, input.businessId).targets),
  };
}
