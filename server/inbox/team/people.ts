import { isPermitted } from "@/server/access/index";
import { type AuditActor, writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { announce } from "../announce";
import { assignableRoles, readingRoles } from "./assignable";
import { drainTeams } from "./drain-teams";
import { findPeople, findState, listPersonRows, saveCapacity, saveState } from "./people.repository";
import { availabilityOf } from "./rules";
import type { Availability, Person } from "./schema";

/** Everybody who reads the inbox, by name, with how they stand. */
export async function listPeople(scope: Scope, userId: string, clock: Clock = systemClock): Promise<Person[]> {
  const now = clock.now();
  const rows = await listPersonRows(scope, readingRoles());
  return rows.map(({ role, availability, lastSeenAt, teamIds, ...row }) => ({
    ...row,
    teamIds: [...teamIds],
    isYou: row.userId === userId,
    canBeAssigned: isPermitted(role, "inbox.write"),
    availability: availabilityOf(availability === null || lastSeenAt === null ? null : { availability, lastSeenAt }, now),
  }));
}

/** A sign of life, every minute or so from an open page. Who comes back is given what waited for them. */
export async function heartbeat(scope: Scope, userId: string, clock: Clock = systemClock): Promise<{ availability: Availability }> {
  const now = clock.now();
  const before = availabilityOf(await findState(scope, userId), now);
  await saveState(scope, userId, { lastSeenAt: now });
  if (before === "offline") await announce(scope, await drainTeams(scope, now));
  return { availability: availabilityOf(await findState(scope, userId), now) };
}

export async function setAvailability(
  scope: Scope,
  userId: string,
  availability: "online" | "away",
  clock: Clock = systemClock,
): Promise<{ availability: Availability }> {
  const now = clock.now();
  await saveState(scope, userId, { availability, lastSeenAt: now });
  if (availability === "online") await announce(scope, await drainTeams(scope, now));
  return { availability };
}

/** How many open conversations somebody is given at once; null = no limit. @throws AppError `member.not_found`. */
export async function setCapacity(
  scope: Scope,
  actor: AuditActor,
  input: { readonly userId: string; readonly capacity: number | null },
  clock: Clock = systemClock,
): Promise<void> {
  if (!(await findPeople(scope, [input.userId], assignableRoles())).has(input.userId)) throw notFound("member.not_found");
  await saveCapacity(scope, input.userId, input.capacity);
  await writeAudit(scope, { actor, action: "member.capacity_changed", subject: { type: "user", id: input.userId }, details: { capacity: input.capacity } });
  await announce(scope, await drainTeams(scope, clock.now()));
}
