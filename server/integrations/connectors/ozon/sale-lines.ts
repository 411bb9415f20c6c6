import { parseMinor } from "@/lib/money";
import type { ExternalFee, ExternalSaleLine } from "../../contract/records";
import { orderOfPosting } from "./mapper";
import type { RemoteAccrual, RemoteFee, RemoteMoney } from "./schemas";

/**
 * Accruals of a day → sale lines. Pure.
 *
 * - `posting`: one line per posting × sku. Revenue is what was sold (sale amount, discount points, partner programmes), the
 *   commission and the delivery services are its fees. Negative revenue is a return, none at all a fee line.
 * - `item_fees`: one fee line per sku; `non_item_fee`: one fee line.
 * - Whatever these do not explain of `total_amount` (container fees and categories to come) is a line of its own, so the
 *   payouts of an accrual's lines always add up to its `total_amount`.
 *
 * Ids are made of the service's own: date, category, unit number, accrual id, sku or fee type. Lines of one id in one day are
 * added up, so that the order of the answer never matters.
 */
export interface LineNames {
  readonly types: ReadonlyMap<string, string>;
}

/** The id of the sales commission among the accrual types (seen live, September 2026); only a fallback name hangs on it. */
const SALE_COMMISSION = "69";

/** @throws RangeError when an amount is no decimal or the currencies of one accrual differ. */
export function toSaleLines(accrual: RemoteAccrual, names: LineNames): ExternalSaleLine[] {
  const money = (value: RemoteMoney | undefined) => minorOf(value, accrual.total_amount.currency);
  const total = money(accrual.total_amount);
  const parts = [...postingLines(accrual, names, money, total), ...itemLines(accrual, names, money), ...nonItemLines(accrual, names, money)];
  const rest = total - sum(parts.map(payoutOf));
  if (rest === 0n) return parts.length > 0 ? parts : [];
  const fee = { typeId: accrual.accrued_category, name: accrual.accrued_category, amountMinor: rest };
  const kind = parts.length === 0 ? "fee" : "correction";
  return [...parts, { ...line(accrual, "rest"), kind, feesMinor: rest, payoutMinor: rest, fees: [fee], description: accrual.accrued_category }];
}

function minorOf(value: RemoteMoney | undefined, currency: string): bigint {
  if (value === undefined) return 0n;
  const minor = parseMinor(value.amount, currency);
  // Zeroes come with an empty currency.
  if (minor !== 0n && value.currency !== currency)
    throw new RangeError(`currencies of one accrual differ: ${value.currency.slice(0, 8)}, ${currency.slice(0, 8)}`);
  return minor;
}

type Minor = (value: RemoteMoney | undefined) => bigint;
type Product = NonNullable<RemoteAccrual["posting"]>["products"][number];

function postingLines(accrual: RemoteAccrual, names: LineNames, money: Minor, total: bigint): ExternalSaleLine[] {
  const products = accrual.posting?.products ?? [];
  const fees = products.map((product) => productFees(product, names, money));
  const sold = products.map((product) => money(product.commission?.sale_amount ?? undefined));
  const support = products.map((product) => money(product.commission?.bonus ?? undefined) + money(product.commission?.coinvestment ?? undefined));
  // The docs do not say whether the sale amount already holds points and partner money: the total decides.
  const charged = sum(fees.flat().map((fee) => fee.amountMinor));
  const holdsSupport = sum(support) !== 0n && sum(sold) + charged === total;
  return products.flatMap((product, index) => {
    const revenueMinor = (sold[index] ?? 0n) + (holdsSupport ? 0n : (support[index] ?? 0n));
    const own = fees[index] ?? [];
    if (revenueMinor === 0n && own.length === 0) return [];
    const feesMinor = sum(own.map((fee) => fee.amountMinor));
    return [
      {
        ...line(accrual, product.sku ?? "-"),
        kind: revenueMinor > 0n ? ("sale" as const) : revenueMinor < 0n ? ("return" as const) : ("fee" as const),
        quantity: derivedQuantity(product, revenueMinor, money) ?? 0,
        revenueMinor,
        feesMinor,
        payoutMinor: revenueMinor + feesMinor,
        sku: product.sku,
        fees: own,
        description: describe(own),
      },
    ];
  });
}

function productFees(product: Product, names: LineNames, money: Minor): ExternalFee[] {
  const commission = money(product.commission?.commission ?? undefined);
  const services = typed(product.delivery?.services ?? [], names, money);
  const told = product.delivery?.total_accrued;
  const unnamed = told === undefined ? 0n : money(told) - sum(services.map((fee) => fee.amountMinor));
  return [
    ...(commission === 0n ? [] : [{ typeId: SALE_COMMISSION, name: names.types.get(SALE_COMMISSION) ?? "SaleCommission", amountMinor: commission }]),
    ...services,
    ...(unnamed === 0n ? [] : [{ typeId: "delivery", name: "Delivery", amountMinor: unnamed }]),
  ];
}

