const TURKEY_MS = 3 * 3_600_000;

/** Moments as the order service writes them: Turkish time without a zone. */
export const bare = (ms: number) => new Date(ms + TURKEY_MS).toISOString().slice(0, 23);
export const iso = (ms: number) => new Date(ms).toISOString();
export const dayOf = (ms: number) => new Date(ms + TURKEY_MS).toISOString().slice(0, 10);

/** `yyyy-MM-dd HH:mm`, Turkish time; undefined for anything else. */
export function readBare(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/.test(text)) return undefined;
  const ms = Date.parse(`${text.replace(" ", "T")}:00+03:00`);
  return Number.isNaN(ms) ? undefined : ms;
}

export const lira = (minor: number) => minor / 100;
export const money = (minor: number) => ({ currency: "TRY", amount: lira(minor) });

/** One business day later: what would fall on a weekend falls on Monday. */
export function businessDayAfter(ms: number): number {
  let end = ms + 24 * 3_600_000;
  while ([0, 6].includes(new Date(end + TURKEY_MS).getUTCDay())) end += 24 * 3_600_000;
  return end;
}
