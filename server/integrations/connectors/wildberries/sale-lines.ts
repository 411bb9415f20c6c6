import { parseMinor } from "@/lib/money";
import type { ExternalFee, ExternalSaleLine } from "../../contract/records";
import type { RemoteSale } from "./schemas";

/** Rows of the realisation report → sale lines. Pure. */

/** What is taken from us, by the report's own columns. The rest of the columns are shares of these or information. */
const CHARGES = [
  ["deliveryService", "Логистика"],
  ["paidStorage", "Хранение"],
  ["penalty", "Штрафы"],
  ["deduction", "Удержания"],
  ["paidAcceptance", "Операции на приёмке"],
  ["cashbackAmount", "Баллы программы лояльности"],
  ["cashbackCommissionChange", "Участие в программе лояльности"],
] as const satisfies readonly (readonly [keyof RemoteSale, string])[];

/**
 * One row is one line. Revenue is the seller's own price (what the platform adds to the buyer's discount is the platform's money),
 * and the difference to what is paid out for it is the commission with acquiring [I]. Returns come as positive numbers and are negated.
 * @param isPreliminary the week of the row is not closed yet.
 * @throws RangeError when an amount is not a decimal.
 */
export function toSaleLine(row: RemoteSale, isPreliminary: boolean): ExternalSaleLine {
  const money = (text: string) => parseMinor(text, row.currency);
  const sign = /^возврат/i.test(row.docTypeName) ? -1n : 1n;
  const kind = kindOf(row);
  const isTrade = kind === "sale" || kind === "return";
  const revenueMinor = isTrade ? sign * money(row.retailPriceWithDisc) * BigInt(Math.abs(row.quantity)) : 0n;
  const paidMinor = sign * money(row.forPay);
  const fees = [
    fee("forPay", isTrade ? "Вознаграждение Wildberries и эквайринг" : operationOf(row), paidMinor - revenueMinor),
    ...CHARGES.map(([column, name]) => fee(column, name, -money(row[column]))),
    fee("additionalPayment", "Корректировка вознаграждения", money(row.additionalPayment)),
  ].filter((one) => one.amountMinor !== 0n);
  const feesMinor = fees.reduce((sum, one) => sum + one.amountMinor, 0n);
  return {
    externalId: row.rrdId,
    kind,
    date: row.rrDate.slice(0, 10),
    quantity: isTrade ? Number(sign) * Math.abs(row.quantity) : 0,
    revenueMinor,
    feesMinor,
    payoutMinor: revenueMinor + feesMinor,
    currency: row.currency,
    description: isTrade ? (row.title ?? row.subjectName ?? operationOf(row)) : operationOf(row),
    orderNumber: row.srid,
    postingNumber: row.orderId ?? row.srid,
    sku: row.nmId,
    offerId: row.vendorCode,
    productName: row.title ?? row.subjectName,
    isPreliminary,
    fees,
  };
}

/** Logistics, storage and fines are rows of their own, with an operation of their own and no quantity. */
function kindOf(row: RemoteSale): ExternalSaleLine["kind"] {
  const operation = row.sellerOperName.trim().toLowerCase();
  if (operation === "продажа" && row.quantity !== 0) return "sale";
  if (operation === "возврат" && row.quantity !== 0) return "return";
  return Number(row.forPay) === 0 ? "fee" : "correction";
}

function operationOf(row: RemoteSale): string {
  const operation = row.sellerOperName.trim() || "Операция";
  return row.bonusTypeName === undefined ? operation : `${operation}: ${row.bonusTypeName}`;
}

function fee(typeId: string, name: string, amountMinor: bigint): ExternalFee {
  return { typeId, name, amountMinor };
}
