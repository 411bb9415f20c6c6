import { maySee, type Viewer } from "@/server/access/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { readSettings, readThreads } from "./read-threads";
import { explain } from "./rules/explain";
import { computeDeadlines } from "./rules/obligations";
import type { Explanation } from "./schema";

/**
 * Why a conversation's reply is due when it is: of the one due now, else of the newest that was.
 * @throws AppError `inbox.conversation_not_found`, also when it is out of the viewer's sight.
 */
export async function explainDeadline(scope: Scope, viewer: Viewer, conversationId: string, clock: Clock = systemClock): Promise<Explanation> {
  const [thread] = await readThreads(scope, [conversationId]);
  if (thread === undefined || !maySee(viewer, thread.conversation)) throw notFound("inbox.conversation_not_found");
  const { events, start } = thread.timeline;
  const { open, obligations } = computeDeadlines(events, start, await readSettings(scope), clock.now());
  const obligation = open ?? obligations.at(-1);
  if (obligation === undefined) return null;
  const { metric, state, startedAt, dueAt, warnAt, end, match, counting } = obligation;
  return {
    metric,
    state,
    startedAt,
    dueAt,
    warnAt,
    isOpen: end === null,
    policyId: match?.policy.id ?? null,
    timeZone: counting.calendar?.timeZone ?? null,
    steps: explain(obligation),
  };
}
