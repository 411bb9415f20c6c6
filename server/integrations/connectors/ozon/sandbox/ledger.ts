import { type Seq, seqOf } from "@/sandbox/kit/seq";

/** The types of accruals the simulator books, with the ids met in the live service (API sheet 2.6.1). */
export const ACCRUAL_TYPES = [
  { id: 1, name: "Acquiring", description: "Эквайринг" },
  { id: 28, name: "LastMile", description: "Последняя миля" },
  { id: 29, name: "CourierLastMile", description: "Доставка курьером до покупателя" },
  { id: 32, name: "Logistics", description: "Логистика" },
  { id: 33, name: "Marketing", description: "Маркетинговые услуги" },
  { id: 41, name: "PayPerClick", description: "Оплата за клик" },
  { id: 45, name: "PickupPointReturn", description: "Обработка возврата в пункте выдачи" },
  { id: 46, name: "Placement", description: "Размещение товаров на складе" },
  { id: 51, name: "PremiumSubscription", description: "Подписка Premium" },
  { id: 52, name: "PremiumPlusSubscription", description: "Подписка Premium Plus" },
  { id: 54, name: "Promotion", description: "Продвижение товаров" },
  { id: 59, name: "ReturnLogistics", description: "Обратная логистика" },
  { id: 69, name: "SaleCommission", description: "Вознаграждение за продажу" },
  { id: 75, name: "Stencils", description: "Трафареты" },
] as const;

export interface Fee {
  typeId: number;
  /** Kopecks; what the seller pays is negative. */
  minor: number;
}

export interface SaleProduct {
  sku: number;
  /** Negative for a return. */
  quantity: number;
  /** The seller's price of one piece, kopecks. */
  unitMinor: number;
  /** The part of the seller's price paid by points and by partners, for all pieces together; kopecks. */
  bonusMinor: number;
  coinvestmentMinor: number;
  /** Commission in hundredths of a percent. */
  ratioBp: number;
  services: Fee[];
}

export type Accrual = { accrualId: number; date: string; unitNumber: string } & (
  | { category: "POSTING"; schema: "FBO" | "FBS" | "RFBS"; products: SaleProduct[] }
  | { category: "ITEM"; sku: number; fees: Fee[] }
  | { category: "NON_ITEM"; fee: Fee }
);

interface SaleAmounts {
  /** Seller's price × pieces. */
  revenueMinor: number;
  /** What the buyer paid for them: revenue without bonus and co-investment. */
  saleMinor: number;
  commissionMinor: number;
  servicesMinor: number;
  totalMinor: number;
}

/** The amounts of one product line; all carry the sign of the quantity, commissions and services the opposite. */
export function amountsOf(product: SaleProduct): SaleAmounts {
  const revenueMinor = product.unitMinor * product.quantity;
  const commissionMinor = -Math.round((revenueMinor * product.ratioBp) / 10_000);
  const servicesMinor = sumFees(product.services);
  return {
    revenueMinor,
    saleMinor: revenueMinor - product.bonusMinor - product.coinvestmentMinor,
    commissionMinor,
    servicesMinor,
    totalMinor: revenueMinor + commissionMinor + servicesMinor,
  };
}

export function sumFees(fees: readonly Fee[]): number {
  return fees.reduce((sum, fee) => sum + fee.minor, 0);
}

/** What was booked, per day in accrual id order. */
export class Ledger {
  private readonly stored = new Map<string, Accrual[]>();
  private readonly byUnit = new Map<string, Accrual[]>();
  private computedDay: ((date: string) => Seq<Accrual> | undefined) | undefined;
  private computedUnit: ((unit: string) => Accrual[]) | undefined;

  /** The greatest id booked so far, 0 in an empty ledger. */
  lastAccrualId = 0;

  add(accrual: Accrual): void {
    this.lastAccrualId = Math.max(this.lastAccrualId, accrual.accrualId);
    push(this.stored, accrual.date, accrual);
    push(this.byUnit, accrual.unitNumber, accrual);
  }

  /** Every stored accrual, in the order of booking. */
  all(): Accrual[] {
    return [...this.stored.values()].flat().sort((a, b) => a.accrualId - b.accrualId);
  }

  /** Days that are a formula instead of rows (the `bulk` scenario). */
  compute(day: (date: string) => Seq<Accrual> | undefined, unit: (unit: string) => Accrual[]): void {
    this.computedDay = day;
    this.computedUnit = unit;
  }

  day(date: string): Seq<Accrual> {
    return this.computedDay?.(date) ?? seqOf(this.stored.get(date) ?? []);
  }

  ofUnit(unitNumber: string): Accrual[] {
    return [...(this.byUnit.get(unitNumber) ?? []), ...(this.computedUnit?.(unitNumber) ?? [])];
  }
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

/** Days from `from` to `to` (YYYY-MM-DD), both included. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let ms = Date.parse(`${from}T00:00:00Z`); ms <= Date.parse(`${to}T00:00:00Z`); ms += 86_400_000) days.push(dayOf(ms));
  return days;
}

export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
