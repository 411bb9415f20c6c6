import { createHash } from "node:crypto";
import type { ExternalSaleLine } from "@/server/integrations/contract/records";

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export interface Period {
  readonly from: string;
  readonly to: string;
}

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** The asked period; an open side is 30 days from the other, and both open are the last 30 days including today. */
export function periodOf(filters: { readonly from?: string | undefined; readonly to?: string | undefined }, now: Date): Period {
  const span = (DEFAULT_DAYS - 1) * DAY_MS;
  const to = filters.to ?? (filters.from === undefined ? dayOf(now) : dayOf(new Date(Math.max(Date.parse(filters.from) + span, now.getTime()))));
  return { from: filters.from ?? dayOf(new Date(Date.parse(to) - span)), to };
}

/** Every day from the first to the last, both included. */
export function daysOf({ from, to }: Period): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) days.push(dayOf(new Date(at)));
  return days;
}

/** Why a line cannot be stored, or null. */
export function lineFault(line: ExternalSaleLine): string | null {
  if (line.externalId === "") return "sale_without_id";
  if (!DAY.test(line.date) || !Number.isFinite(Date.parse(line.date))) return "sale_without_date";
  if (!Number.isSafeInteger(line.quantity) || Math.abs(line.quantity) > 2_147_483_647) return "sale_quantity";
  return /^[A-Z]{3}$/.test(line.currency) ? null : "sale_currency";
}

/** Over every field of the source: an unchanged repeat has the same, a corrected line another. */
export function sourceHash(line: ExternalSaleLine): string {
  const fees = line.fees.map((fee) => [fee.typeId, fee.name, String(fee.amountMinor)]);
  const fields = [
    line.kind,
    line.date,
    line.quantity,
    String(line.revenueMinor),
    String(line.feesMinor),
    line.payoutMinor === undefined ? null : String(line.payoutMinor),
    line.currency,
    line.description,
  ];
  const references = [
    line.orderNumber ?? null,
    line.postingNumber ?? null,
    line.sku ?? null,
    line.offerId ?? null,
    line.productName ?? null,
    line.isPreliminary,
    line.settlementKey ?? null,
    fees,
  ];
  return createHash("sha256")
    .update(JSON.stringify([...fields, ...references]))
    .digest("base64url");
}