/** Unit price × quantity = revenue; where that gives no whole number, the quantity is asked for (see capabilities/sales.ts). */
function derivedQuantity(product: Product, revenueMinor: bigint, money: Minor): number | undefined {
  const price = money(product.commission?.seller_price ?? undefined);
  if (revenueMinor === 0n) return 0;
  if (price === 0n || revenueMinor % price !== 0n) return undefined;
  const pieces = Number(revenueMinor / price);
  return revenueMinor < 0n ? -Math.abs(pieces) : Math.abs(pieces);
}

function itemLines(accrual: RemoteAccrual, names: LineNames, money: Minor): ExternalSaleLine[] {
  return (accrual.item_fees?.fees ?? []).flatMap((item) => {
    const fees = typed(item.fees, names, money);
    return fees.length === 0 ? [] : [feeLine(accrual, item.sku ?? "-", fees, item.sku)];
  });
}

function nonItemLines(accrual: RemoteAccrual, names: LineNames, money: Minor): ExternalSaleLine[] {
  const fees = typed(accrual.non_item_fee ? [accrual.non_item_fee] : [], names, money);
  return fees.map((fee) => feeLine(accrual, `type-${fee.typeId}`, [fee]));
}

function feeLine(accrual: RemoteAccrual, tail: string, fees: readonly ExternalFee[], sku?: string): ExternalSaleLine {
  const feesMinor = sum(fees.map((fee) => fee.amountMinor));
  return { ...line(accrual, tail), kind: "fee", feesMinor, payoutMinor: feesMinor, fees, sku, description: describe(fees) };
}

function typed(fees: readonly RemoteFee[], names: LineNames, money: Minor): ExternalFee[] {
  return fees
    .map((fee) => ({ typeId: fee.type_id, name: names.types.get(fee.type_id) ?? `#${fee.type_id}`, amountMinor: money(fee.accrued) }))
    .filter((fee) => fee.amountMinor !== 0n);
}

function line(accrual: RemoteAccrual, tail: string): Omit<ExternalSaleLine, "kind" | "feesMinor" | "fees" | "description"> {
  const date = accrual.date.slice(0, 10);
  const isPosting = accrual.posting !== null && accrual.posting !== undefined;
  const postingNumber = isPosting || accrual.accrued_category === "ITEM" ? accrual.unit_number : undefined;
  return {
    externalId: [date, accrual.accrued_category, accrual.unit_number ?? "-", accrual.accrual_id ?? "-", tail].join(":"),
    date,
    quantity: 0,
    revenueMinor: 0n,
    currency: accrual.total_amount.currency,
    postingNumber,
    orderNumber: postingNumber === undefined ? undefined : orderOfPosting(postingNumber),
    isPreliminary: false,
  };
}

function describe(fees: readonly ExternalFee[]): string {
  return [...new Set(fees.map((fee) => fee.name))].join(", ").slice(0, 300);
}

function payoutOf(saleLine: ExternalSaleLine): bigint {
  return saleLine.revenueMinor + saleLine.feesMinor;
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

/** Adds up the lines that share an id. */
export function mergeLines(lines: readonly ExternalSaleLine[]): ExternalSaleLine[] {
  const byId = new Map<string, ExternalSaleLine>();
  for (const next of lines) {
    const held = byId.get(next.externalId);
    byId.set(next.externalId, held === undefined ? next : added(held, next));
  }
  return [...byId.values()];
}

function added(left: ExternalSaleLine, right: ExternalSaleLine): ExternalSaleLine {
  const revenueMinor = left.revenueMinor + right.revenueMinor;
  const feesMinor = left.feesMinor + right.feesMinor;
  const fees = new Map<string, ExternalFee>();
  for (const fee of [...left.fees, ...right.fees]) fees.set(fee.typeId, { ...fee, amountMinor: (fees.get(fee.typeId)?.amountMinor ?? 0n) + fee.amountMinor });
  const isSales = left.kind === "sale" || left.kind === "return" || right.kind === "sale" || right.kind === "return";
  return {
    ...left,
    kind: !isSales ? left.kind : revenueMinor > 0n ? "sale" : revenueMinor < 0n ? "return" : "fee",
    quantity: left.quantity + right.quantity,
    revenueMinor,
    feesMinor,
    payoutMinor: revenueMinor + feesMinor,
    fees: [...fees.values()],
    description: describe([...fees.values()]),
  };
}
