import { parseMinor, toDecimal } from "@/lib/money";

/** "1 299,90" as people type it. Null = not an amount above zero. */
export function amountFromText(text: string, currency: string): bigint | null {
  const plain = text.replace(/[\s\u00A0\u202F']/g, "").replace(",", ".");
  if (!/^\d{1,10}(\.\d{1,3})?$/.test(plain)) return null;
  const minor = parseMinor(plain, currency);
  return minor > 0n ? minor : null;
}

export const amountToText = (minor: bigint | null, currency: string | null): string => (minor === null || currency === null ? "" : toDecimal(minor, currency));

/** Pieces as people type them; null = not a whole number. */
export function piecesFromText(text: string): number | null {
  const plain = text.replace(/[\s\u00A0\u202F]/g, "");
  return /^\d{1,7}$/.test(plain) ? Number(plain) : null;
}

/** A price changed by so many percent, to whole units; never below one. */
export function changedBy(minor: bigint, percent: number): bigint {
  const units = (minor * BigInt(Math.round((100 + percent) * 100)) + 500_000n) / 1_000_000n;
  return (units > 0n ? units : 1n) * 100n;
}
