import { dayOf, type Period } from "./rules";

/** Calendar spans that sums by product are kept of, in months. */
export const SPANS = [12, 3, 1] as const;
export type SpanMonths = (typeof SPANS)[number];

/** What reading one is thought to cost, in days of lines: a span has at most one row a product and slice, a day has every line. */
const COST: Readonly<Record<SpanMonths, number>> = { 1: 5, 3: 7, 12: 8 };

export interface Span {
  readonly months: SpanMonths;
  readonly startsOn: string;
  /** -1: to be taken off again. */
  readonly sign: 1 | -1;
}

export interface Days extends Period {
  readonly sign: 1 | -1;
}

/** Whole spans and single days that come to a period when added (and taken off) with their signs. */
export interface Cover {
  readonly spans: readonly Span[];
  readonly days: readonly Days[];
}

interface Priced extends Cover {
  readonly cost: number;
}

const DAY_MS = 86_400_000;
const NOTHING: Priced = { spans: [], days: [], cost: 0 };

const dayAfter = (day: string, days: number) => dayOf(new Date(Date.parse(day) + days * DAY_MS));

/** The first day of the month so many months later. */
function monthAfter(startsOn: string, months: number): Date {
  const date = new Date(startsOn);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date;
}

const lastDayOf = (startsOn: string, months: number) => dayOf(new Date(monthAfter(startsOn, months).getTime() - DAY_MS));

const startOfYear = (year: number) => `${String(year).padStart(4, "0")}-01-01`;

const negative = (sign: 1 | -1): 1 | -1 => (sign === 1 ? -1 : 1);

function join(parts: readonly Priced[]): Priced {
  return { spans: parts.flatMap(({ spans }) => spans), days: parts.flatMap(({ days }) => days), cost: parts.reduce((sum, { cost }) => sum + cost, 0) };
}

const invert = ({ spans, days, cost }: Priced): Priced => ({
  spans: spans.map((span) => ({ ...span, sign: negative(span.sign) })),
  days: days.map((run) => ({ ...run, sign: negative(run.sign) })),
  cost,
});

/** The cheapest way to a period within one span: of its parts, or of the whole span without what is before and after. */
function coverWithin(startsOn: string, level: number, period: Period): Priced {
  const months = SPANS[level];
  const last = lastDayOf(startsOn, months ?? 1);
  const from = period.from > startsOn ? period.from : startsOn;
  const to = period.to < last ? period.to : last;
  if (months === undefined || from > to) return NOTHING;
  const whole: Priced = { spans: [{ months, startsOn, sign: 1 }], days: [], cost: COST[months] };
  if (from === startsOn && to === last) return whole;
  const parts = coverByParts(startsOn, level, { from, to });
  const before = from === startsOn ? NOTHING : coverByParts(startsOn, level, { from: startsOn, to: dayAfter(from, -1) });
  const after = to === last ? NOTHING : coverByParts(startsOn, level, { from: dayAfter(to, 1), to: last });
  const rest = join([whole, invert(before), invert(after)]);
  return rest.cost < parts.cost ? rest : parts;
}

function coverByParts(startsOn: string, level: number, period: Period): Priced {
  const months = SPANS[level];
  const part = SPANS[level + 1];
  if (months === undefined || part === undefined) {
    return { spans: [], days: [{ ...period, sign: 1 }], cost: (Date.parse(period.to) - Date.parse(period.from)) / DAY_MS + 1 };
  }
  const starts = Array.from({ length: months / part }, (_, index) => dayOf(monthAfter(startsOn, index * part)));
  return join(starts.map((start) => coverWithin(start, level + 1, period)));
}

/** A period as whole calendar spans and runs of single days, each day of it once: the cheapest there is. Both ends are included. */
export function coverPeriod(period: Period): Cover {
  const [first, last] = [new Date(period.from).getUTCFullYear(), new Date(period.to).getUTCFullYear()];
  const years = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => coverWithin(startOfYear(first + index), 0, period));
  const { spans, days } = join(years);
  return { spans, days };
}
