import type { Scope } from "@/server/platform/transaction";
import { readThreadFacts } from "../ingest/ingest.repository";
import { saveThreadFacts } from "../repository";
import { threadHeadOf } from "../rules";
import { recordHistory } from "./history.repository";
import { alignHeadRows, releaseFromClosed } from "./merge.repository";

/**
 * The head of a merged thread stands in the list for all of it: newest message, longest wait, next deadline, and open as long as
 * one of them is. What is open leaves a head that its service has closed, so that nothing hides behind it.
 * Call with their own deadlines computed. @returns those that left.
 */
export async function alignHeads(scope: Scope, headIds: readonly string[], now: Date): Promise<string[]> {
  if (headIds.length === 0) return [];
  const released = await releaseFromClosed(scope, headIds);
  await recordHistory(
    scope,
    { kind: "system", id: null },
    now,
    released.map(({ id, headId }) => ({ conversationId: id, type: "unmerged", data: { headId } })),
  );
  // A head carries what its parts told the last time: its own is told anew first.
  await saveThreadFacts(scope, (await readThreadFacts(scope, headIds)).map(threadHeadOf));
  await alignHeadRows(scope, headIds);
  return released.map(({ id }) => id);
}
