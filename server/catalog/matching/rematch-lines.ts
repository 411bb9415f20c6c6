import type { Scope } from "@/server/platform/transaction";
import { lockVariants } from "../lock.repository";
import { normaliseArticle } from "../rules";
import { applyReservations, lockTouched, type ReservationChange } from "../stock/apply-reservations";
import { recomputeWanted } from "../stock/recompute-wanted";
import { findUnsettled } from "../stock/reservations.repository";
import { matchLines } from "./match.repository";

/**
 * After listings were matched anew: lines that waited hold pieces of their variant now, held ones go over to the variant they really
 * stand for, and the wishes of all variants concerned are recomputed. The caller has the catalog alone.
 */
export async function rematchLines(scope: Scope, variantIds: readonly string[], now: Date): Promise<void> {
  const rows = await findUnsettled(scope, variantIds);
  const refs = rows.map((row) => ({ ...row, article: normaliseArticle(row.offerId) }));
  const variantOf = new Map((await matchLines(scope, refs)).map((match) => [match.lineId, match.variantId]));
  const changes: ReservationChange[] = [];
  for (const row of rows) {
    const variantId = variantOf.get(row.lineId) ?? null;
    if (variantId === row.variantId) continue;
    const state = variantId === null ? "waiting" : "held";
    changes.push({ before: row, after: { ...row, variantId, state, reservedAt: row.reservedAt ?? now } });
  }
  await applyReservations(scope, changes, await lockTouched(scope, changes), now);
  await recomputeWanted(scope, await lockVariants(scope, variantIds), now);
}
