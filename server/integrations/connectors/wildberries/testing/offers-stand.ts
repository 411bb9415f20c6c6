import type { OffersStand } from "@/server/integrations/contract/testing/stand";
import { bodiless, countCalls } from "./control";
import { type WildberriesStand, wildberriesStand } from "./stand";

const PRICES_MS = 20_000;
const WRITES = { stock: "(write)", price: "/api/v2/upload/task" } as const;

/** @param settlesAfterMs stock is answered at once, prices are worked on: a stand for each. */
async function offersStand(settlesAfterMs: number): Promise<WildberriesStand> {
  const stand = await wildberriesStand("small");
  const { control } = stand;
  await control.setSettings({ pricesMs: PRICES_MS });
  const warehouseId = (await control.warehouse({})).id;
  const offers: OffersStand = {
    settlesAfterMs,
    pass: (ms) => stand.advance(ms),
    stockOf: async (externalId) => (await control.stocks({}))[externalId],
    async priceOf(externalId) {
      const product = (await control.products({})).find(({ sizes }) => sizes.some(({ chrtId }) => String(chrtId) === externalId));
      const amount = product === undefined ? undefined : (await control.prices({}))[product.nmId];
      return amount === undefined ? undefined : { amountMinor: BigInt(amount) };
    },
    stranger: { externalId: "999999999", remoteContext: { nmId: "999999999", warehouseId: String(warehouseId) } },
    async crowd(wanted) {
      const products = await control.addProducts({ count: wanted });
      return products.flatMap(({ nmId, sizes, title, priceMinor }) =>
        sizes.map(({ chrtId }) => ({
          externalId: String(chrtId),
          name: title,
          price: { amountMinor: BigInt(priceMinor), currency: "RUB" },
          remoteContext: { nmId: String(nmId), warehouseId: String(warehouseId) },
        })),
      );
    },
    async fail(fault, kind, times = 1) {
      await control.fail({ ...(kind === "stock" ? bodiless(fault) : fault), match: WRITES[kind], times });
    },
    requests: (kind) => countCalls(control, WRITES[kind]),
  };
  return { ...stand, offers };
}

export const wildberriesStockStand = () => offersStand(0);
export const wildberriesPriceStand = () => offersStand(PRICES_MS + 1_000);
