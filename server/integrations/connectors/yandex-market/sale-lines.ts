import { parseMinor } from "@/lib/money";
import type { ExternalFee, ExternalSaleLine } from "../../contract/records";
import type { RemoteStatsOrder } from "./schemas";

/**
 * Orders as the statistics tell them → sale lines. Pure.
 *
 * Items carry no id: a line is the order and the shop's sku (`<order>:<sku>`, `…:return`), commissions are told per order and stay
 * one line of their own (`<order>:fees`), the delivery a buyer paid is another (`<order>:delivery`). An order's sale stands on the
 * day of its first payment, which does not move when the order is returned later. Goods are preliminary: the accounts are the monthly
 * realization report (`report-lines.ts`), whose lines settle these. It holds no commissions and no delivery: those stand as told here.
 */
const SOLD = new Set(["DELIVERED", "PARTIALLY_DELIVERED", "PARTIALLY_RETURNED", "RETURNED"]);
/** Given back after delivery, or never picked up. */
const TAKEN_BACK = new Set(["RETURNED", "REJECTED"]);

/** As the cabinet's own report calls them; an unknown type keeps its word. */
const FEE_NAMES: Readonly<Record<string, string>> = {
  FEE: "Размещение товаров",
  FULFILLMENT: "Хранение и обработка",
  LOYALTY_PARTICIPATION_FEE: "Программа лояльности и отзывы",
  AUCTION_PROMOTION: "Буст продаж",
  INSTALLMENT: "Рассрочка",
  DELIVERY_TO_CUSTOMER: "Доставка покупателю",
  EXPRESS_DELIVERY_TO_CUSTOMER: "Экспресс-доставка",
  AGENCY: "Приём платежа",
  PAYMENT_TRANSFER: "Перевод платежа",
  RETURNED_ORDERS_STORAGE: "Хранение возвратов",
  SORTING: "Обработка заказа",
  INTAKE_SORTING: "Забор заказов",
  RETURN_PROCESSING: "Обработка возврата",
  CROSSREGIONAL_DELIVERY: "Доставка между округами",
};

/** The same for a line of the statistics and for the one of the report that stands for it. */
export function settlementOf(order: string, sku: string, isReturn: boolean): string {
  return isReturn ? `${order}:${sku}:return` : `${order}:${sku}`;
}

/** The service writes RUR for roubles. */
export function currencyOf(word: string): string {
  return word === "RUR" || word === "" ? "RUB" : word;
}

interface Item {
  readonly sku: string | undefined;
  readonly name: string | undefined;
  count: number;
  totalMinor: bigint;
  readonly back: Map<string, number>;
}

/** @throws RangeError when an amount is no decimal. */
export function toSaleLines(order: RemoteStatsOrder): ExternalSaleLine[] {
  if (order.fake === true) return [];
  const currency = currencyOf(order.currency);
  const paidOn = order.payments.flatMap(({ date }) => date ?? []).sort()[0];
  const base = { date: paidOn ?? order.creationDate, currency, orderNumber: order.id, isPreliminary: paidOn === undefined, fees: [], feesMinor: 0n };
  // Payments are empty until the order is handed over: they tell of a sale also where the status is a word we do not know.
  const isSold = paidOn !== undefined || SOLD.has(order.status);
  const lines = isSold ? itemsOf(order, currency).flatMap((item) => linesOf(order.id, item, base)) : [];
  const fees = feesOf(order, currency);
  if (fees.length === 0) return lines;
  const feesMinor = fees.reduce((sum, fee) => sum + fee.amountMinor, 0n);
  return [...lines, { ...base, externalId: `${order.id}:fees`, kind: "fee", quantity: 0, revenueMinor: 0n, feesMinor, fees, description: "Услуги Маркета" }];
}

/** One entry a sku, however many lines of the order it stands on. */
function itemsOf(order: RemoteStatsOrder, currency: string): Item[] {
  const items = new Map<string, Item>();
  for (const line of order.items) {
    const key = line.shopSku ?? "";
    const item = items.get(key) ?? { sku: line.shopSku, name: line.offerName, count: 0, totalMinor: 0n, back: new Map<string, number>() };
    items.set(key, item);
    item.count += line.count ?? 0;
    for (const price of line.prices) item.totalMinor += parseMinor(price.total ?? 0, currency);
    for (const detail of line.details) {
      if (!TAKEN_BACK.has(detail.itemStatus)) continue;
      const day = detail.updateDate ?? "";
      item.back.set(day, (item.back.get(day) ?? 0) + (detail.itemCount ?? 0));
    }
  }
  return [...items.values()];
}

type Base = Pick<ExternalSaleLine, "date" | "currency" | "orderNumber" | "isPreliminary" | "fees" | "feesMinor">;

function linesOf(orderId: string, item: Item, base: Base): ExternalSaleLine[] {
  if (item.sku === undefined) {
    if (item.totalMinor === 0n) return [];
    return [
      { ...base, externalId: `${orderId}:delivery`, kind: "correction", quantity: 0, revenueMinor: item.totalMinor, description: item.name ?? "Доставка" },
    ];
  }
  const about = { sku: item.sku, offerId: item.sku, productName: item.name, description: item.name ?? item.sku };
  const keyed = (isReturn: boolean) => {
    const settlementKey = settlementOf(orderId, item.sku ?? "", isReturn);
    return { ...base, ...about, externalId: settlementKey, settlementKey, isPreliminary: true };
  };
  const sale: ExternalSaleLine = { ...keyed(false), kind: "sale", quantity: item.count, revenueMinor: item.totalMinor };
  const count = [...item.back.values()].reduce((sum, pieces) => sum + pieces, 0);
  if (count === 0 || item.count === 0) return [sale];
  const date = [...item.back.keys()].sort().at(-1) || base.date;
  const revenueMinor = -((item.totalMinor * BigInt(Math.round(count))) / BigInt(item.count));
  return [sale, { ...keyed(true), date, kind: "return", quantity: -count, revenueMinor }];
}

/** What the Market charges is positive there and negative here. */
function feesOf(order: RemoteStatsOrder, currency: string): ExternalFee[] {
  const sums = new Map<string, bigint>();
  for (const { type, actual } of order.commissions) sums.set(type, (sums.get(type) ?? 0n) - parseMinor(actual ?? 0, currency));
  return [...sums].filter(([, minor]) => minor !== 0n).map(([typeId, amountMinor]) => ({ typeId, name: FEE_NAMES[typeId] ?? typeId, amountMinor }));
}
