import { z } from "zod";
import { readBody } from "./body";
import { marketError } from "./errors";
import type { Call, Operation } from "./operation";
import type { Seller, WbState } from "./state";
import { newSupply } from "./trade-happenings";
import { type AssemblyOrder, isCancellable, type Supply } from "./trade-state";

const HOST = "marketplace-api";
const DAY_MS = 86_400_000;
const KEPT_MS = 92 * DAY_MS;
const WINDOW_DAYS = 30;
/** One refusal is counted as ten calls. */
const REFUSAL = 9;

const rights = (isWrite = false) => ({
  category: "marketplace" as const,
  isWrite,
  group: "fbs",
  usual: [20, 0.2] as const,
  base: [20, 0.2] as const,
  refusalCost: REFUSAL,
});
const at = (method: Operation["method"], path: string, answer: Operation["answer"], isWrite = false): Operation => ({
  ...rights(isWrite),
  method,
  host: HOST,
  path,
  answer,
});

const badParameter = () => marketError(400, "IncorrectParameter", "Передан некорректный параметр");
const badBody = () => marketError(400, "IncorrectRequestBody", "Некорректное тело запроса");
const notFound = () => marketError(404, "NotFound", "Не найдено");
const mismatch = () => marketError(409, "StatusMismatch", "Несоответствие статусов, проверьте их правильность");
const notAdded = () =>
  marketError(
    409,
    "FailedToAddSupplyOrder",
    "Не удалось закрепить сборочное задание за поставкой. Убедитесь, что сборочное задание и поставка удовлетворяют всем необходимым требованиям.",
  );

/** Assembly orders of FBS and their supplies. */
export function orderOperations(state: WbState): Operation[] {
  return [
    at("GET", "/api/v3/orders/new", ({ seller }) => ({
      orders: seller.trade.orders
        .filter((order) => order.supplierStatus === "new" && order.wbStatus === "waiting")
        .map((order) => orderJson(seller, order, true)),
    })),
    at("GET", "/api/v3/orders", (call) => listOrders(state, call)),
    at("POST", "/api/v3/orders/status", states),
    { ...at("PATCH", "/api/v3/orders/{id}/cancel", (call) => cancel(state, call), true), group: "fbs cancel", usual: [20, 0.6], base: [20, 0.6] },
    at("GET", "/api/v3/supplies", (call) => listSupplies(state, call)),
    at("POST", "/api/v3/supplies", (call) => createSupply(state, call), true),
    at("PATCH", "/api/marketplace/v3/supplies/{id}/orders", (call) => addOrders(state, call), true),
    at("GET", "/api/marketplace/v3/supplies/{id}/order-ids", ({ seller, id }) => ({
      orderIds: inSupply(seller, supplyOf(seller, id)).map((order) => order.id),
    })),
    at("PATCH", "/api/v3/supplies/{id}/deliver", (call) => deliver(state, call), true),
  ];
}

const none = () => new Response(null, { status: 204 });

function whole(query: URLSearchParams, name: string, bounds: { min: number; max: number }): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < bounds.min || value > bounds.max) throw badParameter();
  return value;
}

function paging(query: URLSearchParams): { limit: number; next: number } {
  const limit = whole(query, "limit", { min: 1, max: 1_000 });
  const next = whole(query, "next", { min: 0, max: Number.MAX_SAFE_INTEGER });
  if (limit === undefined || next === undefined) throw badParameter();
  return { limit, next };
}

/** By id, which is by time; without states. */
function listOrders(state: WbState, { seller, query }: Call): unknown {
  const { limit, next } = paging(query);
  const nowMs = state.host.clock.nowMs();
  const bounds = { min: 1, max: 4_000_000_000 };
  const toMs = (whole(query, "dateTo", bounds) ?? Math.ceil(nowMs / 1_000)) * 1_000;
  const fromMs = (whole(query, "dateFrom", bounds) ?? Math.floor(toMs / 1_000) - WINDOW_DAYS * 86_400) * 1_000;
  if (toMs < fromMs || toMs - fromMs > WINDOW_DAYS * DAY_MS) throw badParameter();
  const oldestMs = Math.max(fromMs, nowMs - KEPT_MS);
  const fitting = seller.trade.orders.filter((order) => order.id > next && order.createdAtMs >= oldestMs && order.createdAtMs <= toMs + 999);
  const page = fitting.slice(0, Math.min(limit, state.settings.ordersPage));
  return { next: page.at(-1)?.id ?? 0, orders: page.map((order) => orderJson(seller, order, false)) };
}

function orderJson(seller: Seller, order: AssemblyOrder, isNew: boolean): unknown {
  const product = seller.products.find((one) => one.nmId === order.nmId);
  const size = product?.sizes.find((one) => one.chrtId === order.chrtId);
  const prices = { price: order.priceMinor, convertedPrice: order.priceMinor, currencyCode: 643, convertedCurrencyCode: 643 };
  const extras = { ddate: "", sellerDate: null, salePrice: order.priceMinor, requiredMeta: order.lacksMarking ? ["sgtin"] : [], optionalMeta: [] };
  return {
    ...(isNew
      ? { ...extras, finalPrice: order.priceMinor, convertedFinalPrice: order.priceMinor, isPickupPointShipmentAllowed: true }
      : order.supplyId === null
        ? {}
        : { supplyId: order.supplyId }),
    address: null,
    scanPrice: null,
    deliveryType: "fbs",
    orderUid: order.orderUid,
    article: product?.vendorCode ?? "",
    colorCode: "",
    rid: order.rid,
    createdAt: new Date(order.createdAtMs).toISOString().replace(/\.\d+Z$/, "Z"),
    offices: ["Москва_Запад"],
    skus: [size?.barcode ?? ""],
    id: order.id,
    warehouseId: order.warehouseId,
    officeId: 15,
    nmId: order.nmId,
    chrtId: order.chrtId,
    ...prices,
    cargoType: order.cargoType,
    crossBorderType: 0,
    comment: order.comment,
    isZeroOrder: false,
    options: { isB2B: false },
  };
}

