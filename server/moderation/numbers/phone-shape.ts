import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { remembering } from "@/lib/remembering";

/** `certain`: nothing else looks like this; `likely`: a phone unless the words say otherwise; `possible`: only where the words say so. */
export type Likelihood = "certain" | "likely" | "possible";

/** How the digits were written. */
export interface Writing {
  readonly digits: string;
  /** Lengths of the groups, in order. */
  readonly groups: readonly number[];
  readonly plus: boolean;
  readonly bracket: boolean;
  /** Written in words, ornamented digits, letters for digits, or digit by digit: nobody writes an order number so. */
  readonly disguised: boolean;
}

interface National {
  readonly country: CountryCode;
  /** Of the digits as written. */
  readonly pattern: RegExp;
  /** The digits as libphonenumber takes them. */
  readonly international: (digits: string) => string;
  /** A bare run of digits of this form is `likely` a phone; otherwise it needs a form or words. */
  readonly bare: boolean;
}

/** The ways numbers are written in the countries our sellers write to, without a plus. Sources: the national numbering plans, as libphonenumber has them. */
const NATIONAL: readonly National[] = [
  { country: "RU", pattern: /^[78]9\d{9}$/, international: (d) => `7${d.slice(1)}`, bare: true },
  { country: "RU", pattern: /^[78][3-8]\d{9}$/, international: (d) => `7${d.slice(1)}`, bare: false },
  { country: "RU", pattern: /^9\d{9}$/, international: (d) => `7${d}`, bare: true },
  { country: "RU", pattern: /^(?:[348]\d{2})\d{7}$/, international: (d) => `7${d}`, bare: false },
  { country: "UA", pattern: /^380\d{9}$/, international: (d) => d, bare: true },
  { country: "UA", pattern: /^80[3-9]\d{8}$/, international: (d) => `3${d}`, bare: true },
  { country: "UA", pattern: /^0(?:39|50|6[36-8]|7[37]|80|9[1-9])\d{7}$/, international: (d) => `38${d}`, bare: true },
  { country: "UA", pattern: /^0[3-9]\d{8}$/, international: (d) => `38${d}`, bare: false },
  { country: "UA", pattern: /^[569]\d{8}$/, international: (d) => `380${d}`, bare: false },
  { country: "TR", pattern: /^905\d{9}$/, international: (d) => d, bare: true },
  { country: "TR", pattern: /^90[2-4]\d{9}$/, international: (d) => d, bare: false },
  { country: "TR", pattern: /^05\d{9}$/, international: (d) => `90${d.slice(1)}`, bare: true },
  { country: "TR", pattern: /^0[2348]\d{9}$/, international: (d) => `90${d.slice(1)}`, bare: false },
  { country: "TR", pattern: /^5\d{9}$/, international: (d) => `90${d}`, bare: false },
  { country: "BY", pattern: /^375\d{9}$/, international: (d) => d, bare: true },
  { country: "BY", pattern: /^80(?:25|29|33|44)\d{7}$/, international: (d) => `375${d.slice(2)}`, bare: true },
  { country: "UZ", pattern: /^998\d{9}$/, international: (d) => d, bare: true },
  { country: "KG", pattern: /^996\d{9}$/, international: (d) => d, bare: true },
  { country: "AZ", pattern: /^994\d{9}$/, international: (d) => d, bare: true },
  { country: "GE", pattern: /^995\d{9}$/, international: (d) => d, bare: true },
  { country: "AM", pattern: /^374\d{8}$/, international: (d) => d, bare: false },
  { country: "TJ", pattern: /^992\d{9}$/, international: (d) => d, bare: false },
  { country: "MD", pattern: /^373\d{8}$/, international: (d) => d, bare: false },
  { country: "GB", pattern: /^44[127]\d{9}$/, international: (d) => d, bare: false },
  { country: "GB", pattern: /^07\d{9}$/, international: (d) => `44${d.slice(1)}`, bare: true },
  { country: "GB", pattern: /^0[12]\d{9}$/, international: (d) => `44${d.slice(1)}`, bare: true },
  { country: "US", pattern: /^1?[2-9]\d{2}[2-9]\d{6}$/, international: (d) => (d.length === 10 ? `1${d}` : d), bare: false },
  { country: "DE", pattern: /^49\d{10,11}$/, international: (d) => d, bare: false },
  { country: "DE", pattern: /^01[567]\d{8,9}$/, international: (d) => `49${d.slice(1)}`, bare: false },
  { country: "PL", pattern: /^48[4-9]\d{8}$/, international: (d) => d, bare: false },
];

