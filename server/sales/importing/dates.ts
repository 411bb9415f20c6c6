import type { DateOrder } from "../schema";

/** Days in the cells of a file: 2026-02-01, 01.02.2026, 1/2/26, each with a time of day after it or not. Pure. */
const YEAR_FIRST = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const YEAR_LAST = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4}|\d{2})$/;
const TIME = /(?:T|[\s,]+)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?$/i;

/** The accounting day is the one that is written; the time of day and its zone move nothing. */
const dayPart = (cell: string) => cell.trim().replace(TIME, "");

export interface Recognised<T> {
  readonly value: T;
  /** No other reading is possible. */
  readonly isSure: boolean;
}

/** In which order day, month and year stand. Numbers above 12 decide; a dot between them means the day first; else the day first, unsure. */
export function recogniseDateOrder(cells: readonly string[]): Recognised<DateOrder> | null {
  const votes = { ymd: 0, dmy: 0, mdy: 0, any: 0 };
  for (const cell of cells) {
    const day = dayPart(cell);
    const last = YEAR_LAST.exec(day);
    if (YEAR_FIRST.test(day) || COMPACT.test(day)) votes.ymd += 1;
    else if (last !== null) votes[orderOf(day, Number(last[1]), Number(last[2]))] += 1;
  }
  if (votes.dmy > 0 || votes.mdy > 0) return { value: votes.dmy >= votes.mdy ? "dmy" : "mdy", isSure: votes.dmy === 0 || votes.mdy === 0 };
  if (votes.any > 0) return { value: "dmy", isSure: false };
  return votes.ymd > 0 ? { value: "ymd", isSure: true } : null;
}

function orderOf(day: string, first: number, second: number): "dmy" | "mdy" | "any" {
  if (second > 12) return "mdy";
  return first > 12 || day.includes(".") ? "dmy" : "any";
}

/** A day as YYYY-MM-DD, or null when the cell holds none of the calendar's. Four digits in front are a year in any order. */
export function parseDay(cell: string, order: DateOrder): string | null {
  const day = dayPart(cell);
  const first = YEAR_FIRST.exec(day) ?? COMPACT.exec(day);
  if (first !== null) return dayOf(first[1], first[2], first[3]);
  const last = YEAR_LAST.exec(day);
  if (last === null) return null;
  const [, a, b, c = ""] = last;
  if (order === "ymd") return c.length === 2 && a?.length === 2 ? dayOf(`20${a}`, b, c) : null;
  const year = c.length === 2 ? `20${c}` : c;
  return order === "dmy" ? dayOf(year, b, a) : dayOf(year, a, b);
}

function dayOf(year = "", month = "", day = ""): string | null {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const at = Date.parse(`${text}T00:00:00Z`);
  // The 30th of February would become the 2nd of March.
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text) && year >= "2000" ? text : null;
}
