import { z } from "zod";
import { omsError } from "./errors";
import { type Call, type Operation, paged, readJson, wholeOf } from "./operation";
import { lineJson, orderJson } from "./order-json";
import { type HbState, isOpenLine, type Line, type Merchant, type Order, orderOfLine } from "./state";
import { cancelLine } from "./trade";
import { bare, readBare } from "./turkish";

const DAY_MS = 86_400_000;
const HOST = "oms-external";
/** A seller may cancel so many lines a day [T]. */
const CANCELS_A_DAY = 100;

const bad = (text: string) => omsError(400, text);

export function pageOf(query: URLSearchParams, max: number, offsetName = "offset"): { offset: number; limit: number } {
  const limit = wholeOf(query, "limit", { min: 1, max }, bad);
  const offset = query.get(offsetName) === null && offsetName === "Offset" ? 0 : wholeOf(query, offsetName, { min: 0, max: 1_000_000 }, bad);
  return { offset, limit };
}

/** `begindate` and `enddate`: both or neither. */
export function windowOf(query: URLSearchParams): { from: number; to: number } | undefined {
  const [begin, end] = [query.get("begindate"), query.get("enddate")];
  if (begin === null && end === null) return undefined;
  const [from, to] = [readBare(begin ?? ""), readBare(end ?? "")];
  if (from === undefined || to === undefined) throw bad("begindate and enddate must be yyyy-MM-dd HH:mm");
  if (to < from) throw bad("enddate must be after begindate");
  return { from, to };
}

export const allLines = (merchant: Merchant): { order: Order; line: Line }[] =>
  merchant.orders.flatMap((order) => order.lines.map((line) => ({ order, line })));

/** Orders and their lines. */
export function orderOperations(state: HbState): Operation[] {
  const get = (path: string, answer: Operation["answer"]): Operation => ({ method: "GET", host: HOST, path, answer });
  return [
    get("/orders/merchantid/{m}", openLines),
    get("/orders/merchantid/{m}/cancelled", cancelledLines),
    get("/orders/merchantid/{m}/paymentawaiting", ({ query }) => paged([], pageOf(query, 50))),
    get("/orders/merchantid/{m}/ordernumber/{order}", oneOrder),
    { method: "POST", host: HOST, path: "/lineitems/merchantid/{m}/id/{line}/cancelbymerchant", answer: (call) => cancel(state, call) },
  ];
}

function openLines({ merchant, query }: Call): unknown {
  const page = pageOf(query, 100);
  const window = windowOf(query);
  // A longer range is cut to its first day without a word.
  const to = window === undefined ? Number.POSITIVE_INFINITY : Math.min(window.to, window.from + DAY_MS);
  const open = allLines(merchant).filter(({ order, line }) => isOpenLine(line) && order.placedAtMs >= (window?.from ?? 0) && order.placedAtMs <= to);
  return paged(
    open.map(({ order, line }) => lineJson(merchant, order, line)),
    page,
  );
}

function cancelledLines({ merchant, query }: Call): unknown {
  const page = pageOf(query, 50);
  const { from, to } = windowOf(query) ?? { from: 0, to: Number.POSITIVE_INFINITY };
  const cancelled = allLines(merchant).filter(({ line }) => line.cancelledBy !== null && line.movedAtMs >= from && line.movedAtMs <= to);
  return paged(
    cancelled.map(({ order, line }) => ({
      lineItemId: line.id,
      orderNumber: order.number,
      sku: line.hbSku,
      merchantSku: line.merchantSku,
      merchantId: merchant.id,
      quantity: line.quantity,
      cancelDate: bare(line.movedAtMs),
      cancelledBy: line.cancelledBy,
      cancelReasonCode: line.cancelReasonCode,
    })),
    page,
  );
}

function oneOrder({ merchant, at: [number] }: Call): unknown {
  const order = merchant.orders.find((one) => one.number === number);
  if (!order) throw omsError(404, "Order not found");
  return orderJson(merchant, order);
}

const cancelInput = z.strictObject({ reasonId: z.number().int().positive() });

async function cancel(state: HbState, call: Call): Promise<unknown> {
  const { reasonId } = await readJson(call, cancelInput, bad);
  const { merchant, at } = call;
  const found = orderOfLine(merchant, at[0] ?? "");
  if (!found) throw omsError(404, "Line item not found");
  if (!isOpenLine(found.line)) throw bad("Line item is not in a cancellable status");
  const since = state.host.clock.nowMs() - DAY_MS;
  const today = allLines(merchant).filter(({ line }) => line.cancelledBy === "Merchant" && line.movedAtMs > since).length;
  if (today >= CANCELS_A_DAY) throw bad("Daily cancellation limit is exceeded");
  cancelLine(state, merchant, found, "Merchant", { via: "api", reason: String(reasonId) });
  return "";
}