async function states(call: Call): Promise<unknown> {
  const { orders } = await readBody(call, z.strictObject({ orders: z.array(z.number().int()).min(1).max(1_000) }), badBody);
  const wanted = new Set(orders);
  return {
    orders: call.seller.trade.orders
      .filter((order) => wanted.has(order.id))
      .map((order) => ({ id: order.id, isCancellable: isCancellable(order), supplierStatus: order.supplierStatus, wbStatus: order.wbStatus })),
  };
}

function cancel(state: WbState, { seller, id }: Call): Response {
  const order = /^\d+$/.test(id) ? seller.trade.orders.find((one) => one.id === Number(id)) : undefined;
  if (!order) throw /^\d+$/.test(id) ? notFound() : badParameter();
  if (!isCancellable(order)) throw mismatch();
  change(state, order, { supplierStatus: "cancel", wbStatus: "canceled", supplyId: null });
  return none();
}

function change(state: WbState, order: AssemblyOrder, what: Partial<AssemblyOrder>): void {
  Object.assign(order, what, { changedAtMs: state.host.clock.nowMs(), apiChanges: order.apiChanges + 1 });
}

function supplyOf(seller: Seller, id: string): Supply {
  const supply = seller.trade.supplies.find((one) => one.id === id);
  if (!supply) throw notFound();
  return supply;
}

const inSupply = (seller: Seller, supply: Supply) => seller.trade.orders.filter((order) => order.supplyId === supply.id);

function listSupplies(state: WbState, { seller, query }: Call): unknown {
  const { limit, next } = paging(query);
  const number = (supply: Supply) => Number(/\d+$/.exec(supply.id)?.[0] ?? 0);
  const page = seller.trade.supplies.filter((supply) => number(supply) > next).slice(0, Math.min(limit, state.settings.ordersPage));
  const last = page.at(-1);
  return { next: last ? number(last) : 0, supplies: page.map((supply) => supplyJson(seller, supply)) };
}

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString().replace(/\.\d+Z$/, "Z"));

function supplyJson(seller: Seller, supply: Supply): unknown {
  const [first] = inSupply(seller, supply);
  return {
    id: supply.id,
    isB2b: first ? false : null,
    isPickupPointShipmentAllowed: false,
    done: supply.done,
    createdAt: iso(supply.createdAtMs),
    closedAt: iso(supply.closedAtMs),
    scanDt: null,
    name: supply.name,
    cargoType: first?.cargoType ?? 0,
    crossBorderType: first ? 0 : null,
    destinationOfficeId: 15,
    recommendedWhId: 0,
  };
}

async function createSupply(state: WbState, call: Call): Promise<Response> {
  const { name } = await readBody(call, z.strictObject({ name: z.string().min(1).max(128) }), badBody);
  return Response.json({ id: newSupply(state, call.seller, name).id }, { status: 201 });
}

/** All or nothing; what is new is being packed from then on. */
async function addOrders(state: WbState, call: Call): Promise<Response> {
  const { seller } = call;
  const input = await readBody(call, z.strictObject({ orders: z.array(z.number().int()).min(1).max(100) }), badParameter);
  const supply = supplyOf(seller, call.id);
  const orders = input.orders.map((id) => {
    const order = seller.trade.orders.find((one) => one.id === id);
    if (!order) throw notFound();
    return order;
  });
  const [first] = [...inSupply(seller, supply), ...orders];
  const isFit = (order: AssemblyOrder) => isCancellable(order) && order.warehouseId === first?.warehouseId && order.cargoType === first.cargoType;
  if (supply.done || !orders.every(isFit)) throw notAdded();
  for (const order of orders) change(state, order, { supplierStatus: "confirm", supplyId: supply.id });
  return none();
}

function deliver(state: WbState, { seller, id }: Call): Response {
  const supply = supplyOf(seller, id);
  if (supply.done) throw mismatch();
  const orders = inSupply(seller, supply);
  if (orders.length === 0)
    throw marketError(409, "SupplyHasZeroOrders", "Не удалось обработать поставку. Убедитесь, что за ней закреплён хотя бы одно сборочное задание.");
  const unmarked = orders.filter((order) => order.lacksMarking);
  if (unmarked.length > 0) {
    const metaDetails = [{ key: "sgtin", value: "null", decision: "required" }];
    throw marketError(409, "MetaValidationFail", "Fix them to dispatch items", { orders: unmarked.map((order) => ({ id: order.id, metaDetails })) });
  }
  if (seller.trade.wantsShipping) throw marketError(409, "SupplyShippingRequired", "Укажите способ отгрузки поставки");
  Object.assign(supply, { done: true, closedAtMs: state.host.clock.nowMs() });
  for (const order of orders) change(state, order, { supplierStatus: "complete" });
  return none();
}
