import type { DecimalMark } from "../schema";
import { currencyOf } from "./currencies";
import type { Recognised } from "./dates";

/** Numbers as spreadsheets of different countries write them: 1 234,56 · 1.234,56 · 1,234.56 · (100.00) · −5 · 12,50 ₽. Pure. */
const SPACES = /[\s\u00A0\u2007\u2009\u202F'’]/g;
/** Hyphen, minus, dashes: what programs write before a negative number, or after it. */
const MINUS = /^[-\u2212\u2012\u2013]|[-\u2212\u2012\u2013]$/;
/** A number with a sign or code of a currency before or after it. */
const AROUND = /^([^\d.,]*)([\d.,]+)(\D*)$/;

interface NumberCell {
  readonly isNegative: boolean;
  /** Digits with dots and commas. */
  readonly body: string;
  /** Of the sign or code beside the number. */
  readonly currency: string | null;
}

/** Null = it is no number. */
function partsOf(cell: string): NumberCell | null {
  const text = cell.replace(SPACES, "");
  const bare = text.replace(/^\((.*)\)$/, "$1").replace(MINUS, "");
  const [, before = "", inner = "", after = ""] = AROUND.exec(bare.replace(/^\+/, "")) ?? [];
  const beside = before === "" ? after : before;
  // "₽-100": the sign stands between, and there is only one.
  const word = bare === text ? beside.replace(MINUS, "") : beside;
  const isNegative = bare !== text || word !== beside;
  if (!/^\d[\d.,]*$|^[.,]\d+$/.test(inner) || (before !== "" && after !== "")) return null;
  const currency = word === "" ? null : currencyOf(word);
  return word !== "" && currency === null ? null : { isNegative, body: inner, currency };
}

type Vote = "comma" | "point" | "notComma" | "notPoint" | null;

/** What the digits of one number say about the decimal mark. One mark with three digits behind it may be either. */
function voteOf(body: string): Vote {
  const [commas, points] = [body.split(",").length - 1, body.split(".").length - 1];
  if (commas > 0 && points > 0) return body.lastIndexOf(",") > body.lastIndexOf(".") ? "comma" : "point";
  if (commas + points === 0) return null;
  const [mark, other] = commas > 0 ? (["comma", "point"] as const) : (["point", "comma"] as const);
  if (commas + points > 1) return other;
  const [whole = "", rest = ""] = body.split(/[.,]/);
  if (rest.length !== 3 || whole.length > 3 || whole === "" || whole === "0") return mark;
  return mark === "comma" ? "notComma" : "notPoint";
}

/** The decimal mark of a file, by all its numbers. Where every one might be thousands ("1.234"), it is thousands, unsure. */
export function recogniseDecimalMark(cells: readonly string[]): Recognised<DecimalMark> | null {
  const votes = { comma: 0, point: 0, notComma: 0, notPoint: 0 };
  for (const cell of cells) {
    const vote = voteOf(partsOf(cell)?.body ?? "");
    if (vote !== null) votes[vote] += 1;
  }
  if (votes.comma > 0 || votes.point > 0) return { value: votes.comma > votes.point ? "comma" : "point", isSure: votes.comma === 0 || votes.point === 0 };
  if (votes.notComma + votes.notPoint === 0) return null;
  return { value: votes.notComma > votes.notPoint ? "point" : "comma", isSure: false };
}

export interface ParsedNumber {
  /** A plain decimal: "-1234.56". */
  readonly decimal: string;
  readonly currency: string | null;
}

/** Null = it is no number, or not one with this decimal mark. */
export function parseNumber(cell: string, mark: DecimalMark): ParsedNumber | null {
  const parts = partsOf(cell);
  if (parts === null) return null;
  const [decimal, group] = mark === "comma" ? [",", "."] : [".", ","];
  const [whole = "", fraction, ...more] = parts.body.split(decimal);
  const groups = whole.split(group);
  const isGrouped = groups.length === 1 || (/^\d{1,3}$/.test(groups[0] ?? "") && groups.slice(1).every((digits) => digits.length === 3));
  if (more.length > 0 || !isGrouped || fraction?.includes(group) === true) return null;
  const digits = groups.join("") === "" ? "0" : groups.join("");
  const text = fraction === undefined || fraction === "" ? digits : `${digits}.${fraction}`;
  return { decimal: parts.isNegative ? `-${text}` : text, currency: parts.currency };
}

/** A whole number, or null. */
export function parseWhole(cell: string, mark: DecimalMark): number | null {
  const match = /^(-?\d{1,9})(?:\.0+)?$/.exec(parseNumber(cell, mark)?.decimal ?? "");
  return match === null ? null : Number(match[1]);
}
