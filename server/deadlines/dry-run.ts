import { newId } from "@/lib/ids";
import { type Clock, systemClock } from "@/server/platform/clock";
import { notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { checkReferences } from "./policies";
import { readSettings, readThreads, type Thread } from "./read-threads";
import { type DeadlineSettings, type Obligation, obligationsOf } from "./rules/obligations";
import { foldTimeline } from "./rules/timeline";
import { DAY_MS } from "./rules/wall-clock";
import type { DryRun, DryRunInput } from "./schema";
import { listActiveSince } from "./thread.repository";

const MOST_CONVERSATIONS = 5_000;
const AT_ONCE = 500;
const MOST_EXAMPLES = 10;

type Example = DryRun["examples"][number];

class Figures {
  due = 0;
  late = 0;
  lateConversations = 0;

  add(obligations: readonly Obligation[]): void {
    const late = obligations.filter(({ state }) => state === "missed").length;
    this.due += obligations.length;
    this.late += late;
    if (late > 0) this.lateConversations += 1;
  }
}

/**
 * What other policies would have made of the last days, beside what the present ones make of them. Changes nothing.
 * Of each conversation the newest messages count; of very many conversations the newest.
 *
 * @throws AppError `deadlines.policy_not_found`, `deadlines.reference_unknown`.
 */
export async function dryRun(scope: Scope, { policies, days }: DryRunInput, clock: Clock = systemClock): Promise<DryRun> {
  await checkReferences(scope, policies);
  const now = clock.now();
  const since = new Date(now.getTime() - days * DAY_MS);
  const present = await readSettings(scope);
  const known = new Set(present.policies.map(({ id }) => id));
  if (policies.some(({ id }) => id !== undefined && !known.has(id))) throw notFound("deadlines.policy_not_found");
  const wanted: DeadlineSettings = { ...present, policies: policies.map(({ id, ...fields }) => ({ id: id ?? newId(), ...fields })) };
  const ids = await listActiveSince(scope, since, MOST_CONVERSATIONS + 1);
  const [before, after, examples] = [new Figures(), new Figures(), [] as Example[]];
  const looked = ids.slice(0, MOST_CONVERSATIONS);
  for (let at = 0; at < looked.length; at += AT_ONCE) {
    for (const thread of await readThreads(scope, looked.slice(at, at + AT_ONCE))) {
      const waits = foldTimeline(thread.timeline.events, thread.timeline.start);
      const within = (settings: DeadlineSettings) => obligationsOf(waits, settings, now).obligations.filter(({ startedAt }) => startedAt >= since);
      before.add(within(present));
      const wished = within(wanted);
      after.add(wished);
      examples.push(...wished.flatMap((obligation) => exampleOf(thread, obligation)));
    }
  }
  return {
    conversations: looked.length,
    isPartial: ids.length > MOST_CONVERSATIONS,
    before: { ...before },
    after: { ...after },
    examples: examples.sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime()).slice(0, MOST_EXAMPLES),
  };
}

function exampleOf({ conversation }: Thread, { state, dueAt, metric, startedAt, end, match }: Obligation): Example[] {
  if (state !== "missed" || dueAt === null) return [];
  return [
    {
      conversationId: conversation.id,
      buyerName: conversation.buyerName,
      metric,
      startedAt,
      dueAt,
      endedAt: end?.at ?? null,
      policyName: match?.policy.name ?? null,
    },
  ];
}
