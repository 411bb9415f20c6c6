import { inWorkspace } from "@/server/platform/transaction";
import { countSumGaps, type SumGaps } from "./recount.repository";

/** Counting everything anew reads every line there is. */
const LONGEST_MS = 600_000;

/** Adds up all lines of a workspace anew: in how many days and products the sums kept beside them say something else. Changes nothing. */
export async function recountSums(workspaceId: string): Promise<SumGaps> {
  return inWorkspace(workspaceId, countSumGaps, { timeoutMs: LONGEST_MS });
}
