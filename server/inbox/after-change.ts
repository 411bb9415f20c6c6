import { recomputeDeadlines } from "@/server/deadlines/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import type { Scope } from "@/server/platform/transaction";
import { announce } from "./announce";
import { alignHeads } from "./team/align-heads";
import { drainTeams } from "./team/drain-teams";
import { listHeads } from "./team/merge.repository";

/**
 * What follows from any change of conversations (a message, a status, an assignment, a label): reply deadlines are counted anew,
 * the heads of merged threads are brought in line, who is free gets what nobody has, the browsers hear of it. Every mutation and
 * the ingest end here, in their transaction, with their conversations locked and nothing more to lock.
 */
export async function afterChange(scope: Scope, conversationIds: readonly string[], clock: Clock = systemClock): Promise<void> {
  if (conversationIds.length === 0) return;
  const now = clock.now();
  await recomputeDeadlines(scope, conversationIds, clock);
  const heads = await listHeads(scope, conversationIds);
  const released = await alignHeads(scope, heads, now);
  const given = await drainTeams(scope, now);
  await announce(scope, [...conversationIds, ...heads, ...released, ...given]);
}
