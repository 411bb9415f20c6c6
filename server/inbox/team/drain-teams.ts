import type { Scope } from "@/server/platform/transaction";
import { listTakers, listTeamsWithQueue, lockGivingOut, lockQueue, noteTurns } from "./assign.repository";
import { assignableRoles } from "./assignable";
import { give } from "./give";
import { distribute, OFFLINE_AFTER_MS, QUIET_AFTER_MS, type Taker } from "./rules";

const AT_ONCE = 500;

/**
 * Gives what nobody has to the members whose turn it is, oldest first, until nobody has room. Called after everything that can
 * make a conversation free or a member available, so that nothing lies while somebody could take it.
 * @returns the conversations given.
 */
export async function drainTeams(scope: Scope, now: Date): Promise<string[]> {
  const given: string[] = [];
  const seenAfter = new Date(now.getTime() - OFFLINE_AFTER_MS);
  let isLocked = false;
  for (const teamId of await listTeamsWithQueue(scope)) {
    if ((await takersOf(scope, teamId, seenAfter)).length === 0) continue;
    // Whoever is waited for here may have filled the room meanwhile: looked at again under the lock.
    if (!isLocked) await lockGivingOut(scope);
    isLocked = true;
    given.push(...(await drainTeam(scope, teamId, await takersOf(scope, teamId, seenAfter), now)));
  }
  return given;
}

async function takersOf(scope: Scope, teamId: string, seenAfter: Date): Promise<Taker[]> {
  const rows = await listTakers(scope, teamId, assignableRoles(), seenAfter);
  return rows
    .map(({ userId, capacity, openConversations, lastAssignedAt }) => ({
      userId,
      lastAssignedAt,
      room: capacity === null ? null : capacity - openConversations,
    }))
    .filter(({ room }) => room === null || room > 0);
}

async function drainTeam(scope: Scope, teamId: string, takers: readonly Taker[], now: Date): Promise<string[]> {
  const ids: string[] = [];
  const room = takers.some((taker) => taker.room === null) ? Number.POSITIVE_INFINITY : takers.reduce((sum, taker) => sum + (taker.room ?? 0), 0);
  let turns = takers;
  while (ids.length < room) {
    const queue = await lockQueue(scope, teamId, Math.min(AT_ONCE, room - ids.length));
    const receivers = distribute(turns, queue.length);
    if (receivers.length === 0) break;
    const pairs = queue.slice(0, receivers.length).map((conversation, index) => ({ ...conversation, assigneeId: receivers[index] ?? null }));
    await give(
      scope,
      { kind: "rule", id: null },
      pairs.map(({ id, lastMessageAt, assigneeId }) => ({
        id,
        from: { assigneeId: null, teamId },
        to: { assigneeId, teamId },
        isQuiet: now.getTime() - lastMessageAt.getTime() > QUIET_AFTER_MS,
      })),
      now,
    );
    // A millisecond apart, so that the order of the turns survives.
    const at = new Map(receivers.map((userId, index) => [userId, new Date(now.getTime() + ids.length + index)]));
    await noteTurns(
      scope,
      teamId,
      [...at].map(([userId, moment]) => ({ userId, at: moment })),
    );
    const taken = (userId: string) => receivers.filter((receiver) => receiver === userId).length;
    turns = turns.map((taker) => ({
      ...taker,
      room: taker.room === null ? null : taker.room - taken(taker.userId),
      lastAssignedAt: at.get(taker.userId) ?? taker.lastAssignedAt,
    }));
    ids.push(...pairs.map(({ id }) => id));
    if (queue.length < AT_ONCE) break;
  }
  return ids;
}
