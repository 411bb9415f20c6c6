import { parseMinor } from "@/lib/money";
import type { ExternalSaleLine } from "../../contract/records";
import type { RemoteRefundLine, RemoteSaleLine, RemoteSoldOrder } from "./schemas";

const UNPAID = new Set(["PENDING", "AUTHORIZED", "EXPIRED", "VOIDED", "PARTIALLY_PAID"]);
const PAID = new Set(["PAID", "PARTIALLY_REFUNDED", "REFUNDED"]);

type SoldHead = Omit<RemoteSoldOrder, "lineItems">;
export type RemoteRefund = RemoteSoldOrder["refunds"][number];

/** When the money for an order came in; undefined while it has not, and for test orders. A status nobody knows is judged by the payments. */
export function realisedAt({ test, displayFinancialStatus, transactions, processedAt }: SoldHead): Date | undefined {
  const status = displayFinancialStatus ?? "";
  if (test || UNPAID.has(status)) return undefined;
  const captured = transactions.flatMap((entry) =>
    entry.status === "SUCCESS" && (entry.kind === "SALE" || entry.kind === "CAPTURE") ? [(entry.processedAt ?? processedAt).getTime()] : [],
  );
  if (captured.length > 0) return new Date(Math.min(...captured));
  return PAID.has(status) ? processedAt : undefined;
}

const moneyOf = ({ shopMoney: { amount, currencyCode } }: RemoteRefund["totalRefundedSet"]) => ({
  minor: parseMinor(amount, currencyCode),
  currency: currencyCode,
});
const said = (text: string | null | undefined) => (text === null || text === undefined || text === "" ? undefined : text);

/** The lines of a paid order, each at what was paid for all its pieces after every discount. @param date of the shop's calendar. */
export function toSaleLines(order: SoldHead, lines: readonly RemoteSaleLine[], date: string): ExternalSaleLine[] {
  const sold = lines.map((line): ExternalSaleLine => {
    const { minor, currency } = moneyOf(line.originalTotalSet);
    const discount = line.discountAllocations.reduce((sum, { allocatedAmountSet }) => sum + moneyOf(allocatedAmountSet).minor, 0n);
    const goods = { title: line.title, sku: line.sku, variant: line.variant };
    return { ...lineOf(order.name, date, currency, goods), externalId: line.id, kind: "sale", quantity: line.quantity, revenueMinor: minor - discount };
  });
  const currency = sold[0]?.currency;
  const fees = order.transactions.flatMap((transaction) => transaction.fees);
  return [...sold, ...(currency === undefined ? [] : fees.map((fee) => toFee(order.name, date, currency, fee)))];
}

function toFee(number: string, date: string, currency: string, { id, type, amount }: SoldHead["transactions"][number]["fees"][number]): ExternalSaleLine {
  const charged = -parseMinor(amount.amount, amount.currencyCode);
  return {
    ...lineOf(number, date, amount.currencyCode || currency, { title: type }),
    externalId: id,
    kind: "fee",
    quantity: 0,
    revenueMinor: 0n,
    feesMinor: charged,
    fees: [{ typeId: type, name: type, amountMinor: charged }],
  };
}

/** What went back. A refund without goods (shipping, goodwill) is one correction. */
export function toReturnLines(number: string, refund: RemoteRefund, lines: readonly RemoteRefundLine[], date: string): ExternalSaleLine[] {
  const total = moneyOf(refund.totalRefundedSet);
  if (lines.length === 0 && total.minor !== 0n) {
    const whole = lineOf(number, date, total.currency, { title: "Refund" });
    return [{ ...whole, externalId: refund.id, kind: "correction", quantity: 0, revenueMinor: -total.minor }];
  }
  return lines
    .filter(({ quantity }) => quantity > 0)
    .map((line, index): ExternalSaleLine => {
      const { minor, currency } = moneyOf(line.subtotalSet);
      // Very old refunds name their lines by no id: the refund's own and the line of the order are as lasting.
      const externalId = line.id ?? `${refund.id}/${line.lineItem.id}/${index}`;
      return { ...lineOf(number, date, currency, line.lineItem), externalId, kind: "return", quantity: -line.quantity, revenueMinor: -minor };
    });
}

interface Goods {
  readonly title: string;
  readonly sku?: string | null | undefined;
  readonly variant?: { readonly id: string } | null | undefined;
}

function lineOf(
  orderNumber: string,
  date: string,
  currency: string,
  { title, sku }: Goods,
): Omit<ExternalSaleLine, "externalId" | "kind" | "quantity" | "revenueMinor"> {
  return {
    date,
    feesMinor: 0n,
    currency,
    description: title,
    orderNumber,
    sku: said(sku),
    offerId: said(sku),
    productName: title,
    isPreliminary: false,
    fees: [],
  };
}
