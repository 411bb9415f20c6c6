import { financeError } from "./errors";
import { type Call, type Operation, slicePage, wholeOf } from "./operation";
import { commissionOf } from "./order-json";
import { type HbState, linesOf, type Merchant, type Transaction } from "./state";
import { bare, dayOf, iso } from "./turkish";

const DAY_MS = 86_400_000;
const MONTH_DAYS = 31;
const IDENTIFIERS = { OrderNumber: "orderNumber", PackageNumber: "packageNumber", ReferenceDocument: "id", Sku: "sku" } as const satisfies Readonly<
  Record<string, keyof Transaction>
>;

const bad = (text: string) => financeError(400, text);

/** The accounts. */
export function moneyOperations(state: HbState): Operation[] {
  return [{ method: "GET", host: "mpfinance-external", path: "/transactions/merchantid/{m}", answer: (call) => transactions(state, call) }];
}

function transactions(state: HbState, { merchant, query }: Call): unknown {
  const page = { offset: wholeOf(query, "Offset", { min: 0, max: 1_000_000 }, bad), limit: wholeOf(query, "Limit", { min: 1, max: 100 }, bad) };
  const identifiers = Object.entries(IDENTIFIERS).filter(([name]) => query.get(name) !== null);
  const [start, end] = [query.get("OrderDateStart"), query.get("OrderDateEnd")];
  if (identifiers.length === 0 && (start === null || end === null)) throw bad("An identifier or a date range is required");
  for (const text of [start, end]) if (text !== null && !/^\d{4}-\d{2}-\d{2}/.test(text)) throw bad("Date is invalid");
  const [from, to] = [start?.slice(0, 10) ?? "0000", end?.slice(0, 10) ?? "9999"];
  if (start !== null && end !== null && Date.parse(to) - Date.parse(from) > MONTH_DAYS * DAY_MS) throw bad("Date range cannot exceed one month");
  const found = merchant.transactions.filter(
    (row) => dayOf(row.orderedAtMs) >= from && dayOf(row.orderedAtMs) <= to && identifiers.every(([name, field]) => row[field] === query.get(name)),
  );
  return { count: found.length, items: slicePage(found, page).map((row) => rowJson(merchant, row, state.host.clock.nowMs())) };
}

function rowJson(merchant: Merchant, row: Transaction, nowMs: number): Record<string, unknown> {
  const amount = (minor: number) => ({ value: minor / 100, currencyCode: "TRY" });
  const tax = Math.round(row.amountMinor / 6);
  return {
    id: row.id,
    transactionType: row.type,
    transactionTypeCategory: row.isIncome ? "Income" : "Expense",
    status: nowMs - row.orderedAtMs > 28 * DAY_MS ? "Paid" : "WillBePaid",
    orderNumber: row.orderNumber,
    orderItemNumber: null,
    packageNumber: row.packageNumber,
    invoiceNumber: null,
    invoiceExplanation: null,
    sku: row.sku,
    productName: row.productName,
    quantity: row.quantity,
    amount: amount(row.amountMinor),
    taxAmount: amount(tax),
    netAmount: amount(row.amountMinor - tax),
    orderDate: bare(row.orderedAtMs),
    invoiceDate: bare(row.orderedAtMs + 3 * DAY_MS),
    dueDate: iso(row.orderedAtMs + 28 * DAY_MS),
    paymentDate: null,
    isInvoice: !row.isIncome,
    isIncome: row.isIncome,
    merchantId: merchant.id,
  };
}

interface Books {
  lines: number;
  quantity: number;
  revenueMinor: number;
  payoutMinor: number;
}

/**
 * Orders placed within the window, added up from the shop's own state: what the accounts have, and what was delivered or given back
 * within the last month and is not in them yet.
 */
export function booksOf(state: HbState, merchant: Merchant, window: { from: number; to: number }): Books {
  const isWithin = (ms: number) => ms >= window.from && ms < window.to;
  const monthAgo = state.host.clock.nowMs() - 30 * DAY_MS;
  const books: Books = { lines: 0, quantity: 0, revenueMinor: 0, payoutMinor: 0 };
  const add = (quantity: number, revenue: number, fees: number) => {
    books.lines += quantity === 0 ? 0 : 1;
    books.quantity += quantity;
    books.revenueMinor += revenue;
    books.payoutMinor += revenue + fees;
  };
  for (const row of merchant.transactions.filter((one) => isWithin(one.orderedAtMs))) {
    if (row.type === "Payment") add(row.quantity, row.amountMinor, 0);
    else if (row.type === "Return") add(-row.quantity, -row.amountMinor, 0);
    else add(0, 0, row.isIncome ? row.amountMinor : -row.amountMinor);
  }
  const isBooked = (type: string, orderNumber: string, sku: string) =>
    merchant.transactions.some((row) => row.type === type && row.orderNumber === orderNumber && row.sku === sku);
  const delivered = merchant.parcels.filter((parcel) => (parcel.deliveredAtMs ?? 0) >= Math.max(monthAgo, window.from));
  for (const { order, line } of delivered.flatMap((parcel) => linesOf(merchant, parcel))) {
    if (isWithin(order.placedAtMs) && !isBooked("Payment", order.number, line.hbSku)) add(line.quantity, line.priceMinor * line.quantity, -commissionOf(line));
  }
  const given = merchant.claims.filter((one) => ["Accepted", "Refunded"].includes(one.status) && one.statusAtMs >= Math.max(monthAgo, window.from));
  for (const claim of given) {
    const order = merchant.orders.find((one) => one.number === claim.orderNumber);
    const line = order?.lines.find((one) => one.id === claim.lineId);
    if (order && line && isWithin(order.placedAtMs) && !isBooked("Return", order.number, line.hbSku))
      add(-claim.quantity, -line.priceMinor * claim.quantity, 0);
  }
  return books;
}
