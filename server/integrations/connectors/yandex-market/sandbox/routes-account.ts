import { z } from "zod";
import { hourly, type Method, method, ok, paged, pageOf, SCOPES } from "./method";
import type { YandexState } from "./state";

/** Key, shops and settings: what a connection test asks. */
export function accountMethods(state: YandexState): Method[] {
  return [
    method({
      path: "/v2/auth/token",
      scopes: SCOPES.every,
      quota: hourly(100),
      answer: ({ key }) => ok({ apiKey: { name: key.name, authScopes: key.scopes } }),
    }),
    method({
      verb: "GET",
      path: "/v2/campaigns",
      scopes: SCOPES.every,
      quota: hourly(1_000),
      query: z.object(paged(100, 100)),
      answer: ({ key, query }) => {
        const all = key.businessIds.flatMap((id) => {
          const business = state.businesses.get(id);
          return business === undefined ? [] : business.campaigns.map((campaign) => ({ business, campaign }));
        });
        const { page, paging } = pageOf(all, query, ({ campaign }) => campaign.id);
        return {
          campaigns: page.map(({ business, campaign }) => ({
            domain: campaign.domain,
            id: Number(campaign.id),
            clientId: Number(campaign.id) + 1_000,
            business: { id: Number(business.businessId), name: business.name },
            placementType: campaign.placementType,
            apiAvailability: campaign.apiAvailability,
          })),
          paging,
        };
      },
    }),
    method({
      path: "/v2/businesses/{businessId}/settings",
      scopes: SCOPES.every,
      quota: hourly(100),
      answer: ({ business }) =>
        ok({
          info: { id: Number(business.businessId), name: business.name },
          settings: { onlyDefaultPrice: false, currency: "RUR" },
          subscriptionLevel: business.subscriptionLevel,
        }),
    }),
  ];
}
