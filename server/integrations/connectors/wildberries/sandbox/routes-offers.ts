import { z } from "zod";
import { readBody } from "./body";
import { marketError, priceError, stockErrors } from "./errors";
import type { Call, Operation } from "./operation";
import { acceptPrices, priceLineInput, pricesJson, settlePrices } from "./prices";
import type { Seller, WbState } from "./state";
import type { Warehouse } from "./trade-state";

const MARKET = "marketplace-api";
const PRICES = "discounts-prices-api";
const MAX_AMOUNT = 100_000;
const REFUSAL = 9;

const market = (group: string, isWrite = false) => ({
  category: "marketplace" as const,
  isWrite,
  group,
  usual: [20, 0.2] as const,
  base: [20, 0.2] as const,
  refusalCost: REFUSAL,
  host: MARKET,
});
const prices = (isWrite = false) => ({
  category: "prices" as const,
  isWrite,
  group: "prices",
  usual: [5, 0.6] as const,
  base: [1, 900] as const,
  host: PRICES,
});

/** The seller's own warehouses and their stock; prices. */
export function offerOperations(state: WbState): Operation[] {
  return [
    { ...market("warehouses"), method: "GET", path: "/api/v3/warehouses", answer: ({ seller }) => seller.trade.warehouses },
    { ...market("stocks"), method: "POST", path: "/api/v3/stocks/{id}", answer: readStocks },
    { ...market("stocks", true), method: "PUT", path: "/api/v3/stocks/{id}", answer: writeStocks },
    { ...prices(), method: "GET", path: "/api/v2/list/goods/filter", answer: (call) => listPrices(state, call) },
    { ...prices(), method: "POST", path: "/api/v2/list/goods/filter", answer: (call) => findPrices(state, call) },
    { ...prices(true), method: "POST", path: "/api/v2/upload/task", answer: (call) => upload(state, call) },
    { ...prices(), method: "GET", path: "/api/v2/history/tasks", answer: (call) => task(state, call) },
    { ...prices(), method: "GET", path: "/api/v2/history/goods/task", answer: (call) => taskGoods(state, call) },
  ];
}

function warehouseOf(seller: Seller, id: string): Warehouse {
  if (!/^\d+$/.test(id)) throw marketError(400, "IncorrectParameter", "IncorrectParameter");
  const warehouse = seller.trade.warehouses.find((one) => one.id === Number(id));
  if (!warehouse) throw marketError(404, "NotFound", "Not found");
  return warehouse;
}

const badBody = () => marketError(400, "IncorrectRequestBody", "Incorrect required body");
const isSku = (value: unknown) => typeof value === "object" && value !== null && "sku" in value && !("chrtId" in value);

async function readStocks(call: Call): Promise<unknown> {
  const warehouse = warehouseOf(call.seller, call.id);
  const { chrtIds } = await readBody(call, z.object({ chrtIds: z.array(z.number().int()).max(1_000) }), badBody);
  const held = call.seller.trade.stocks[warehouse.id] ?? {};
  return { stocks: chrtIds.flatMap((chrtId) => (held[chrtId] === undefined ? [] : [{ chrtId, amount: held[chrtId] }])) };
}

/** Names of fields are not looked at: a line without `chrtId` or `amount` is taken and does nothing. All lines or none. */
async function writeStocks(call: Call): Promise<Response> {
  const { seller } = call;
  const warehouse = warehouseOf(seller, call.id);
  const { stocks } = await readBody(call, z.object({ stocks: z.array(z.record(z.string(), z.unknown())).min(1).max(1_000) }), badBody);
  if (stocks.some(isSku)) throw marketError(400, "SKUUploadDisabled", "Uploading stock is not allowed by 'sku'. Please use the 'chrtId' key");
  const line = z.object({ chrtId: z.number().int(), amount: z.number().int().min(0) });
  const lines = stocks.flatMap((given) => {
    if (!("chrtId" in given) || !("amount" in given)) return [];
    const parsed = line.safeParse(given);
    if (!parsed.success) throw marketError(400, "IncorrectRequest", "Переданы некорректные данные");
    return [parsed.data];
  });
  if (warehouse.isProcessing) throw stockErrors([{ code: "StoreIsProcessing", message: "The store is processing" }]);
  const known = new Map(seller.products.flatMap((product) => product.sizes.map((size) => [size.chrtId, size] as const)));
  const named = (bad: readonly z.output<typeof line>[]) => bad.map(({ chrtId, amount }) => ({ sku: known.get(chrtId)?.barcode ?? "", chrtId, amount }));
  const strangers = lines.filter(({ chrtId }) => !known.has(chrtId));
  const tooMany = lines.filter(({ amount }) => amount > MAX_AMOUNT);
  const reasons = [
    ...(strangers.length > 0 ? [{ code: "NotFound", message: "Not found", data: named(strangers) }] : []),
    ...(tooMany.length > 0 ? [{ code: "UploadDataLimit", message: "Upload limit exceeded.", data: named(tooMany) }] : []),
  ];
  if (reasons.length > 0) throw stockErrors(reasons);
  const held = seller.trade.stocks[warehouse.id] ?? {};
  for (const { chrtId, amount } of lines) held[chrtId] = amount;
  seller.trade.stocks[warehouse.id] = held;
  return new Response(null, { status: 204 });
}

