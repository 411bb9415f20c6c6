import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";

export interface CallFigures {
  readonly calls: number;
  readonly errors: number;
  readonly availability: number | null;
  readonly medianMs: number | null;
  readonly p95Ms: number | null;
  readonly bytes: number;
}

/** Outcomes in which the service was not there; everything else is an answer, if not always the wished one. */
const FIGURES = Prisma.sql`count(*)::integer AS calls,
  count(*) FILTER (WHERE outcome <> 'ok')::integer AS errors,
  (count(*) FILTER (WHERE outcome NOT IN ('unavailable', 'timeout')))::double precision / nullif(count(*), 0) AS availability,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) FILTER (WHERE status IS NOT NULL) AS "medianMs",
  percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_ms) FILTER (WHERE status IS NOT NULL) AS "p95Ms",
  coalesce(sum(request_bytes::bigint + response_bytes), 0)::double precision AS bytes`;

interface Stretch {
  readonly connectionId: string;
  readonly from: Date;
}

const within = ({ workspaceId }: Scope, { connectionId, from }: Stretch) =>
  Prisma.sql`workspace_id = ${workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND at >= ${from}::timestamptz`;

/** By day (UTC), with a row whose day is null for the whole stretch. */
export async function readCallDays(scope: Scope, stretch: Stretch): Promise<(CallFigures & { readonly day: string | null })[]> {
  return scope.db.$queryRaw<(CallFigures & { day: string | null })[]>(Prisma.sql`
    SELECT to_char(day, 'YYYY-MM-DD') AS day, ${FIGURES} FROM (SELECT date_trunc('day', at AT TIME ZONE 'UTC') AS day, * FROM call_log_entry WHERE ${within(scope, stretch)}) calls
    GROUP BY GROUPING SETS ((day), ()) ORDER BY day`);
}

/** Endpoints without what differs from call to call: query and ids. */
export async function readEndpoints(scope: Scope, stretch: Stretch, limit: number): Promise<(CallFigures & { readonly endpoint: string })[]> {
  return scope.db.$queryRaw<(CallFigures & { endpoint: string })[]>(Prisma.sql`
    SELECT method || ' ' || path AS endpoint, ${FIGURES} FROM (
      SELECT regexp_replace(split_part(endpoint, '?', 1), '/[0-9a-f-]*[0-9][0-9a-f-]{3,}(?=/|$)', '/…', 'gi') AS path, * FROM call_log_entry WHERE ${within(scope, stretch)}
    ) calls GROUP BY method, path ORDER BY count(*) DESC, 1 LIMIT ${limit}`);
}

export interface RunDay {
  readonly day: string;
  readonly runs: number;
  readonly failedRuns: number;
  readonly received: number;
  readonly applied: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly deadLetter: number;
}

/** Finished runs by the day (UTC) they ended. */
export async function readRunDays({ workspaceId, db }: Scope, { connectionId, from }: Stretch): Promise<RunDay[]> {
  return db.$queryRaw<RunDay[]>`
    SELECT to_char(ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, count(*)::integer AS runs, count(*) FILTER (WHERE status = 'failed')::integer AS "failedRuns",
      sum(received)::integer AS received, sum(applied)::integer AS applied, sum(duplicate)::integer AS duplicate, sum(rejected)::integer AS rejected, sum(dead_letter)::integer AS "deadLetter"
    FROM sync_run WHERE workspace_id = ${workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND ended_at >= ${from}::timestamptz GROUP BY 1 ORDER BY 1`;
}
