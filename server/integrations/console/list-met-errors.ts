import { type Clock, systemClock } from "@/server/platform/clock";
import { inWorkspace } from "@/server/platform/transaction";
import { requireConnection } from "../connections/save-connection";
import { readMetErrors } from "./met-errors.repository";
import { startOf } from "./rules";
import type { MetErrors, MetricsInput } from "./schema";

/**
 * What went wrong at a connection lately, each code once a place with its count: runs and their warnings, records set aside, pushes, calls.
 * @throws AppError `connection.not_found`.
 */
export async function listMetErrors(workspaceId: string, { connectionId, days }: MetricsInput, clock: Clock = systemClock): Promise<MetErrors> {
  return inWorkspace(workspaceId, async (scope) => {
    await requireConnection(scope, connectionId);
    return { errors: await readMetErrors(scope, connectionId, startOf(days, clock.now())) };
  });
}
