import { isInteger, isSafeNumber, parse, stringify } from "lossless-json";

/** Where a bare integer of 16 digits or more may stand; also matches inside strings, which only costs the slower parser. */
const LONG_INTEGER = /(?:[:,[]|^)\s*-?\d{16}/;

/**
 * Parses JSON without losing digits: an integer beyond 2^53 becomes a string of its digits, every other number a number.
 * Several services (Ozon message ids, Shopify samples) send such ids unquoted. Of repeated keys the last one counts.
 * @throws SyntaxError when the text is not JSON.
 */
export function parseJson(text: string): unknown {
  // The lossless parser is far slower than the built-in one, and most answers have nothing to lose.
  if (!LONG_INTEGER.test(text)) return JSON.parse(text);
  try {
    return parse(text, undefined, {
      parseNumber: (value) => (isInteger(value) && !isSafeNumber(value) ? value : Number(value)),
      onDuplicateKey: ({ newValue }) => newValue,
    });
  } catch (error) {
    if (error instanceof RangeError) throw new SyntaxError("JSON is nested too deeply", { cause: error });
    throw error;
  }
}

/** An integer that is written into JSON as a bare number although JavaScript could not hold it. */
export class RawInteger {
  constructor(readonly digits: string) {
    if (!/^-?\d+$/.test(digits)) throw new TypeError("RawInteger needs digits");
  }
}

/** Writes JSON; `RawInteger` and bigint become bare integers. */
export function stringifyJson(value: unknown): string {
  const text = stringify(value, undefined, undefined, [{ test: (entry) => entry instanceof RawInteger, stringify: (entry) => (entry as RawInteger).digits }]);
  if (text === undefined) throw new TypeError("value has no JSON form");
  return text;
}
