import type { OffersPort } from "../../../contract/offers";
import { checkPrices, priceWriter } from "./prices";
import { stockWriter } from "./stock";

export const wildberriesOffers: OffersPort = {
  stock: stockWriter,
  price: priceWriter,
  // Stock is answered at once.
  check: (context, kind, tracking) => (kind === "price" ? checkPrices(context, tracking) : Promise.resolve([])),
};
