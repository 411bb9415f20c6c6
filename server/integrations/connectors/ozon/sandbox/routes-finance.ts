import { z } from "zod";
import { lowerBound, slice } from "@/sandbox/kit/seq";
import { money, whole } from "./body";
import { invalidArgument, notFound } from "./errors";
import { ACCRUAL_TYPES, type Accrual, amountsOf, dayOf, daysBetween, type SaleProduct, sumFees } from "./ledger";
import { type Method, method } from "./method";
import { realizationReport } from "./realization";
import type { OzonState, Seller } from "./state";

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const FIRST_DAY = "2022-01-01";
const SALE_COMMISSION = 69;

/** Accruals and the monthly realization report. */
export function financeMethods(state: OzonState): Method[] {
  return [
    method("/v1/finance/accrual/types", z.strictObject({}), () => ({ accrual_types: ACCRUAL_TYPES })),
    method("/v1/finance/accrual/postings", z.strictObject({ posting_numbers: z.array(z.string()).min(1).max(200) }), (seller, input) => ({
      posting_accruals: input.posting_numbers
        .map((number) => ({ posting_number: number, accruals: seller.ledger.ofUnit(number).flatMap(postingRows) }))
        .filter((entry) => entry.accruals.length > 0),
    })),
    method("/v1/finance/accrual/by-day", z.strictObject({ date: z.string(), last_id: z.string() }), (seller, input) => byDay(state, seller, input)),
    method("/v2/finance/realization", z.strictObject({ month: whole(1, 12), year: whole(2020, 2100) }), (seller, input) => realization(state, seller, input)),
  ];
}

function byDay(state: OzonState, seller: Seller, input: { date: string; last_id: string }): unknown {
  if (!DATE.test(input.date) || Number.isNaN(Date.parse(input.date))) throw invalidArgument("invalid date, expected YYYY-MM-DD");
  if (input.date < FIRST_DAY) throw invalidArgument("date must not be before 2022-01-01");
  if (input.date > dayOf(state.host.clock.nowMs())) throw invalidArgument("date must not be in the future");
  const day = seller.ledger.day(input.date);
  let from = 0;
  if (input.last_id !== "") {
    const lastId = Number(input.last_id);
    from = lowerBound(day, (accrual) => accrual.accrualId < lastId);
    if (from >= day.length || day.get(from).accrualId !== lastId) throw invalidArgument("last_id does not belong to this date");
    from += 1;
  }
  const page = slice(day, from, from + seller.accrualPageSize);
  const last = page.at(-1);
  const isLast = from + page.length >= day.length;
  return { accruals: page.map(accrualJson), last_id: last && (!isLast || seller.quirks.lastIdOnLastPage) ? String(last.accrualId) : "" };
}

function accrualJson(accrual: Accrual): unknown {
  const base = { accrual_id: accrual.accrualId, accrued_category: accrual.category, date: accrual.date, unit_number: accrual.unitNumber };
  switch (accrual.category) {
    case "POSTING":
      return {
        ...base,
        item_fees: null,
        posting: { delivery_schema: accrual.schema, delivery_speed: 29, products: accrual.products.map(productJson) },
        total_amount: money(accrual.products.reduce((sum, product) => sum + amountsOf(product).totalMinor, 0)),
      };
    case "ITEM":
      return {
        ...base,
        posting: null,
        item_fees: { fees: [{ sku: accrual.sku, fees: accrual.fees.map((fee) => ({ type_id: fee.typeId, accrued: money(fee.minor) })) }] },
        total_amount: money(sumFees(accrual.fees)),
      };
    case "NON_ITEM":
      return {
        ...base,
        posting: null,
        item_fees: null,
        non_item_fee: { type_id: accrual.fee.typeId, accrued: money(accrual.fee.minor) },
        total_amount: money(accrual.fee.minor),
      };
  }
}

function productJson(product: SaleProduct): unknown {
  const amounts = amountsOf(product);
  const sign = Math.sign(product.quantity);
  return {
    sku: product.sku,
    commission: {
      seller_price: money(product.unitMinor * sign),
      sale_amount: money(amounts.saleMinor),
      sale_price: money(Math.round(amounts.saleMinor / Math.abs(product.quantity))),
      sale_commission: money(amounts.commissionMinor),
      commission: money(amounts.commissionMinor),
      bonus: money(product.bonusMinor),
      coinvestment: money(product.coinvestmentMinor),
      commission_ratio: String(product.ratioBp / 10_000),
    },
    delivery: { services: product.services.map((fee) => ({ type_id: fee.typeId, accrued: money(fee.minor) })), total_accrued: money(amounts.servicesMinor) },
  };
}

/** One row per fee; the commission's row carries pieces and price, as the only row that belongs to the sale itself. */
function postingRows(accrual: Accrual): unknown[] {
  const row = (typeId: number, minor: number, extra: { quantity: number | null; sku: number | null; unitMinor: number | null }) => ({
    accrual_date: accrual.date,
    accrued: money(minor),
    quantity: extra.quantity,
    seller_price: extra.unitMinor === null ? null : money(extra.unitMinor),
    sku: extra.sku,
    type_id: typeId,
  });
  if (accrual.category === "NON_ITEM") return [row(accrual.fee.typeId, accrual.fee.minor, { quantity: null, sku: null, unitMinor: null })];
  if (accrual.category === "ITEM") return accrual.fees.map((fee) => row(fee.typeId, fee.minor, { quantity: null, sku: accrual.sku, unitMinor: null }));
  return accrual.products.flatMap((product) => [
    row(SALE_COMMISSION, amountsOf(product).commissionMinor, { quantity: Math.abs(product.quantity), sku: product.sku, unitMinor: product.unitMinor }),
    ...product.services.map((fee) => row(fee.typeId, fee.minor, { quantity: null, sku: product.sku, unitMinor: null })),
  ]);
}

function realization(state: OzonState, seller: Seller, input: { month: number; year: number }): unknown {
  if (input.year * 12 + input.month < 2023 * 12 + 8) throw invalidArgument("reports are available from August 2023");
  const readyAt = Date.UTC(input.year, input.month, 5);
  if (state.host.clock.nowMs() < readyAt) throw notFound("report is not ready");
  const first = new Date(Date.UTC(input.year, input.month - 1, 1));
  const last = new Date(Date.UTC(input.year, input.month, 0));
  return { result: realizationReport(seller, daysBetween(dayOf(first.getTime()), dayOf(last.getTime()))) };
}
