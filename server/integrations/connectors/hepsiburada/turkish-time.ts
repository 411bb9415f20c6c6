const TURKEY_MS = 3 * 3_600_000;

/** `yyyy-MM-dd HH:mm` of Turkish time, as the order service wants its windows [D]; the minute is rounded down. */
export function toTurkish(at: Date): string {
  return new Date(at.getTime() + TURKEY_MS).toISOString().slice(0, 16).replace("T", " ");
}

/** The Turkish day of a moment, YYYY-MM-DD. Turkey has kept UTC+3 all year since 2016. */
export function turkishDay(at: Date): string {
  return new Date(at.getTime() + TURKEY_MS).toISOString().slice(0, 10);
}

/**
 * Moments come with `Z`, with an offset, or bare; bare ones are Turkish time [I].
 * @returns undefined for what is no moment, and for the year 1 that .NET writes for "none".
 */
export function readMoment(text: string): Date | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/i.exec(text.trim());
  if (match === null) return undefined;
  const [, day = "", time = "00:00:00", fraction = "", zone] = match;
  const millis = fraction.slice(0, 4);
  const at = new Date(`${day}T${time.length === 5 ? `${time}:00` : time}${millis.length > 1 ? millis : ""}${zone ?? "+03:00"}`);
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() < 2_000 ? undefined : at;
}
