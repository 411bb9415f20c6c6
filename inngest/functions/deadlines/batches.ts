import type { GetStepTools } from "inngest";
import { recomputeBatch } from "@/server/deadlines/index";
import type { inngest } from "../../client";

/** A bound for a loop that ends by itself: 200 conversations a turn. */
const MOST_BATCHES = 5_000;

/** Computes anew what is due in a workspace, or in one connection of it, a step a batch. */
export async function recomputeInBatches(
  step: GetStepTools<typeof inngest>,
  where: { readonly workspaceId: string; readonly connectionId: string | null },
): Promise<{ changed: number }> {
  let position: { readonly after: string | null } | null = { after: null };
  let changed = 0;
  for (let turn = 0; turn < MOST_BATCHES && position !== null; turn += 1) {
    const { after }: { readonly after: string | null } = position;
    const batch: { readonly next: string | null; readonly changed: number } = await step.run(`batch-${turn}`, () => recomputeBatch({ ...where, after }));
    changed += batch.changed;
    position = batch.next === null ? null : { after: batch.next };
  }
  return { changed };
}
