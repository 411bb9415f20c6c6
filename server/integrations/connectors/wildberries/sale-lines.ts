import { parseMinor } from "@/lib/money";
import type { ExternalFee, ExternalSaleLine } from "../../contract/records";
import type { RemoteSale } from "./schemas";
import type { EarlySale } from "./trade-schemas";

/** Rows of the realisation report, and of the early figures before it → sale lines. Pure. */

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
 * What the report says is in the service's accounts: it stands for the early line of the same piece.
 * @throws RangeError when an amount is not a decimal.
 */
export function toSaleLine(row: RemoteSale): ExternalSaleLine {
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
    isPreliminary: false,
    settlementKey: isTrade && row.srid !== undefined ? settlementKey(row.srid, kind === "return") : undefined,
    fees,
  };
}

/**
 * One piece is sold under its `srid` and may come back under the same one, in another week. A return settled by the sale's key would
 * be left out of the totals from the moment the sale is final.
 */
function settlementKey(srid: string, isReturn: boolean): string {
  return isReturn ? `${srid}:return` : srid;
}

/**
 * A row of the statistics: told within half an hour, by a simplified formula, and zero for up to a day. The only fee is the
 * difference to what it says will be paid out.
 * @throws RangeError when an amount is not a decimal.
 */
export function toEarlyLine(row: EarlySale, day: string): ExternalSaleLine {
  const isReturn = row.saleID.startsWith("R");
  const money = (text: string) => {
    const minor = parseMinor(text, "RUB");
    return (minor < 0n ? -minor : minor) * (isReturn ? -1n : 1n);
  };
  const revenueMinor = money(row.priceWithDisc);
  const payoutMinor = money(row.forPay);
  const fees = [fee("forPay", "Вознаграждение Wildberries и эквайринг", payoutMinor - revenueMinor)].filter((one) => one.amountMinor !== 0n);
  return {
    externalId: `early:${row.saleID}`,
    kind: isReturn ? "return" : "sale",
    date: day,
    quantity: isReturn ? -1 : 1,
    revenueMinor,
    feesMinor: payoutMinor - revenueMinor,
    payoutMinor,
    currency: "RUB",
    description: row.subject ?? row.supplierArticle ?? row.saleID,
    orderNumber: row.srid,
    postingNumber: row.srid,
    sku: row.nmId,
    offerId: row.supplierArticle,
    productName: row.subject,
    isPreliminary: true,
    settlementKey: settlementKey(row.srid, isReturn),
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
