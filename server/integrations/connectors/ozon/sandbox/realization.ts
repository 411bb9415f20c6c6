import { slice } from "@/sandbox/kit/seq";
import { amountsOf, type SaleProduct } from "./ledger";
import type { Seller } from "./state";

interface Side {
  quantity: number;
  revenueMinor: number;
  saleMinor: number;
  bonusMinor: number;
  coinvestmentMinor: number;
  commissionMinor: number;
}

interface Row {
  product: SaleProduct;
  delivered: Side;
  returned: Side;
}

const emptySide = (): Side => ({ quantity: 0, revenueMinor: 0, saleMinor: 0, bonusMinor: 0, coinvestmentMinor: 0, commissionMinor: 0 });

/** The realization report over the given days: one row per product, price and commission share, from the same books as the accruals. */
export function realizationReport(seller: Seller, days: readonly string[]): unknown {
  const rows = new Map<string, Row>();
  for (const date of days) {
    const day = seller.ledger.day(date);
    for (const accrual of slice(day, 0, day.length)) {
      if (accrual.category !== "POSTING") continue;
      for (const product of accrual.products) collect(rows, product);
    }
  }
  const start = days[0] ?? "";
  const stop = days.at(-1) ?? "";
  return {
    header: {
      number: `${start.slice(0, 7)}-${seller.clientId}`,
      doc_date: stop,
      start_date: start,
      stop_date: stop,
      contract_number: `ИР-${seller.clientId}/25`,
      contract_date: "2025-01-15",
      currency_sys_name: "RUB",
      payer_inn: "7704217370",
      payer_kpp: "997750001",
      payer_name: "ООО «Интернет Решения»",
      receiver_inn: seller.inn,
      receiver_kpp: "770101001",
      receiver_name: seller.companyName,
    },
    rows: [...rows.values()].map((row, index) => rowJson(seller, row, index + 1)),
  };
}

function collect(rows: Map<string, Row>, product: SaleProduct): void {
  const key = `${product.sku} ${product.unitMinor} ${product.ratioBp}`;
  const row = rows.get(key) ?? { product, delivered: emptySide(), returned: emptySide() };
  rows.set(key, row);
  const side = product.quantity > 0 ? row.delivered : row.returned;
  const amounts = amountsOf(product);
  side.quantity += Math.abs(product.quantity);
  side.revenueMinor += Math.abs(amounts.revenueMinor);
  side.saleMinor += Math.abs(amounts.saleMinor);
  side.bonusMinor += Math.abs(product.bonusMinor);
  side.coinvestmentMinor += Math.abs(product.coinvestmentMinor);
  side.commissionMinor += Math.abs(amounts.commissionMinor);
}

function rowJson(seller: Seller, row: Row, rowNumber: number): unknown {
  const product = seller.products.find((candidate) => candidate.sku === row.product.sku);
  return {
    rowNumber,
    item: { name: product?.name ?? "", offer_id: product?.offerId ?? "", barcode: `OZN${row.product.sku}`, sku: row.product.sku },
    seller_price_per_instance: row.product.unitMinor / 100,
    commission_ratio: row.product.ratioBp / 10_000,
    delivery_commission: sideJson(row.delivered),
    return_commission: sideJson(row.returned),
  };
}

/** A side without pieces is null, not a row of zeros. */
function sideJson(side: Side): unknown {
  if (side.quantity === 0) return null;
  return {
    amount: side.saleMinor / 100,
    bonus: side.bonusMinor / 100,
    bank_coinvestment: side.coinvestmentMinor / 100,
    stars: 0,
    pick_up_point_coinvestment: 0,
    commission: 0,
    compensation: 0,
    price_per_instance: Math.round(side.saleMinor / side.quantity) / 100,
    quantity: side.quantity,
    standard_fee: side.commissionMinor / 100,
    total: (side.revenueMinor - side.commissionMinor) / 100,
  };
}
