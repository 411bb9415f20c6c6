import { type Clock, systemClock } from "@/server/platform/clock";
import { emit } from "@/server/platform/events";
import { inSystem } from "@/server/platform/transaction";
import { changeRequested } from "../events";
import { listLeftOvers } from "./change.repository";

/** How late a change may be before its own run is taken for lost. */
const LATE_MS = 30_000;
const AT_ONCE = 200;

/** Sets going again what lies longer than it should: its run was lost, cancelled or gave up. Delivering is safe to ask for twice. */
export async function sweepChanges(clock: Clock = systemClock): Promise<{ woken: number }> {
  const late = await listLeftOvers(new Date(clock.now().getTime() - LATE_MS), AT_ONCE);
  if (late.length > 0)
    await inSystem((tx) =>
      emit(
        tx,
        late.map((entry) => changeRequested.create({ ...entry })),
      ),
    );
  return { woken: late.length };
}
