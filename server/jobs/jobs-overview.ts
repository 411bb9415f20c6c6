import { type Clock, systemClock } from "@/server/platform/clock";
import { env } from "@/server/platform/env";
import { type Audience, functionRows, queueRow, statusCounts, workerRows } from "./repository";
import { isAlive, periodStart } from "./rules";
import type { JobsOverview, QueueState, RunFilterInput, RunStatus } from "./schema";

const IDLE: QueueState = { due: 0, executing: 0, blocked: 0, later: 0, events: 0, dueSince: null };
const NONE: Readonly<Record<RunStatus, number>> = { Queued: 0, Running: 0, Completed: 0, Failed: 0, Cancelled: 0 };

/** How many runs there are by status, which functions exist, how long the queue is and which workers live. */
export async function jobsOverview(audience: Audience, input: RunFilterInput, clock: Clock = systemClock): Promise<JobsOverview> {
  if (env.ENGINE === "inngest") {
    return { engine: "inngest", engineUrl: dashboardAddress(env.INNGEST_BASE_URL), counts: { ...NONE }, functions: [], workers: [], queue: IDLE };
  }
  const now = clock.now();
  const { period, ...filter } = input;
  const [found, functions, workers, queue] = await Promise.all([
    statusCounts(audience, { ...filter, since: periodStart(period, now) }),
    functionRows(),
    workerRows(),
    queueRow(),
  ]);
  const counts = { ...NONE };
  for (const { status, count } of found) counts[status] = count;
  return {
    engine: "embedded",
    engineUrl: null,
    counts,
    functions,
    workers: workers.map((worker) => ({ ...worker, alive: isAlive(worker.seenAt, now) })),
    queue: queue ?? IDLE,
  };
}

/** Host and port only: the address may carry a name and password. */
function dashboardAddress(address: string | undefined): string | null {
  return address !== undefined && URL.canParse(address) ? new URL(address).origin : null;
}
