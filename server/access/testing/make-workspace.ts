import { randomUUID } from "node:crypto";
import { db } from "@/server/platform/db";
import { hashPassword } from "../password";
import { sessionDeadline } from "../rules";
import type { Role } from "../schema";
import { loadSession } from "../sessions/get-session";
import type { Actor, MemberSession } from "../sessions/session";

export const TEST_PASSWORD = "correct horse battery";
let testPasswordHash: Promise<string> | undefined;

/** A workspace with one organization, unique per call. */
export async function makeWorkspace(name = `Workspace ${randomUUID()}`): Promise<{ workspaceId: string; organizationId: string }> {
  const workspaceId = randomUUID();
  const organizationId = randomUUID();
  await db.workspace.create({ data: { id: workspaceId, name, organizations: { create: { id: organizationId, name: `${name} LLC` } } } });
  return { workspaceId, organizationId };
}

/** A person with `TEST_PASSWORD`, a member in `workspaceId`; not signed in. */
export async function makeMember(workspaceId: string, role: Role, name = `Person ${randomUUID()}`) {
  testPasswordHash ??= hashPassword(TEST_PASSWORD);
  const userId = randomUUID();
  const memberId = randomUUID();
  const email = `${userId}@example.test`;
  await db.user.create({
    data: { id: userId, email, name, passwordHash: await testPasswordHash, memberships: { create: { id: memberId, workspaceId, role } } },
  });
  return { userId, memberId, email };
}

/** A live session of a member, opened `at`. */
export async function makeSession(member: { userId: string }, workspaceId: string, at = new Date()): Promise<MemberSession> {
  const id = randomUUID();
  await db.userSession.create({ data: { id, userId: member.userId, workspaceId, createdAt: at, lastSeenAt: at, expiresAt: sessionDeadline(at, at) } });
  const session = await loadSession(id, { now: () => at });
  if (session === null) throw new Error("the session just made is not live");
  return session;
}

export async function makeSignedIn(workspaceId: string, role: Role): Promise<MemberSession> {
  return makeSession(await makeMember(workspaceId, role), workspaceId);
}

export function actorOf(session: MemberSession): Actor {
  return { kind: "user", id: session.userId, ip: undefined };
}
