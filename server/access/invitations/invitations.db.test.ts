import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fixedClock } from "@/server/platform/clock";
import { db } from "@/server/platform/db";
import { INVITATION_LIFE_MS } from "../rules";
import type { Role } from "../schema";
import { signIn } from "../sign-in/sign-in";
import { actorOf, makeMember, makeSignedIn, makeWorkspace, TEST_PASSWORD } from "../testing/make-workspace";
import { acceptInvitation, inspectInvitation } from "./accept-invitation";
import { createInvitation, listInvitations, revokeInvitation } from "./manage-invitations";

const origin = { ip: null, userAgent: null };

async function invite(email = `${randomUUID()}@example.test`, role: Role = "operator", by: Role = "admin") {
  const { workspaceId } = await makeWorkspace();
  const session = await makeSignedIn(workspaceId, by);
  const made = await createInvitation(session, actorOf(session), { email, role });
  return { workspaceId, session, email, ...made, token: made.url.split("/").at(-1) ?? "" };
}

const accept = (token: string, password = "a password of mine", name: string | undefined = "New Person") =>
  acceptInvitation({ token, name, password, locale: "tr" }, origin);

describe("an invitation", () => {
  it("lets a new person in once", async () => {
    const { token, email, workspaceId } = await invite();
    expect(await inspectInvitation(token)).toMatchObject({ email, workspaceId, role: "operator", hasAccount: false });
    expect(await accept(token)).toEqual({ email, workspaceId });
    expect(await db.membership.findFirst({ where: { workspaceId, user: { email } } })).toMatchObject({ role: "operator" });
    await expect(accept(token)).rejects.toMatchObject({ code: "invitation.accepted" });
    await expect(signIn({ email, password: "a password of mine" }, origin)).resolves.toHaveProperty("sessionId");
  });

  it("is accepted once by two at the same time", async () => {
    const { token, email } = await invite();
    const outcomes = await Promise.allSettled([accept(token), accept(token)]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db.user.count({ where: { email } })).toBe(1);
  });

  it("joins an existing account that proves itself with its own password", async () => {
    const elsewhere = await makeWorkspace();
    const member = await makeMember(elsewhere.workspaceId, "owner");
    const { token, workspaceId } = await invite(member.email);
    expect(await inspectInvitation(token)).toMatchObject({ hasAccount: true });
    await expect(accept(token, "somebody's new password")).rejects.toMatchObject({ code: "auth.invalid_credentials" });
    expect(await db.membership.count({ where: { workspaceId, userId: member.userId } })).toBe(0);
    await accept(token, TEST_PASSWORD, undefined);
    expect(await db.membership.count({ where: { workspaceId, userId: member.userId } })).toBe(1);
    await expect(signIn({ email: member.email, password: TEST_PASSWORD, workspaceId }, origin)).resolves.toHaveProperty("sessionId");
  });

  it("asks a new person for a name and a long enough password", async () => {
    const { token } = await invite();
    await expect(accept(token, "short")).rejects.toMatchObject({ code: "password.too_short", params: { min: 10 } });
    await expect(acceptInvitation({ token, password: "long enough password", locale: "en" }, origin)).rejects.toMatchObject({ code: "profile.name_needed" });
  });

  it("ends after seven days", async () => {
    const { token, expiresAt } = await invite();
    const clock = fixedClock(expiresAt);
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(INVITATION_LIFE_MS);
    await expect(inspectInvitation(token, clock)).rejects.toMatchObject({ code: "invitation.expired" });
    await expect(acceptInvitation({ token, name: "Late", password: "a password of mine", locale: "en" }, origin, clock)).rejects.toMatchObject({
      code: "invitation.expired",
    });
  });

  it("can be revoked, and a second one for the same address revokes the first", async () => {
    const first = await invite();
    const second = await createInvitation(first.session, actorOf(first.session), { email: first.email, role: "admin" });
    await expect(accept(first.token)).rejects.toMatchObject({ code: "invitation.revoked" });
    await revokeInvitation(first.workspaceId, actorOf(first.session), second.invitationId);
    await expect(accept(second.url.split("/").at(-1) ?? "")).rejects.toMatchObject({ code: "invitation.revoked" });
    await expect(revokeInvitation(first.workspaceId, actorOf(first.session), second.invitationId)).rejects.toMatchObject({ code: "invitation.not_found" });
    expect((await listInvitations(first.workspaceId)).map(({ state }) => state)).toEqual(["revoked", "revoked"]);
  });

  it("is unknown without its token, and the database holds no token", async () => {
    const { token, invitationId } = await invite();
    await expect(inspectInvitation(`${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`)).rejects.toMatchObject({ code: "invitation.not_found" });
    expect(JSON.stringify(await db.invitation.findUnique({ where: { id: invitationId } }))).not.toContain(token);
  });

  it("makes owners by owners only, and no member twice", async () => {
    await expect(invite(undefined, "owner", "admin")).rejects.toMatchObject({ code: "member.owner_needed" });
    await expect(invite(undefined, "owner", "owner")).resolves.toHaveProperty("token");
    const { workspaceId } = await makeWorkspace();
    const session = await makeSignedIn(workspaceId, "owner");
    await expect(createInvitation(session, actorOf(session), { email: session.user.email, role: "admin" })).rejects.toMatchObject({
      code: "invitation.already_member",
    });
  });
});
