import { type Clock, systemClock } from "@/server/platform/clock";
import { type Audience, listRunRows } from "./repository";
import { periodStart } from "./rules";
import type { ListRunsInput, RunPage } from "./schema";
import { runSummary } from "./views";

/** Runs the audience may see, newest first, page by page. */
export async function listRuns(audience: Audience, input: ListRunsInput, clock: Clock = systemClock): Promise<RunPage> {
  const { period, ...filter } = input;
  const rows = await listRunRows(audience, { ...filter, since: periodStart(period, clock.now()) });
  const page = rows.slice(0, input.limit);
  return { runs: page.map(runSummary), nextCursor: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null };
}
