import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import { sellerOf } from "./desk-chats";
import type { Events } from "./events";
import type { PostingStatus } from "./postings";
import { makePosting, RFBS_BUYER } from "./shop";
import type { OzonState } from "./state";
import { setFree, stockRows, warehousesOf } from "./stock";

/** A posting as the desk shows it. */
export interface DeskPosting {
  postingNumber: string;
  orderNumber: string;
  scheme: "FBO" | "FBS";
  status: PostingStatus;
  /** Changes carried out through the API. */
  changes: number;
  trackingNumber: string;
}

const whose = { clientId: z.string().optional() };

/** Desk commands about orders, stock and prices. */
export function tradeDesk(state: OzonState, events: Events) {
  let serial = 80_000;
  const productOf = (clientId: string | undefined, productId: string) => {
    const product = sellerOf(state, clientId).products.find((candidate) => String(candidate.productId) === productId);
    if (product === undefined) throw new Error(`There is no product "${productId}".`);
    return product;
  };
  return {
    /** A buyer orders; `bySeller` = rFBS, the seller delivers. Pushed as a new posting. */
    placeOrder: deskCommand(z.strictObject({ ...whose, scheme: z.enum(["FBO", "FBS"]).default("FBS"), bySeller: z.boolean().default(false) }), (input) => {
      const seller = sellerOf(state, input.clientId);
      serial += 1;
      const made = { ...makePosting(state.random, seller.products, serial, state.host.clock.nowMs()), scheme: input.scheme };
      if (input.bySeller) made.bySeller = { ...RFBS_BUYER, lastMile: false };
      events.newPosting(seller, made);
      return { postingNumber: made.postingNumber, orderNumber: made.orderNumber };
    }),
    postings: deskCommand(z.strictObject(whose), (input): DeskPosting[] =>
      sellerOf(state, input.clientId)
        .postings.all()
        .map(({ postingNumber, orderNumber, scheme, status, changes = 0, trackingNumber = "" }) => ({
          postingNumber,
          orderNumber,
          scheme,
          status,
          changes,
          trackingNumber,
        })),
    ),
    goods: deskCommand(z.strictObject(whose), (input) => {
      const seller = sellerOf(state, input.clientId);
      return seller.products.map((product) => ({
        productId: String(product.productId),
        sku: String(product.sku),
        offerId: product.offerId,
        priceMinor: product.priceMinor,
        oldPriceMinor: product.oldPriceMinor,
        fboStock: product.fboStock,
        stock: stockRows(seller, product).map(({ warehouse, free, reserved }) => ({ warehouseId: String(warehouse.id), free, reserved })),
      }));
    }),
    /** Puts stock past the API: in the cabinet, or by another program. */
    setStock: deskCommand(z.strictObject({ ...whose, productId: z.string(), free: z.number().int().min(0), warehouseId: z.string().optional() }), (input) => {
      const seller = sellerOf(state, input.clientId);
      const [home, ...others] = warehousesOf(seller);
      const warehouse = input.warehouseId === undefined ? home : [home, ...others].find((candidate) => String(candidate?.id) === input.warehouseId);
      if (warehouse === undefined) throw new Error(`There is no warehouse "${input.warehouseId}".`);
      const product = productOf(input.clientId, input.productId);
      setFree(product, warehouse, input.free);
      events.stocksChanged(seller, [product]);
    }),
    addWarehouse: deskCommand(z.strictObject({ ...whose, isRfbs: z.boolean().default(false) }), (input) => {
      const seller = sellerOf(state, input.clientId);
      const id = 20_605_650_763_000 + (seller.warehouses?.length ?? 0);
      seller.warehouses = [...(seller.warehouses ?? []), { id, name: `Склад ${id % 1_000}`, isRfbs: input.isRfbs }];
      return { warehouseId: String(id) };
    }),
    /** So many more products, each with free stock. */
    addGoods: deskCommand(z.strictObject({ ...whose, count: z.number().int().min(1).max(5_000) }), (input) => {
      const seller = sellerOf(state, input.clientId);
      const from = Math.max(...seller.products.map(({ productId }) => productId)) + 1;
      for (let index = 0; index < input.count; index += 1) {
        seller.products.push({
          productId: from + index,
          sku: 1_700_000_000 + from + index,
          offerId: `MORE-${from + index}`,
          name: `Товар ${from + index}`,
          priceMinor: 100_000,
          oldPriceMinor: 0,
          fboStock: 0,
          fbsStock: 5,
          archived: false,
          ratioBp: 1_800,
        });
      }
    }),
  };
}
