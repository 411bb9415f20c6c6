import { newId } from "@/lib/ids";
import { type Clock, systemClock } from "@/server/platform/clock";
import { conflict, notFound } from "@/server/platform/errors";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { lockVariants, shareCatalog } from "../lock.repository";
import type { ChangeStockInput } from "../schema";
import { recomputeWanted } from "./recompute-wanted";
import { addMovements, type MovementRow, type ShelfRow, writeShelves } from "./reservations.repository";
import { markCounted } from "./variant.repository";

export interface StockChangeOf {
  readonly variantId: string;
  readonly kind: ChangeStockInput["kind"];
  /** Pieces on the shelf for `counted`, pieces that came or went for the others. */
  readonly quantity: number;
  readonly note?: string | undefined;
}

/**
 * Counts, receives and writes off: each leaves a movement, and what channels should show follows in the same transaction.
 * @throws AppError `catalog.variant_not_found`, `catalog.not_counted` (nothing can go from a shelf nobody counted),
 *   `catalog.not_enough` (more is written off than there is).
 */
export async function changeStock(scope: Scope, actorId: string | null, changes: readonly StockChangeOf[], now: Date): Promise<void> {
  await shareCatalog(scope);
  const locked = await lockVariants(
    scope,
    changes.map((change) => change.variantId),
  );
  const shelves = new Map<string, ShelfRow>(locked.map(({ id, onHand, reserved }) => [id, { id, onHand, reserved }]));
  const movements: MovementRow[] = [];
  for (const change of changes) {
    const shelf = shelves.get(change.variantId);
    if (shelf === undefined) throw notFound("catalog.variant_not_found");
    const onHand = shelfAfter(shelf.onHand, change);
    if (change.kind !== "counted" && onHand === shelf.onHand) continue;
    const quantity = onHand - (shelf.onHand ?? 0);
    movements.push({ id: newId(), variantId: shelf.id, kind: change.kind, quantity, onHandAfter: onHand, actorId, note: change.note ?? null });
    shelves.set(shelf.id, { ...shelf, onHand });
  }
  const changed = [...shelves.values()];
  await writeShelves(scope, changed);
  await addMovements(scope, movements, now);
  const counted = changes.filter((change) => change.kind === "counted").map((change) => change.variantId);
  if (counted.length > 0) await markCounted(scope, counted, now);
  await recomputeWanted(scope, changed, now);
}

function shelfAfter(onHand: number | null, { kind, quantity }: StockChangeOf): number {
  if (kind === "counted") return quantity;
  if (onHand === null) throw conflict("catalog.not_counted");
  if (kind !== "written_off") return onHand + quantity;
  if (quantity > onHand) throw conflict("catalog.not_enough", { onHand, quantity });
  return onHand - quantity;
}

/** One variant, by a person. */
export async function changeStockByHand(workspaceId: string, actorId: string, input: ChangeStockInput, clock: Clock = systemClock): Promise<void> {
  await inWorkspace(workspaceId, (scope) => changeStock(scope, actorId, [input], clock.now()));
}
