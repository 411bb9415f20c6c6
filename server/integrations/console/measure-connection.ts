import { type Clock, systemClock } from "@/server/platform/clock";
import { AppError } from "@/server/platform/errors";
import { readReservations } from "@/server/platform/http/shared-limit";
import { inWorkspace } from "@/server/platform/transaction";
import { openConnection } from "../connections/open-connection";
import { requireConnection } from "../connections/save-connection";
import { readCallDays, readEndpoints, readRunDays } from "./metrics.repository";
import { freeShare, joinDays, startOf } from "./rules";
import type { Metrics, MetricsInput } from "./schema";

const MOST_ENDPOINTS = 15;

/**
 * How a connection has done: availability, response times, errors, volume, synchronisations and the conservation line by day
 * (UTC), the busiest endpoints, and what is left of the service's limits now.
 * @throws AppError `connection.not_found`.
 */
export async function measureConnection(workspaceId: string, { connectionId, days }: MetricsInput, clock: Clock = systemClock): Promise<Metrics> {
  const from = startOf(days, clock.now());
  const { calls, runs, endpoints } = await inWorkspace(workspaceId, async (scope) => {
    await requireConnection(scope, connectionId);
    const stretch = { connectionId, from };
    return {
      calls: await readCallDays(scope, stretch),
      runs: await readRunDays(scope, stretch),
      endpoints: await readEndpoints(scope, stretch, MOST_ENDPOINTS),
    };
  });
  const { day: _whole, ...total } = calls.find(({ day }) => day === null) ?? {
    day: null,
    calls: 0,
    errors: 0,
    availability: null,
    medianMs: null,
    p95Ms: null,
    bytes: 0,
  };
  const sum = (pick: (run: (typeof runs)[number]) => number) => runs.reduce((before, run) => before + pick(run), 0);
  return {
    total: { ...total, runs: sum((run) => run.runs), failedRuns: sum((run) => run.failedRuns) },
    days: joinDays(from, days, calls, runs),
    endpoints,
    headroom: await readHeadroom(workspaceId, connectionId, clock),
  };
}

/** A connection whose key cannot be opened any more has no limits worth showing. */
async function readHeadroom(workspaceId: string, connectionId: string, clock: Clock): Promise<Metrics["headroom"]> {
  const open = await inWorkspace(workspaceId, (scope) => openConnection(scope, connectionId, clock)).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  if (open === null) return [];
  const { connector, context } = open;
  const limits = connector.limits(context.credentials, context.facts);
  const key = `${connector.id}:${connector.limitKey(context.credentials)}`;
  const reservations = await readReservations(limits.map(({ group }) => `http:${key}:${group}`));
  return limits.map(({ group, points, perSeconds }) => {
    const row = reservations.get(`http:${key}:${group}`);
    return { group, points, perSeconds, free: freeShare(row?.aheadMs ?? 0, perSeconds), shutUntil: row?.shutUntil ?? null };
  });
}
