/** An amount in the minor unit of its currency (kopecks, kuruş, cents). Never a float. */
export interface Money {
  readonly minor: bigint;
  /** ISO 4217. */
  readonly currency: string;
}

const NO_DECIMALS = ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];
const THREE_DECIMALS = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];
const EXPONENTS: ReadonlyMap<string, number> = new Map([...NO_DECIMALS.map((code) => [code, 0] as const), ...THREE_DECIMALS.map((code) => [code, 3] as const)]);

/** Decimals of a currency by ISO 4217; 2 for whatever is not listed. */
export function exponentOf(currency: string): number {
  return EXPONENTS.get(currency) ?? 2;
}

/**
 * Reads a decimal as services write it ("-316", "1530.0000", 300) into minor units; half-kopeck remainders round away from zero.
 * @throws RangeError when the text is not a plain decimal.
 */
export function parseMinor(amount: string | number, currency: string): bigint {
  const text = typeof amount === "number" ? toPlain(amount) : amount.trim();
  const match = /^([+-])?(\d+)(?:\.(\d*))?$/.exec(text);
  if (match === null) throw new RangeError(`not a decimal amount: ${text.slice(0, 40)}`);
  const exponent = exponentOf(currency);
  const fraction = (match[3] ?? "").padEnd(exponent + 1, "0");
  const kept = BigInt(`${match[2] ?? "0"}${fraction.slice(0, exponent)}`);
  const rounded = Number(fraction.charAt(exponent)) >= 5 ? kept + 1n : kept;
  return match[1] === "-" ? -rounded : rounded;
}

function toPlain(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError("not a finite amount");
  const text = String(value);
  return text.includes("e") ? value.toFixed(10) : text;
}

/** The decimal text of an amount, e.g. for exports: 12345n RUB → "123.45". */
export function toDecimal(minor: bigint, currency: string): string {
  const exponent = exponentOf(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const sign = minor < 0n ? "-" : "";
  return exponent === 0 ? `${sign}${digits}` : `${sign}${whole}.${digits.slice(-exponent)}`;
}
