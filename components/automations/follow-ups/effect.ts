/** Below so many on either side a difference is chance more often than not. */
export const ENOUGH = 30;

export interface EffectFigures {
  readonly sent: number;
  readonly sentAnswered: number;
  readonly heldOut: number;
  readonly heldOutAnswered: number;
}

export interface Effect {
  /** Shares from 0 to 1; null without anybody to count. */
  readonly sentRate: number | null;
  readonly heldOutRate: number | null;
  /** Difference in percentage points; null while there is nothing to compare. */
  readonly points: number | null;
  /** none: nothing to compare · few: too few to tell · unclear: the difference may be chance · clear: it is not (95 %). */
  readonly verdict: "none" | "few" | "unclear" | "clear";
}

const rate = (answered: number, all: number): number | null => (all === 0 ? null : answered / all);

/** Compares those who got the message with those who got nothing: the normal approximation of two shares. */
export function measure({ sent, sentAnswered, heldOut, heldOutAnswered }: EffectFigures): Effect {
  const [sentRate, heldOutRate] = [rate(sentAnswered, sent), rate(heldOutAnswered, heldOut)];
  if (sentRate === null || heldOutRate === null) return { sentRate, heldOutRate, points: null, verdict: "none" };
  const points = (sentRate - heldOutRate) * 100;
  if (sent < ENOUGH || heldOut < ENOUGH) return { sentRate, heldOutRate, points, verdict: "few" };
  const pooled = (sentAnswered + heldOutAnswered) / (sent + heldOut);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / sent + 1 / heldOut));
  return { sentRate, heldOutRate, points, verdict: error > 0 && Math.abs(sentRate - heldOutRate) > 1.96 * error ? "clear" : "unclear" };
}
