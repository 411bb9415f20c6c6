import { type Clock, systemClock } from "@/server/platform/clock";
import { inWorkspace } from "@/server/platform/transaction";
import { afterChange } from "../after-change";
import { announce } from "../announce";
import { lockDueSnoozes, saveWoken } from "./change.repository";
import { drainTeams } from "./drain-teams";
import { recordHistory } from "./history.repository";
import { listAutoAssigning, listDueSnoozes } from "./snooze.repository";

const AT_ONCE = 500;

/** Opens what was put away until now. Asked every minute; waking twice changes nothing. */
export async function wakeSnoozed(clock: Clock = systemClock): Promise<{ woken: number }> {
  const now = clock.now();
  const due = await listDueSnoozes(now, AT_ONCE);
  let woken = 0;
  for (const workspaceId of new Set(due.map((snooze) => snooze.workspaceId))) {
    const wanted = due.flatMap((snooze) => (snooze.workspaceId === workspaceId ? [snooze.conversationId] : []));
    woken += await inWorkspace(workspaceId, async (scope) => {
      const ids = await lockDueSnoozes(scope, wanted, now);
      if (ids.length === 0) return 0;
      await saveWoken(scope, ids);
      await recordHistory(
        scope,
        { kind: "system", id: null },
        now,
        ids.map((conversationId) => ({ conversationId, type: "woken", data: { by: "time" } })),
      );
      await afterChange(scope, ids, clock);
      return ids.length;
    });
  }
  return { woken };
}

/** The net under giving out: whatever was left lying is given to whoever is there. */
export async function giveOutQueues(clock: Clock = systemClock): Promise<{ given: number }> {
  let given = 0;
  for (const workspaceId of await listAutoAssigning()) {
    given += await inWorkspace(workspaceId, async (scope) => {
      const ids = await drainTeams(scope, clock.now());
      await announce(scope, ids);
      return ids.length;
    });
  }
  return { given };
}
