const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds of a duration as the SDK writes it (`10s`, `1h30m`, `2d`), or undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join("") !== text.trim()) return undefined;
  return parts.reduce((sum, part) => sum + Number(part[1]) * (UNITS_MS[part[2] ?? ""] ?? 0), 0);
}

/** The instant a sleep ends: `text` is a duration from `now` or an ISO instant. */
export function dueFrom(text: string, now: Date): Date | undefined {
  const duration = parseDuration(text);
  if (duration !== undefined) return new Date(now.getTime() + duration);
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : new Date(instant);
}
