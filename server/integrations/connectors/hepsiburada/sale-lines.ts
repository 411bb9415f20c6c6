import { parseMinor } from "@/lib/money";
import type { ExternalSaleLine } from "../../contract/records";
import { lineTotal } from "./mapper";
import type { RemoteClaim, RemoteLine, RemoteTransaction } from "./schemas";
import { turkishDay } from "./turkish-time";

/** Transactions of the accounts, and what stands for them until they are there. Pure; all throw RangeError for an amount that is none. */

const SALE = "Payment";
const RETURN = "Return";

const abs = (minor: bigint) => (minor < 0n ? -minor : minor);

/** Both stand on the order's number and the service's number of the product: the only ids accounts and orders share. */
function settlementKey(orderNumber: string | undefined, sku: string | undefined, kind: "sale" | "return"): string | undefined {
  return orderNumber === undefined || sku === undefined ? undefined : `${orderNumber}/${sku}/${kind}`;
}

/**
 * One row of the accounts. The sign is what `isIncome` says, whatever sign the amount has; a type nobody has heard of is a fee
 * (or an income) of its name, so that the sum is right.
 */
export function toSaleLine(row: RemoteTransaction): ExternalSaleLine {
  const currency = row.amount.currencyCode;
  const amount = abs(parseMinor(row.amount.value, currency));
  const signed = row.isIncome ? amount : -amount;
  const isSale = row.transactionType === SALE && row.isIncome;
  const isReturn = row.transactionType === RETURN && !row.isIncome;
  const pieces = Math.abs(row.quantity ?? 0);
  const isTrade = isSale || isReturn;
  const name = row.invoiceExplanation ?? row.transactionType;
  return {
    externalId: `fin:${row.id}`,
    kind: isSale ? "sale" : isReturn ? "return" : "fee",
    date: turkishDay(row.orderDate),
    quantity: isSale ? pieces : isReturn ? -pieces : 0,
    revenueMinor: isTrade ? signed : 0n,
    feesMinor: isTrade ? 0n : signed,
    payoutMinor: signed,
    currency,
    description: name,
    orderNumber: row.orderNumber,
    postingNumber: row.packageNumber,
    sku: row.sku,
    productName: row.productName,
    isPreliminary: false,
    ...(isTrade ? { settlementKey: settlementKey(row.orderNumber, row.sku, isSale ? "sale" : "return") } : {}),
    fees: isTrade ? [] : [{ typeId: row.transactionType, name, amountMinor: signed }],
  };
}

/** A delivered line the accounts may not have yet: its price less the commission the order names. */
export function toPreliminarySale(orderNumber: string, line: RemoteLine, orderedAt: Date): ExternalSaleLine {
  const currency = line.totalPrice?.currency ?? "TRY";
  const revenueMinor = lineTotal(line, currency);
  const commission = line.commission === undefined ? 0n : abs(parseMinor(line.commission.amount, currency));
  const fees = commission === 0n ? [] : [{ typeId: "Commission", name: "Komisyon", amountMinor: -commission }];
  return {
    externalId: `line:${line.id}`,
    kind: "sale",
    date: turkishDay(orderedAt),
    quantity: line.quantity,
    revenueMinor,
    feesMinor: -commission,
    payoutMinor: revenueMinor - commission,
    currency,
    description: "Delivered",
    orderNumber,
    postingNumber: line.packageNumber,
    sku: line.sku,
    offerId: line.merchantSKU ?? line.merchantSku,
    productName: line.name,
    isPreliminary: true,
    settlementKey: settlementKey(orderNumber, line.sku, "sale"),
    fees,
  };
}

/** A claim that was accepted or refunded: goods come back, the money goes. */
export function toPreliminaryReturn(claim: RemoteClaim, orderedAt: Date): ExternalSaleLine {
  const currency = claim.priceCurrency ?? "TRY";
  const amount = abs(parseMinor(claim.refundAmount ?? claim.totalPriceAmount ?? "0", currency));
  return {
    externalId: `claim:${claim.number}`,
    kind: "return",
    date: turkishDay(orderedAt),
    quantity: -claim.quantity,
    revenueMinor: -amount,
    feesMinor: 0n,
    payoutMinor: -amount,
    currency,
    description: claim.claimType === "" ? "Return" : claim.claimType,
    orderNumber: claim.orderNumber,
    sku: claim.sku,
    offerId: claim.merchantSku,
    isPreliminary: true,
    settlementKey: settlementKey(claim.orderNumber, claim.sku, "return"),
    fees: [],
  };
}
