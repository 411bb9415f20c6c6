import { newId } from "@/lib/ids";
import type { Scope } from "@/server/platform/transaction";
import { type LockedVariant, lockVariants } from "../lock.repository";
import { heldPieces } from "../rules";
import { recomputeWanted } from "./recompute-wanted";
import { addMovements, type MovementRow, type ReservationRow, writeReservations, writeShelves } from "./reservations.repository";

export interface ReservationChange {
  readonly before: ReservationRow | null;
  readonly after: ReservationRow;
}

/** The variants a change touches. */
export const variantsOf = ({ before, after }: ReservationChange): string[] =>
  [before?.variantId ?? null, after.variantId].filter((id): id is string => id !== null);

/** Writes what lines hold now, with the shelves and the wishes that follow from it. `locked` must hold every variant touched. */
export async function applyReservations(scope: Scope, changes: readonly ReservationChange[], locked: readonly LockedVariant[], now: Date): Promise<void> {
  if (changes.length === 0) return;
  const shelves = new Map(locked.map((variant) => [variant.id, { id: variant.id, onHand: variant.onHand, reserved: variant.reserved }]));
  const touched = new Set<string>();
  const movements: MovementRow[] = [];
  const shelfOf = (id: string) => {
    const shelf = shelves.get(id);
    if (shelf === undefined) throw new Error("a reservation touches a variant that is not locked");
    touched.add(id);
    return shelf;
  };
  const ordered = changes.toSorted((a, b) => (a.after.lineId < b.after.lineId ? -1 : 1));
  for (const { before, after } of ordered) {
    if (before?.variantId != null && heldPieces(before) > 0) shelfOf(before.variantId).reserved -= before.quantity;
    if (after.variantId !== null && heldPieces(after) > 0) shelfOf(after.variantId).reserved += after.quantity;
    if (after.state !== "shipped" || before?.state === "shipped" || after.variantId === null) continue;
    const shelf = shelfOf(after.variantId);
    const leaving = Math.min(shelf.onHand ?? 0, after.quantity);
    if (shelf.onHand === null || leaving === 0) continue;
    shelf.onHand -= leaving;
    movements.push({ id: newId(), variantId: shelf.id, kind: "shipped", quantity: -leaving, onHandAfter: shelf.onHand, orderId: after.orderId });
  }
  await writeReservations(
    scope,
    ordered.map((change) => change.after),
  );
  const changed = [...touched].sort().map(shelfOf);
  if (changed.length > 0) await writeShelves(scope, changed);
  await addMovements(scope, movements, now);
  await recomputeWanted(scope, changed, now);
}

export async function lockTouched(scope: Scope, changes: readonly ReservationChange[]): Promise<LockedVariant[]> {
  return lockVariants(scope, changes.flatMap(variantsOf));
}