const wrapped = (data: unknown) => ({ data, error: false, errorText: "" });
const badQuery = () => priceError(400, "Invalid request parameters");

function whole(query: URLSearchParams, name: string, max: number): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d+$/.test(text) || Number(text) > max) throw badQuery();
  return Number(text);
}

function listPrices(state: WbState, { seller, query }: Call): unknown {
  settlePrices(state, seller);
  const limit = whole(query, "limit", 1_000);
  const offset = whole(query, "offset", Number.MAX_SAFE_INTEGER) ?? 0;
  const nmId = whole(query, "filterNmID", Number.MAX_SAFE_INTEGER);
  if (limit === undefined || limit === 0) throw badQuery();
  const goods = nmId === undefined ? seller.products : seller.products.filter((product) => product.nmId === nmId);
  return wrapped({ listGoods: goods.slice(offset, offset + limit).map(pricesJson) });
}

async function findPrices(state: WbState, call: Call): Promise<unknown> {
  settlePrices(state, call.seller);
  const { nmList } = await readBody(call, z.strictObject({ nmList: z.array(z.number().int()).min(1).max(1_000) }), badQuery);
  const wanted = new Set(nmList);
  return wrapped({ listGoods: call.seller.products.filter((product) => wanted.has(product.nmId)).map(pricesJson) });
}

async function upload(state: WbState, call: Call): Promise<unknown> {
  settlePrices(state, call.seller);
  const { data } = await readBody(call, z.strictObject({ data: z.array(priceLineInput) }), () => priceError(400, "Invalid data format"));
  const { id, isKnown } = acceptPrices(state, call.seller, data);
  if (isKnown) return Response.json({ data: { id, alreadyExists: true }, error: false, errorText: "This task already exists" }, { status: 208 });
  return wrapped({ id, alreadyExists: false });
}

function uploadOf(state: WbState, { seller, query }: Call) {
  settlePrices(state, seller);
  const id = whole(query, "uploadID", Number.MAX_SAFE_INTEGER);
  if (id === undefined) throw badQuery();
  // What is not worked off yet is not in the history.
  return seller.trade.priceUploads.find((one) => one.id === id && one.isSettled);
}

function task(state: WbState, call: Call): unknown {
  const found = uploadOf(state, call);
  if (!found) return wrapped(null);
  const taken = found.goods.filter((good) => good.status === 2).length;
  return wrapped({
    uploadID: found.id,
    status: taken === found.goods.length ? 3 : taken === 0 ? 6 : 5,
    uploadDate: new Date(found.atMs).toISOString(),
    activationDate: new Date(found.settlesAtMs).toISOString(),
    overAllGoodsNumber: found.goods.length,
    successGoodsNumber: taken,
  });
}

function taskGoods(state: WbState, call: Call): unknown {
  const limit = whole(call.query, "limit", 1_000);
  if (limit === undefined) throw badQuery();
  const offset = whole(call.query, "offset", Number.MAX_SAFE_INTEGER) ?? 0;
  const found = uploadOf(state, call);
  const goods = (found?.goods ?? []).slice(offset, offset + limit).map(({ nmId, price, discount, status, errorText }) => {
    const product = call.seller.products.find((one) => one.nmId === nmId);
    return {
      nmID: nmId,
      vendorCode: product?.vendorCode ?? "",
      sizeID: null,
      techSizeName: "",
      price,
      currencyIsoCode4217: "RUB",
      discount,
      clubDiscount: null,
      status,
      errorText: errorText === "" ? null : errorText,
    };
  });
  return { data: { uploadID: found?.id ?? null, historyGoods: goods } };
}
