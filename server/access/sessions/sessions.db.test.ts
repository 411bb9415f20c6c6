import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import { describe, expect, it } from "vitest";
import { fixedClock } from "@/server/platform/clock";
import { db } from "@/server/platform/db";
import { env } from "@/server/platform/env";
import { changePassword } from "../profile/own-profile";
import { SESSION_IDLE_MS } from "../rules";
import { SESSION_COOKIE } from "../sign-in/cookie";
import { signIn } from "../sign-in/sign-in";
import { actorOf, makeMember, makeSession, makeSignedIn, makeWorkspace, TEST_PASSWORD } from "../testing/make-workspace";
import { endOtherSessions, endOwnSession, endSession } from "./end-session";
import { getSession, isSessionLive, loadSession } from "./get-session";
import { listSessions } from "./list-sessions";
import { switchWorkspace } from "./switch-workspace";

async function browser(sessionId: string, secret = env.NEXTAUTH_SECRET): Promise<Headers> {
  return new Headers({ cookie: `other=1; ${SESSION_COOKIE}=${await encode({ token: { sid: sessionId }, secret })}` });
}

describe("a browser's session", () => {
  it("is the row its cookie names", async () => {
    const { workspaceId } = await makeWorkspace();
    const session = await makeSignedIn(workspaceId, "accountant");
    expect(await getSession(await browser(session.sessionId))).toMatchObject({ sessionId: session.sessionId, workspaceId, role: "accountant" });
  });

  it.each([
    ["no cookie", async () => new Headers()],
    ["a damaged cookie", async () => new Headers({ cookie: `${SESSION_COOKIE}=damaged` })],
    ["a cookie sealed with another secret", async (id: string) => browser(id, "somebody-elses-secret")],
    ["an id nobody has", async () => browser(randomUUID())],
    ["something that is not an id", async () => browser("' OR 1=1")],
  ] as const)("is nobody's with %s", async (_what, headersFor) => {
    const { workspaceId } = await makeWorkspace();
    const { sessionId } = await makeSignedIn(workspaceId, "owner");
    expect(await getSession(await headersFor(sessionId))).toBeNull();
  });

  it("ends at once when its row ends", async () => {
    const { workspaceId } = await makeWorkspace();
    const session = await makeSignedIn(workspaceId, "admin");
    const headers = await browser(session.sessionId);
    await endOwnSession(session.sessionId);
    expect(await getSession(headers)).toBeNull();
    expect(await isSessionLive(session)).toBe(false);
  });

  it("ends at once when the member is disabled, and a stream notices another role", async () => {
    const { workspaceId } = await makeWorkspace();
    const session = await makeSignedIn(workspaceId, "admin");
    await db.membership.update({ where: { id: session.memberId }, data: { role: "operator" } });
    expect(await isSessionLive(session)).toBe(false);
    expect(await loadSession(session.sessionId)).toMatchObject({ role: "operator" });
    await db.membership.update({ where: { id: session.memberId }, data: { disabledAt: new Date() } });
    expect(await loadSession(session.sessionId)).toBeNull();
  });

  it("slides with use, writes at most once a minute, and ends when unused", async () => {
    const { workspaceId } = await makeWorkspace();
    const start = new Date("2026-05-01T00:00:00Z");
    const { sessionId } = await makeSession(await makeMember(workspaceId, "operator"), workspaceId, start);
    const at = (ms: number) => fixedClock(new Date(start.getTime() + ms));
    const row = () => db.userSession.findUniqueOrThrow({ where: { id: sessionId } });
    await loadSession(sessionId, at(59_000));
    expect((await row()).lastSeenAt).toEqual(start);
    await loadSession(sessionId, at(60_000));
    expect(await row()).toMatchObject({ lastSeenAt: at(60_000).now(), expiresAt: at(60_000 + SESSION_IDLE_MS).now() });
    expect(await loadSession(sessionId, at(60_000 + SESSION_IDLE_MS - 1))).not.toBeNull();
    expect(await loadSession(sessionId, at(60_000 + 2 * SESSION_IDLE_MS))).toBeNull();
  });
});

describe("ending sessions", () => {
  it("ends one of the own, never anybody else's", async () => {
    const { workspaceId } = await makeWorkspace();
    const member = await makeMember(workspaceId, "operator");
    const [here, there] = [await makeSession(member, workspaceId), await makeSession(member, workspaceId)];
    const stranger = await makeSignedIn(workspaceId, "owner");
    await endSession(here, actorOf(here), there.sessionId);
    expect(await loadSession(there.sessionId)).toBeNull();
    await expect(endSession(stranger, actorOf(stranger), here.sessionId)).rejects.toMatchObject({ code: "session.not_found" });
    expect((await listSessions(here)).map(({ sessionId, isCurrent }) => ({ sessionId, isCurrent }))).toEqual([{ sessionId: here.sessionId, isCurrent: true }]);
  });

  it("ends all others", async () => {
    const { workspaceId } = await makeWorkspace();
    const member = await makeMember(workspaceId, "operator");
    const here = await makeSession(member, workspaceId);
    const others = [await makeSession(member, workspaceId), await makeSession(member, workspaceId)];
    expect(await endOtherSessions(here, actorOf(here))).toBe(2);
    expect(await Promise.all(others.map(({ sessionId }) => loadSession(sessionId)))).toEqual([null, null]);
    expect(await loadSession(here.sessionId)).not.toBeNull();
  });

  it("ends the others when the password changes, and the old password with them", async () => {
    const { workspaceId } = await makeWorkspace();
    const member = await makeMember(workspaceId, "operator");
    const [here, there] = [await makeSession(member, workspaceId), await makeSession(member, workspaceId)];
    const origin = { ip: null, userAgent: null };
    const wrong = { currentPassword: "not the password", newPassword: "a brand new password" };
    await expect(changePassword(here, actorOf(here), wrong, origin)).rejects.toMatchObject({ code: "auth.invalid_credentials" });
    expect(await loadSession(there.sessionId)).not.toBeNull();
    expect(await changePassword(here, actorOf(here), { ...wrong, currentPassword: TEST_PASSWORD }, origin)).toBe(1);
    expect(await loadSession(there.sessionId)).toBeNull();
    expect(await loadSession(here.sessionId)).not.toBeNull();
    await expect(signIn({ email: member.email, password: TEST_PASSWORD }, origin)).rejects.toMatchObject({ code: "auth.invalid_credentials" });
    await expect(signIn({ email: member.email, password: "a brand new password" }, origin)).resolves.toHaveProperty("sessionId");
  });
});

it("moves a session into another workspace of the same person only", async () => {
  const [first, second, strange] = [await makeWorkspace(), await makeWorkspace(), await makeWorkspace()];
  const session = await makeSignedIn(first.workspaceId, "owner");
  await db.membership.create({ data: { id: randomUUID(), userId: session.userId, workspaceId: second.workspaceId, role: "read_only" } });
  await switchWorkspace(session, actorOf(session), second.workspaceId);
  expect(await loadSession(session.sessionId)).toMatchObject({ workspaceId: second.workspaceId, role: "read_only" });
  await expect(switchWorkspace(session, actorOf(session), strange.workspaceId)).rejects.toMatchObject({ code: "workspace.not_found" });
});
