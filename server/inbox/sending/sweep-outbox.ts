import { type Clock, systemClock } from "@/server/platform/clock";
import { emit } from "@/server/platform/events";
import { inSystem } from "@/server/platform/transaction";
import { sendRequested } from "../events";
import { DELIVERY_DEPS } from "./deliver-next";
import { releaseScheduled } from "./release-scheduled";
import { listHeldTooLong, listLeftOvers } from "./sweep.repository";

/** How late a message may be before its own run is taken for lost. */
const LATE_MS = 30_000;
const AT_ONCE = 200;

/** Sets going again what lies longer than it should: its run was lost, cancelled or gave up. Delivering is safe to ask for twice. */
export async function sweepOutbox(clock: Clock = systemClock): Promise<{ woken: number }> {
  const before = new Date(clock.now().getTime() - LATE_MS);
  for (const held of await listHeldTooLong(before, AT_ONCE)) await releaseScheduled(held, { ...DELIVERY_DEPS, clock });
  const late = await listLeftOvers(before, AT_ONCE);
  if (late.length > 0)
    await inSystem((tx) =>
      emit(
        tx,
        late.map((entry) => sendRequested.create({ ...entry })),
      ),
    );
  return { woken: late.length };
}
