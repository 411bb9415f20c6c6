/** Units in which people set times. */
export const TIME_UNITS = ["minutes", "hours", "days"] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

const MINUTES: Readonly<Record<TimeUnit, number>> = { minutes: 1, hours: 60, days: 1_440 };

/** The largest unit that says it without a remainder: 120 → 2 hours, 90 → 90 minutes. */
export function splitMinutes(total: number): { readonly amount: number; readonly unit: TimeUnit } {
  const unit = total > 0 && total % MINUTES.days === 0 ? "days" : total > 0 && total % MINUTES.hours === 0 ? "hours" : "minutes";
  return { amount: total / MINUTES[unit], unit };
}

export function joinMinutes(amount: number, unit: TimeUnit): number {
  return Math.round(amount) * MINUTES[unit];
}
