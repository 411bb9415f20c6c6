import { exponentOf } from "@/lib/money";
import type { PriceLine } from "./trade-client";

/** Wanted prices → what the service takes: whole units before a whole-number discount. Pure. */

const MAX_DISCOUNT = 99;

/**
 * What the buyer pays is exactly what is wanted. The crossed-out price is the nearest there is whose whole discount gives just that:
 * a discount of d per cent needs a full price divisible accordingly; where there is none, none is shown.
 * @returns undefined for a price that is no whole unit.
 */
export function priceLine(nmId: string, priceMinor: bigint, oldMinor: bigint | null, currency: string): PriceLine | undefined {
  const unit = 10n ** BigInt(exponentOf(currency));
  if (priceMinor <= 0n || priceMinor % unit !== 0n) return undefined;
  const price = Number(priceMinor / unit);
  if (!Number.isSafeInteger(price)) return undefined;
  if (oldMinor === null || oldMinor <= priceMinor) return { nmId, price, discount: 0 };
  const wanted = Number(oldMinor) / Number(unit);
  let best: PriceLine = { nmId, price, discount: 0 };
  for (let discount = 1; discount <= MAX_DISCOUNT; discount += 1) {
    if ((price * 100) % (100 - discount) !== 0) continue;
    const full = (price * 100) / (100 - discount);
    if (Math.abs(full - wanted) < Math.abs(best.price - wanted)) best = { nmId, price: full, discount };
  }
  return best;
}
