import { RawInteger } from "@/lib/json";
import { ConnectorError } from "../../contract/errors";
import type { ConnectorContext } from "../../contract/ports";
import { json, readAs, wildberriesCaller } from "./caller";
import { ENDPOINTS } from "./endpoints";
import {
  earlyRowsSchema,
  orderStatesSchema,
  ordersSchema,
  pricesSchema,
  priceTaskGoodsSchema,
  priceTaskSchema,
  priceUploadSchema,
  type RemotePrice,
  type StockRefusal,
  stockRefusalsSchema,
  stocksSchema,
  suppliesSchema,
  supplyCreatedSchema,
  supplyOrdersSchema,
  warehousesSchema,
} from "./trade-schemas";

/** 80 000 rows of the early figures. */
const LARGE_ANSWER_BYTES = 128 * 1024 * 1024;

/** An answer of the early figures with fewer rows is the last: the service gives "about 80 000" at a time, and asking for an empty page costs minutes. */
export const FULL_EARLY_PAGE = 10_000;

/** Orders created in a span of at most 30 days. */
export interface OrdersPageInput {
  readonly limit: number;
  /** "0" for the first page. */
  readonly next: string;
  /** Unix seconds. */
  readonly from: number;
  readonly to: number;
}

export interface PriceLine {
  readonly nmId: string;
  /** Whole units of the seller's currency, before the discount. */
  readonly price: number;
  /** Per cent. */
  readonly discount: number;
}

export type WildberriesTradeClient = ReturnType<typeof wildberriesTradeClient>;

const raw = (ids: readonly string[]) => ids.map((id) => new RawInteger(id));

/**
 * Orders, stock, prices and the early figures: one method per remote operation, as in `client.ts`.
 * Every method throws `ConnectorError` as `errors.ts` classifies.
 */
export function wildberriesTradeClient(context: Pick<ConnectorContext, "credentials" | "http">) {
  const { exchange, call } = wildberriesCaller(context);

  return {
    newOrders: () => call(ENDPOINTS.newOrders, ordersSchema, { maxBytes: LARGE_ANSWER_BYTES }),
    orders: ({ limit, next, from, to }: OrdersPageInput) =>
      call(ENDPOINTS.orders, ordersSchema, { query: { limit, next, dateFrom: from, dateTo: to }, maxBytes: LARGE_ANSWER_BYTES }),
    /** At most 1000 ids. */
    orderStates: async (ids: readonly string[]) => (await call(ENDPOINTS.orderStates, orderStatesSchema, { body: json({ orders: raw(ids) }) })).orders,
    async cancelOrder(id: string): Promise<void> {
      await exchange(ENDPOINTS.cancelOrder, { id, nature: "write" });
    },

    supplies: (limit: number, next: string) => call(ENDPOINTS.supplies, suppliesSchema, { query: { limit, next }, maxBytes: LARGE_ANSWER_BYTES }),
    createSupply: async (name: string) => (await call(ENDPOINTS.createSupply, supplyCreatedSchema, { body: json({ name }), nature: "write" })).id,
    /** At most 100 orders; those that are new are being packed from then on. */
    async addToSupply(id: string, orders: readonly string[]): Promise<void> {
      await exchange(ENDPOINTS.addToSupply, { id, body: json({ orders: raw(orders) }), nature: "write" });
    },
    supplyOrders: async (id: string) => (await call(ENDPOINTS.supplyOrders, supplyOrdersSchema, { id })).orderIds,
    async deliverSupply(id: string): Promise<void> {
      await exchange(ENDPOINTS.deliverSupply, { id, nature: "write" });
    },

    warehouses: () => call(ENDPOINTS.warehouses, warehousesSchema),
    /** At most 1000 sizes; those that have no stock there are left out. */
    stocks: async (warehouseId: string, chrtIds: readonly string[]) =>
      (await call(ENDPOINTS.stocks, stocksSchema, { id: warehouseId, body: json({ chrtIds: raw(chrtIds) }), maxBytes: LARGE_ANSWER_BYTES })).stocks,
    /**
     * At most 1000 lines, absolute. @returns why it was refused, empty = taken. What becomes of the lines beside a refused one is
     * not told: none of them counts as taken.
     */
    async setStocks(warehouseId: string, stocks: readonly { readonly chrtId: string; readonly amount: number }[]): Promise<readonly StockRefusal[]> {
      const body = json({ stocks: stocks.map(({ chrtId, amount }) => ({ chrtId: new RawInteger(chrtId), amount })) });
      const response = await exchange(ENDPOINTS.setStocks, { id: warehouseId, body, nature: "idempotent", alsoAccept: [409] });
      return response.status === 409 ? readAs(response, stockRefusalsSchema, ENDPOINTS.setStocks.path, false) : [];
    },

    /** At most 1000 articles. */
    async prices(nmIds: readonly string[]): Promise<readonly RemotePrice[]> {
      const answer = await call(ENDPOINTS.prices, pricesSchema, { body: json({ nmList: raw(nmIds) }), maxBytes: LARGE_ANSWER_BYTES });
      return told(answer)?.listGoods ?? [];
    },
    /** At most 1000 articles, each once. @returns the number of the upload; the same one for the same lines. */
    async setPrices(lines: readonly PriceLine[]): Promise<string | undefined> {
      const data = lines.map(({ nmId, price, discount }) => ({ nmID: new RawInteger(nmId), price, discount }));
      return told(await call(ENDPOINTS.setPrices, priceUploadSchema, { body: json({ data }), nature: "idempotent" }))?.id;
    },
    /** Undefined while it is being worked on. */
    priceTask: async (uploadID: string) => (await call(ENDPOINTS.priceTask, priceTaskSchema, { query: { uploadID } })).data ?? undefined,
    priceTaskGoods: async (uploadID: string, limit: number, offset: number) =>
      (await call(ENDPOINTS.priceTaskGoods, priceTaskGoodsSchema, { query: { limit, offset, uploadID } })).data?.historyGoods ?? [],

    /** Rows changed since then, by that time, the row of that very moment included; at most about 80 000. @param dateFrom Moscow, without a zone. */
    earlySales: (dateFrom: string) => call(ENDPOINTS.earlySales, earlyRowsSchema, { query: { dateFrom, flag: 0 }, maxBytes: LARGE_ANSWER_BYTES }),
    earlyOrders: (dateFrom: string) => call(ENDPOINTS.earlyOrders, earlyRowsSchema, { query: { dateFrom, flag: 0 }, maxBytes: LARGE_ANSWER_BYTES }),
  };
}

/** A refusal may come with HTTP 200; 208 says that the upload is known already and calls that no error. */
function told<T>(answer: { readonly data?: T; readonly error: boolean; readonly errorText?: string | undefined }): T | undefined {
  if (answer.error) throw new ConnectorError("invalid", undefined, { remoteText: answer.errorText?.slice(0, 500), httpStatus: 200 });
  return answer.data;
}