/** Groups people divide a number into, country code and trunk digit included. */
const HABITS = new Set(
  (
    "1-3-3-2-2 1-3-3-4 1-3-7 1-3-2-2-3 1-3-2-3-2 1-3-4-3 3-3-2-2 3-3-4 4-3-2-2 4-3-4 4-7 2-3-3-2-2 2-3-3-4 2-3-7 3-2-3-2-2 3-2-3-4 3-2-7 2-4-3-2-2 3-7 1-4-3-3 5-3-3 3-4-4 2-4-6 5-6 4-6 2-2-4-4 2-4-3-4 2-5-6 4-3-3 3-2-2-3 " +
    "3-3-3-1 1-3-3-3-1 3-2-2-2-1 3-4-3 1-1-3-3-2-2 2-1-3-3-2-2 2-2-3-2-2 3-3-3 2-3-2-2 1-6-4 1-3-1-6 3-3-3-3 1-4-2-2-2 5-2-2-2 4-2-2-2 3-9 1-10 2-10 7-4 7-2-2 8-3"
  ).split(" "),
);

const MOST_REMEMBERED = 5_000;
/** libphonenumber takes some ten microseconds an answer; hostile text asks for the same few numbers again and again. */
const isValid = remembering((international: string) => parsePhoneNumberFromString(`+${international}`)?.isValid() === true, MOST_REMEMBERED);

function withPlus(writing: Writing): Likelihood | undefined {
  const { digits } = writing;
  if (digits.length < 9 || digits.length > 15) return undefined;
  if (isValid(digits)) return "certain";
  // +8 912 … for +7 912 …, +0532 …
  if (/^89\d{9}$/.test(digits) || /^05\d{9}$/.test(digits) || /^0[3-9]\d{8}$/.test(digits)) return "certain";
  return digits.length >= 11 && digits.length <= 13 ? "likely" : undefined;
}

/** Mobile numbers of Russia, Turkey and Britain: new ranges open faster than any list of them is read. */
const WHOLE_RANGE = /^(?:[78]9\d{9}|05[0-6]\d{8}|905[0-6]\d{8}|07[1-9]\d{8}|447[1-9]\d{8})$/;

function nationalOf(digits: string): National | undefined {
  return NATIONAL.find((plan) => plan.pattern.test(digits) && (WHOLE_RANGE.test(digits) || isValid(plan.international(digits))));
}

/** Whether bare digits of this form are a phone without any word that says so. */
export const isBarePlan = (digits: string): boolean => nationalOf(digits)?.bare === true;

/** Whether digits written so are a phone number by themselves. @returns undefined when they are not one whatever the words say. */
export function phoneLikelihood(writing: Writing): Likelihood | undefined {
  if (writing.plus) {
    const found = withPlus(writing);
    if (found !== undefined) return found;
  }
  if (/^00[1-9]\d{9,13}$/.test(writing.digits)) return isValid(writing.digits.slice(2)) ? "likely" : undefined;
  const plan = nationalOf(writing.digits);
  if (plan === undefined) return undefined;
  if (writing.disguised || (writing.bracket && HABITS.has(writing.groups.join("-")))) return "certain";
  const habitual = writing.groups.length > 1 && HABITS.has(writing.groups.join("-"));
  // 90915-10001, 04465-12610: a part's number, in groups nobody dials.
  if (writing.groups.length === 2 && !habitual) return "possible";
  if (plan.bare) return habitual && writing.digits.length > 9 ? "certain" : "likely";
  return habitual && writing.groups.length > 2 ? "likely" : "possible";
}
