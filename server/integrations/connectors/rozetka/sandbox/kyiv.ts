const HOUR_MS = 3_600_000;
const CLOCK = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Kyiv", dateStyle: "short", timeStyle: "medium" });

/** How the service writes a moment: Kyiv's wall clock, `YYYY-MM-DD HH:mm:ss`, no zone [I]. */
export function stamp(ms: number): string {
  return CLOCK.format(new Date(ms));
}

/** Reads what a caller wrote, also a day alone; undefined when it is neither. */
export function momentOf(text: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d))?$/.exec(text);
  if (match === null) return undefined;
  const wanted = `${match[1]} ${match[2] ?? "00:00:00"}`;
  const wall = Date.parse(`${wanted.replace(" ", "T")}Z`);
  if (Number.isNaN(wall)) return undefined;
  // Kyiv is two or three hours ahead; a time that comes twice is the first of the two.
  return [wall - 3 * HOUR_MS, wall - 2 * HOUR_MS].find((at) => stamp(at) === wanted) ?? wall - 2 * HOUR_MS;
}
