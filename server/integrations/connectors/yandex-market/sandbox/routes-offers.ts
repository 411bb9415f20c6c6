import { z } from "zod";
import { badRequest, YandexError } from "./errors";
import { int64, type Method, method, ok, paged, pageOf, SCOPES } from "./method";
import { type Business, type Good, stamp } from "./state";
import { reservedOf, setStock, stockOf, warehouseOf } from "./stock";

const PER_MINUTE = (amount: number) => ({ none: amount, medium: amount, seconds: 60 });
const article = z.string().min(1).max(255);
const readBody = z.strictObject({
  stocksWarehouseId: int64.optional(),
  hasStocks: z.boolean().optional(),
  withTurnover: z.boolean().optional(),
  archived: z.boolean().optional(),
  offerIds: z.array(article).min(1).max(500).nullish(),
});
const writeBody = z.strictObject({
  skus: z
    .array(
      z.strictObject({
        sku: article,
        items: z
          .array(z.strictObject({ count: z.number().int().min(0).max(2_000_000_000), updatedAt: z.iso.datetime({ offset: true }).optional() }))
          .min(1)
          .max(1),
      }),
    )
    .min(1)
    .max(2_000),
});
const pricesBody = z.strictObject({
  offers: z
    .array(
      z.strictObject({
        offerId: article,
        price: z.strictObject({
          value: z.number().min(0),
          currencyId: z.enum(["RUR", "UAH", "BYR", "KZT", "UZS"]),
          discountBase: z.number().min(0).optional(),
          minimumForBestseller: z.number().min(0).max(100_000_000).optional(),
        }),
      }),
    )
    .min(1)
    .max(500),
});

/** Stocks of a shop and prices of the cabinet. What they refuse, they refuse as a whole. */
export function offerMethods(): Method[] {
  return [
    method({
      path: "/v2/campaigns/{campaignId}/offers/stocks",
      scopes: SCOPES.offers,
      quota: PER_MINUTE(100_000),
      query: z.object(paged(200, 100)),
      body: readBody,
      answer: ({ business, campaignId, body, query }) => {
        const fitting = business.goods.filter((good) => (body.offerIds ? body.offerIds.includes(good.offerId) : good.archived === (body.archived ?? false)));
        const { page, paging } = body.offerIds ? { page: fitting, paging: {} } : pageOf(fitting, query, (good) => good.offerId);
        const offers = page.map((good) => stockJson(business, good, campaignId));
        return ok({ paging, warehouses: offers.length === 0 ? [] : [{ warehouseId: warehouseOf({ id: campaignId }), offers }] });
      },
    }),
    method({
      verb: "PUT",
      path: "/v2/campaigns/{campaignId}/offers/stocks",
      scopes: SCOPES.offerWrite,
      quota: PER_MINUTE(100_000),
      body: writeBody,
      units: ({ skus }) => skus.length,
      answer: ({ business, campaignId, body }) => {
        const campaign = business.campaigns.find(({ id }) => id === campaignId);
        if (campaign?.placementType === "FBY") throw badRequest("Stocks of FBY shops cannot be updated");
        const skus = body.skus.map(({ sku }) => sku);
        if (new Set(skus).size < skus.length) throw badRequest("Duplicate sku in the request");
        const goods = skus.map((sku) => goodOf(business, sku));
        for (const [index, good] of goods.entries()) setStock(good, campaignId, body.skus[index]?.items[0]?.count ?? 0);
        return { status: "OK" };
      },
    }),
    method({
      path: "/v2/businesses/{businessId}/offer-prices/updates",
      scopes: SCOPES.priceWrite,
      quota: PER_MINUTE(10_000),
      body: pricesBody,
      units: ({ offers }) => offers.length,
      answer: ({ business, body }) => {
        const ids = body.offers.map(({ offerId }) => offerId);
        if (new Set(ids).size < ids.length) throw badRequest("Duplicate offerId in the request");
        const changes = body.offers.map(({ offerId, price }) => ({ good: goodOf(business, offerId), price }));
        for (const { price } of changes) checkPrice(price.value, price.discountBase);
        for (const { good, price } of changes) {
          good.priceMinor = Math.round(price.value * 100);
          // Not said again is taken away.
          good.discountBaseMinor = Math.round((price.discountBase ?? 0) * 100);
        }
        return { status: "OK" };
      },
    }),
  ];
}

function goodOf(business: Business, offerId: string): Good {
  const good = business.goods.find((candidate) => candidate.offerId === offerId);
  if (good === undefined) throw new YandexError(400, "BAD_REQUEST", `Offer ${offerId} is not found in the catalog`);
  return good;
}

function checkPrice(value: number, base: number | undefined): void {
  if (value <= 0) throw badRequest("Price must be positive");
  if (base === undefined) return;
  if (!Number.isInteger(base)) throw badRequest("discountBase must be an integer");
  const discount = (base - value) / base;
  if (discount < 0.05 || discount > 0.99) throw badRequest("Discount must be between 5 and 99 percent");
}

function stockJson(business: Business, good: Good, campaignId: string): unknown {
  const available = stockOf(good, campaignId);
  const reserved = reservedOf(business, good, campaignId);
  return {
    offerId: good.offerId,
    stocks: [
      { type: "FIT", count: available + reserved },
      { type: "FREEZE", count: reserved },
      { type: "AVAILABLE", count: available },
    ],
    updatedAt: stamp(0),
  };
}
